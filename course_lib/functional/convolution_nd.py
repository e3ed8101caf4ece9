"""The convolution along any number of axes, which conv1d, conv2d and conv3d share.

Seen from the patches, a convolution is a linear layer: the filters are the rows of a matrix, the
patches are the columns of another, and the answer is their product. Its gradients are those of
a linear layer, too. Letters as in course_lib.functional.windows; K filters, G groups.
"""

from collections.abc import Sequence
from math import prod

import numpy as np

from course_lib.arrays import Array, expect_shape, expect_whole, float_array, written
from course_lib.functional.windows import Windows, patches_of, put_back, windows_of
from course_lib.shapes import Rounding

# By the number of axes: the letters of an image's and of a kernel's sizes.
IMAGE = {1: ("L",), 2: ("H", "W"), 3: ("D", "H", "W")}
KERNEL = {1: ("F",), 2: ("F_h", "F_w"), 3: ("F_d", "F_h", "F_w")}


def conv_nd(x: Array, weight: Array, bias: Array | None, windows: Windows, groups: int) -> Array:
    """weight matrix times patches, plus bias; arguments as `prepared` returns them."""
    y = _rows(weight, groups) @ columns_of(x, windows, groups)      # (N, G, K/G, places)
    y = y.reshape(len(x), len(weight), *windows.places)
    return y if bias is None else y + bias.reshape(-1, *[1] * len(windows.places))


def conv_nd_backward(
    function: str, grad_output: Array, x: Array, weight: Array, windows: Windows, groups: int
) -> tuple[Array, Array, Array]:
    """The gradients by x, weight and bias, given the gradient by the output of conv_nd."""
    grad_output = float_array(function, "grad_output", grad_output)
    expect_shape(function, "grad_output", grad_output, (len(x), len(weight), *windows.places))
    return (
        spread(grad_output, weight, windows, groups),
        weight_gradient(grad_output, x, weight.shape, windows, groups),
        bias_gradient(grad_output),
    )


def spread(g: Array, weight: Array, windows: Windows, groups: int) -> Array:
    """Hand g back to the image: every place adds its number times the filter to its patch.

    This is the gradient of conv_nd by x, and it is the transposed convolution of g.
    """
    columns = _rows(weight, groups).swapaxes(1, 2) @ _grouped(g, groups)
    channels = groups * weight.shape[1]
    patches = columns.reshape(len(g), channels, *windows.kernel, *windows.places)
    return put_back(patches, windows)


def weight_gradient(
    g: Array, x: Array, shape: tuple[int, ...], windows: Windows, groups: int
) -> Array:
    """Every place of every image adds its g times its patch; `shape` is that of the weight."""
    g_rows, columns = _grouped(g, groups), columns_of(x, windows, groups)
    grad = np.zeros((groups, g_rows.shape[2], columns.shape[2]), dtype=np.result_type(g, x))
    for g_of_image, columns_of_image in zip(g_rows, columns, strict=True):
        grad += g_of_image @ columns_of_image.swapaxes(1, 2)
    return grad.reshape(shape)


def bias_gradient(g: Array) -> Array:
    """A bias counts at every place of every image."""
    grad: Array = g.sum(axis=(0, *range(2, g.ndim)))
    return grad


def _grouped(g: Array, groups: int) -> Array:
    """(N, K, *places) -> (N, G, K/G, places)."""
    return g.reshape(len(g), groups, g.shape[1] // groups, prod(g.shape[2:]))


def columns_of(x: Array, windows: Windows, groups: int = 1) -> Array:
    """Every patch as a column: (N, G, C/G*F*F, places)."""
    patches = patches_of(x, windows)
    size = x.shape[1] // groups * prod(windows.kernel)
    return patches.reshape(len(x), groups, size, prod(windows.places))


def _rows(weight: Array, groups: int) -> Array:
    """Every filter as a row: (G, K/G, C/G*F*F)."""
    return weight.reshape(groups, len(weight) // groups, prod(weight.shape[1:]))


def prepared(
    function: str,
    n_axes: int,
    x: Array,
    weight: Array,
    bias: Array | None,
    stride: int | Sequence[int],
    padding: int | Sequence[int] | str,
    dilation: int | Sequence[int],
    groups: int,
    rounding: Rounding,
) -> tuple[Array, Array, Array | None, Windows]:
    """The arrays and the windows, with everything checked that a convolution may complain about."""
    x = float_array(function, "x", x)
    weight = float_array(function, "weight", weight)
    expect_shape(function, "x", x, ("N", "C", *IMAGE[n_axes]))
    expect_shape(function, "weight", weight, ("K", "C/groups", *KERNEL[n_axes]))
    check_channels(function, x, weight, groups)
    windows = windows_of(
        function, x.shape[2:], weight.shape[2:], stride, padding, dilation, rounding
    )
    if bias is not None:
        bias = float_array(function, "bias", bias)
        expect_shape(function, "bias", bias, (len(weight),))
    return x, weight, bias, windows


def check_channels(function: str, x: Array, weight: Array, groups: int) -> None:
    """Raise ValueError unless every filter has the depth of its group's channels."""
    n_filters, depth, *kernel = weight.shape
    channels = x.shape[1]
    check_groups(function, channels, n_filters, groups)
    if channels != depth * groups:
        raise ValueError(
            f"{function} expects x with {depth * groups} channels, because weight has shape "
            f"{weight.shape} and groups={groups}; got x of shape {x.shape}. "
            f"Did you mean weight of shape {written((n_filters, channels // groups, *kernel))}?"
        )


def check_groups(function: str, channels: int, n_filters: int, groups: int) -> None:
    """Raise ValueError unless the groups can be of equal size."""
    expect_whole("groups", groups, least=1)
    for count, what in ((channels, "channels"), (n_filters, "filters")):
        if count % groups:
            raise ValueError(
                f"{function} cannot split {count} {what} into {groups} groups of equal size. "
                "groups must divide both the channels and the filters."
            )
