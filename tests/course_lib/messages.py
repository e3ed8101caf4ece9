"""Tables of public error messages, and proof that a table misses none."""

from __future__ import annotations

import ast
import inspect
import traceback
from collections.abc import Callable, Iterable
from types import ModuleType
from typing import Any, NamedTuple


class Message(NamedTuple):
    """A call that must fail, with what, and the whole sentence."""

    call: Callable[[], Any]
    error: type[Exception]
    text: str


def raised_by(call: Callable[[], Any]) -> Exception:
    """What `call` raises. Fails if it raises nothing."""
    try:
        answer = call()
    except Exception as error:
        return error
    raise AssertionError(f"nothing was raised; the answer was {answer!r}")


def check(message: Message) -> None:
    error = raised_by(message.call)
    assert str(error) == message.text
    assert type(error) is message.error


def unread_raises(modules: Iterable[ModuleType], messages: Iterable[Message]) -> list[str]:
    """The raise statements of `modules` that no message of the table comes from."""
    read = set()
    for message in messages:
        frame = traceback.extract_tb(raised_by(message.call).__traceback__)[-1]
        read.add((frame.filename, frame.lineno))
    unread = []
    for module in modules:
        # A function that has the name of its module hides it, and has no lines of its own.
        assert inspect.ismodule(module), f"{module!r} is not a module; use import_module"
        file = inspect.getfile(module)
        for node in ast.walk(ast.parse(inspect.getsource(module))):
            if isinstance(node, ast.Raise) and (file, node.lineno) not in read:
                unread.append(f"{module.__name__}, line {node.lineno}")
    return unread
