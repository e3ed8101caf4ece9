"""Laying out the columns that a filter meets, and adding gradients back to them."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from course_lib.arrays import Array
from course_lib.fast.values import Slot

Copies = list[tuple[Array, Array]]


class Along(NamedTuple):
    """A window along one axis: size of the image and of the window, stride, border, places."""

    image: int
    kernel: int
    stride: int
    before: int
    places: int

    @property
    def reach(self) -> int:
        """Pixels from the first to the last that a window sees, with the border."""
        return (self.places - 1) * self.stride + self.kernel

    @property
    def is_plain(self) -> bool:
        """Whether each place sees just the pixel of its own number."""
        return self.kernel == self.stride == 1 and self.before == 0 and self.places == self.image

    def met(self, offset: int) -> tuple[slice, slice]:
        """Which pixels meet number `offset` of the window, and at which places."""
        shift = offset - self.before
        first = max(0, -(shift // self.stride))      # the first place that is inside: rounded up
        last = min(self.places - 1, (self.image - 1 - shift) // self.stride)
        if last < first:
            return slice(0, 0), slice(0, 0)
        begin, end = first * self.stride + shift, last * self.stride + shift
        return slice(begin, end + 1, self.stride), slice(first, last + 1)


def unfold_calls(
    x: Array, rows: Along, columns: Along, slot: Slot, *, kept: bool
) -> tuple[Copies, Array]:
    """What to copy to make u of x (H, C, W, n), and u itself: (reach, F_w C, out_w n).

    kept: u has memory of its own, and what is zero in it stays so.
    """
    height, channels, _, n = x.shape
    inner = rows.before == 0 and rows.reach <= height
    if columns.is_plain and inner and (rows.kernel == 1 or x.flags.c_contiguous):
        return [], x.reshape(height, channels, columns.places * n)
    shape = (rows.reach, columns.kernel, channels, columns.places, n)
    u = slot.own(shape) if kept else slot.lane.scratch("patches", shape)
    inside = slice(rows.before, min(rows.before + height, rows.reach))
    seen = x[: inside.stop - inside.start]
    copies: Copies = []
    zero = np.zeros((), x.dtype)
    if not kept:
        outside = (u[: inside.start], u[inside.stop :])
        copies += [(part, zero) for part in outside if part.size]
    for offset in range(columns.kernel):
        pixels, places = columns.met(offset)
        target = u[inside, offset]
        copies.append((target[:, :, places], seen[:, :, pixels]))
        if not kept:
            beside = (target[:, :, : places.start], target[:, :, places.stop :])
            copies += [(part, zero) for part in beside if part.size]
    flat = (rows.reach, columns.kernel * channels, columns.places * n)
    return copies, u.reshape(flat)


def fold(u: Array, grad_x: Array, columns: Along) -> None:
    """Each column of grad_x (H, C, W, n) gets the sum of what was laid out from it.

    u (H, F_w, C, out_w, n).
    """
    offsets = list(range(columns.kernel))
    whole = [j for j in offsets if columns.met(j)[0] == slice(0, columns.image, 1)]
    if whole:
        offsets.remove(whole[0])
        np.copyto(grad_x, u[:, whole[0], :, columns.met(whole[0])[1]])
    else:
        grad_x[...] = 0
    for offset in offsets:
        pixels, places = columns.met(offset)
        target = grad_x[:, :, pixels]
        np.add(target, u[:, offset, :, places], out=target)
