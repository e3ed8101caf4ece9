"""One call of a learner's function: private read-only inputs in, an `Answer` out.

The notebook's check and the grader's child both call through here, so the same code gives the
same answer in both places.
"""

from __future__ import annotations

import inspect
import traceback
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from course_lib.checks.functions import build
from course_lib.checks.values import Answer, Function, NotPlain, Raised, checked, encode

__all__ = ["answer_of_call", "answer_of_value", "argument_names", "describe", "private"]

READ_ONLY = ("read-only", "not writeable", "not writable")


def private(value: Any) -> Any:
    """A copy that nobody else holds: arrays read-only, named functions built, containers new."""
    if isinstance(value, np.ndarray):
        copy = value.copy(order="K")
        copy.flags.writeable = False
        return copy
    if isinstance(value, Function):
        arguments = {key: private(item) for key, item in value.kwargs.items()}
        return build(Function(value.name, *(private(item) for item in value.args), **arguments))
    if isinstance(value, dict):
        return {key: private(item) for key, item in value.items()}
    if isinstance(value, (list, tuple, set)):
        return type(value)(private(item) for item in value)
    return value


def answer_of_call(
    function: Callable[..., Any], args: Sequence[Any], kwargs: Mapping[str, Any]
) -> Answer:
    """What `function(*args, **kwargs)` came to. Never raises, but lets Ctrl-C through."""
    inputs = [private(item) for item in (*args, *kwargs.values())]
    before = [_fingerprint(item) for item in inputs]
    given = dict(zip(kwargs, inputs[len(args) :], strict=True))
    try:
        value = function(*inputs[: len(args)], **given)
    except KeyboardInterrupt:
        raise
    except BaseException as error:
        if isinstance(error, ValueError) and any(text in str(error) for text in READ_ONLY):
            return Answer(changed=("an input",), raised=describe(error, function))
        return Answer(raised=describe(error, function))
    after = [_fingerprint(item) for item in inputs]
    changed: tuple[str, ...] = ()
    if after != before:
        names = argument_names(function, len(args)) + list(kwargs)
        changed = tuple(n for n, old, new in zip(names, before, after, strict=True) if old != new)
    answer = answer_of_value(value)
    return Answer(answer.value, answer.raised, changed, answer.strange)


def answer_of_value(value: Any) -> Answer:
    """The answer that holds a value, or says what about it is not plain."""
    try:
        return Answer(value=checked(value))
    except NotPlain as error:
        return Answer(strange=str(error))
    except RecursionError:
        return Answer(strange="a value that holds itself")
    except Exception as error:  # a hostile or half-made object may fail in any way when looked at
        return Answer(strange=f"an object that cannot be read ({type(error).__name__})")


def argument_names(function: Callable[..., Any], count: int) -> list[str]:
    """The names of the first `count` parameters, or "input 1", "input 2" where they are unknown."""
    try:
        names = list(inspect.signature(function).parameters)
    except (TypeError, ValueError):
        names = []
    return [names[k] if k < len(names) else f"input {k + 1}" for k in range(count)]


def describe(error: BaseException, function: Callable[..., Any]) -> Raised:
    """The exception by name and message, with the line of the learner's function it came from."""
    code = getattr(function, "__code__", None)
    frames = traceback.extract_tb(error.__traceback__)
    lines = [
        frame.lineno - code.co_firstlineno + 1
        for frame in frames
        if code is not None and frame.filename == code.co_filename and frame.name == code.co_name
        and frame.lineno is not None
    ]
    ancestors = tuple(kind.__name__ for kind in type(error).__mro__[1:-1])
    try:
        message = str(error)
    except Exception:  # the learner's own exception class may have a __str__ that fails
        message = ""
    first = message.strip().splitlines()[:1]
    line = lines[-1] if lines else None
    return Raised(type(error).__name__, first[0][:300] if first else "", line, ancestors)


def _fingerprint(value: Any) -> bytes | None:
    if value is None or type(value) in (bool, int, float, str):
        return None  # nobody can change it in place
    try:
        return encode(value)
    except NotPlain:
        return None
