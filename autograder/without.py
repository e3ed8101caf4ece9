"""`bundle --without 09`: the library's answers to a lecture do not go into the students' zip.

An answer is what the reference of an exercise is, or what it returns as it is. Its body becomes one
line that raises LeftOut; name, arguments and docstring stay, so the library can be imported and
whatever does not call it goes on. Results of the public cases are recorded, so checks go on too.
What the lecture's cases or its kill task call themselves has to stay, and is named.
"""

from __future__ import annotations

import ast
import inspect
import io
import textwrap
import types
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from autograder.catalogue import Catalogue, Topic
from course_lib.checks.cases import Exercise, Kill, declarations
from course_lib.checks.left_out import FOLDER, left_out
from course_lib.checks.tripwire import answers_of
from course_lib.checks.values import encode

__all__ = ["Left", "leave_out"]

LIBRARY = "course_lib"
ROOT = Path(__file__).resolve().parents[1]


@dataclass
class Left:
    """What a zip holds in place of our files, what is gone, and what had to stay."""

    files: dict[Path, bytes] = field(default_factory=dict)
    gone: list[str] = field(default_factory=list)
    stays: list[str] = field(default_factory=list)

    def add(self, topic: Topic) -> None:
        """Leave the answers to one more lecture out."""
        number = topic.slug.partition("_")[0]
        exercises = [made for made in declarations(topic.module) if isinstance(made, Exercise)]
        needed, known = _needed(declarations(topic.module)), _of_earlier_lectures(topic)
        for function in _answers(exercises):
            if function in known:       # softmax is an answer to 04, whatever 15 does with it
                continue
            name = f"{function.__module__.removeprefix(LIBRARY + '.')}.{function.__name__}"
            if function in needed:
                self.stays.append(name)
                continue
            path = Path(inspect.getsourcefile(function) or "").relative_to(ROOT)
            text = self.files.get(path, (ROOT / path).read_bytes()).decode()
            self.files[path] = _without_body(text, function, number).encode()
            if not function.__name__.startswith(("_", "<")):
                self.gone.append(name)
        self.files[FOLDER.relative_to(ROOT) / f"{topic.module}.npz"] = _recorded(exercises)


def leave_out(topics: Sequence[Topic]) -> Left:
    """The files of a zip without the answers to these lectures."""
    left = Left()
    for topic in topics:
        left.add(topic)
    said = f"TOPICS: tuple[str, ...] = {tuple(topic.module for topic in topics)!r}"
    marker = Path(inspect.getsourcefile(left_out) or "")
    text = marker.read_text(encoding="utf-8").replace("TOPICS: tuple[str, ...] = ()", said, 1)
    left.files[marker.relative_to(ROOT)] = text.encode()
    return left


def _answers(exercises: Iterable[Exercise]) -> list[types.FunctionType]:
    found: dict[types.FunctionType, None] = {}
    for made in exercises:
        parts = _parts_returned(made.reference)
        for each in (made.reference, *answers_of(made.reference), *parts):
            function = inspect.unwrap(each)
            if isinstance(function, types.FunctionType):
                found[function] = None
    return list(found)


def _of_earlier_lectures(topic: Topic) -> set[types.FunctionType]:
    earlier = (each for each in Catalogue(ROOT).topics if each.slug < topic.slug)
    return {function for each in earlier for function in _answers(
        made for made in declarations(each.module) if isinstance(made, Exercise))}


def _parts_returned(reference: Callable[..., Any]) -> Iterator[Any]:
    """What a reference calls right behind its `return`, to give one part of the result."""
    if not isinstance(reference, types.FunctionType):
        return
    if reference.__name__ == "<lambda>":
        yield from _named_in(reference)
        return
    for node in ast.walk(ast.parse(textwrap.dedent(inspect.getsource(reference)))):
        value = node.value if isinstance(node, ast.Return) else None
        while isinstance(value, ast.Subscript):
            value = value.value
        called = value.func if isinstance(value, ast.Call) else None
        if isinstance(called, ast.Attribute) and isinstance(called.value, ast.Name):
            found = getattr(reference.__globals__.get(called.value.id), called.attr, None)
            if getattr(found, "__module__", "").startswith(LIBRARY):
                yield found


def _needed(made: Iterable[Any]) -> set[types.FunctionType]:
    """What kill tasks, cases and comparisons call, and what that calls."""
    waiting: list[Any] = []
    for each in made:
        if isinstance(each, Kill):
            waiting += [each.right, each.wrong, each.valid, each.compare]
        elif isinstance(each, Exercise):
            waiting += [each.make_cases, each.compare]
    found: set[types.FunctionType] = set()
    while waiting:
        function = inspect.unwrap(waiting.pop())
        if isinstance(function, types.FunctionType) and function not in found:
            found.add(function)
            waiting += _named_in(function)
    return found


def _named_in(function: types.FunctionType) -> Iterator[Any]:
    """The functions of the library that a function names, also as attributes of a module."""
    codes, names = [function.__code__], set(function.__code__.co_names)
    while codes:
        inner = [each for each in codes.pop().co_consts if isinstance(each, types.CodeType)]
        codes += inner
        names.update(name for code in inner for name in code.co_names)
    values = [function.__globals__.get(name) for name in names]
    values += [cell.cell_contents for cell in function.__closure__ or ()]
    for value in values:
        if isinstance(value, types.ModuleType):
            values += [vars(value).get(name) for name in names]
    yield from (value for value in values if isinstance(value, types.FunctionType)
                and value.__module__.startswith(LIBRARY))


def _without_body(text: str, function: types.FunctionType, lecture: str) -> str:
    """The source with that function's body replaced; the lines before and after stay."""
    said = (f"from {LIBRARY}.checks.left_out import left_out",
            f'raise left_out("{function.__name__.strip("_<>")}", "{lecture}")')
    lines = text.splitlines(keepends=True)
    if function.__name__ == "<lambda>":
        return _without_lambda(text, function)
    found = next(node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.FunctionDef)
                 and node.name == function.__name__)
    keep = found.body[0] if ast.get_docstring(found) is not None else None
    start = keep.end_lineno if keep is not None else found.body[0].lineno - 1
    indent = " " * found.body[0].col_offset
    lines[start:found.body[-1].end_lineno] = [f"{indent}{line}\n" for line in said]
    return "".join(lines)


def _without_lambda(text: str, function: types.FunctionType) -> str:
    """A lambda becomes one that gives nothing: its results are recorded."""
    code: Callable[..., Any] = function
    names = code.__code__.co_varnames[:code.__code__.co_argcount]
    for node in ast.walk(ast.parse(text)):
        is_it = isinstance(node, ast.Lambda) and [each.arg for each in node.args.args] == [*names]
        if is_it and ast.get_source_segment(text, node):
            segment = ast.get_source_segment(text, node) or ""
            return text.replace(segment, f"lambda {', '.join(names)}: None", 1)
    raise ValueError(f"{function.__module__} holds no lambda of {', '.join(names)}")


def _recorded(exercises: Iterable[Exercise]) -> bytes:
    """The results of the public cases, as known_mistakes stores those of the bank."""
    arrays: dict[str, Any] = {}
    for made in exercises:
        told = [made.expected(case) for case in made.cases()]
        record = [(each.value, each.raised, each.changed, each.strange, each.stopped)
                  for each in told]
        arrays[made.name] = np.frombuffer(encode(record), dtype=np.uint8)
    made_file = io.BytesIO()
    np.savez_compressed(made_file, **arrays)
    return made_file.getvalue()
