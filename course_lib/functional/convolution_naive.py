"""conv2d by the loops that the lectures teach. Letters as in course_lib.functional.convolution."""

import numpy as np

from course_lib.arrays import Array
from course_lib.functional.convolution_nd import prepared
from course_lib.functional.windows import Padding, Pair
from course_lib.shapes import Rounding


def conv2d_naive(
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
    """The same numbers as conv2d by the taught loops: every image, filter, row, column.

    Arguments, result and exceptions as for conv2d.
    """
    x, weight, bias, windows = prepared(
        "conv2d_naive", 2, x, weight, bias, stride, padding, dilation, groups, rounding
    )
    n_images, (n_filters, depth, height, width) = len(x), weight.shape
    (n_rows, n_columns), (s_h, s_w), (d_h, d_w) = windows.places, windows.stride, windows.dilation
    padded = np.zeros((*x.shape[:2], *windows.padded), dtype=x.dtype)
    padded[windows.inner] = x
    y = np.zeros((n_images, n_filters, n_rows, n_columns), dtype=np.result_type(x, weight))
    for n in range(n_images):
        for k in range(n_filters):
            first = k // (n_filters // groups) * depth  # the first channel this filter sees
            for row in range(n_rows):
                for column in range(n_columns):
                    top, left = row * s_h, column * s_w
                    patch = padded[
                        n,
                        first : first + depth,
                        top : top + height * d_h : d_h,
                        left : left + width * d_w : d_w,
                    ]
                    y[n, k, row, column] = (patch * weight[k]).sum()
    return y if bias is None else y + bias[:, None, None]
