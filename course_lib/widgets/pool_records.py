"""A pool taken apart: every window on the way forward, every gradient on the way back."""

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from course_lib import functional as F
from course_lib.arrays import Array
from course_lib.plots.palette import number
from course_lib.widgets import learner
from course_lib.widgets.returned import as_numbers

_MOST_STEPS = 1000

Mode = Literal["max", "avg"]
Pair = int | tuple[int, int]


@dataclass(frozen=True)
class PoolStep:
    """One window of the pool, forward or backward.

    number: of the step; backward: on the way back. row, column: the place in y. top, left: where
    the window begins in x (below 0 in the border). winner: (row, column) in x of the pixel that
    is taken (None for a mean). y, grad_x: as far as they are known, nan elsewhere in y. words:
    what happens; remark: how the learner's pool compares; problem: why it cannot.
    """

    number: int
    backward: bool
    row: int
    column: int
    top: int
    left: int
    winner: tuple[int, int] | None
    y: Array
    grad_x: Array
    words: str
    remark: str
    problem: str


@dataclass(frozen=True)
class Pool:
    """x (H, W), y and grad_output (rows, columns), and the settings as pairs."""

    x: Array
    kernel: tuple[int, int]
    stride: tuple[int, int]
    padding: tuple[int, int]
    mode: Mode
    y: Array
    grad_output: Array

    @classmethod
    def of(
        cls, x: Any, kernel_size: Pair, stride: Pair | None, padding: Pair, mode: Mode,
        grad_output: Any,
    ) -> "Pool":
        """Raises ValueError for shapes that do not fit, also those that the library refuses."""
        image = np.asarray(x, dtype=float)
        if image.size and image.shape[:-2] in ((1,), (1, 1)):
            image = image.reshape(image.shape[-2:])
        if image.ndim != 2 or not image.size:
            raise ValueError(
                f"x expects one channel of shape (H, W); got shape {np.shape(x)}. "
                "Did you mean x[0, 0]?"
            )
        if mode not in ("max", "avg"):
            raise ValueError(f"mode is 'max' or 'avg'; got {mode!r}.")
        forward = F.max_pool2d if mode == "max" else F.avg_pool2d
        y = forward(image[None, None], kernel_size, stride, padding)[0, 0]
        if y.size > _MOST_STEPS:
            raise ValueError(
                f"Stepping through {y.size} windows takes too long (the most is {_MOST_STEPS}). "
                "Cut out a piece, for example x[:10, :10]."
            )
        if grad_output is None:
            grad_output = np.arange(1.0, y.size + 1).reshape(y.shape)
        grad = np.asarray(grad_output, dtype=float)
        if grad.shape != y.shape:
            raise ValueError(
                f"grad_output expects the shape of y, {y.shape}; got shape {grad.shape}."
            )
        kernel = _pair(kernel_size)
        return cls(image, kernel, _pair(stride or kernel), _pair(padding), mode, y, grad)

    def window(self, row: int, column: int) -> list[tuple[int, int]]:
        """The pixels of x under the window, in row order; those of the border are none."""
        top, left = self.corner(row, column)
        rows, columns = self.x.shape
        return [
            (r, c)
            for r in range(top, top + self.kernel[0])
            for c in range(left, left + self.kernel[1])
            if 0 <= r < rows and 0 <= c < columns
        ]

    def corner(self, row: int, column: int) -> tuple[int, int]:
        """Where the window begins in x."""
        return row * self.stride[0] - self.padding[0], column * self.stride[1] - self.padding[1]


def pool_steps(
    x: Any,
    kernel_size: Pair = 2,
    stride: Pair | None = None,
    padding: Pair = 0,
    *,
    mode: Mode = "max",
    grad_output: Any = None,
    layer: Any = None,
    backward: Any = None,
) -> list[PoolStep]:
    """First y window by window, then how the gradient of y finds its way back to x.

    x: (H, W), (1, H, W) or (1, 1, H, W). kernel_size, stride, padding: as for
    functional.max_pool2d. mode: "max" or "avg". grad_output: dE/dy, by default 1, 2, 3, ... so
    that each can be followed. layer: the learner's pool, called with x (1, 1, H, W), kernel_size,
    stride, padding. backward: the learner's way back, called with grad_output (1, 1, rows,
    columns) and then the same. Raises ValueError for shapes that do not fit, an illegal stride
    (it names the legal ones) and more than 1000 windows.
    """
    pool = Pool.of(x, kernel_size, stride, padding, mode, grad_output)
    return list(_Walk(pool, layer, backward).steps())


class _Walk:
    def __init__(self, pool: Pool, layer: Any, backward: Any) -> None:
        self.pool = pool
        self.filled = np.full(pool.y.shape, np.nan)
        self.grad_x = np.zeros(pool.x.shape)
        settings = pool.kernel, pool.stride, pool.padding
        image, grad = pool.x[None, None], pool.grad_output[None, None]
        self.mine, problem = _learners(layer, pool.y.shape, image, *settings)
        self.mine_back, other = _learners(backward, pool.x.shape, grad, image, *settings)
        self.problem = problem or other

    def steps(self) -> Any:
        places = list(np.ndindex(*self.pool.y.shape))
        for count, (row, column) in enumerate(places):
            winner, words = self._forward(row, column)
            remark = ""
            if self.mine is not None:
                value = float(self.pool.y[row, column])
                remark = learner.comparison(self.mine[row, column], value, f"y[{row}, {column}]")
            yield self._step(count, False, (row, column), winner, words, remark)
        for count, (row, column) in enumerate(places, start=len(places)):
            winner, words = self._backward(row, column)
            remark = self._whole() if count == 2 * len(places) - 1 else ""
            yield self._step(count, True, (row, column), winner, words, remark)

    def _step(
        self, count: int, back: bool, at: tuple[int, int], winner: Any, words: str, remark: str
    ) -> PoolStep:
        known = self.filled.copy(), self.grad_x.copy()
        corner = self.pool.corner(*at)
        return PoolStep(count, back, *at, *corner, winner, *known, words, remark, self.problem)

    def _winner(self, pixels: list[tuple[int, int]]) -> tuple[int, int]:
        return max(pixels, key=lambda at: self.pool.x[at])  # the first of equal ones

    def _forward(self, row: int, column: int) -> tuple[tuple[int, int] | None, str]:
        pool, pixels = self.pool, self.pool.window(row, column)
        value = float(pool.y[row, column])
        self.filled[row, column] = value
        values = [float(pool.x[at]) for at in pixels]
        listed = ", ".join(number(one, 4) for one in values)
        name = f"y[{row}, {column}]"
        if pool.mode == "avg":
            size = pool.kernel[0] * pool.kernel[1]
            border = f" and {size - len(values)} zeros of the border" if size > len(values) else ""
            total = number(sum(values), 4)
            mean = f"{total} / {size} = {number(value, 4)}"
            return None, f"{name}: the mean of {listed}{border} is {mean}."
        winner = self._winner(pixels)
        where = f"x[{winner[0]}, {winner[1]}]"
        said = f"{name}: the largest of {listed} is {number(value, 4)}, at {where}."
        if (equal := values.count(value)) > 1:
            said += f" It stands there {equal} times: the first in row order wins."
        return winner, said

    def _backward(self, row: int, column: int) -> tuple[tuple[int, int] | None, str]:
        pool, pixels = self.pool, self.pool.window(row, column)
        grad = float(pool.grad_output[row, column])
        name = f"grad_y[{row}, {column}] = {number(grad, 4)}"
        if pool.mode == "avg":
            share = grad / (pool.kernel[0] * pool.kernel[1])
            for at in pixels:
                self.grad_x[at] += share
            who = f"each of the {len(pixels)} pixels" if len(pixels) > 1 else "the one pixel"
            return None, f"{name} is shared: {who} gets {number(share, 4)}."
        winner = self._winner(pixels)
        before = float(self.grad_x[winner])
        self.grad_x[winner] += grad
        where = f"x[{winner[0]}, {winner[1]}]"
        if not before:
            return winner, f"{name} goes to the winner {where} alone; the others get nothing."
        total = f"{number(before, 4)} + {number(grad, 4)} = {number(before + grad, 4)}"
        return winner, f"{name} goes to the winner {where}, which won before: {total}."

    def _whole(self) -> str:
        if self.mine_back is None:
            return ""
        wrong = ~np.isclose(self.mine_back, self.grad_x, rtol=1e-6, atol=1e-9)
        if not wrong.any():
            return "Your gradient agrees everywhere."
        row, column = (int(place) for place in np.argwhere(wrong)[0])
        mine, expected = self.mine_back[row, column], float(self.grad_x[row, column])
        count = int(wrong.sum())
        said = learner.comparison(mine, expected, f"grad_x[{row}, {column}]")
        return f"{said} It differs in {count} of {wrong.size} places."


def _learners(
    function: Any, shape: tuple[int, ...], *args: Any
) -> tuple[Array | None, str]:
    """The learner's (1, 1, rows, columns) without its first two axes, or None and why."""
    if function is None:
        return None, ""
    result, problem = learner.call(function, *args)
    if problem:
        return None, problem
    name = f"Your {learner.name_of(function)}"
    numbers, problem = as_numbers(result, (1, 1, *shape), name, finite=False)
    return (None if numbers is None else numbers[0, 0]), problem


def _pair(value: Pair) -> tuple[int, int]:
    return (value, value) if isinstance(value, int) else (int(value[0]), int(value[1]))
