"""A network watched while it runs: what every layer made, and the gradient by it."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import numpy as np

from course_lib import functional as F
from course_lib.arrays import Array
from course_lib.widgets import learner
from course_lib.widgets.layer_steps import Step, steps_of
from course_lib.widgets.network import as_used, numbers

__all__ = ["Look", "Stage", "look_inside"]


@dataclass
class Stage:
    """What one layer made of one sample: the input comes first, the output last.

    values: without the axis of the batch. gradient: of the same shape, or None if there is none.
    source: the place of the stage whose values went in, or None if that is not known.
    layer: the layer itself (None for the input and for plain functions).
    """

    name: str
    kind: str
    values: Array
    layer: Any = None
    source: int | None = None
    gradient: Array | None = None
    raw: Any = field(default=None, repr=False)

    @property
    def title(self) -> str:
        """Name, kind and size, such as "conv1: Conv2d, 6 x 28 x 28"."""
        size = " x ".join(map(str, self.values.shape)) or "one number"
        kind = f": {self.kind}" if self.kind and self.kind != self.name else ""
        return f"{self.name}{kind}, {size}"


@dataclass
class Look:
    """All stages in the order in which they ran.

    problem: what stopped the network, or the first values that are no numbers; "" if nothing.
    of: what the gradients are gradients of. missing: why some are not there; "" if all are.
    """

    stages: list[Stage]
    problem: str = ""
    of: str = ""
    missing: str = ""


def look_inside(network: Any, x: Any, target: int | None = None) -> Look:
    """Run the network on one sample, forward and backward, and note what every layer made.

    network: a layer or model of this course (every layer inside it is a stage); or the learner's
    own: a list or a dict of functions, of objects with forward (and backward), or of pairs
    (f, f_backward) with f_backward(grad_output, x), as in functional; or one such.
    x: one sample as the network takes it: a batch of one, or a vector.
    target: the class for which the gradients are those of the cross-entropy; without it they are
    those of the largest output. The network is run as it is used, and left as it was. What it
    does wrong ends in `problem`; the stages before that are there. Raises TypeError for what is
    no network, ValueError for an x that is not one sample.
    """
    steps = steps_of(network)
    recorder = _Recorder(_sample(x))
    with ExitStack() as entered:
        for step in steps:
            entered.enter_context(_watched(step, recorder))
        look = Look(recorder.stages)
        y, look.problem = _forward(steps, recorder)
        if not look.problem:
            look.of, look.missing = _backward(steps, recorder, y, target)
    look.problem = look.problem or _first_strange(look.stages)
    return look


def _sample(x: Any) -> Array:
    sample = np.asarray(x)
    if sample.dtype.kind not in "biuf" or not sample.size:
        raise ValueError(f"LayerViewer expects x of numbers; got {type(x).__name__}.")
    if sample.ndim > 1 and len(sample) != 1:
        advice = "x[:1]" if sample.ndim != 2 else "x[np.newaxis]"
        raise ValueError(
            f"LayerViewer expects one sample, a batch of one; got shape {sample.shape}. "
            f"Did you mean {advice}?"
        )
    return sample if sample.dtype.kind == "f" else sample.astype(np.float64)


class _Recorder:
    """Notes a stage for every forward pass that makes something, and its gradient."""

    def __init__(self, x: Array) -> None:
        self.stages = [Stage("input", "", _single(x), raw=x)]
        self.of_layer: dict[int, Stage] = {}

    def forward(self, name: str, layer: Any, forward: Any, x: Any, *args: Any) -> Any:
        y = forward(x, *args)
        passed_on = y is self.stages[-1].raw and len(layer.layers_within()) > 1
        if isinstance(y, np.ndarray) and not passed_on:
            self.note(Stage(name, type(layer).__name__, _single(y), layer, self.place_of(x), raw=y))
            self.of_layer[id(layer)] = self.stages[-1]
        return y

    def backward(self, layer: Any, backward: Any, grad_output: Any) -> Any:
        stage = self.of_layer.get(id(layer))
        if stage is not None:
            set_gradient(stage, grad_output)
        return backward(grad_output)

    def note(self, stage: Stage) -> None:
        self.stages.append(stage)

    def place_of(self, array: Any) -> int | None:
        """The last stage that made this very array."""
        places = [place for place, stage in enumerate(self.stages) if stage.raw is array]
        return places[-1] if places else None


def set_gradient(stage: Stage, gradient: Any) -> str:
    """Give it to the stage if it fits; else the sentence that says why not."""
    values, problem = numbers(gradient, f"The gradient at {stage.name} is")
    if problem:
        return problem
    if values.shape not in (stage.values.shape, (1, *stage.values.shape)):
        return (
            f"The gradient at {stage.name} has shape {values.shape}; expected "
            f"{np.shape(stage.raw)}, that of the values."
        )
    stage.gradient = values.reshape(stage.values.shape)
    return ""


@contextmanager
def _watched(step: Step, recorder: _Recorder) -> Iterator[None]:
    """Let the recorder stand before every pass; afterwards network and gradients are as before."""
    network = step.network
    named: list[tuple[str, Any]] = getattr(network, "named_parts", list)()
    layers = [(name, part) for name, part in named if hasattr(part, "layers_within")]
    kept = [(parameter, parameter.grad.copy()) for _, parameter in named
            if hasattr(parameter, "zero_grad") and hasattr(parameter, "grad")]
    with as_used(network):
        try:
            for name, layer in layers:
                full = ".".join(filter(None, (step.name, name))) or type(layer).__name__
                layer.forward = partial(recorder.forward, full, layer, layer.forward)
                layer.backward = partial(recorder.backward, layer, layer.backward)
            yield
        finally:
            for parameter, gradient in kept:
                parameter.grad[...] = gradient


def _forward(steps: list[Step], recorder: _Recorder) -> tuple[Any, str]:
    for step in steps:
        before = len(recorder.stages) - 1
        x = recorder.stages[-1].raw.copy()
        recorder.stages[-1].raw = x
        y, problem = learner.call(
            partial(step.forward, x), name=step.called, instead=""
        )
        values, strange = (np.empty(0), problem) if problem else numbers(
            y, f"Your {step.called} returned"
        )
        if strange:
            return None, strange
        if len(recorder.stages) - 1 == before:
            kind = type(step.network).__name__ if hasattr(step.network, "forward") else ""
            name = step.name or kind
            raw = y if isinstance(y, np.ndarray) else values
            recorder.note(Stage(name, kind, _single(values), None, before, raw=raw))
    return recorder.stages[-1].raw, ""


def _backward(
    steps: list[Step], recorder: _Recorder, y: Array, target: int | None
) -> tuple[str, str]:
    """(what the gradients are of, ""), or what went wrong on the way back."""
    of, gradient = _gradient_of_output(recorder.stages[-1], y, target)
    places = _places(steps, recorder)
    for step, last, first in reversed(places):
        problem = set_gradient(recorder.stages[last], gradient)
        if step.backward is None:
            problem = problem or f"{step.called} has no backward, so gradients end there."
        if problem or step.backward is None:
            return of, problem
        x = recorder.stages[first].raw
        gradient, problem = learner.call(
            step.backward, gradient, x, name=f"{step.called} (backward)",
            instead="",
        )
        if problem:
            return of, problem
    return of, set_gradient(recorder.stages[0], gradient)


def _places(steps: list[Step], recorder: _Recorder) -> list[tuple[Step, int, int]]:
    """Each step with the places of its output and its input."""
    ends = [0]
    for step in steps:
        later = [
            place for place in range(ends[-1] + 1, len(recorder.stages))
            if not step.name or recorder.stages[place].name == step.name
            or recorder.stages[place].name.startswith(f"{step.name}.")
        ]
        ends.append(later[-1] if later else ends[-1])
    return [(step, ends[i + 1], ends[i]) for i, step in enumerate(steps)]


def _gradient_of_output(stage: Stage, y: Array, target: int | None) -> tuple[str, Array]:
    dtype = y.dtype if y.dtype.kind == "f" else np.dtype(np.float64)
    if target is not None and stage.values.ndim == 1 and 0 <= target < stage.values.size:
        scores = stage.values[np.newaxis]
        gradient = F.cross_entropy_backward(np.array(1.0), scores, np.array([target]))
        return f"the cross-entropy for class {target}", gradient.reshape(y.shape).astype(dtype)
    largest = int(np.argmax(np.nan_to_num(stage.values, nan=-np.inf)))
    one = np.zeros(y.shape, dtype)
    one.flat[largest] = 1
    return f"the largest output (number {largest})", one


def _first_strange(stages: list[Stage]) -> str:
    for stage in stages:
        wrong = int((~np.isfinite(stage.values)).sum())
        if wrong:
            count = f"{wrong} of {stage.values.size}"
            return f"{stage.name} is the first with NaN or infinity: {count}."
    return ""


def _single(y: Any) -> Array:
    """The values as float64 without the axis of the batch."""
    values = np.asarray(y, dtype=np.float64)
    return values[0] if values.ndim > 1 and len(values) == 1 else values
