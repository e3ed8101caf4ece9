"""Where the windows of a filter lie in an image, along any number of axes.

Convolutions, their transposes and their matrices all cut an image into the same patches. Here
the sizes are checked, once; patches are cut out; and gradients are added back to where the
patches came from. An image has one axis (length), two (rows, columns) or three (depth, rows,
columns). Letters: N images, C channels, F the filter's size, S stride, P padding, D dilation.
"""

from collections.abc import Iterator, Sequence
from itertools import product
from typing import Any, Literal, NamedTuple

import numpy as np

from course_lib.arrays import Array
from course_lib.shapes import Rounding, border, dilated_size, output_size

Pair = int | tuple[int, int]
Triple = int | tuple[int, int, int]
Sizes = tuple[int, ...]
Index = tuple[Any, ...]
SameOrValid = Literal["same", "valid"]
Padding = Pair | SameOrValid

# By the number of axes: their names, and how a message asks for one number each.
AXES = {1: ("length",), 2: ("rows", "columns"), 3: ("depth", "rows", "columns")}
EACH = {1: "", 2: " or a pair (rows, columns)", 3: " or a triple (depth, rows, columns)"}


class Windows(NamedTuple):
    """All windows of one kernel in one image; every field has one number for each axis.

    before: pixels of border in front of the image; places: how many windows there are.
    """

    image: Sizes
    kernel: Sizes
    stride: Sizes
    dilation: Sizes
    before: Sizes
    places: Sizes

    @property
    def padded(self) -> Sizes:
        """The image with its border, as far as the last window reaches."""
        return tuple(
            max(before + n, (places - 1) * s + dilated_size(f, d))
            for n, f, s, d, before, places in zip(*self, strict=True)
        )

    @property
    def inner(self) -> Index:
        """Index of the image itself within its border."""
        return (..., *(slice(b, b + n) for b, n in zip(self.before, self.image, strict=True)))

    def meetings(self) -> Iterator[tuple[Index, Index]]:
        """Each pixel of the kernel, over all places: its index in patches, in padded images."""
        for offset in product(*map(range, self.kernel)):
            met = (
                slice(i * d, i * d + (places - 1) * s + 1, s)
                for i, d, s, places in zip(
                    offset, self.dilation, self.stride, self.places, strict=True
                )
            )
            yield (slice(None), slice(None), *offset), (..., *met)

    def patch_at(self, place: Sizes) -> Index:
        """The pixels of the padded image that the window at `place` covers."""
        return tuple(
            slice(i * s, i * s + f * d, d)
            for i, s, f, d in zip(place, self.stride, self.kernel, self.dilation, strict=True)
        )


def windows_of(
    function: str,
    image: Sizes,
    kernel: Sizes,
    stride: int | Sequence[int],
    padding: int | Sequence[int] | str,
    dilation: int | Sequence[int],
    rounding: Rounding,
) -> Windows:
    """The windows, with every size checked. The messages name the function and the axis."""
    n_axes = len(image)
    strides, dilations = each("stride", stride, n_axes), each("dilation", dilation, n_axes)
    paddings = each("padding", padding, n_axes)
    before, places = [], []
    for axis, n, f, s, p, d in zip(
        AXES[n_axes], image, kernel, strides, paddings, dilations, strict=True
    ):
        try:
            places.append(output_size(n, f, s, p, dilation=d, rounding=rounding))
        except ValueError as error:
            raise ValueError(f"{function}, along the {axis}: {error}") from None
        before.append(border(p, f, s, d)[0])
    return Windows(
        plain(image), plain(kernel), plain(strides), plain(dilations), tuple(before), tuple(places)
    )


def each(name: str, value: Any, n_axes: int) -> tuple[Any, ...]:
    """One number (or word) for all axes, or one for each."""
    if not isinstance(value, tuple | list):
        return (value,) * n_axes
    if len(value) != n_axes:
        raise ValueError(
            f"{name} is one number{EACH[n_axes]}; got {value}, which has {len(value)}."
        )
    return tuple(value)


def plain(sizes: Sequence[int]) -> Sizes:
    """Sizes as Python's integers: NumPy's short ones would overflow, 20 * 20 in a uint8 say."""
    return tuple(map(int, sizes))


def pair(name: str, value: Pair) -> tuple[int, int]:
    """One number for both axes, or (rows, columns)."""
    rows, columns = each(name, value, 2)
    return rows, columns


def patches_of(x: Array, windows: Windows, fill: float = 0) -> Array:
    """Every patch, pixel by pixel: (N, C, *image) -> (N, C, *kernel, *places).

    The border, and what a patch sees beyond it, is filled with `fill`.
    """
    padded = np.full((*x.shape[:2], *windows.padded), fill, dtype=x.dtype)
    padded[windows.inner] = x
    patches = np.empty((*x.shape[:2], *windows.kernel, *windows.places), dtype=x.dtype)
    for offset, met in windows.meetings():
        patches[offset] = padded[met]
    return patches


def put_back(patches: Array, windows: Windows) -> Array:
    """The reverse of patches_of for gradients: where patches overlap, they add up.

    (N, C, *kernel, *places) -> (N, C, *image).
    """
    padded = np.zeros((*patches.shape[:2], *windows.padded), dtype=patches.dtype)
    for offset, met in windows.meetings():
        padded[met] += patches[offset]
    return padded[windows.inner]
