"""The bank: executable wrong implementations, and unusual right ones, found by exercise.

A wrong implementation does three jobs. It names a learner's mistake, it proves that the checks
catch it, and it tells the instructor what the class believes.
"""

from __future__ import annotations

import importlib
import importlib.util
import inspect
from collections.abc import Callable, Container, Sequence
from functools import cache
from types import ModuleType
from typing import Any

from course_lib.checks.calling import answer_of_call
from course_lib.checks.cases import Case, Exercise
from course_lib.checks.diagnosis import Belief, name_belief, same_answer
from course_lib.checks.judge import judge_answer
from course_lib.checks.values import Answer

__all__ = ["accepted", "belief_text", "beliefs", "diagnose", "hint_of", "misconceptions"]

Implementation = Callable[..., Any]


@cache
def misconceptions(exercise: Exercise) -> dict[str, Implementation]:
    """The wrong implementations of an exercise by name; empty if it has no file."""
    return _functions("misconceptions", exercise)


@cache
def accepted(exercise: Exercise) -> dict[str, Implementation]:
    """The unusual right implementations of an exercise by name; empty if it has no file."""
    return _functions("accepted", exercise)


def beliefs(exercise: Exercise, cases: Sequence[Case]) -> dict[str, Belief]:
    """What every wrong implementation answers to these cases, and on which it is wrong."""
    found = {}
    truth = [exercise.expected(case) for case in cases]
    for name, function in misconceptions(exercise).items():
        answers = tuple(answer_of_call(function, case.args, case.kwargs) for case in cases)
        wrong = tuple(
            not judge_answer(exercise, case, answer, expected).ok
            for case, answer, expected in zip(cases, answers, truth, strict=True)
        )
        found[name] = Belief(name, hint_of(function), answers, wrong)
    return found


def diagnose(
    exercise: Exercise, cases: Sequence[Case], answers: Sequence[Answer]
) -> Belief | None:
    """The belief behind wrong answers to these cases, or None if no single one explains them.

    As name_belief over all beliefs says, but most are out after a case or two: whatever answers
    wrongly, and otherwise than the student, explains nothing.
    """
    truth: dict[int, Answer] = {}
    public = {id(case) for case in exercise.cases()}

    def is_wrong(place: int, answer: Answer) -> bool:
        if place not in truth:
            truth[place] = exercise.expected(cases[place])
        return not judge_answer(exercise, cases[place], answer, truth[place]).ok

    left = {}
    for name, function in misconceptions(exercise).items():
        given = _as_long_as_it_fits(function, cases, answers, is_wrong, public)
        if given is not None:
            wrong = tuple(is_wrong(place, answer) for place, answer in enumerate(given))
            left[name] = Belief(name, hint_of(function), given, wrong)
    return name_belief(answers, left)


def _as_long_as_it_fits(
    function: Implementation,
    cases: Sequence[Case],
    answers: Sequence[Answer],
    is_wrong: Callable[[int, Answer], bool],
    public: Container[int],
) -> tuple[Answer, ...] | None:
    """What a wrong implementation answers to all cases; None once it cannot explain the answers."""
    given = []
    for place, case in enumerate(cases):
        answer = _answer(function, case, id(case) in public)
        if not same_answer(answers[place], answer) and is_wrong(place, answer):
            return None
        given.append(answer)
    return tuple(given)


_ANSWERED: dict[tuple[Implementation, int], Answer] = {}


def _answer(function: Implementation, case: Case, is_public: bool) -> Answer:
    """What an implementation answers; to a public case, which stays, it is asked once."""
    if not is_public:
        return answer_of_call(function, case.args, case.kwargs)
    if (function, id(case)) not in _ANSWERED:
        _ANSWERED[function, id(case)] = answer_of_call(function, case.args, case.kwargs)
    return _ANSWERED[function, id(case)]


def hint_of(function: Implementation) -> str:
    """The first line of the docstring: what to tell the learner."""
    return (inspect.getdoc(function) or "").split("\n")[0].strip()


def belief_text(exercise: Exercise, name: str) -> str:
    """The whole docstring of a wrong implementation, for the instructor."""
    return inspect.getdoc(misconceptions(exercise)[name]) or ""


def _functions(shelf: str, exercise: Exercise) -> dict[str, Implementation]:
    name = f"autograder.{shelf}.{exercise.topic}.{exercise.name}"
    if importlib.util.find_spec(f"autograder.{shelf}.{exercise.topic}") is None:
        return {}
    if importlib.util.find_spec(name) is None:
        return {}
    module = importlib.import_module(name)
    return {key: value for key, value in vars(module).items() if _is_own(value, module)}


def _is_own(value: Any, module: ModuleType) -> bool:
    return (
        inspect.isfunction(value)
        and value.__module__ == module.__name__
        and not value.__name__.startswith("_")
    )
