"""Pure functions and their gradients: arrays in, arrays out, nothing remembered."""

from course_lib.functional.convolution import conv2d as conv2d
from course_lib.functional.convolution import conv2d_backward as conv2d_backward
from course_lib.functional.convolution import conv2d_naive as conv2d_naive

__all__ = ["conv2d", "conv2d_backward", "conv2d_naive"]
