"""Sizes and counts: places of windows, receptive fields, parameters, multiply-adds.

All raise TypeError for sizes that are not whole numbers and for what is no network, ValueError
for sizes that cannot be.
"""

from course_lib.shapes.counts import Network, count_params, param_bytes
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
from course_lib.shapes.tracing import Row, Summary, count_macs, summary

__all__ = [
    "Border",
    "Field",
    "Network",
    "Rounding",
    "Row",
    "Summary",
    "Window",
    "border",
    "count_macs",
    "count_params",
    "dilated_size",
    "fix_padding",
    "output_size",
    "param_bytes",
    "receptive_field",
    "summary",
    "transposed_output_size",
    "valid_strides",
]
