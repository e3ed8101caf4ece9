"""Images as arrays of numbers: how they are made, moved, filtered and looked into.

An image has shape (rows, columns); axes in front of these, such as channels or a batch, are kept
and treated one by one. x counts columns from the left, y counts rows from the top. Convolution
in this package is the true one, which flips the kernel; the layer functional.conv2d does not.
"""

from course_lib.images.edges import sobel
from course_lib.images.filtering import convolve1d, convolve2d, correlate
from course_lib.images.gabor import gabor_bank
from course_lib.images.histogram import equalize_histogram
from course_lib.images.kernels import kernel, separate_kernel
from course_lib.images.padding import pad2d
from course_lib.images.sampling import quantize, sample
from course_lib.images.smoothing import bilateral_filter, median_filter
from course_lib.images.warping import affine_points, interpolate, warp_affine

__all__ = [
    "affine_points",
    "bilateral_filter",
    "convolve1d",
    "convolve2d",
    "correlate",
    "equalize_histogram",
    "gabor_bank",
    "interpolate",
    "kernel",
    "median_filter",
    "pad2d",
    "quantize",
    "sample",
    "separate_kernel",
    "sobel",
    "warp_affine",
]
