"""The convolution layer along three axes: videos, tomograms, voxelised point clouds.

Cross-correlation, like conv2d. Letters: N volumes of C channels and D x H x W voxels, K filters
of F_d x F_h x F_w.
"""

from course_lib.arrays import Array
from course_lib.functional.convolution_nd import conv_nd, conv_nd_backward, prepared
from course_lib.functional.windows import SameOrValid, Triple
from course_lib.shapes import Rounding


def conv3d(
    x: Array,
    weight: Array,
    bias: Array | None = None,
    stride: Triple = 1,
    padding: Triple | SameOrValid = 0,
    dilation: Triple = 1,
    groups: int = 1,
    *,
    rounding: Rounding = "strict",
) -> Array:
    """y[n, k, d, r, c] = bias[k] + sum of weight[k] * (the block of volume n at place d, r, c).

    x (N, C, D, H, W), weight (K, C/groups, F_d, F_h, F_w), bias (K,) or None; stride, padding
    and dilation: one number, or three (depth, rows, columns); the rest as for conv2d.
    Returns y (N, K, out_d, out_h, out_w). Raises as conv2d does. Source: Bonn 004:723.
    """
    x, weight, bias, windows = prepared(
        "conv3d", 3, x, weight, bias, stride, padding, dilation, groups, rounding
    )
    return conv_nd(x, weight, bias, windows, groups)


def conv3d_backward(
    grad_output: Array,
    x: Array,
    weight: Array,
    stride: Triple = 1,
    padding: Triple | SameOrValid = 0,
    dilation: Triple = 1,
    groups: int = 1,
    *,
    rounding: Rounding = "strict",
) -> tuple[Array, Array, Array]:
    """Gradients by x, weight and bias; grad_output as the output, the rest as for conv3d."""
    x, weight, _, windows = prepared(
        "conv3d_backward", 3, x, weight, None, stride, padding, dilation, groups, rounding
    )
    return conv_nd_backward("conv3d_backward", grad_output, x, weight, windows, groups)
