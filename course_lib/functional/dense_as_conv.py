"""Fully connected heads that do not mind larger images: as a convolution, or after averaging."""

from math import prod

import numpy as np

from course_lib.arrays import Array, expect_shape, expect_whole, float_array
from course_lib.functional.linear import linear


def fc_to_conv(weight: Array, image_shape: tuple[int, int, int]) -> Array:
    """The weight of a linear layer on flattened images, as filters as large as those images.

    linear(x.reshape(N, C H W), weight, bias) = conv2d(x, fc_to_conv(weight, (C, H, W)), bias),
    whose output is (N, n_out, 1, 1). Larger images give a map of answers, one for each place.
    weight (n_out, C H W); image_shape (C, H, W). Returns (n_out, C, H, W); the bias stays as it
    is. Raises TypeError for arrays that are not float and ValueError for shapes that do not fit.
    Source: Wuppertal 001:441 and 479, Long et al. 2015.
    """
    weight = float_array("fc_to_conv", "weight", weight)
    expect_shape("fc_to_conv", "weight", weight, ("n_out", "C*H*W"))
    if len(image_shape) != 3:
        raise ValueError(f"image_shape is a triple (C, H, W); got {image_shape}.")
    for size in image_shape:
        expect_whole("image_shape", size, least=1)
    if weight.shape[1] != prod(image_shape):
        raise ValueError(
            f"fc_to_conv expects weight with {' * '.join(map(str, image_shape))} = "
            f"{prod(image_shape)} columns for images of shape {tuple(image_shape)}; "
            f"got weight of shape {weight.shape}."
        )
    return weight.reshape(len(weight), *image_shape).copy()


def gap_head(x: Array, weight: Array, bias: Array | None = None) -> Array:
    """y = linear(the mean of every map, weight, bias): one number a channel, whatever the size.

    x (N, C, H, W), any H and W; weight (n_out, C), bias (n_out,) or None. Returns y (N, n_out).
    Raises TypeError for arrays that are not float and ValueError for shapes that do not fit.
    Source: Wuppertal 001:596-602, Lin et al. 2014 (Network in Network).
    """
    x, weight = _prepared("gap_head", x, weight)
    if bias is not None:
        bias = float_array("gap_head", "bias", bias)
        expect_shape("gap_head", "bias", bias, (len(weight),))
    return linear(x.mean(axis=(2, 3)), weight, bias)


def gap_head_backward(grad_output: Array, x: Array, weight: Array) -> tuple[Array, Array, Array]:
    """Gradients by x (every pixel of a map gets the same share), weight and bias.

    grad_output (N, n_out); x and weight as for gap_head. Raises as gap_head does.
    """
    x, weight = _prepared("gap_head_backward", x, weight)
    grad_output = float_array("gap_head_backward", "grad_output", grad_output)
    expect_shape("gap_head_backward", "grad_output", grad_output, (len(x), len(weight)))
    share = (grad_output @ weight / prod(x.shape[2:]))[:, :, np.newaxis, np.newaxis]
    grad_weight = grad_output.T @ x.mean(axis=(2, 3))
    return np.broadcast_to(share, x.shape).copy(), grad_weight, grad_output.sum(axis=0)


def _prepared(function: str, x: Array, weight: Array) -> tuple[Array, Array]:
    x = float_array(function, "x", x)
    weight = float_array(function, "weight", weight)
    expect_shape(function, "x", x, ("N", "C", "H", "W"))
    expect_shape(function, "weight", weight, ("n_out", "C"))
    if x.shape[1] != weight.shape[1] or 0 in x.shape[2:]:
        raise ValueError(
            f"{function} expects x with {weight.shape[1]} channels of at least one pixel, because "
            f"weight has shape {weight.shape}; got x of shape {x.shape}."
        )
    return x, weight
