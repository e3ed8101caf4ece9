"""An MLP that learns points in the plane, before one's eyes."""

from collections.abc import Callable, Sequence
from time import perf_counter
from typing import Any

import numpy as np
import traitlets
from matplotlib.figure import Figure

from course_lib import functional as F
from course_lib import layers, optim
from course_lib.arrays import Array
from course_lib.models import mlp
from course_lib.plots.palette import number
from course_lib.widgets.live import LiveWidget, packed
from course_lib.widgets.network_parts import weight_parts
from course_lib.widgets.plane import Plane
from course_lib.widgets.playground_records import Decisions, decisions

__all__ = ["Playground"]

ACTIVATIONS = {
    "tanh": layers.Tanh, "ReLU": layers.ReLU, "sigmoid": layers.Sigmoid, "none": layers.Sequential,
}
_SECONDS = 0.06
_AT_ONCE = 100
_RESOLUTION = 48

Learn = Callable[[Array, Array], float]


class Playground(LiveWidget):
    """Train an MLP on points in the plane, and see its boundary and its weights change.

    points (N, 2), labels (N,) from 0 to K - 1. hidden: neurons in each hidden layer, all alike
    once the sliders are moved. network: your own instead, with forward(x) -> (N, K) logits (or
    (N, 1)) and either backward and parameters() (it is trained by Adam on the cross-entropy), or
    with learn: your function of (points, labels) that makes one step of training and returns the
    loss. `network` is the one that learns now; `count` its steps. Raises ValueError for points,
    labels and settings that do not fit; what the network does is shown (`error`), never raised.
    """

    front = "playground"
    parts = ("chart", "trainer")
    asks = ("pull", "fresh", "learning_rate", "activation", "depth", "neurons")

    pull = traitlets.Int(0).tag(sync=True)
    hundred_at_once = traitlets.Bool(False).tag(sync=True)
    fresh = traitlets.Int(0).tag(sync=True)
    learning_rate = traitlets.Float(0.03).tag(sync=True)
    activation = traitlets.Unicode("tanh").tag(sync=True)
    depth = traitlets.Int(1).tag(sync=True)
    neurons = traitlets.Int(4).tag(sync=True)
    own = traitlets.Bool(False).tag(sync=True)
    points = traitlets.Dict().tag(sync=True)
    labels = traitlets.List().tag(sync=True)
    square = traitlets.List().tag(sync=True)
    picture = traitlets.Dict().tag(sync=True)
    boundary = traitlets.List().tag(sync=True)
    wrong = traitlets.List().tag(sync=True)
    matrices = traitlets.List().tag(sync=True)
    words = traitlets.Unicode("").tag(sync=True)
    count = traitlets.Int(0).tag(sync=True)

    def __init__(
        self,
        points: Any,
        labels: Any,
        hidden: Sequence[int] = (4,),
        *,
        network: Any = None,
        learn: Learn | None = None,
        learning_rate: float = 0.03,
        activation: str = "tanh",
        seed: int = 0,
    ) -> None:
        self._plane = Plane.of(points, labels)
        self._learn, self._seed, self._loss = learn, seed, np.nan
        self._pulled = self._freshened = 0
        self._hidden = list(hidden)
        self._ax = Figure().add_subplot()
        super().__init__(
            learning_rate=learning_rate,
            activation=activation,
            depth=len(self._hidden),
            neurons=self._hidden[0] if self._hidden else 4,
            own=network is not None,
            points=packed(self._plane.points),
            labels=self._plane.labels.tolist(),
            square=list(self._plane.square),
        )
        self._built = self._wanted()
        self.network = network if self.own else self._new()
        self._optimizer = self._new_optimizer()
        self.refresh()

    def answer(self) -> None:
        if not self.own and (self._wanted() != self._built or self.fresh != self._freshened):
            self._start_again()
        if self.pull > self._pulled:
            self._pulled = self.pull
            self._train()
        self._publish(decisions(self.network, self._plane.points, self._plane.labels, _RESOLUTION))

    def _wanted(self) -> tuple[Any, ...]:
        return self.activation, self.depth, self.neurons

    def _start_again(self) -> None:
        if self._wanted() != self._built:
            self._hidden = [self.neurons] * self.depth
        self._seed += 1
        self._built, self._freshened = self._wanted(), self.fresh
        self.network, self.count, self._loss = self._new(), 0, np.nan
        self._optimizer = self._new_optimizer()

    def _new(self) -> Any:
        if self.activation not in ACTIVATIONS:
            raise ValueError(
                f"activation expects one of {', '.join(ACTIVATIONS)}; got {self.activation}."
            )
        sizes = [2, *self._hidden, self._plane.n_classes]
        rng = np.random.default_rng(self._seed)
        return mlp(sizes, ACTIVATIONS[self.activation], rng=rng, dtype=np.float64)

    def _new_optimizer(self) -> Any:
        if self._learn is not None or not hasattr(self.network, "parameters"):
            return None
        return optim.Adam(self.network.parameters(), lr=self.learning_rate)

    def _train(self) -> None:
        """For a moment, at least one step; or a hundred steps."""
        end, done = perf_counter() + _SECONDS, 0
        while done < _AT_ONCE if self.hundred_at_once else done == 0 or perf_counter() < end:
            self._loss = self._step(self._plane.points, self._plane.labels)
            self.count += 1
            done += 1
            if not np.isfinite(self._loss):
                raise ValueError(
                    f"The loss is {self._loss}: the weights have grown too large. Start again "
                    "with a smaller learning rate."
                )

    def _step(self, points: Array, labels: Array) -> float:
        if self._learn is not None:
            return float(self._learn(points.copy(), labels.copy()))
        if self._optimizer is None or not hasattr(self.network, "backward"):
            raise ValueError(
                "This network cannot be trained here: it has no backward and parameters(). Pass "
                "learn=, your function of (points, labels) that makes one step."
            )
        self._optimizer.lr = self.learning_rate
        dtypes = [part.weight.dtype for part in weight_parts(self.network)]
        logits = self.network.forward(points.astype(dtypes[0] if dtypes else float))
        loss, grad = _loss_of(logits, labels)
        for parameter in self.network.parameters():
            parameter.zero_grad()
        self.network.backward(grad)
        self._optimizer.step()
        return loss

    def _publish(self, answer: Decisions) -> None:
        loss = f", loss {number(self._loss)}" if np.isfinite(self._loss) else ""
        self.words = f"Step {self.count}{loss}. {answer.words}"
        self.error = answer.problem
        self.matrices = [packed(matrix) for matrix in answer.matrices]
        if answer.chances is None:
            return
        self.wrong = np.flatnonzero(answer.wrong).tolist()
        least = 1 / answer.chances.shape[-1]
        sure = (answer.chances.max(axis=-1) - least) / (1 - least)
        self.picture = packed(np.stack([answer.chances.argmax(axis=-1), sure]))
        self.boundary = [packed(line) for line in self._boundaries(answer.chances)]

    def _boundaries(self, chances: Array) -> list[Array]:
        """Where the chance of a class equals that of the best other one, (M, 2) each."""
        left, right, bottom, top = self._plane.square
        x, y = np.linspace(left, right, len(chances)), np.linspace(bottom, top, len(chances))
        found: list[Array] = []
        for k in range(chances.shape[-1]):
            lead = chances[..., k] - np.delete(chances, k, axis=-1).max(axis=-1)
            if lead.min() < 0 < lead.max():
                drawn = self._ax.contour(x, y, lead, levels=[0.0])
                found += [line for line in drawn.allsegs[0] if len(line)]
                drawn.remove()
        return found


def _loss_of(logits: Array, labels: Array) -> tuple[float, Array]:
    """The mean cross-entropy and its gradient, for (N, K) or (N, 1) logits."""
    one = np.ones((), logits.dtype)
    if logits.ndim == 2 and logits.shape[1] == 1:
        targets = labels[:, np.newaxis].astype(logits.dtype)
        loss = F.binary_cross_entropy_with_logits(logits, targets)
        return float(loss), F.binary_cross_entropy_with_logits_backward(one, logits, targets)
    return float(F.cross_entropy(logits, labels)), F.cross_entropy_backward(one, logits, labels)
