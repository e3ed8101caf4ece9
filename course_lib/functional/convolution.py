"""The convolution layer: every filter at every place of every image.

As in the decks' worked examples and in every deep learning library, "convolution" here is
cross-correlation: the filter is not flipped. Letters: N images, C channels, H x W pixels,
K filters of F_h x F_w, stride S, padding P, G groups; out_h x out_w places.
"""

from typing import NamedTuple

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from course_lib.arrays import Array, expect_shape, expect_whole, float_array, written
from course_lib.shapes import Rounding, output_size

Pair = int | tuple[int, int]


def conv2d(
    x: Array,
    weight: Array,
    bias: Array | None = None,
    stride: Pair = 1,
    padding: Pair = 0,
    groups: int = 1,
    *,
    rounding: Rounding = "strict",
) -> Array:
    """y[n, k, r, c] = bias[k] + sum of weight[k] * (the patch of image n at place r, c).

    x (N, C, H, W), weight (K, C/groups, F_h, F_w), bias (K,) or None; float64 or float32.
    stride and padding: one number, or a pair (rows, columns). The padding is of zeros, on both
    sides. With groups, the first K/groups filters see the first C/groups channels, and so on.
    Returns y (N, K, out_h, out_w) with the sizes of shapes.output_size.
    Raises TypeError for arrays that are not float; ValueError for shapes that do not fit and
    for a stride that does not fit the image (see `rounding` in shapes.output_size).
    Source: RWTH 000:590-782, TUM 002:539-800.
    """
    x, weight, plan = _prepared("conv2d", x, weight, stride, padding, groups, rounding)
    y = _columns(x, plan) @ _weight_matrix(weight, groups)  # (G, N*out_h*out_w, K/G)
    y = _as_images(y, plan)
    return y if bias is None else y + _checked_bias("conv2d", bias, plan)[:, None, None]


def conv2d_backward(
    grad_output: Array,
    x: Array,
    weight: Array,
    stride: Pair = 1,
    padding: Pair = 0,
    groups: int = 1,
    *,
    rounding: Rounding = "strict",
) -> tuple[Array, Array, Array]:
    """Gradients of a loss by x, weight and bias, given its gradient by the output of conv2d.

    Seen from the patches conv2d is a linear layer, so its gradients are those of one; then each
    patch hands its gradient back to the pixels it was cut from, where overlaps add up.
    grad_output (N, K, out_h, out_w); x, weight and the settings as for conv2d. Returns arrays
    of the shapes of x, weight and bias (K,). Raises as conv2d does.
    """
    x, weight, plan = _prepared("conv2d_backward", x, weight, stride, padding, groups, rounding)
    grad_output = float_array("conv2d_backward", "grad_output", grad_output)
    expect_shape("conv2d_backward", "grad_output", grad_output, plan.output_shape)
    grad_y = _as_matrix(grad_output, plan)  # (G, N*out_h*out_w, K/G)
    grad_weight = (_columns(x, plan).swapaxes(1, 2) @ grad_y).swapaxes(1, 2)
    grad_columns = grad_y @ _weight_matrix(weight, groups).swapaxes(1, 2)
    grad_x = _scattered(grad_columns, plan)
    return grad_x, grad_weight.reshape(weight.shape), grad_output.sum(axis=(0, 2, 3))


def conv2d_naive(
    x: Array,
    weight: Array,
    bias: Array | None = None,
    stride: Pair = 1,
    padding: Pair = 0,
    groups: int = 1,
    *,
    rounding: Rounding = "strict",
) -> Array:
    """The same numbers as conv2d by the taught loops: every image, filter, row, column.

    Arguments, result and exceptions as for conv2d.
    """
    x, weight, plan = _prepared("conv2d_naive", x, weight, stride, padding, groups, rounding)
    padded = _padded(x, plan)
    n_images, n_filters, n_rows, n_columns = plan.output_shape
    _, depth, height, width = weight.shape
    y = np.zeros(plan.output_shape, dtype=np.result_type(x, weight))
    for n in range(n_images):
        for k in range(n_filters):
            first = k // (n_filters // groups) * depth  # the first channel this filter sees
            for row in range(n_rows):
                for column in range(n_columns):
                    top, left = row * plan.stride[0], column * plan.stride[1]
                    patch = padded[
                        n, first : first + depth, top : top + height, left : left + width
                    ]
                    y[n, k, row, column] = (patch * weight[k]).sum()
    return y if bias is None else y + _checked_bias("conv2d_naive", bias, plan)[:, None, None]


class _Plan(NamedTuple):
    """Every size of one convolution, checked once."""

    input_shape: tuple[int, int, int, int]
    kernel: tuple[int, int]
    stride: tuple[int, int]
    padding: tuple[int, int]
    groups: int
    output_shape: tuple[int, int, int, int]

    @property
    def padded(self) -> tuple[int, int]:
        """Rows and columns of the padded image, with the extra ones that "ceil" may ask for."""
        rows, columns = (
            max(n + 2 * p, (out - 1) * s + f)
            for n, p, out, s, f in zip(
                self.input_shape[2:],
                self.padding,
                self.output_shape[2:],
                self.stride,
                self.kernel,
                strict=True,
            )
        )
        return rows, columns


def _prepared(
    function: str,
    x: Array,
    weight: Array,
    stride: Pair,
    padding: Pair,
    groups: int,
    rounding: Rounding,
) -> tuple[Array, Array, _Plan]:
    """x and weight as float arrays, and the plan; every complaint of the three functions."""
    x = float_array(function, "x", x)
    weight = float_array(function, "weight", weight)
    expect_shape(function, "x", x, ("N", "C", "H", "W"))
    expect_shape(function, "weight", weight, ("K", "C/groups", "F_h", "F_w"))
    n_images, channels, *image = x.shape
    n_filters, depth, *kernel = weight.shape
    check_groups(function, channels, n_filters, groups)
    if channels != depth * groups:
        raise ValueError(
            f"{function} expects x with {depth * groups} channels, because weight has shape "
            f"{weight.shape} and groups={groups}; got x of shape {x.shape}. "
            f"Did you mean weight of shape {written((n_filters, channels // groups, *kernel))}?"
        )
    strides, paddings = pair("stride", stride), pair("padding", padding)
    places = []
    for axis, *sizes in zip(("rows", "columns"), image, kernel, strides, paddings, strict=True):
        try:
            places.append(output_size(*sizes, rounding=rounding))
        except ValueError as error:
            raise ValueError(f"{function}, along the {axis}: {error}") from None
    plan = _Plan(
        input_shape=(n_images, channels, image[0], image[1]),
        kernel=(kernel[0], kernel[1]),
        stride=strides,
        padding=paddings,
        groups=groups,
        output_shape=(n_images, n_filters, places[0], places[1]),
    )
    return x, weight, plan


def check_groups(function: str, channels: int, n_filters: int, groups: int) -> None:
    """Raise ValueError unless the groups can be of equal size."""
    expect_whole("groups", groups, least=1)
    for count, what in ((channels, "channels"), (n_filters, "filters")):
        if count % groups:
            raise ValueError(
                f"{function} cannot split {count} {what} into {groups} groups of equal size. "
                "groups must divide both the channels and the filters."
            )


def pair(name: str, value: Pair) -> tuple[int, int]:
    """One number for both axes, or (rows, columns)."""
    if isinstance(value, tuple | list):
        if len(value) != 2:
            raise ValueError(
                f"{name} is one number or a pair (rows, columns); got {value}, which has "
                f"{len(value)}."
            )
        return value[0], value[1]
    return value, value


def _checked_bias(function: str, bias: Array, plan: _Plan) -> Array:
    bias = float_array(function, "bias", bias)
    expect_shape(function, "bias", bias, (plan.output_shape[1],))
    return bias


def _padded(x: Array, plan: _Plan) -> Array:
    """x in the middle of zeros, as large as the windows need."""
    (top, left), (rows, columns) = plan.padding, plan.padded
    _, _, height, width = x.shape
    border = ((0, 0), (0, 0), (top, rows - height - top), (left, columns - width - left))
    return np.pad(x, border)


def _columns(x: Array, plan: _Plan) -> Array:
    """Every patch as a row: (G, N*out_h*out_w, C/G*F_h*F_w)."""
    windows = sliding_window_view(_padded(x, plan), plan.kernel, axis=(2, 3))
    _, _, out_h, out_w = plan.output_shape
    n_images, channels, *_ = plan.input_shape
    windows = windows[:, :, :: plan.stride[0], :: plan.stride[1]][:, :, :out_h, :out_w]
    grouped = windows.reshape(
        n_images, plan.groups, channels // plan.groups, out_h, out_w, *plan.kernel
    )
    places = n_images * out_h * out_w
    size = channels // plan.groups * plan.kernel[0] * plan.kernel[1]
    return grouped.transpose(1, 0, 3, 4, 2, 5, 6).reshape(plan.groups, places, size)


def _scattered(columns: Array, plan: _Plan) -> Array:
    """The reverse of _columns for gradients: add each patch back where it was cut from."""
    n_images, channels, height, width = plan.input_shape
    _, _, out_h, out_w = plan.output_shape
    (f_h, f_w), (s_h, s_w), (top, left) = plan.kernel, plan.stride, plan.padding
    depth = channels // plan.groups
    patches = columns.reshape(plan.groups, n_images, out_h, out_w, depth, f_h, f_w)
    patches = patches.transpose(1, 0, 4, 5, 6, 2, 3).reshape(
        n_images, channels, f_h, f_w, out_h, out_w
    )
    padded = np.zeros((n_images, channels, *plan.padded), dtype=columns.dtype)
    for i in range(f_h):  # all patches at once, one pixel of the window at a time
        for j in range(f_w):
            padded[:, :, i : i + s_h * out_h : s_h, j : j + s_w * out_w : s_w] += patches[
                :, :, i, j
            ]
    return padded[:, :, top : top + height, left : left + width]


def _weight_matrix(weight: Array, groups: int) -> Array:
    """The filters as columns: (G, C/G*F_h*F_w, K/G)."""
    return weight.reshape(groups, len(weight) // groups, -1).swapaxes(1, 2)


def _as_images(y: Array, plan: _Plan) -> Array:
    """(G, N*out_h*out_w, K/G) -> (N, K, out_h, out_w)."""
    n_images, n_filters, out_h, out_w = plan.output_shape
    y = y.reshape(plan.groups, n_images, out_h, out_w, n_filters // plan.groups)
    return y.transpose(1, 0, 4, 2, 3).reshape(plan.output_shape)


def _as_matrix(grad_output: Array, plan: _Plan) -> Array:
    """(N, K, out_h, out_w) -> (G, N*out_h*out_w, K/G)."""
    n_images, n_filters, out_h, out_w = plan.output_shape
    share = n_filters // plan.groups
    grouped = grad_output.reshape(n_images, plan.groups, share, out_h, out_w)
    return grouped.transpose(1, 0, 3, 4, 2).reshape(plan.groups, n_images * out_h * out_w, share)
