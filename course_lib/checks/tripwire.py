"""A nudge against handing the work on: the library's own answer, called by the learner's code.

While an exercise is judged, the function of the library that answers it raises LibraryAnswer
when it is called from the notebook. The library itself may go on calling it. Whoever wants to
get round this can; the grader also tells the instructor which parts of the library a function
names.
"""

from __future__ import annotations

import ast
import functools
import inspect
import sys
import textwrap
import types
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

__all__ = ["LibraryAnswer", "answers_of", "library_names", "withheld"]

LIBRARY = "course_lib."
CHECKS = "course_lib.checks"
Namespace = dict[str, Any]


class LibraryAnswer(RuntimeError):
    """The learner's function calls the very function of the library that it should replace."""


def answers_of(reference: Callable[..., Any]) -> tuple[types.FunctionType, ...]:
    """The functions of the library whose result a reference returns as it is.

    That is the reference itself if it stands in the library; else what is called right behind
    its `return`, or in the tuple that it returns.
    """
    if _of_library(reference):
        return (reference,)  # type: ignore[return-value]
    try:
        tree = ast.parse(textwrap.dedent(inspect.getsource(reference)))
    except (OSError, SyntaxError, TypeError):
        return ()
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Return) and node.value is not None:
            value = node.value
            for each in value.elts if isinstance(value, ast.Tuple) else [value]:
                called = _resolved(each.func, reference) if isinstance(each, ast.Call) else None
                if called is not None and _of_library(called) and called not in found:
                    found.append(called)
    return tuple(found)


@contextmanager
def withheld(reference: Callable[..., Any], namespace: Namespace) -> Iterator[None]:
    """Calls from `namespace` to what answers the exercise raise LibraryAnswer in this block."""
    replaced: list[tuple[Namespace, str, Any]] = []
    for answer in answers_of(reference):
        for names in [namespace, *_library_namespaces()]:
            # Whatever calls it by a name of the notebook's is the notebook.
            refusing = _refusing(answer, None if names is namespace else namespace)
            for name, value in list(names.items()):
                if value is answer:
                    replaced.append((names, name, answer))
                    names[name] = refusing
    try:
        yield
    finally:
        for names, name, answer in replaced:
            names[name] = answer


def library_names(function: Any, namespace: Namespace) -> list[str]:
    """What a function, or another one of its notebook that it names, takes from the library."""
    found: set[str] = set()
    seen: set[types.CodeType] = set()
    waiting = [getattr(function, "__code__", None)]
    while waiting:
        code = waiting.pop()
        if not isinstance(code, types.CodeType) or code in seen:
            continue
        seen.add(code)
        waiting.extend(each for each in code.co_consts if isinstance(each, types.CodeType))
        modules = [namespace]
        for name in code.co_names:
            value = next((each[name] for each in reversed(modules) if name in each), None)
            if isinstance(value, types.ModuleType):
                modules.append(vars(value))
            elif str(getattr(value, "__module__", "")).startswith(LIBRARY):
                found.add(f"{value.__module__}.{name}")
            elif namespace.get(name) is value:
                waiting.append(getattr(value, "__code__", None))
    return sorted(each for each in found if not each.startswith(CHECKS))


def _refusing(answer: types.FunctionType, namespace: Namespace | None) -> Callable[..., Any]:
    """The answer, refused to callers from `namespace`, or to all."""

    @functools.wraps(answer)
    def refusing(*args: Any, **kwargs: Any) -> Any:
        if namespace is None or sys._getframe(1).f_globals is namespace:
            raise LibraryAnswer(
                f"{answer.__module__}.{answer.__name__} is what you are asked to write yourself"
            )
        return answer(*args, **kwargs)

    return refusing


def _library_namespaces() -> list[Namespace]:
    return [
        vars(module) for name, module in list(sys.modules.items())
        if (name == LIBRARY[:-1] or name.startswith(LIBRARY)) and not name.startswith(CHECKS)
    ]


def _resolved(node: ast.expr, reference: Callable[..., Any]) -> Any:
    """The object behind `name` or `module.name` in the module of the reference."""
    if isinstance(node, ast.Name):
        return getattr(reference, "__globals__", {}).get(node.id)
    if isinstance(node, ast.Attribute):
        return getattr(_resolved(node.value, reference), node.attr, None)
    return None


def _of_library(thing: Any) -> bool:
    home = str(getattr(thing, "__module__", ""))
    return (
        isinstance(thing, types.FunctionType)
        and home.startswith(LIBRARY)
        and not home.startswith(CHECKS)
    )
