"""The convolution layer along one axis: signals, sentences, measurements over time.

Cross-correlation, like conv2d. Letters: N signals of C channels and L samples, K filters of F.
"""

from course_lib.arrays import Array
from course_lib.functional.convolution_nd import conv_nd, conv_nd_backward, prepared
from course_lib.functional.windows import SameOrValid
from course_lib.shapes import Rounding


def conv1d(
    x: Array,
    weight: Array,
    bias: Array | None = None,
    stride: int = 1,
    padding: int | SameOrValid = 0,
    dilation: int = 1,
    groups: int = 1,
    *,
    rounding: Rounding = "strict",
) -> Array:
    """y[n, k, i] = bias[k] + sum of weight[k] * (the F samples of signal n from i S - P on).

    x (N, C, L), weight (K, C/groups, F), bias (K,) or None; settings as for conv2d.
    Returns y (N, K, out_l). Raises as conv2d does.
    Source: RWTH 000:618-631, TUM 002:184-284, Ingolstadt 003:118-126.
    """
    x, weight, bias, windows = prepared(
        "conv1d", 1, x, weight, bias, stride, padding, dilation, groups, rounding
    )
    return conv_nd(x, weight, bias, windows, groups)


def conv1d_backward(
    grad_output: Array,
    x: Array,
    weight: Array,
    stride: int = 1,
    padding: int | SameOrValid = 0,
    dilation: int = 1,
    groups: int = 1,
    *,
    rounding: Rounding = "strict",
) -> tuple[Array, Array, Array]:
    """Gradients by x, weight and bias; grad_output (N, K, out_l), the rest as for conv1d."""
    x, weight, _, windows = prepared(
        "conv1d_backward", 1, x, weight, None, stride, padding, dilation, groups, rounding
    )
    return conv_nd_backward("conv1d_backward", grad_output, x, weight, windows, groups)
