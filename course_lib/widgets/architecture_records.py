"""Where the parameters and the multiply-adds of a network are, layer by layer."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from course_lib import models
from course_lib.init import zeros
from course_lib.plots.palette import number
from course_lib.shapes import Row, summary
from course_lib.widgets.learner import one_sentence

_MOST_BARS = 20

Size = tuple[int, ...]
Model = tuple[Any, Size]


@dataclass(frozen=True)
class Architecture:
    """The layers that have weights, in the order in which they ran.

    bars: layers, or groups of layers where there are more than 20. parameters, macs: of the whole
    network, for one sample of input_shape. problem: why it cannot be counted; "" if it can.
    """

    name: str
    input_shape: Size
    bars: tuple[Row, ...]
    parameters: int
    macs: int
    problem: str = ""

    @property
    def words(self) -> str:
        """The sums, and which layers have most of them; the problem if there is one."""
        if self.problem:
            return self.problem
        size = " x ".join(map(str, self.input_shape))
        said = (
            f"{self.name}: {self.parameters:,} parameters, and {self.macs:,} multiply-adds for "
            f"one input of {size}."
        )
        if not self.bars:
            return said
        heavy = max(self.bars, key=lambda bar: bar.parameters)
        busy = max(self.bars, key=lambda bar: bar.macs)
        share = _share(heavy.parameters, self.parameters)
        work = _share(busy.macs, self.macs)
        return f"{said} {heavy.name} has {share} of the parameters, {busy.name} does {work} of " + (
            "the multiply-adds."
        )

    def sentence(self, place: int) -> str:
        """One bar in words; "" for a place that is none."""
        if not 0 <= place < len(self.bars):
            return ""
        bar = self.bars[place]
        size = " x ".join(map(str, bar.output_shape))
        return (
            f"{bar.name} ({bar.kind}): output {size}, {bar.parameters:,} parameters "
            f"({_share(bar.parameters, self.parameters)}), {bar.macs:,} multiply-adds "
            f"({_share(bar.macs, self.macs)})."
        )


def architecture(name: str, model: Any, input_shape: Size) -> Architecture:
    """Count a network of layers for one sample of input_shape; never raises for what it does.

    Parameters and multiply-adds are those of shapes.summary. With more than 20 layers that have
    weights, layers are put together by the first parts of their names. Raises TypeError for what
    is no network of layers, and for lengths that are not whole; ValueError for lengths below 1.
    """
    if not hasattr(model, "named_parts"):
        raise TypeError(
            f"{name} expects a network of layers and its input shape; got {type(model).__name__}. "
            "Let your own class inherit from layers.Layer."
        )
    if not all(isinstance(n, int | np.integer) and n > 0 for n in input_shape):
        raise ValueError(
            f"{name} expects an input shape such as (3, 224, 224); got {input_shape}."
        )
    try:
        counted = summary(model, input_shape)
    except Exception as problem:
        reason = one_sentence(problem, "The model")
        return Architecture(name, input_shape, (), 0, 0, f"{name} cannot be counted: {reason}")
    rows = [row for row in counted.rows if row.parameters or row.macs]
    bars = _few(rows)
    return Architecture(name, input_shape, bars, counted.parameters, counted.macs)


def compared(one: Architecture, other: Architecture) -> str:
    """How two networks differ in both sums; "" if one of them could not be counted."""
    if one.problem or other.problem:
        return ""
    return f"Against {other.name}, {one.name} has " + " and ".join(
        _times(mine, theirs, what)
        for mine, theirs, what in (
            (one.parameters, other.parameters, "parameters"),
            (one.macs, other.macs, "multiply-adds"),
        )
    ) + "."


def published_models() -> Mapping[str, Callable[[], Model]]:
    """Networks of the decks with their input shapes, each made when it is asked for."""
    photograph = (3, 224, 224)
    return {
        "LeNet-5": lambda: (models.lenet5(**_UNDRAWN), (1, 32, 32)),
        "MLP 784-300-100-10": lambda: (models.mlp(**_UNDRAWN), (1, 28, 28)),
        "AlexNet": lambda: (models.alexnet(**_UNDRAWN), photograph),
        "VGG-16": lambda: (models.vgg16(**_UNDRAWN), photograph),
        "GoogLeNet": lambda: (models.googlenet(**_UNDRAWN), photograph),
        "ResNet-18": lambda: (models.resnet18(**_UNDRAWN), photograph),
        "ResNet-50": lambda: (models.resnet50(**_UNDRAWN), photograph),
    }


# Weights of zero are counted like others and take next to no memory.
_UNDRAWN: Any = {"rng": np.random.default_rng(0), "init": zeros}


def _few(rows: list[Row]) -> tuple[Row, ...]:
    """At most 20 bars: the longest beginnings of the names that make so few, in order."""
    deepest = max((row.name.count(".") + 1 for row in rows), default=1)
    grouped = rows
    for depth in range(deepest, 0, -1):
        if len(grouped) <= _MOST_BARS:
            break
        names = [".".join(row.name.split(".")[:depth]) for row in rows]
        found: dict[str, list[Row]] = {}
        for name, row in zip(names, rows, strict=True):
            found.setdefault(name, []).append(row)
        grouped = [_sum(name, members) for name, members in found.items()]
    if len(grouped) > _MOST_BARS:
        rest = grouped[_MOST_BARS - 1 :]
        grouped = [*grouped[: _MOST_BARS - 1], _sum(f"{len(rest)} others", rest)]
    return tuple(grouped)


def _sum(name: str, rows: list[Row]) -> Row:
    if len(rows) == 1:
        return rows[0]._replace(name=name)
    last = rows[-1]
    parameters, macs = sum(row.parameters for row in rows), sum(row.macs for row in rows)
    return Row(name, f"{len(rows)} layers", last.output_shape, parameters, macs, last.field)


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} %" if whole else "none"


def _times(mine: int, theirs: int, what: str) -> str:
    if mine == theirs:
        return f"as many {what}"
    if not mine or not theirs:
        return f"{mine:,} {what} in place of {theirs:,}"
    times = max(mine, theirs) / min(mine, theirs)
    ratio = number(times) if times < 100 else f"{times:,.0f}"
    return f"{ratio} times as many {what}" if mine > theirs else f"{ratio} times fewer {what}"
