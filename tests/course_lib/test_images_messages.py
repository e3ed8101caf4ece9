"""Every complaint of course_lib.images, word for word."""

from __future__ import annotations

import numpy as np
import pytest

from course_lib import images
from course_lib.images import (
    edges,
    filtering,
    gabor,
    histogram,
    kernels,
    padding,
    pixels,
    sampling,
    smoothing,
    warping,
)
from tests.course_lib.messages import Message, check, unread_raises

MODULES = [
    edges, filtering, gabor, histogram, kernels, padding, pixels, sampling, smoothing, warping
]


def ones(*shape: int) -> np.ndarray:
    return np.ones(shape)


NOT_FLOAT = (
    "{0} expects {1} in float64 or float32; got {2}. Did you mean np.asarray({1}, dtype=float)?"
)
NO_IMAGE = "{} expects image of shape (..., rows, columns) with at least one pixel; got {}."
WORDS = "'zero', 'wrap', 'clamp', 'mirror' or 'reflect'"

MESSAGES = [
    # dtypes
    *[
        Message(call, TypeError, NOT_FLOAT.format(name, argument, dtype))
        for name, argument, dtype, call in (
            ("quantize", "image", "int64", lambda: images.quantize([[0, 128]], 4)),
            ("sample", "image", "bool", lambda: images.sample(ones(2, 2) > 0, 2)),
            ("pad2d", "image", "int64", lambda: images.pad2d([[1, 2]], 1)),
            ("sobel", "image", "uint8", lambda: images.sobel(ones(3, 3).astype(np.uint8))),
            ("convolve1d", "x", "int64", lambda: images.convolve1d([4, 7, 11], [-1, 1])),
            ("convolve2d", "image", "int32",
             lambda: images.convolve2d(ones(3, 3).astype(np.int32), ones(2, 2))),
            ("correlate", "kernel", "bool", lambda: images.correlate(ones(3), [True, False])),
            ("warp_affine", "image", "int64", lambda: images.warp_affine([[1]], np.eye(3))),
            ("warp_affine", "matrix", "complex128",
             lambda: images.warp_affine(ones(2, 2), np.eye(3) * 1j)),
            ("affine_points", "points", "int64", lambda: images.affine_points([1, 2], np.eye(3))),
            ("interpolate", "x", "int64",
             lambda: images.interpolate(ones(2, 2), np.array([1]), np.array([1.0]))),
            ("interpolate", "y", "int64",
             lambda: images.interpolate(ones(2, 2), np.array([1.0]), np.array([1]))),
            ("equalize_histogram", "image", "int64",
             lambda: images.equalize_histogram([[1, 2], [3, 4]])),
            ("median_filter", "image", "int64", lambda: images.median_filter([[1, 2]])),
            ("bilateral_filter", "image", "uint8",
             lambda: images.bilateral_filter(ones(2, 2).astype(np.uint8), 3, 1, 1)),
        )
    ],
    Message(
        lambda: images.convolve2d(ones(3, 3), [[1, 2], [3]]), TypeError,
        "convolve2d expects kernel to be an array of numbers; got rows of different lengths. "
        "Give every row the same number of entries.",
    ),
    # shapes
    *[
        Message(call, ValueError, NO_IMAGE.format(name, shape))
        for name, shape, call in (
            ("sample", "(4,)", lambda: images.sample(ones(4), 2)),
            ("pad2d", "(0, 3)", lambda: images.pad2d(ones(0, 3), 2)),
            ("sobel", "(5,)", lambda: images.sobel(ones(5))),
            ("warp_affine", "(3, 0)", lambda: images.warp_affine(ones(3, 0), np.eye(3))),
            ("interpolate", "()", lambda: images.interpolate(3.0, ones(2), ones(2))),
            ("median_filter", "(5,)", lambda: images.median_filter(ones(5))),
            ("bilateral_filter", "(5,)", lambda: images.bilateral_filter(ones(5), 3, 1, 1)),
        )
    ],
    Message(
        lambda: images.sobel(ones(2, 5)), ValueError,
        "sobel expects at least 3 x 3 pixels; got shape (2, 5). "
        "Did you mean sobel(pad2d(image, 1, 'clamp'))?",
    ),
    Message(
        lambda: images.equalize_histogram(ones(3, 4, 4)), ValueError,
        "equalize_histogram expects one grey image of shape (rows, columns); got (3, 4, 4). "
        "Pass the images or channels one by one.",
    ),
    Message(
        lambda: images.convolve1d(ones(5), ones(2, 2)), ValueError,
        "convolve1d expects kernel of shape (F,) with at least one entry; got (2, 2).",
    ),
    Message(
        lambda: images.convolve2d(ones(5, 5), ones(2)), ValueError,
        "convolve2d expects kernel of shape (F_h, F_w) with at least one entry; got (2,).",
    ),
    Message(
        lambda: images.correlate(ones(5, 5), ones(0)), ValueError,
        "correlate expects kernel of shape (F,) or (F_h, F_w) with at least one entry; got (0,).",
    ),
    Message(
        lambda: images.convolve1d(ones(0), ones(2), "full"), ValueError,
        "convolve1d expects x of shape (..., n) with at least one entry; got (0,).",
    ),
    Message(
        lambda: images.correlate(ones(5), ones(2, 2)), ValueError,
        "correlate expects image of shape (..., rows, columns) with at least one entry; "
        "got (5,).",
    ),
    Message(
        lambda: images.convolve2d(ones(5, 2), ones(3, 3)), ValueError,
        "convolve2d expects a kernel that fits into image; got kernel of shape (3, 3) and image "
        "of shape (5, 2). Use a smaller kernel, mode='same' or mode='full'.",
    ),
    Message(
        lambda: images.separate_kernel(ones(3)), ValueError,
        "separate_kernel expects kernel of shape (F_h, F_w) with at least one entry; got (3,).",
    ),
    Message(
        lambda: images.warp_affine(ones(3, 3), ones(2, 3)), ValueError,
        "warp_affine expects matrix of shape (3, 3); got (2, 3).",
    ),
    Message(
        lambda: images.affine_points(ones(4, 3), np.eye(3)), ValueError,
        "affine_points expects points of shape (..., 2); got (4, 3).",
    ),
    Message(
        lambda: images.interpolate(ones(3, 3), ones(4), ones(3)), ValueError,
        "interpolate expects y of shape (4,); got (3,).",
    ),
    Message(
        lambda: images.gabor_bank(5, 0.5, 4, 2), ValueError,
        "gabor_bank expects thetas to be a list of at least one angle; got shape ().",
    ),
    Message(
        lambda: images.gabor_bank(5, [], 4, 2), ValueError,
        "gabor_bank expects thetas to be a list of at least one angle; got shape (0,).",
    ),
    # values
    Message(
        lambda: images.quantize(np.array([-0.25, 3.0]), 4), ValueError,
        "quantize expects grey values from 0 to 1; got values from -0.25 to 3. "
        "Rescale them, or pass whole numbers 0 to 255 as uint8.",
    ),
    Message(
        lambda: images.equalize_histogram(np.array([[0.5, np.nan]])), ValueError,
        "equalize_histogram expects grey values from 0 to 1; got values from nan to nan. "
        "Rescale them, or pass whole numbers 0 to 255 as uint8.",
    ),
    Message(
        lambda: images.quantize(ones(2, 2), 1), ValueError, "levels must be at least 2; got 1."
    ),
    Message(
        lambda: images.quantize(ones(2, 2), 2.5), TypeError, "levels is a whole number; got 2.5."
    ),
    Message(
        lambda: images.quantize(np.zeros((2, 2), dtype=np.uint8), 257), ValueError,
        "A uint8 image has 256 levels at most; got levels=257.",
    ),
    Message(
        lambda: images.sample(ones(2, 2), 0), ValueError, "step must be at least 1; got 0."
    ),
    Message(
        lambda: images.sample(ones(2, 2), (1, 2, 3)), ValueError,
        "step is one number or a pair (rows, columns); got (1, 2, 3).",
    ),
    Message(
        lambda: images.pad2d(ones(2, 2), -1), ValueError, "padding must be at least 0; got -1."
    ),
    Message(
        lambda: images.pad2d(ones(2, 2), (1, 0.5)), TypeError,
        "padding is a whole number; got 0.5.",
    ),
    Message(
        lambda: images.median_filter(ones(4, 4), 2), ValueError,
        "size must be odd, so that the window has a middle; got 2.",
    ),
    Message(
        lambda: images.bilateral_filter(ones(4, 4), 4, 1, 1), ValueError,
        "size must be odd, so that the window has a middle; got 4.",
    ),
    Message(
        lambda: images.gabor_bank(0, [0], 4, 2), ValueError, "size must be at least 1; got 0."
    ),
    Message(
        lambda: images.bilateral_filter(ones(4, 4), 3, 0, 1), ValueError,
        "bilateral_filter expects a positive sigma_space; got 0.",
    ),
    Message(
        lambda: images.bilateral_filter(ones(4, 4), 3, 1, float("inf")), ValueError,
        "bilateral_filter expects a positive sigma_range; got inf.",
    ),
    Message(
        lambda: images.gabor_bank(5, [0], -4, 2), ValueError,
        "gabor_bank expects a positive wavelength; got -4.",
    ),
    Message(
        lambda: images.gabor_bank(5, [0], 4, 2, aspect=0), ValueError,
        "gabor_bank expects a positive aspect; got 0.",
    ),
    *[
        Message(call, ValueError, f"{name} must be finite; got infinity or NaN.")
        for name, call in (
            ("thetas", lambda: images.gabor_bank(5, [np.nan], 4, 2)),
            ("phase", lambda: images.gabor_bank(5, [0], 4, 2, phase=np.inf)),
            ("kernel", lambda: images.separate_kernel([[1.0, np.inf]])),
            ("matrix", lambda: images.warp_affine(ones(2, 2), np.diag([np.nan, 1, 1]))),
            ("x", lambda: images.interpolate(ones(2, 2), np.array([np.nan]), ones(1))),
            ("y", lambda: images.interpolate(ones(2, 2), ones(1), np.array([np.inf]))),
            ("fill", lambda: images.warp_affine(ones(2, 2), np.eye(3), fill=np.nan)),
        )
    ],
    Message(
        lambda: images.warp_affine(ones(2, 2), [[1, 0, 0], [0, 1, 0], [3, 2, 1]]), ValueError,
        "warp_affine expects a matrix with the last row (0, 0, 1); got [3.0, 2.0, 1.0]. "
        "Is it transposed?",
    ),
    Message(
        lambda: images.warp_affine(ones(2, 2), [[1, 2, 0], [2, 4, 0], [0, 0, 1]]), ValueError,
        "warp_affine expects a matrix that can be undone; the determinant of "
        "[[1.0, 2.0], [2.0, 4.0]] is 0, so it presses the image into a line.",
    ),
    Message(
        lambda: images.separate_kernel(images.kernel("sharpen")), ValueError,
        "separate_kernel expects a kernel of rank 1; got rank 2 (singular values 5.37, 0.372), "
        "so it is a sum of 2 products.",
    ),
    # words
    Message(
        lambda: images.pad2d(ones(2, 2), 1, "edge"), ValueError,
        f"mode is {WORDS}; got 'edge'.",
    ),
    Message(
        lambda: images.median_filter(ones(3, 3), 3, "symmetric"), ValueError,
        f"mode is {WORDS}; got 'symmetric'.",
    ),
    Message(
        lambda: images.warp_affine(ones(2, 2), np.eye(3), "cubic"), ValueError,
        "mode is 'bilinear' or 'nearest'; got 'cubic'.",
    ),
    Message(
        lambda: images.convolve1d(ones(4), ones(2), "wrap"), ValueError,
        "mode is 'valid', 'same' or 'full'; got 'wrap'.",
    ),
    Message(
        lambda: images.kernel("sobel"), ValueError,
        "name is 'box', 'edge', 'gaussian', 'laplacian', 'sharpen', 'sobel_x' or 'sobel_y'; "
        "got 'sobel'.",
    ),
    Message(
        lambda: images.kernel("edge", 5), ValueError,
        "kernel 'edge' is 3 x 3; got size=5. box and gaussian have sizes.",
    ),
    Message(
        lambda: images.kernel("box", 0), ValueError, "size must be at least 1; got 0."
    ),
]


@pytest.mark.parametrize("message", MESSAGES, ids=lambda m: m.text[:60])
def test_message(message) -> None:
    check(message)


def test_every_message_is_read() -> None:
    assert unread_raises(MODULES, MESSAGES) == []
