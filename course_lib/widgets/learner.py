"""Calling the learner's own function inside a widget, without ever breaking the cell."""

from collections.abc import Callable
from copy import deepcopy
from typing import Any

import numpy as np

from course_lib.plots.palette import number


def call(
    function: Callable[..., Any],
    *args: Any,
    name: str = "",
    instead: str = "; this is the library's version",
) -> tuple[Any, str]:
    """(result, "") or (None, one sentence that says what went wrong).

    The function gets copies, so that nothing it changes in place reaches the picture. `name` is
    what the sentence calls it, if not by its own name; `instead` is what is shown while it is
    not written.
    """
    name = name or name_of(function)
    try:
        return function(*deepcopy(args)), ""
    except NotImplementedError:
        return None, f"Your {name} is not written yet{instead}."
    except Exception as problem:
        return None, f"Your {name} raised {type(problem).__name__}{_reason(problem)}"


def name_of(function: Any) -> str:
    return str(getattr(function, "__name__", type(function).__name__))


def one_sentence(problem: BaseException, what: str = "This step") -> str:
    """What a widget says about an exception: the library's own sentence, or type and reason."""
    if isinstance(problem, ValueError | TypeError) and str(problem):
        return _first_line(problem)
    return f"{what} cannot be shown: {type(problem).__name__}{_reason(problem)}"


def comparison(mine: Any, reference: float, quantity: str) -> str:
    """ "Yours agrees." or what the learner has instead of the reference's number."""
    expected = number(reference, 4)
    try:
        value = float(mine)
    except (TypeError, ValueError):
        return f"Your {quantity} is no number but {type(mine).__name__}; expected {expected}."
    if np.isclose(value, reference, rtol=1e-6, atol=1e-9, equal_nan=True):
        return f"Yours agrees: {quantity} = {expected}."
    return f"Your {quantity} is {number(value, 4)}; expected {expected}."


def _reason(problem: BaseException) -> str:
    line = _first_line(problem)
    return f": {line}" if line else " without a message."


def _first_line(problem: BaseException) -> str:
    lines = str(problem).strip().splitlines()
    return lines[0] if lines else ""
