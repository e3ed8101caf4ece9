"""How a topic module declares its hidden cases, and how the grader finds them.

`@hidden` marks a function `name(rng)` that yields cases for the exercise of that name. Families
are fixed: every draw holds every family, only numbers and sizes come from `rng`. Reference,
comparison and title are the public declaration's.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import numpy as np

from course_lib.checks.cases import Case, declaration

__all__ = ["HiddenCases", "answers", "hidden", "hidden_answers", "hidden_cases", "hidden_names"]

HiddenCases = Callable[[np.random.Generator], Iterable[Case]]
_CASES: dict[str, HiddenCases] = {}
_ANSWERS: dict[str, Mapping[str, Any]] = {}
_TOPIC_OF: dict[str, str] = {}


def hidden(function: HiddenCases) -> HiddenCases:
    """Register the hidden cases of the exercise that the function is named after."""
    name = function.__name__
    _TOPIC_OF[name] = function.__module__.rpartition(".")[2]
    _CASES[name] = function
    return function


def answers(**quizzes: Mapping[str, Any]) -> None:
    """Register the right answers of quizzes: `answers(quiz_graphs={"a": "x", "b": 266610})`."""
    _ANSWERS.update(quizzes)


def hidden_cases(name: str, rng: np.random.Generator) -> tuple[Case, ...]:
    """The hidden cases of an exercise, drawn with `rng`. Raises KeyError if there are none."""
    _load(declaration(name).topic)
    return tuple(_CASES[name](rng))


def hidden_answers(name: str) -> Mapping[str, Any]:
    """The right answers of a quiz. Raises KeyError if there are none."""
    _load(declaration(name).topic)
    return _ANSWERS[name]


def hidden_names(topic: str) -> set[str]:
    """The exercises and quizzes for which the topic's module declares something."""
    _load(topic)
    return {name for name, home in _TOPIC_OF.items() if home == topic} | {
        name for name in _ANSWERS if declaration(name).topic == topic
    }


def _load(topic: str) -> None:
    importlib.import_module(f"autograder.checks.{topic}")
