"""The curves of a training while it runs."""

from collections.abc import Iterable, Iterator
from time import perf_counter
from typing import Any

import numpy as np
import traitlets

from course_lib.arrays import Array
from course_lib.training import Step, TrainingDiverged, evaluate
from course_lib.widgets import learner
from course_lib.widgets.live import LiveWidget, packed
from course_lib.widgets.network_parts import gradient_flow, weight_parts
from course_lib.widgets.training_log import TrainingLog, calmed, curves_of

__all__ = ["LiveTraining"]

_SECONDS = 0.1
_MOST_POINTS = 400
_MANY_WEIGHTS = 200_000


class LiveTraining(LiveWidget):
    """Loss and accuracy grow while the network learns; Train starts it, Pause stops it.

    steps: the generator that training.train(...) gave, or any other of Steps or of plain losses.
    The browser asks for a tenth of a second of training at a time, so that pausing works and
    other cells run in between. model: the network that learns; then the size of each layer's
    gradient is drawn as well, layer by layer. validation: (x, y), scored with `model` after each
    epoch. `run()` trains to the end without the browser (the ■ button stops it); `record` holds all
    that was seen. Raises TypeError for steps that are nothing to iterate over, ValueError for
    validation without a model; what a step raises is shown in the widget (`error`).
    """

    front = "live_training"
    parts = ("chart", "trainer")
    asks = ("pull",)

    pull = traitlets.Int(0).tag(sync=True)
    epoch_at_once = traitlets.Bool(False).tag(sync=True)
    panels = traitlets.Dict().tag(sync=True)
    words = traitlets.Unicode("").tag(sync=True)
    count = traitlets.Int(0).tag(sync=True)
    finished = traitlets.Bool(False).tag(sync=True)

    def __init__(
        self,
        steps: Iterable[Any],
        model: Any = None,
        *,
        validation: tuple[Array, Array] | None = None,
    ) -> None:
        if not isinstance(steps, Iterable):
            raise TypeError(
                "steps expects the generator that training.train(...) gives; got "
                f"{type(steps).__name__}."
            )
        if validation is not None and model is None:
            raise ValueError("validation needs the network: LiveTraining(steps, model, ...).")
        self.record = TrainingLog()
        self._steps: Iterator[Any] = iter(steps)
        self._model, self._validation = model, validation
        self._pulled, self._problem = 0, ""
        weights = sum(part.weight.size for part in weight_parts(model))
        self._often = weights <= _MANY_WEIGHTS
        super().__init__()
        self.refresh()

    def answer(self) -> None:
        if self.pull > self._pulled:
            self._pulled = self.pull
            self._train()
        self._publish()

    def run(self) -> TrainingLog:
        """Train to the end, drawing on the way. An interruption ends it early, without an error."""
        try:
            while not self.finished:
                self._train()
                with self.hold_sync():
                    self._publish()
        except KeyboardInterrupt:
            self._publish()
            self.words = f"Stopped. {self.record.words}"
        return self.record

    def _train(self) -> None:
        """For a tenth of a second, at least one step; or to the end of the epoch."""
        end = perf_counter() + _SECONDS
        while self._one_step(lambda: perf_counter() >= end):
            last = self.record.steps[-1]
            if last.ends_epoch if self.epoch_at_once else perf_counter() >= end:
                return

    def _one_step(self, last: Any) -> bool:
        """False if there was none."""
        try:
            step = _step_of(next(self._steps), len(self.record.steps) + 1)
            flow = gradient_flow(self._model) if self._often or last() else None
            self.record.add(step, flow)
            if self._validation is not None and step.ends_epoch:
                score = evaluate(self._model, *self._validation)
                self.record.validation.append((step.number, score.loss, score.accuracy))
        except StopIteration:
            self.finished = True
        except TrainingDiverged as problem:
            self.finished, self._problem = True, str(problem)
        except Exception as problem:
            self.finished, self._problem = True, learner.one_sentence(problem, "This training")
        return not self.finished

    def _publish(self) -> None:
        log, self.error = self.record, self._problem
        self.count = len(log.steps)
        ending = "Stopped. " if self._problem else "Finished. " if self.finished else ""
        self.words = ending + log.words
        if not log.steps:
            return
        curves = curves_of(log)
        rows = {"loss": curves.losses, "accuracy": curves.accuracies, "gradient": curves.flow}
        self.panels = {
            panel: [_series(name, *curve) for name, curve in row.items()]
            for panel, row in rows.items()
            if row
        }


def _step_of(seen: Any, number: int) -> Step:
    if isinstance(seen, Step):
        return seen
    if np.ndim(seen) == 0 and np.asarray(seen).dtype.kind in "iuf":
        return Step(number, 1, number, number + 1, 1, float(seen), np.nan, np.nan)
    raise TypeError(
        f"LiveTraining expects a generator of Steps or of losses; it gave {type(seen).__name__}."
    )


def _series(name: str, x: Array, y: Array) -> dict[str, Any]:
    """What the browser draws: few enough points to be quick, the last one always among them."""
    kept = np.arange(len(x))[:: -(-len(x) // _MOST_POINTS)]
    kept = np.union1d(kept, [len(x) - 1])
    line = calmed(name, y)[kept]
    return {"name": name, "x": packed(x[kept]), "raw": packed(y[kept]), "line": packed(line)}
