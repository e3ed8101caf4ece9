"""A convolution layer taken apart: one record for each number of its output.

The layer slides the kernel as it is written (cross-correlation); nothing is flipped.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any

import numpy as np

from course_lib.arrays import Array
from course_lib.plots.palette import number
from course_lib.shapes import output_size
from course_lib.widgets import learner

_MOST_STEPS = 2000

Pair = int | tuple[int, int]


@dataclass(frozen=True)
class Convolution:
    """The inputs in one form: x (C, H, W), weight (K, C, F, F), bias (K,), pairs of numbers."""

    x: Array
    weight: Array
    bias: Array
    stride: tuple[int, int]
    padding: tuple[int, int]
    dilation: tuple[int, int] = (1, 1)

    @classmethod
    def of(
        cls, x: Any, weight: Any, bias: Any, stride: Pair, padding: Pair, dilation: Pair = 1
    ) -> "Convolution":
        """Raises ValueError, in one sentence, for shapes that do not belong together."""
        image, kernel = np.asarray(x, dtype=float), np.asarray(weight, dtype=float)
        if image.ndim == 4 and len(image) == 1:
            image = image[0]
        if image.ndim not in (2, 3) or not image.size:
            raise ValueError(
                "x expects one image of shape (H, W), (C, H, W) or (1, C, H, W); "
                f"got shape {np.shape(x)}. Did you mean x[0]?"
            )
        if kernel.ndim not in (2, 3, 4) or not kernel.size:
            raise ValueError(
                "weight expects shape (F, F), (C, F, F) or (K, C, F, F); "
                f"got shape {np.shape(weight)}."
            )
        image = image.reshape((1, *image.shape)[-3:])
        kernel = kernel.reshape((1, 1, *kernel.shape)[-4:])
        if kernel.shape[1] != len(image):
            raise ValueError(
                f"weight expects one slice for each of the {len(image)} channels of x; got "
                f"{kernel.shape[1]} (x has shape {np.shape(x)}, weight {np.shape(weight)})."
            )
        spread = _pair(dilation)
        if min(spread) < 1:
            raise ValueError(f"dilation expects 1 or more; got {dilation!r}.")
        return cls(
            image, kernel, _bias(bias, len(kernel)), _pair(stride), _pair(padding), spread
        )

    @cached_property
    def padded(self) -> Array:
        """x with zeros around it, shape (C, H + 2P, W + 2P)."""
        rows, columns = self.padding
        return np.pad(self.x, ((0, 0), (rows, rows), (columns, columns)))

    @property
    def span(self) -> tuple[int, int]:
        """Rows and columns from the kernel's first number to its last: D*(F - 1) + 1."""
        rows, columns = (
            dilation * (size - 1) + 1
            for dilation, size in zip(self.dilation, self.weight.shape[2:], strict=True)
        )
        return rows, columns

    @property
    def output_shape(self) -> tuple[int, int, int]:
        """(K, rows, columns); ValueError names the legal strides if S does not fit."""
        rows, columns = (
            output_size(self.x.shape[axis + 1], self.span[axis], stride, padding)
            for axis, (stride, padding) in enumerate(zip(self.stride, self.padding, strict=True))
        )
        return len(self.weight), rows, columns


@dataclass(frozen=True)
class ConvStep:
    """One position of one filter.

    filter, row, column: where in the output y. top, left: where the kernel lies in the padded
    input. patch, products: (C, F, F), what lies under the kernel, and that times the kernel.
    channel_sums: (C,). value = their sum + bias. words, sentence: what happens, and the
    arithmetic. remark: how the learner's layer compares here ("" without one). problem: why it
    cannot be compared at all ("" if it can).
    """

    number: int
    filter: int
    row: int
    column: int
    top: int
    left: int
    patch: Array
    products: Array
    channel_sums: Array
    bias: float
    value: float
    words: str
    sentence: str
    remark: str
    problem: str
    full: Array  # the whole output (K, rows, columns)
    differing: Array  # where the learner's output is another

    @property
    def output(self) -> Array:
        """The output as far as it is filled after this step, nan elsewhere."""
        filled = np.full(self.full.size, np.nan)
        filled[: self.number + 1] = self.full.flat[: self.number + 1]
        return filled.reshape(self.full.shape)


def conv_steps(
    x: Any,
    weight: Any,
    bias: Any = None,
    stride: Pair = 1,
    padding: Pair = 0,
    *,
    dilation: Pair = 1,
    layer: Any = None,
) -> list[ConvStep]:
    """y[k, r, c] = bias_k + sum of weight[k] * patch, for every k, r, c in row order.

    x: (H, W), (C, H, W) or (1, C, H, W). weight: (F, F), (C, F, F) or (K, C, F, F); its sides
        may differ. bias: None, one number, or (K,). stride, padding, dilation: a number or a pair
        (rows, columns).
    layer: the learner's function, called with x (1, C, H, W), weight (K, C, F, F), bias (K,),
        stride, padding, and dilation=D if D is not 1; or an object with `forward(x)`, which has
        its own weights. Each step then carries a remark on what it returned.
    Raises ValueError for shapes that do not fit, an illegal stride (it names the legal ones) and
    for more than 2000 positions.
    """
    convolution = Convolution.of(x, weight, bias, stride, padding, dilation)
    shape = convolution.output_shape
    if np.prod(shape) > _MOST_STEPS:
        raise ValueError(
            f"Stepping through {np.prod(shape)} positions takes too long (the most is "
            f"{_MOST_STEPS}). Cut out a piece, for example x[..., :10, :10]."
        )
    full = np.array([_value(convolution, at) for at in np.ndindex(shape)]).reshape(shape)
    mine, problem = _learners_output(layer, convolution, shape)
    differing = np.zeros(shape, bool)
    if mine is not None:
        differing = ~np.isclose(mine, full, rtol=1e-6, atol=1e-9, equal_nan=True)
    return list(_records(convolution, full, mine, differing, problem))


def _records(
    convolution: Convolution, full: Array, mine: Array | None, differing: Array, problem: str
) -> Iterator[ConvStep]:
    for count, at in enumerate(np.ndindex(*full.shape)):
        k, row, column = at
        top, left, patch = _patch(convolution, row, column)
        products = patch * convolution.weight[k]
        remark = problem
        if mine is not None:
            remark = learner.comparison(mine[at], float(full[at]), f"y{list(at)}")
            remark += f" {_count(differing)}"
        yield ConvStep(
            number=count,
            filter=k,
            row=row,
            column=column,
            top=top,
            left=left,
            patch=patch,
            products=products,
            channel_sums=products.sum(axis=(1, 2)),
            bias=float(convolution.bias[k]),
            value=float(full[at]),
            words=_words(convolution, k, top, left),
            sentence=_sentence(convolution, at, patch, products, float(full[at])),
            remark=remark,
            problem=problem,
            full=full,
            differing=differing,
        )


def _count(differing: Array) -> str:
    wrong = int(differing.sum())
    if not wrong:
        return f"All {differing.size} entries agree."
    return f"{wrong} of {differing.size} entries differ."


def _patch(convolution: Convolution, row: int, column: int) -> tuple[int, int, Array]:
    top, left = row * convolution.stride[0], column * convolution.stride[1]
    rows, columns = convolution.span
    down, right = convolution.dilation
    window = convolution.padded[:, top : top + rows : down, left : left + columns : right]
    return top, left, window


def _value(convolution: Convolution, at: tuple[int, ...]) -> float:
    k, row, column = at
    patch = _patch(convolution, row, column)[2]
    return float((patch * convolution.weight[k]).sum() + convolution.bias[k])


def _words(convolution: Convolution, k: int, top: int, left: int) -> str:
    rows, columns = convolution.span
    padded = "padded input" if any(convolution.padding) else "input"
    down, right = convolution.dilation
    spread = ""
    if max(down, right) > 1:
        spread = f" Its numbers lie {down} rows and {right} columns apart."
    return (
        f"Filter {k} lies on rows {top} to {top + rows - 1} and columns {left} to "
        f"{left + columns - 1} of the {padded}.{spread}"
    )


def _sentence(
    convolution: Convolution, at: tuple[int, ...], patch: Array, products: Array, value: float
) -> str:
    """The sum of products channel by channel, then their sum and the bias."""
    k = at[0]
    name = f"y{list(at)}"
    bias = _signed(convolution.bias[k])
    sums = [
        " + ".join(
            f"{_signed(pixel)}*{_signed(weight)}"
            for pixel, weight in zip(part.flat, kernel.flat, strict=True)
        )
        for part, kernel in zip(patch, convolution.weight[k], strict=True)
    ]
    if len(sums) == 1:
        return f"{name} = {sums[0]} + bias {bias} = {number(value, 4)}"
    totals = products.sum(axis=(1, 2))
    lines = [
        f"channel {channel}: {terms} = {number(total, 4)}"
        for channel, (terms, total) in enumerate(zip(sums, totals, strict=True))
    ]
    together = " + ".join(_signed(total) for total in totals)
    return "\n".join([*lines, f"{name} = {together} + bias {bias} = {number(value, 4)}"])


def _learners_output(
    layer: Any, convolution: Convolution, shape: tuple[int, int, int]
) -> tuple[Array | None, str]:
    if layer is None:
        return None, ""
    batch = convolution.x[np.newaxis]
    if hasattr(layer, "forward"):
        layer = layer.forward
        result, problem = learner.call(layer, batch)
    else:
        setting = _single(convolution.stride), _single(convolution.padding)
        spread = _single(convolution.dilation)
        function = layer if spread == 1 else partial(layer, dilation=spread)
        result, problem = learner.call(
            function, batch, convolution.weight, convolution.bias, *setting,
            name=learner.name_of(layer),
        )
    if problem:
        return None, problem
    name = learner.name_of(layer)
    try:
        mine = np.asarray(result, dtype=float)
    except (TypeError, ValueError):
        return None, f"Your {name} returned {type(result).__name__}, not an array of numbers."
    if mine.shape != (1, *shape):
        return None, f"Your {name} returned shape {mine.shape}; expected {(1, *shape)}."
    return mine[0], ""


def _bias(bias: Any, count: int) -> Array:
    values = np.zeros(count) if bias is None else np.asarray(bias, dtype=float)
    if values.ndim == 0:
        values = np.full(count, values)
    if values.shape != (count,):
        raise ValueError(
            f"bias expects one number for each of the {count} filters; got shape {np.shape(bias)}."
        )
    return values


def _pair(value: Pair) -> tuple[int, int]:
    if not isinstance(value, tuple | list):
        return value, value
    if len(value) == 2:
        return value[0], value[1]
    raise ValueError(
        "stride, padding and dilation are a whole number or a pair (rows, columns); "
        f"got {value!r}."
    )


def _single(pair: tuple[int, int]) -> Pair:
    return pair[0] if pair[0] == pair[1] else pair


def _signed(value: float) -> str:
    text = number(value, 4)
    return f"({text})" if value < 0 else text
