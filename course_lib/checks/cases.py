"""What an exercise promises, declared once: cases, reference, comparison, hints.

A topic module (`course_lib/checks/<topic>.py`) declares its exercises with `@exercise`, `@quiz`
and `@kill`. The decorated function's name is the name of the exercise, and its docstring the
title the learner sees. Names are unique over the whole course.
"""

from __future__ import annotations

import hashlib
import importlib
import pkgutil
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np

from course_lib.checks.calling import answer_of_call
from course_lib.checks.compare import Comparator, close
from course_lib.checks.left_out import answers
from course_lib.checks.values import Answer

__all__ = ["MACHINERY", "Case", "Choice", "Declaration", "Exercise", "Kill", "Number", "Quiz",
           "declaration", "declarations", "digest", "exercise", "kill", "quiz", "topics"]

WHOLE = 1e-6        # what computing may leave of a whole number
MACHINERY = frozenset(
    ["bring", "calling", "cases", "compare", "diagnosis", "evidence", "filter_answers", "functions",
     "graph_answers", "judge", "killing", "known", "left_out", "pooling_answers", "probes",
     "report", "slope_answers", "student", "training_answers", "tripwire", "values"]
)


@dataclass(frozen=True, init=False)
class Case:
    """One call to judge: a title, the inputs, and the family of inputs it stands for."""

    title: str
    args: tuple[Any, ...]
    kwargs: Mapping[str, Any]
    family: str
    shown: bool

    def __init__(
        self, title: str, *args: Any, family: str, shown: bool = False, **kwargs: Any
    ) -> None:
        for name, value in dict(
            title=title, args=args, kwargs=kwargs, family=family, shown=shown
        ).items():
            object.__setattr__(self, name, value)


@dataclass(frozen=True)
class Exercise:
    """A function to write. `reference` is the library's function in the exercise's signature."""

    name: str
    title: str
    topic: str
    reference: Callable[..., Any]
    compare: Comparator
    hints: tuple[str, ...]
    make_cases: Callable[[], Iterable[Case]]
    kind: str = field(default="exercise", init=False)

    @cached_property
    def _cases(self) -> tuple[Case, ...]:
        return tuple(self.make_cases())

    def cases(self) -> tuple[Case, ...]:
        """The public cases: the displayed ones first, then the probes."""
        return self._cases

    @cached_property
    def _known(self) -> dict[int, Answer | None]:
        told = answers(self.topic, self.name) or (None,) * len(self._cases)
        return dict(zip(map(id, self._cases), told, strict=True))   # cases stay, so their ids do

    def expected(self, case: Case) -> Answer:
        """What the reference gives. If it raises, raising is what is expected.

        To a public case the same answer every time: it is worked out once.
        """
        known = self._known.get(id(case))
        if known is None:
            known = answer_of_call(self.reference, case.args, case.kwargs)
            if id(case) in self._known:
                self._known[id(case)] = known
        return known


@dataclass(frozen=True)
class Choice:
    """A question with lettered options."""

    question: str
    options: Mapping[str, str]

    def __init__(self, question: str, **options: str) -> None:
        object.__setattr__(self, "question", question)
        object.__setattr__(self, "options", options)

    def normal(self, answer: Any) -> str | None:
        """The letter in lower case, or None if it is not one of the options."""
        letter = answer.strip().lower() if isinstance(answer, str) else None
        return letter if letter in self.options else None

    def ask(self) -> str:
        """What to put in, for the message about an answer that cannot be read."""
        named = "one of the letters " if all(len(each) == 1 for each in self.options) else "one of "
        return named + ", ".join(f'"{each}"' for each in self.options)


@dataclass(frozen=True)
class Number:
    """A question whose answer is a number, right to `decimals` places."""

    question: str
    decimals: int = 0

    def normal(self, answer: Any) -> str | None:
        """The number rounded and spelled one way, or None if it is no number of this kind.

        Where a whole number is asked for, 0.25 is not rounded to 0: it would be right by luck.
        """
        numbers = (int, float, np.integer, np.floating)
        if isinstance(answer, bool) or not isinstance(answer, numbers):
            return None
        rounded = round(float(answer), self.decimals) + 0.0     # -0.0 becomes 0.0
        if self.decimals == 0 and abs(rounded - float(answer)) > WHOLE:
            return None
        return f"{rounded:.{self.decimals}f}"

    def ask(self) -> str:
        """What to put in, for the message about an answer that cannot be read."""
        if self.decimals == 0:
            return "a whole number"
        return f"a number with {self.decimals} decimal{'s' if self.decimals > 1 else ''}"


@dataclass(frozen=True)
class Quiz:
    """Questions with one right answer each. Only digests of the answers are kept here."""

    name: str
    title: str
    topic: str
    items: Mapping[str, Choice | Number]
    digests: Mapping[str, str]
    wrong: Mapping[tuple[str, Any], str]
    hints: tuple[str, ...] = ()
    kind: str = field(default="quiz", init=False)

    def right(self, item: str, answer: Any) -> bool:
        """Whether the answer has the stored digest."""
        return digest(self.name, item, self.items[item].normal(answer)) == self.digests.get(item)


@dataclass(frozen=True)
class Kill:
    """The learner's inputs must make a wrong implementation give itself away.

    `valid(*inputs)` returns a sentence about inputs that break the rules, or None.
    """

    name: str
    title: str
    topic: str
    right: Callable[..., Any]
    wrong: Callable[..., Any]
    valid: Callable[..., str | None]
    compare: Comparator
    hints: tuple[str, ...]
    kind: str = field(default="kill", init=False)


Declaration = Exercise | Quiz | Kill
_REGISTRY: dict[str, Declaration] = {}


def exercise(
    *,
    reference: Callable[..., Any],
    hints: tuple[str, ...] = (),
    compare: Comparator | None = None,
) -> Callable[[Callable[[], Iterable[Case]]], Exercise]:
    """Declare a function to write; the decorated function yields its public cases."""

    def declare(function: Callable[[], Iterable[Case]]) -> Exercise:
        name, title, topic = _introduce(function)
        made = Exercise(name, title, topic, reference, compare or close(), hints, function)
        _register(made)
        return made

    return declare


def quiz(
    *,
    digests: Mapping[str, str],
    wrong: Mapping[tuple[str, Any], str] | None = None,
    hints: tuple[str, ...] = (),
    **items: Choice | Number,
) -> Callable[[Callable[[], None]], Quiz]:
    """Declare questions; the decorated function only carries name and title."""

    def declare(function: Callable[[], None]) -> Quiz:
        name, title, topic = _introduce(function)
        made = Quiz(name, title, topic, items, digests, wrong or {}, hints)
        _register(made)
        return made

    return declare


def kill(
    *,
    right: Callable[..., Any],
    wrong: Callable[..., Any],
    valid: Callable[..., str | None],
    compare: Comparator | None = None,
    hints: tuple[str, ...] = (),
) -> Callable[[Callable[[], None]], Kill]:
    """Declare a wrong implementation that the learner's inputs must expose."""

    def declare(function: Callable[[], None]) -> Kill:
        name, title, topic = _introduce(function)
        made = Kill(name, title, topic, right, wrong, valid, compare or close(), hints)
        _register(made)
        return made

    return declare


def digest(name: str, item: str, answer: str | None) -> str:
    """A short fingerprint of a quiz answer, so that it does not lie about in plain text."""
    return hashlib.sha256(f"{name}/{item}/{answer}".encode()).hexdigest()[:16]


def topics() -> list[str]:
    """The names of the topic modules, in alphabetical order."""
    found = {module.name for module in pkgutil.iter_modules(_package_path())}
    return sorted(found - MACHINERY)


def declarations(topic: str) -> list[Declaration]:
    """What a topic declares, in the order of its module. Raises KeyError for an unknown topic."""
    if topic not in topics():
        raise KeyError(f"no topic is called {topic!r}; known are {', '.join(topics())}")
    importlib.import_module(f"course_lib.checks.{topic}")
    return [made for made in _REGISTRY.values() if made.topic == topic]


def declaration(name: str) -> Declaration:
    """The exercise, quiz or kill task of that name. Raises KeyError if nothing is called so."""
    if name not in _REGISTRY:
        for topic in topics():
            importlib.import_module(f"course_lib.checks.{topic}")
    if name not in _REGISTRY:
        raise KeyError(f"no exercise is called {name!r}")
    return _REGISTRY[name]


def _package_path() -> Iterable[str]:
    return importlib.import_module("course_lib.checks").__path__


def _introduce(function: Callable[..., Any]) -> tuple[str, str, str]:
    title = (function.__doc__ or "").strip().splitlines()
    if not title:
        raise TypeError(f"{function.__name__} needs a docstring: it is the title learners see")
    return function.__name__, title[0].rstrip("."), function.__module__.rpartition(".")[2]


def _register(made: Declaration) -> None:
    other = _REGISTRY.get(made.name)
    if other is not None and other.topic != made.topic:
        raise ValueError(f"{made.name} is declared in {other.topic} and again in {made.topic}")
    _REGISTRY[made.name] = made
