"""What a training looked like: loss and accuracy step by step, the gradients layer by layer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from course_lib import training
from course_lib.arrays import Array
from course_lib.plots.palette import number
from course_lib.training import History, Step

_VANISHING = 1e-3  # of the largest layer's gradient
_MEAN_OVER = 20
_FEW = 40


@dataclass
class TrainingLog:
    """Grows with every step; what LiveTraining draws.

    steps: the Step of each, in order. flow: for each layer's name the root mean square of its
    gradient, one number a step. validation: (step's number, loss, accuracy) after an epoch.
    """

    steps: list[training.Step] = field(default_factory=list)
    flow: dict[str, list[float]] = field(default_factory=dict)
    validation: list[tuple[int, float, float]] = field(default_factory=list)

    def add(self, step: training.Step, flow: Mapping[str, float] | None = None) -> None:
        """Note one step; layers that are not in `flow` get nan, so that the rows stay in step."""
        for name in flow or {}:
            self.flow.setdefault(name, [np.nan] * len(self.steps))
        self.steps.append(step)
        for name, row in self.flow.items():
            row.append((flow or {}).get(name, np.nan))

    @property
    def losses(self) -> list[float]:
        """The loss of each step."""
        return [step.loss for step in self.steps]

    @property
    def accuracies(self) -> list[float]:
        """The share of right answers of each step."""
        return [step.accuracy for step in self.steps]

    @property
    def words(self) -> str:
        """Where the training stands, in one or two sentences."""
        if not self.steps:
            return "No step yet."
        last = self.steps[-1]
        said = (
            f"Step {last.number}, epoch {last.epoch}: loss {number(recent(self.losses))} over the "
            f"last {min(len(self.steps), _MEAN_OVER)} steps"
        )
        if np.isfinite(last.accuracy):
            said += f", accuracy {100 * recent(self.accuracies):.1f} %"
        return f"{said}. {self._flow_words()}".strip()

    def _flow_words(self) -> str:
        # The last number of each layer counts; not every step has one.
        sizes = {
            name: size for name, row in self.flow.items() for size in row if np.isfinite(size)
        }
        if len(sizes) < 2:
            return ""
        least, most = min(sizes, key=sizes.__getitem__), max(sizes, key=sizes.__getitem__)
        if sizes[least] > _VANISHING * sizes[most]:
            return ""
        share = number(sizes[least] / sizes[most], 2) if sizes[most] else "0"
        return f"The gradient of {least} is only {share} of that of {most}: little flows there."


def recent(values: Sequence[float]) -> float:
    """The mean of the last 20."""
    return float(np.mean(values[-_MEAN_OVER:]))


@dataclass(frozen=True)
class Curves:
    """name -> (x, y) for losses, accuracies and the layers' gradients; x are steps or epochs."""

    xlabel: str
    losses: dict[str, tuple[Array, Array]]
    accuracies: dict[str, tuple[Array, Array]]
    flow: dict[str, tuple[Array, Array]]
    words: str


def curves_of(history: Any) -> Curves:
    """Curves from a TrainingLog, a training.History, a list of Steps, or name -> numbers.

    In a mapping, names that hold "acc" are accuracies and all others losses. Raises TypeError
    for anything else, ValueError if there is nothing in it.
    """
    if isinstance(history, Sequence) and all(isinstance(step, Step) for step in history):
        history = TrainingLog(list(history))
    if isinstance(history, TrainingLog):
        curves = _of_log(history)
    elif isinstance(history, History):
        names = ("loss", "validation_loss", "accuracy", "validation_accuracy")
        curves = _of_lists({name: getattr(history, name) for name in names})
    elif isinstance(history, Mapping):
        curves = _of_lists(history)
    else:
        raise TypeError(
            "history expects a TrainingLog, a training.History, a list of Steps or a dict name -> "
            f"numbers; got {type(history).__name__}. For a generator say list(train(...))."
        )
    if not curves.losses and not curves.accuracies:
        raise ValueError("history expects at least one step or epoch; got none.")
    return curves


def _of_log(log: TrainingLog) -> Curves:
    x = np.array([step.number for step in log.steps])
    losses = _kept({"training": (x, log.losses)})
    accuracies = _kept({"training": (x, log.accuracies)})
    if log.validation:
        at, loss, accuracy = np.array(log.validation).T
        losses.update(_kept({"validation": (at, loss)}))
        accuracies.update(_kept({"validation": (at, accuracy)}))
    flow = _kept({name: (x[: len(row)], row) for name, row in log.flow.items()})
    return Curves("step", losses, accuracies, flow, log.words)


def _of_lists(lists: Mapping[str, Sequence[float]]) -> Curves:
    named: tuple[dict[str, Any], dict[str, Any]] = ({}, {})
    for name, values in lists.items():
        x = np.arange(1, len(values) + 1)
        short = str(name).replace("_loss", "").replace("_accuracy", "")
        short = "training" if short in ("loss", "accuracy") else short
        named["acc" in str(name)][short] = (x, values)
    losses, accuracies = map(_kept, named)
    last = [f"{name} loss {number(y[-1])}" for name, (_, y) in losses.items()]
    last += [f"{name} accuracy {100 * y[-1]:.1f} %" for name, (_, y) in accuracies.items()]
    return Curves("epoch", losses, accuracies, {}, f"At the end: {', '.join(last)}.")


def _kept(curves: Mapping[str, tuple[Array, Any]]) -> dict[str, tuple[Array, Array]]:
    """Those with at least one number; what is no number is left out, infinity too."""
    kept = {}
    for name, (x, y) in curves.items():
        values = np.asarray(y, dtype=float)
        there = np.isfinite(values)
        if there.any():
            kept[name] = x[there], values[there]
    return kept


def calmed(name: str, values: Array) -> Array:
    """The line to draw for values of single steps: their mean over the last 20, if there are many.

    Validation is measured on all of its data, so it is drawn as it is.
    """
    return values if name == "validation" or len(values) <= _FEW else smoothed(values)


def smoothed(values: Array) -> Array:
    """The mean of each value and up to 19 before it, (T,) -> (T,)."""
    total = np.concatenate([[0.0], np.cumsum(values)])
    last = np.arange(1, len(values) + 1)
    first = np.maximum(last - _MEAN_OVER, 0)
    means: Array = (total[last] - total[first]) / (last - first)
    return means
