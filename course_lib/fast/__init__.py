"""Fast: the networks of course_lib.layers, run in a layout and an order that suit a processor.

compile(model, input_shape) gives a plan that computes what the layers compute, up to rounding.
"""

from course_lib.fast.errors import CannotCompile
from course_lib.fast.flat import one_parameter
from course_lib.fast.plan import Plan, compile

__all__ = ["CannotCompile", "Plan", "compile", "one_parameter"]
