"""Pooling between the mean and the maximum: L_p pooling and mixed pooling.

Arguments that are not named here, results and exceptions as in course_lib.functional.pooling.
"""

import numpy as np

from course_lib.arrays import Array, expect_number, float_array
from course_lib.functional.pooling import (
    avg_pool2d,
    avg_pool2d_backward,
    counts,
    max_pool2d,
    max_pool2d_backward,
)
from course_lib.functional.pooling_windows import (
    back_to_images,
    gradient_of,
    pixels_of,
    pool_windows,
)
from course_lib.functional.windows import Pair
from course_lib.shapes import Rounding


def lp_pool2d(
    x: Array,
    kernel_size: Pair,
    stride: Pair | None = None,
    padding: Pair = 0,
    *,
    norm_type: float = 2.0,
    mean: bool = False,
    rounding: Rounding = "strict",
) -> Array:
    """y = (sum of |x|^p over the window)^(1/p) with p = norm_type >= 1; mean=True: of the mean.

    p = 2 is the decks' L2 pooling, the root of the *sum* of squares. p = 1 with mean=True is the
    mean of |x|; the larger p, the closer to the maximum of |x|. Here signs never count; PyTorch
    keeps them for odd p. Source: RWTH 000:808, Wuppertal 001:551; Sermanet et al. 2012.
    """
    x, windows = pool_windows("lp_pool2d", x, kernel_size, stride, padding, rounding)
    expect_number("norm_type", norm_type, least=1)
    norm_type = float(norm_type)
    y = _norms(pixels_of(x, windows), norm_type)
    return y / counts(x, windows, True) ** (1 / norm_type) if mean else y


def lp_pool2d_backward(
    grad_output: Array,
    x: Array,
    kernel_size: Pair,
    stride: Pair | None = None,
    padding: Pair = 0,
    *,
    norm_type: float = 2.0,
    mean: bool = False,
    rounding: Rounding = "strict",
) -> Array:
    """g sign(x) (|x| / y)^(p - 1) for each pixel of the window; 0 where all of them are 0."""
    x, windows = pool_windows("lp_pool2d_backward", x, kernel_size, stride, padding, rounding)
    expect_number("norm_type", norm_type, least=1)
    norm_type = float(norm_type)
    grad_output = gradient_of(
        "lp_pool2d_backward", grad_output, (*x.shape[:2], *windows.places)
    )
    if mean:
        grad_output = grad_output / counts(grad_output, windows, True) ** (1 / norm_type)
    pixels = pixels_of(x, windows)
    norms = _norms(pixels, norm_type)
    ratio = np.abs(pixels) / np.where(norms > 0, norms, 1)[:, :, np.newaxis]
    slope = np.sign(pixels) * ratio ** (norm_type - 1)
    return back_to_images(slope * grad_output[:, :, np.newaxis], windows)


def mixed_pool2d(
    x: Array,
    alpha: Array,
    kernel_size: Pair,
    stride: Pair | None = None,
    padding: Pair = 0,
    *,
    rounding: Rounding = "strict",
) -> Array:
    """y = alpha max + (1 - alpha) mean of every window: generalized pooling, which is learned.

    alpha: one number in an array () for all channels, or one each (C,). Nothing keeps it within
    [0, 1] while it learns; it need only be finite.
    Source: Wuppertal 001:554; Lee, Gallagher and Tu 2016 ("mixed" pooling).
    """
    x, _ = pool_windows("mixed_pool2d", x, kernel_size, stride, padding, rounding)
    share = _checked_share("mixed_pool2d", alpha, x)[..., np.newaxis, np.newaxis]
    largest = max_pool2d(x, kernel_size, stride, padding, rounding=rounding)
    mean = avg_pool2d(x, kernel_size, stride, padding, rounding=rounding)
    y: Array = share * largest + (1 - share) * mean
    return y


def mixed_pool2d_backward(
    grad_output: Array,
    x: Array,
    alpha: Array,
    kernel_size: Pair,
    stride: Pair | None = None,
    padding: Pair = 0,
    *,
    rounding: Rounding = "strict",
) -> tuple[Array, Array]:
    """Gradients by x and alpha; the one by alpha is the sum of g (max - mean)."""
    x, windows = pool_windows("mixed_pool2d_backward", x, kernel_size, stride, padding, rounding)
    alpha = _checked_share("mixed_pool2d_backward", alpha, x)
    grad_output = gradient_of(
        "mixed_pool2d_backward", grad_output, (*x.shape[:2], *windows.places)
    )
    share = alpha[..., np.newaxis, np.newaxis]
    settings = (kernel_size, stride, padding)
    grad_x = max_pool2d_backward(share * grad_output, x, *settings, rounding=rounding)
    grad_x += avg_pool2d_backward((1 - share) * grad_output, x, *settings, rounding=rounding)
    gain = max_pool2d(x, *settings, rounding=rounding) - avg_pool2d(x, *settings, rounding=rounding)
    return grad_x, (grad_output * gain).sum(axis=(0, 2, 3) if alpha.ndim else None)


def _norms(pixels: Array, p: float) -> Array:
    """The p-norm of every window; its largest pixel is taken out, so no power overflows."""
    largest = np.abs(pixels).max(axis=2)
    scale = np.where(largest > 0, largest, 1)
    ratio = np.abs(pixels) / scale[:, :, np.newaxis]
    norms: Array = scale * (ratio**p).sum(axis=2) ** (1 / p)
    return norms


def _checked_share(function: str, alpha: Array, x: Array) -> Array:
    if isinstance(alpha, int | float):  # a plain number keeps float32 what it is
        alpha = np.asarray(alpha, dtype=x.dtype)
    alpha = float_array(function, "alpha", alpha)
    if alpha.shape not in ((), x.shape[1:2]) or not np.isfinite(alpha).all():
        raise ValueError(
            f"{function} expects alpha to be one finite number, or one for each of the "
            f"{x.shape[1]} channels; got {alpha} of shape {alpha.shape}."
        )
    return alpha
