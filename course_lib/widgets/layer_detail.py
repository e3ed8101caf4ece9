"""One unit of a layer: which numbers went in, and with which weights."""

from dataclasses import dataclass
from math import prod
from typing import Any

import numpy as np

from course_lib.arrays import Array
from course_lib.plots.palette import number
from course_lib.widgets.layer_trace import Stage

__all__ = ["Detail", "detail_of"]

Box = tuple[int, int, int, int]


@dataclass(frozen=True)
class Detail:
    """sentence: what the unit is, in words. source: the stage that its inputs belong to.

    inputs, weights: of the same shape, (C, rows, columns) or (F,), or None if unknown. Inputs are
    NaN where the window hangs over the edge. box: top, left, height and width of what the unit
    sees of every map of its source.
    """

    sentence: str
    source: int | None = None
    inputs: Array | None = None
    weights: Array | None = None
    box: Box | None = None


def detail_of(stages: list[Stage], place: int, unit: int) -> Detail:
    """What lies behind number `unit` (counted row by row) of stage `place`."""
    stage = stages[place]
    index = np.unravel_index(unit, stage.values.shape)
    name = f"{stage.name}[{', '.join(map(str, index))}]" if index else stage.name
    said = [f"{name} = {number(stage.values.flat[unit], 4)}"]
    if stage.gradient is not None:
        said.append(f"gradient {number(stage.gradient.flat[unit], 4)}")
    if stage.source is None or stage.layer is None:
        return Detail(f"{', '.join(said)}.{_why_no_inputs(stage)}", stage.source)
    inputs, weights, box = _behind(stage, stages[stage.source], unit)
    if inputs is not None and inputs.size == stages[stage.source].values.size:
        shape = _before_flattening(stages, stage.source)
        inputs, weights = inputs.reshape(shape), None if weights is None else weights.reshape(shape)
    if inputs is None:
        return Detail(f"{', '.join(said)}.", stage.source)
    source = stages[stage.source].name
    words = [f"{', '.join(said)}.", f"It sees {_count(inputs)} of {source}."]
    if weights is not None:
        total = float(np.nansum(inputs * weights))
        words.append(f"Inputs times weights add up to {number(total, 4)}{_bias(stage, unit)}.")
    return Detail(" ".join(words), stage.source, inputs, weights, box)


def _behind(
    stage: Stage, source: Stage, unit: int
) -> tuple[Array | None, Array | None, Box | None]:
    windows: Any = getattr(stage.layer, "windows", tuple)()
    weight = _weight(stage.layer)
    values = source.values
    if windows is None:
        if weight is None or weight.ndim != 2 or weight.shape[1] != values.size:
            return values, None, None
        return values.reshape(-1), weight[unit % len(weight)], None
    if len(windows) == 2 and values.ndim == stage.values.ndim == 3:
        if any(window.transposed for window in windows):
            return None, None, None
        k, *at = (int(i) for i in np.unravel_index(unit, stage.values.shape))
        return _patch(values, weight, windows, (k, len(stage.values)), at)
    if windows == () and values.size == stage.values.size:
        return values.reshape(-1)[unit : unit + 1], None, _point(values, unit)
    return None, None, None


def _patch(
    values: Array, weight: Array | None, windows: Any, filters: tuple[int, int], at: list[int]
) -> tuple[Array, Array | None, Box]:
    (k, n_filters), channels = filters, len(values)
    first, used = 0, channels
    if weight is not None and weight.ndim == 4 and channels % weight.shape[1] == 0:
        groups = channels // weight.shape[1]
        used = weight.shape[1]
        first = k // max(n_filters // groups, 1) * used
    elif n_filters == channels:
        first, used, weight = k, 1, None  # a pool looks at its own channel
    else:
        weight = None
    starts = [i * window.stride - window.padding for i, window in zip(at, windows, strict=True)]
    lines = [
        start + window.dilation * np.arange(window.kernel_size)
        for start, window in zip(starts, windows, strict=True)
    ]
    rows, columns = np.ix_(*lines)
    inside = (rows >= 0) & (rows < values.shape[1]) & (columns >= 0) & (columns < values.shape[2])
    clipped = (
        np.clip(axis, 0, n - 1) for axis, n in zip((rows, columns), values.shape[1:], strict=True)
    )
    patch = values[first : first + used][(slice(None), *clipped)]
    spans = [(w.kernel_size - 1) * w.dilation + 1 for w in windows]
    box = (starts[0], starts[1], spans[0], spans[1])
    return np.where(inside, patch, np.nan), None if weight is None else weight[k], box


def _before_flattening(stages: list[Stage], place: int) -> tuple[int, ...]:
    """The shape of the maps that a vector was made of, so that weights can be seen as maps."""
    stage = stages[place]
    if stage.kind == "Flatten" and stage.source is not None:
        before = stages[stage.source].values.shape
        return before if len(before) == 3 else stage.values.shape
    return stage.values.shape


def _point(values: Array, unit: int) -> Box | None:
    if values.ndim != 3:
        return None
    _, row, column = (int(i) for i in np.unravel_index(unit, values.shape))
    return row, column, 1, 1


def _weight(layer: Any) -> Array | None:
    data = getattr(getattr(layer, "weight", None), "data", None)
    return data if isinstance(data, np.ndarray) else None


def _bias(stage: Stage, unit: int) -> str:
    data = getattr(getattr(stage.layer, "bias", None), "data", None)
    if not isinstance(data, np.ndarray):
        return ""
    per_filter = prod(stage.values.shape[1:])
    return f"; the bias is {number(data.reshape(-1)[unit // per_filter % data.size], 4)}"


def _count(inputs: Array) -> str:
    size = " x ".join(map(str, inputs.shape))
    return "1 number" if inputs.size == 1 else f"{size} numbers"


def _why_no_inputs(stage: Stage) -> str:
    if stage.name == "input":
        return ""
    if stage.layer is None:
        return " It is a function of its own; its weights are not known here."
    return " It adds or joins what several layers made."
