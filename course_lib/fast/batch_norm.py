"""Batch normalisation, whose mean and variance are those of the whole batch.

Each group of samples is centred by its own mean; the groups' means and sums of squares are put
together by the formula of Chan et al. (1979), which does not lose digits as E[x^2] - E[x]^2 does.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from course_lib import functional as F
from course_lib.arrays import Array
from course_lib.fast.operation import Bound, Operation, gather_into, nothing
from course_lib.fast.values import Lane, Slot, Value, in_three
from course_lib.layers import BatchNorm1d, BatchNorm2d


class Moments:
    """What a group knows and what it is told, one number a channel.

    mean, squares: of the group itself. scale, shift: y = scale (x - mean) + shift.
    g, g_x: sums of the gradient, and of it times x - mean. by_g, by_x, constant:
    grad_x = by_g g + by_x (x - mean) + constant.
    """

    def __init__(self, channels: int, dtype: np.dtype) -> None:
        for name in ("mean", "squares", "scale", "shift", "g", "g_x", "by_g", "by_x", "constant"):
            setattr(self, name, np.zeros((channels, 1), dtype))

    mean: Array
    squares: Array
    scale: Array
    shift: Array
    g: Array
    g_x: Array
    by_g: Array
    by_x: Array
    constant: Array


class BatchNorm(Operation):
    """In training by the batch's own mean and variance."""

    phases = 2

    def __init__(self, x: Value, layer: BatchNorm1d | BatchNorm2d) -> None:
        self.x, self.y, self.layer = x, Value(x.shape, learned=True), layer
        self.over = not x.busy
        x.busy = True
        self.weight, self.bias = layer.weight, layer.bias

    def bind(self, slot: Slot) -> Bound:
        x, y = in_three(slot.value(self.x)), in_three(slot.value(self.y))
        centred = x if self.over else slot.own(x.shape)
        known = Moments(x.shape[1], x.dtype)
        rows = slot.lane.scratch("rows of channels", x.shape[:2])
        ones = np.ones(x.shape[2], x.dtype)
        share = np.asarray(1 / (x.shape[0] * x.shape[2]), x.dtype)

        def centre() -> None:
            np.matmul(x, ones, out=rows)
            np.multiply(rows.sum(axis=0)[:, np.newaxis], share, out=known.mean)
            np.subtract(x, known.mean, out=centred)
            _sum_of_products(centred, centred, known.squares)

        def scale() -> None:
            np.multiply(centred, known.scale, out=y)
            np.add(y, known.shift, out=y)

        if not slot.learns:
            bound = Bound([centre, scale], [nothing, nothing])
            bound.kept = known
            return bound
        grad, grad_x = in_three(slot.grad(self.y)), in_three(slot.grad(self.x))

        def sums() -> None:
            np.matmul(grad, ones, out=rows)
            known.g[:, 0] = rows.sum(axis=0)
            _sum_of_products(grad, centred, known.g_x)

        def to_x() -> None:
            np.multiply(centred, known.by_x, out=centred)
            np.add(centred, known.constant, out=centred)
            np.multiply(grad, known.by_g, out=grad_x)
            np.add(grad_x, centred, out=grad_x)

        bound = Bound([centre, scale], [sums, to_x if self.x.learned else nothing])
        bound.kept = known
        return bound

    def meet_forward(self, all_bound: Sequence[Bound], sizes: Sequence[int]) -> None:
        groups: list[Moments] = [bound.kept for bound in all_bound]
        pixels = int(np.prod(self.x.shape[1:]))
        counts = [n * pixels for n in sizes]
        self.count = sum(counts)
        if self.count < 2:      # the layer's own complaint
            F.batch_norm(np.zeros((1, 1)), np.zeros(1), np.ones(1), training=True)
        weights = np.array(counts, float)[:, np.newaxis, np.newaxis]
        means = np.array([group.mean for group in groups], float)
        mean: Array = (weights * means).sum(axis=0) / self.count
        squares: Array = np.array([group.squares for group in groups], float).sum(axis=0)
        squares = squares + (weights * (means - mean) ** 2).sum(axis=0)
        self.mean, self.deviation = mean, np.sqrt(squares / self.count + self.layer.eps)
        weight, bias = _column(self.weight), _column(self.bias)
        self.scale = (1.0 if weight is None else weight) / self.deviation
        for group in groups:
            group.scale[...] = self.scale
            group.shift[...] = self.scale * (group.mean - mean) + (0 if bias is None else bias)
        self._remember(mean[:, 0], squares[:, 0])

    def meet_backward(self, all_bound: Sequence[Bound], sizes: Sequence[int]) -> None:
        groups: list[Moments] = [bound.kept for bound in all_bound]
        g: Array = np.array([group.g for group in groups], float).sum(axis=0)
        by_hat: Array = np.array(
            [group.g_x + (group.mean - self.mean) * group.g for group in groups]
        ).sum(axis=0) / self.deviation
        if self.weight is not None and self.bias is not None:
            self.weight.grad[...] = by_hat[:, 0]
            self.bias.grad[...] = g[:, 0]
        slope = -self.scale * by_hat / self.deviation / self.count
        for group in groups:
            group.by_g[...] = self.scale
            group.by_x[...] = slope
            group.constant[...] = slope * (group.mean - self.mean) - self.scale * g / self.count

    def _remember(self, mean: Array, squares: Array) -> None:
        """The running mean and variance move on, as in the layer."""
        layer, momentum = self.layer, self.layer.momentum
        for buffer, new in (
            (layer.running_mean, mean), (layer.running_var, squares / (self.count - 1)),
        ):
            moved = (1 - momentum) * buffer.data + momentum * new
            buffer.data = moved.astype(buffer.data.dtype)
        layer.num_batches_tracked.data += 1


class FixedNorm(Operation):
    """After training by the running mean and variance: y = scale x + shift."""

    def __init__(self, x: Value, layer: BatchNorm1d | BatchNorm2d) -> None:
        self.x, self.y, self.layer = x, Value(x.shape, learned=True), layer
        x.busy = True
        self.weight, self.bias = layer.weight, layer.bias

    def prepare(self, n: int, learns: bool) -> None:
        layer = self.layer
        dtype = layer.running_mean.data.dtype
        deviation = np.sqrt(layer.running_var.data.astype(float) + layer.eps)
        weight, bias = _column(self.weight), _column(self.bias)
        self.scale = ((1.0 if weight is None else weight[:, 0]) / deviation).astype(dtype)[:, None]
        self.mean = layer.running_mean.data[:, np.newaxis].astype(dtype)
        self.offset = np.zeros_like(self.mean) if bias is None else bias
        self.deviation = deviation

    def bind(self, slot: Slot) -> Bound:
        x, y = in_three(slot.value(self.x)), in_three(slot.value(self.y))

        def forward() -> None:
            np.subtract(x, self.mean, out=y)
            np.multiply(y, self.scale, out=y)
            np.add(y, self.offset, out=y)

        if not slot.learns:
            return Bound([forward], [nothing])
        grad, grad_x = in_three(slot.grad(self.y)), in_three(slot.grad(self.x))
        channels = (len(self.mean), 1)
        by_weight = slot.lane.sum_of((self, "weight"), channels)
        by_bias = slot.lane.sum_of((self, "bias"), channels)

        def backward() -> None:
            _sum_of_products(grad, x - self.mean, by_weight.target())
            by_weight.add()
            np.sum(grad, axis=(0, 2), out=by_bias.target()[:, 0])
            by_bias.add()
            if self.x.learned:
                np.multiply(grad, self.scale, out=grad_x)

        return Bound([forward], [backward])

    def finish(self, lanes: Sequence[Lane]) -> None:
        if self.weight is not None and self.bias is not None:
            gather_into(self.weight, lanes, (self, "weight"))
            self.weight.grad /= self.deviation
            gather_into(self.bias, lanes, (self, "bias"))


def _column(parameter: object) -> Array | None:
    data: Array | None = getattr(parameter, "data", None)
    return None if data is None else data[:, np.newaxis]


def _sum_of_products(a: Array, b: Array, out: Array) -> None:
    """out (C, 1) = the sum of a b over all but the channels; a, b (H, C, W N)."""
    np.sum(np.vecdot(a, b), axis=0, out=out[:, 0])
