"""Judging a kill task: do the learner's inputs make the wrong implementation give itself away?"""

from __future__ import annotations

import inspect
from typing import Any

from course_lib.checks.calling import answer_of_call
from course_lib.checks.cases import Case, Kill
from course_lib.checks.evidence import kind_of
from course_lib.checks.values import Answer

__all__ = ["MAX_SIZE", "judge_kill"]

MAX_SIZE = 20_000


def judge_kill(kill: Kill, answer: Answer) -> str | None:
    """None if the wrong implementation is exposed, else a sentence that says why not.

    `answer` is what the learner's function gave: a tuple of inputs. Right and wrong code run on
    it here, never in the learner's process. Inputs are kept small, so that nobody waits.
    """
    if answer.raised is not None:
        return f"your function raised {answer.raised.type}: {answer.raised.message}"
    if answer.strange is not None or answer.stopped is not None:
        return f"your function returned {answer.strange or 'nothing in time'}"
    inputs = answer.value
    wanted = list(inspect.signature(kill.valid).parameters)
    names = ", ".join(wanted) + ("," if len(wanted) == 1 else "")  # (x,) is a tuple, (x) is not
    if not isinstance(inputs, (tuple, list)):
        return f"return the inputs as a tuple ({names}); got {kind_of(inputs)}"
    if len(inputs) != len(wanted):
        plural = "s" if len(wanted) > 1 else ""
        return f"return {len(wanted)} input{plural}, ({names}); got {len(inputs)}"
    if _size(inputs) > MAX_SIZE:
        return f"the inputs hold more than {MAX_SIZE:,} numbers in all. A small example is enough"
    validated = answer_of_call(kill.valid, inputs, {})
    if validated.raised is not None:
        return f"the inputs do not fit: {validated.raised.message or validated.raised.type}"
    if validated.value is not None:
        return str(validated.value)
    right = answer_of_call(kill.right, inputs, {})
    wrong = answer_of_call(kill.wrong, inputs, {})
    if right.raised is not None:
        return f"the right implementation refuses these inputs: {right.raised.message}"
    if wrong.raised is None:
        case = Case("", *inputs, family="")
        if kill.compare(wrong.value, right.value, case) is None:
            return "on these inputs the wrong implementation gives the right result, so it survives"
    return None


def _size(value: Any) -> int:
    if isinstance(value, dict):
        return sum(_size(key) + _size(item) for key, item in value.items())
    if isinstance(value, (list, tuple, set)):
        return 1 + sum(_size(item) for item in value)
    size = getattr(value, "size", None)
    if isinstance(size, int):
        return size
    return len(value) if isinstance(value, str) else 1
