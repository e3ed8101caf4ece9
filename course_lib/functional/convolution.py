"""The convolution layer: every filter at every place of every image.

As in the decks' worked examples and in every deep learning library, "convolution" here is
cross-correlation: the filter is not flipped. Letters: N images, C channels, H x W pixels,
K filters of F_h x F_w, stride S, padding P, dilation D, G groups; out_h x out_w places.
"""

from course_lib.arrays import Array
from course_lib.functional.convolution_nd import conv_nd, conv_nd_backward, prepared
from course_lib.functional.windows import Padding, Pair
from course_lib.shapes import Rounding


def conv2d(
    x: Array,
    weight: Array,
    bias: Array | None = None,
    stride: Pair = 1,
    padding: Padding = 0,
    dilation: Pair = 1,
    groups: int = 1,
    *,
    rounding: Rounding = "strict",
) -> Array:
    """y[n, k, r, c] = bias[k] + sum of weight[k] * (the patch of image n at place r, c).

    x (N, C, H, W), weight (K, C/groups, F_h, F_w), bias (K,) or None; float64 or float32.
    stride, padding and dilation: one number, or a pair (rows, columns). The padding is of zeros,
    on both sides; padding="same" keeps the size (at stride 1), "valid" adds nothing. With a
    dilation of D, the pixels of a patch lie D apart (atrous convolution). With groups, the first
    K/groups filters see the first C/groups channels, and so on.
    Returns y (N, K, out_h, out_w) with the sizes of shapes.output_size.
    Raises TypeError for arrays that are not float; ValueError for shapes that do not fit and
    for a stride that does not fit the image (see `rounding` in shapes.output_size).
    Source: RWTH 000:590-782, TUM 002:539-800, Wuppertal 001:421-426 (dilation), 460 (groups).
    """
    x, weight, bias, windows = prepared(
        "conv2d", 2, x, weight, bias, stride, padding, dilation, groups, rounding
    )
    return conv_nd(x, weight, bias, windows, groups)


def conv2d_backward(
    grad_output: Array,
    x: Array,
    weight: Array,
    stride: Pair = 1,
    padding: Padding = 0,
    dilation: Pair = 1,
    groups: int = 1,
    *,
    rounding: Rounding = "strict",
) -> tuple[Array, Array, Array]:
    """Gradients of a loss by x, weight and bias, given its gradient by the output of conv2d.

    Seen from the patches conv2d is a linear layer, so its gradients are those of one; then each
    patch hands its gradient back to the pixels it was cut from, where overlaps add up.
    grad_output (N, K, out_h, out_w); x, weight and the settings as for conv2d. Returns arrays
    of the shapes of x, weight and bias (K,). Raises as conv2d does. Source: TUM 002:970-977.
    """
    x, weight, _, windows = prepared(
        "conv2d_backward", 2, x, weight, None, stride, padding, dilation, groups, rounding
    )
    return conv_nd_backward("conv2d_backward", grad_output, x, weight, windows, groups)
