"""What optimisers are made with, checked."""

from collections.abc import Sequence

from course_lib.arrays import expect_number
from course_lib.layers.parameter import Parameter


def setting(name: str, value: float, **bounds: float) -> float:
    """`value` within its bounds (see arrays.expect_number), as a plain number.

    A plain number, because a NumPy float64 would turn float32 parameters into float64.
    """
    expect_number(name, value, **bounds)
    return float(value)


def checked_parameters(function: str, parameters: Sequence[Parameter]) -> list[Parameter]:
    """`parameters` as a list: at least one, and each of them once."""
    if not isinstance(parameters, list | tuple) or not all(
        isinstance(parameter, Parameter) for parameter in parameters
    ):
        raise TypeError(
            f"{function} expects a list of Parameters; got {parameters!r}. "
            "Did you mean network.parameters()?"
        )
    if not parameters:
        raise ValueError(f"{function} got no parameters. Does the network have any?")
    if len({id(parameter) for parameter in parameters}) < len(parameters):
        raise ValueError(f"{function} expects every Parameter once; one is there twice.")
    return list(parameters)
