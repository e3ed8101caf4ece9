"""Sizes and counts: places of windows, receptive fields, parameters, multiply-adds."""

from course_lib.shapes.fields import Field, Window, receptive_field
from course_lib.shapes.sizes import (
    Border,
    Rounding,
    border,
    dilated_size,
    fix_padding,
    output_size,
    transposed_output_size,
    valid_strides,
)

__all__ = [
    "Border",
    "Field",
    "Rounding",
    "Window",
    "border",
    "dilated_size",
    "fix_padding",
    "output_size",
    "receptive_field",
    "transposed_output_size",
    "valid_strides",
]
