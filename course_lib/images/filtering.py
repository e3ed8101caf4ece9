"""Sliding a kernel over a signal or an image, with the flip of a true convolution or without."""

from operator import gt

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from course_lib.arrays import Array, float_array
from course_lib.images.pixels import expect_one_of, plain_numbers

MODES = ("valid", "same", "full")


def convolve1d(x: Array, kernel: Array, mode: str = "valid") -> Array:
    """(x * k)[t] = sum over s of x[t - s] k[s]: the kernel is flipped, then slid along x.

    x (..., n) in float64 or float32, its last axis is filtered; kernel (F,) of any numbers; with
    zeros wherever the kernel looks beyond x. mode says which places are kept:
    "valid": those that need no such zero, n - F + 1. "full": all that touch x, n + F - 1; only
    here are x and kernel interchangeable. "same": the n in the middle of "full", and for an even
    kernel the first of the two middles, as numpy.convolve has it.
    Returns an array of the dtype of x.
    Raises TypeError for an x that is not float; ValueError for other shapes, an unknown mode, and
    a kernel that is longer than x in mode "valid".
    Source: TUM 002:149-165 and 184-291, Wuppertal 001:271-307 (which prints f(x) for f(tau)).
    """
    kernel = _checked_kernel("convolve1d", kernel, (1,))
    return _slid("convolve1d", "x", x, kernel[::-1], mode)


def convolve2d(image: Array, kernel: Array, mode: str = "valid") -> Array:
    """(I * k)[r, c] = sum over i, j of I[r - i, c - j] k[i, j]: both axes of k are flipped.

    image (..., H, W); kernel (F_h, F_w); modes, dtype and exceptions as for convolve1d, along
    both axes. Source: Wuppertal 001:312-323, Ingolstadt 003:157-163 (whose numbers are those of
    `correlate`).
    """
    kernel = _checked_kernel("convolve2d", kernel, (2,))
    return _slid("convolve2d", "image", image, kernel[::-1, ::-1], mode)


def correlate(image: Array, kernel: Array, mode: str = "valid") -> Array:
    """Cross-correlation: the same without the flip, y[r, c] = sum of I[r + i, c + j] k[i, j].

    kernel (F,) slides along the last axis, (F_h, F_w) along the last two; everything else,
    and what it raises, as for convolve1d and convolve2d. The worked examples of the decks and the
    layer functional.conv2d are correlations.
    Source: RWTH 000:648-657, Wuppertal 001:295-297, Ingolstadt 003:118-145.
    """
    kernel = _checked_kernel("correlate", kernel, (1, 2))
    return _slid("correlate", "image", image, kernel, mode)


def _slid(function: str, name: str, image: Array, kernel: Array, mode: str) -> Array:
    """At every place, the sum of the window times the kernel."""
    image = float_array(function, name, image)
    expect_one_of("mode", mode, MODES)
    _check_fit(function, name, image, kernel, mode)
    axes = tuple(range(-kernel.ndim, 0))
    border = [(0, 0)] * image.ndim
    for axis in axes:
        border[axis] = _border(kernel.shape[axis], mode)
    windows = sliding_window_view(np.pad(image, border), kernel.shape, axis=axes)
    return np.tensordot(windows, kernel.astype(image.dtype), axes=kernel.ndim)


def _border(size: int, mode: str) -> tuple[int, int]:
    """Zeros before and behind for a kernel of this size."""
    if mode == "same":
        return size // 2, (size - 1) // 2
    return (size - 1, size - 1) if mode == "full" else (0, 0)


def _checked_kernel(function: str, kernel: Array, ranks: tuple[int, ...]) -> Array:
    kernel = plain_numbers(function, "kernel", kernel)
    if kernel.ndim not in ranks or kernel.size == 0:
        shapes = " or ".join(("(F,)", "(F_h, F_w)")[rank - 1] for rank in ranks)
        raise ValueError(
            f"{function} expects kernel of shape {shapes} with at least one entry; "
            f"got {kernel.shape}."
        )
    return kernel


def _check_fit(function: str, name: str, image: Array, kernel: Array, mode: str) -> None:
    lengths = image.shape[-kernel.ndim :]
    if image.ndim < kernel.ndim or 0 in lengths:
        wanted = "(..., n)" if kernel.ndim == 1 else "(..., rows, columns)"
        raise ValueError(
            f"{function} expects {name} of shape {wanted} with at least one entry; "
            f"got {image.shape}."
        )
    if mode == "valid" and any(map(gt, kernel.shape, lengths)):
        raise ValueError(
            f"{function} expects a kernel that fits into {name}; got kernel of shape "
            f"{kernel.shape} and {name} of shape {image.shape}. "
            "Use a smaller kernel, mode='same' or mode='full'."
        )
