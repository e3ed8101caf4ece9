"""Normalisation layers: mean 0 and variance 1 for values that belong together.

All do the same, y = weight (x - mean) / sqrt(var + eps) + bias, and differ in which values share
a mean and a variance. For images (N, C, H, W):

    batch_norm       the values of one channel, over all images        N, H, W
    layer_norm       the values of one image, or of its last axes      C, H, W
    group_norm       the values of one group of channels of one image  C/G, H, W
    instance_norm    the values of one channel of one image            H, W

The variance is the mean square distance from the mean: divided by the number of values, not by
one less. eps stands inside the root. Every backward function returns the gradients by x, weight
and bias, the last two also where the layer has none. All raise TypeError for arrays that are
not float64 or float32, and ValueError for shapes that do not fit, numbers out of range, and for
fewer than two values that share a mean: those would all become 0.
Source: Bonn 004:530-537, Wuppertal 001:735; Ioffe and Szegedy 2015, Ba et al. 2016,
Ulyanov et al. 2016, Wu and He 2018.
"""

from collections.abc import Sequence

from course_lib.arrays import Array, expect_number
from course_lib.functional.standardize import (
    affine,
    by_channel,
    by_group,
    by_sample,
    checked_running,
    gradients,
    standardized,
)


def batch_norm(
    x: Array,
    running_mean: Array,
    running_var: Array,
    weight: Array | None = None,
    bias: Array | None = None,
    training: bool = False,
    momentum: float = 0.1,
    eps: float = 1e-5,
) -> tuple[Array, Array, Array]:
    """In training each channel by the batch's own mean and variance; else by the running ones.

    x (N, C) or (N, C, ...); the others (C,). Returns y of the shape of x, and the new running
    mean and variance: in training (1 - momentum) old + momentum new, else as they were. As in
    PyTorch the running variance, and only it, is divided by one less than the number of values.
    """
    layout = by_channel("batch_norm", x, training)
    mean, var = checked_running("batch_norm", running_mean, running_var, layout)
    expect_number("momentum", momentum, least=0, most=1)
    momentum = float(momentum)
    if not training:
        x_hat, _ = standardized("batch_norm", layout, eps, (mean, var))
        return affine("batch_norm", x_hat, layout, weight, bias), mean.copy(), var.copy()
    x_hat, _ = standardized("batch_norm", layout, eps)
    count = layout.x.size // layout.x.shape[1]
    new_mean = (1 - momentum) * mean + momentum * layout.x.mean(axis=layout.axes)
    unbiased = layout.x.var(axis=layout.axes) * (count / (count - 1))
    new_var = (1 - momentum) * var + momentum * unbiased
    return affine("batch_norm", x_hat, layout, weight, bias), new_mean, new_var


def batch_norm_backward(
    grad_output: Array,
    x: Array,
    running_mean: Array,
    running_var: Array,
    weight: Array | None = None,
    training: bool = False,
    momentum: float = 0.1,
    eps: float = 1e-5,
) -> tuple[Array, Array, Array]:
    """In training the mean and the variance depend on x too; the running ones are constants.

    grad_output of the shape of x; the others as for batch_norm (momentum changes nothing here).
    """
    layout = by_channel("batch_norm_backward", x, training)
    running = checked_running("batch_norm_backward", running_mean, running_var, layout)
    expect_number("momentum", momentum, least=0, most=1)
    return gradients(
        "batch_norm_backward", grad_output, layout, weight, eps, None if training else running
    )


def layer_norm(
    x: Array,
    normalized_shape: int | Sequence[int],
    weight: Array | None = None,
    bias: Array | None = None,
    eps: float = 1e-5,
) -> Array:
    """Every sample by itself, over its last axes, whose lengths are normalized_shape.

    x (..., *normalized_shape); weight and bias of the shape normalized_shape, or None: here each
    value has its own. Returns y of the shape of x.
    """
    layout = by_sample("layer_norm", x, normalized_shape)
    x_hat, _ = standardized("layer_norm", layout, eps)
    return affine("layer_norm", x_hat, layout, weight, bias)


def layer_norm_backward(
    grad_output: Array,
    x: Array,
    normalized_shape: int | Sequence[int],
    weight: Array | None = None,
    eps: float = 1e-5,
) -> tuple[Array, Array, Array]:
    """grad_output of the shape of x; the others as for layer_norm."""
    layout = by_sample("layer_norm_backward", x, normalized_shape)
    return gradients("layer_norm_backward", grad_output, layout, weight, eps)


def group_norm(
    x: Array,
    num_groups: int,
    weight: Array | None = None,
    bias: Array | None = None,
    eps: float = 1e-5,
) -> Array:
    """Every sample by itself, and in it each group of C / num_groups neighbouring channels.

    x (N, C, ...); weight and bias (C,) or None. Returns y of the shape of x.
    """
    layout = by_group("group_norm", x, num_groups)
    x_hat, _ = standardized("group_norm", layout, eps)
    return affine("group_norm", x_hat, layout, weight, bias)


def group_norm_backward(
    grad_output: Array,
    x: Array,
    num_groups: int,
    weight: Array | None = None,
    eps: float = 1e-5,
) -> tuple[Array, Array, Array]:
    """grad_output of the shape of x; the others as for group_norm."""
    layout = by_group("group_norm_backward", x, num_groups)
    return gradients("group_norm_backward", grad_output, layout, weight, eps)


def instance_norm(
    x: Array, weight: Array | None = None, bias: Array | None = None, eps: float = 1e-5
) -> Array:
    """Every channel of every sample by itself: group_norm with groups of one channel.

    x (N, C, ...); weight and bias (C,) or None. Returns y of the shape of x. Nothing runs along:
    training and evaluation are the same.
    """
    layout = by_group("instance_norm", x, None)
    x_hat, _ = standardized("instance_norm", layout, eps)
    return affine("instance_norm", x_hat, layout, weight, bias)


def instance_norm_backward(
    grad_output: Array, x: Array, weight: Array | None = None, eps: float = 1e-5
) -> tuple[Array, Array, Array]:
    """grad_output of the shape of x; the others as for instance_norm."""
    layout = by_group("instance_norm_backward", x, None)
    return gradients("instance_norm_backward", grad_output, layout, weight, eps)
