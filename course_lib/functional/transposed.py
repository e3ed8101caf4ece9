"""The transposed convolution: from small images to large ones.

conv2d gathers a patch into one number; its transpose lays one number down as a patch. Where
patches overlap, they add up. As a matrix it is the transpose of conv2d's, hence the name; it does
not undo conv2d. Letters as in course_lib.functional.convolution, but here C channels come in and
the out_h x out_w pixels are the larger image.
"""

from course_lib.arrays import Array, expect_shape, float_array
from course_lib.functional.convolution_nd import (
    bias_gradient,
    check_groups,
    conv_nd,
    spread,
    weight_gradient,
)
from course_lib.functional.windows import AXES, Pair, Windows, pair, plain
from course_lib.shapes import transposed_output_size


def conv_transpose2d(
    x: Array,
    weight: Array,
    bias: Array | None = None,
    stride: Pair = 1,
    padding: Pair = 0,
    output_padding: Pair = 0,
    groups: int = 1,
    dilation: Pair = 1,
) -> Array:
    """Each pixel of x adds its number times the filter to a patch of y: the gradient of conv2d.

    x (N, C, H, W), weight (C, K/groups, F_h, F_w) as the conv2d that is transposed has it,
    bias (K,) or None. padding is cut off y; output_padding adds rows and columns at its end, to
    choose among the sizes that conv2d takes to H x W. (PyTorch's order of arguments, too.)
    Returns y (N, K, out_h, out_w) with the sizes of shapes.transposed_output_size.
    Raises TypeError for arrays that are not float; ValueError for shapes that do not fit and
    for sizes that make no sense.
    Source: TUM 002:974 (backward = multiply by the transpose); Dumoulin and Visin 2016.
    """
    x, weight, windows = _prepared(
        "conv_transpose2d", x, weight, stride, padding, output_padding, groups, dilation
    )
    y = spread(x, weight, windows, groups)
    if bias is None:
        return y
    bias = float_array("conv_transpose2d", "bias", bias)
    expect_shape("conv_transpose2d", "bias", bias, (y.shape[1],))
    return y + bias[:, None, None]


def conv_transpose2d_backward(
    grad_output: Array,
    x: Array,
    weight: Array,
    stride: Pair = 1,
    padding: Pair = 0,
    output_padding: Pair = 0,
    groups: int = 1,
    dilation: Pair = 1,
) -> tuple[Array, Array, Array]:
    """Gradients by x (a conv2d of grad_output with the weight), weight and bias.

    grad_output (N, K, out_h, out_w); the rest as for conv_transpose2d, which says what it raises.
    """
    name = "conv_transpose2d_backward"
    x, weight, windows = _prepared(
        name, x, weight, stride, padding, output_padding, groups, dilation
    )
    grad_output = float_array(name, "grad_output", grad_output)
    n_filters = weight.shape[1] * groups
    expect_shape(name, "grad_output", grad_output, (len(x), n_filters, *windows.image))
    return (
        conv_nd(grad_output, weight, None, windows, groups),
        weight_gradient(x, grad_output, weight.shape, windows, groups),
        bias_gradient(grad_output),
    )


def _prepared(
    function: str,
    x: Array,
    weight: Array,
    stride: Pair,
    padding: Pair,
    output_padding: Pair,
    groups: int,
    dilation: Pair,
) -> tuple[Array, Array, Windows]:
    """The arrays, and the windows of conv2d in y: there are as many as x has pixels."""
    x = float_array(function, "x", x)
    weight = float_array(function, "weight", weight)
    expect_shape(function, "x", x, ("N", "C", "H", "W"))
    expect_shape(function, "weight", weight, ("C", "K/groups", "F_h", "F_w"))
    if x.shape[1] != len(weight):
        raise ValueError(
            f"{function} expects x with {len(weight)} channels, because weight has shape "
            f"{weight.shape} and its first axis is for the channels that come in; "
            f"got x of shape {x.shape}."
        )
    check_groups(function, len(weight), weight.shape[1] * groups, groups)
    places, kernel = x.shape[2:], weight.shape[2:]
    strides, paddings = pair("stride", stride), pair("padding", padding)
    extra, dilations = pair("output_padding", output_padding), pair("dilation", dilation)
    image = []
    for axis, n, f, s, p, e, d in zip(
        AXES[2], places, kernel, strides, paddings, extra, dilations, strict=True
    ):
        try:
            image.append(transposed_output_size(n, f, s, p, output_padding=e, dilation=d))
        except ValueError as error:
            raise ValueError(f"{function}, along the {axis}: {error}") from None
    windows = Windows(
        tuple(image), kernel, plain(strides), plain(dilations), plain(paddings), places
    )
    return x, weight, windows
