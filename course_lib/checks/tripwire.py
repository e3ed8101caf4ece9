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
import itertools
import sys
import textwrap
import types
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

__all__ = ["LibraryAnswer", "answers_of", "library_names", "prepare", "withheld"]

LIBRARY = "course_lib."
CHECKS = "course_lib.checks"
Namespace = dict[str, Any]


class LibraryAnswer(RuntimeError):
    """The learner's function calls the very function of the library that it should replace."""


@functools.cache
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
        # Whatever calls it by a name of the notebook's is the notebook.
        for name in [name for name, value in namespace.items() if value is answer]:
            replaced.append((namespace, name, answer))
            namespace[name] = _refusing(answer, None)
        for names, name in _library.holding(answer):
            replaced.append((names, name, answer))
            names[name] = _refusing(answer, namespace)
    try:
        yield
    finally:
        for names, name, answer in replaced:
            names[name] = answer


def prepare(references: Iterable[Callable[..., Any]]) -> None:
    """Look up now what `withheld` needs of these; processes that are forked later have it."""
    for reference in references:
        answers_of(reference)
    _library.look()


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


class _Library:
    """Where the library holds each of its functions, by which names.

    Each module is read once: a forked process gets a copy of all the memory that it looks at,
    which here took longer than most functions that are judged.
    """

    def __init__(self) -> None:
        self.modules = 0  # that were loaded at the last look
        self.places: dict[types.FunctionType, list[tuple[Namespace, str]]] = {}

    def holding(self, function: types.FunctionType) -> list[tuple[Namespace, str]]:
        self.look()
        return [(names, name) for names, name in self.places.get(function, ())
                if names.get(name) is function]

    def look(self) -> None:
        """Read the modules that were loaded since the last look; they stand at the end."""
        fresh = len(sys.modules) - self.modules
        for path in list(itertools.islice(reversed(sys.modules), max(fresh, 0))):
            if (path == LIBRARY[:-1] or path.startswith(LIBRARY)) and not path.startswith(CHECKS):
                names = vars(sys.modules[path])
                for name, value in names.items():
                    if isinstance(value, types.FunctionType):
                        self.places.setdefault(value, []).append((names, name))
        self.modules = len(sys.modules)


_library = _Library()


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
