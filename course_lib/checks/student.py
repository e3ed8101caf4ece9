"""The learner's side: `check`, `case`, `hint`, `configure`.

Everything happens in the learner's own process, at once and offline. What fails is described in
plain sentences on stdout, and then `CheckFailed` is raised, so that a cell that fails looks
failed. The library's function then takes the place of the learner's, so the notebook goes on.
"""

from __future__ import annotations

import difflib
import dis
import inspect
import sys
import types
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from course_lib.checks.calling import answer_of_call, private
from course_lib.checks.cases import Case, Exercise, Kill, Quiz, declaration, topics
from course_lib.checks.cases import declarations as declarations_of
from course_lib.checks.diagnosis import name_belief
from course_lib.checks.judge import Report, judge
from course_lib.checks.killing import judge_kill
from course_lib.checks.known import known_beliefs
from course_lib.checks.left_out import answers
from course_lib.checks.report import display_cases, failure_text, quiz_text, success_text
from course_lib.checks.tripwire import withheld
from course_lib.checks.values import Answer
from course_lib.desk import policy, progress

__all__ = ["CheckFailed", "GivenCase", "case", "check", "configure", "hint", "stand_in_for"]

Namespace = dict[str, Any]
NAMING, HINTS = policy.CHOICES["naming"], policy.CHOICES["hints"]


class CheckFailed(Exception):
    """A check did not pass. The explanation stands above it in the cell's output."""

    def _render_traceback_(self) -> list[str]:
        """One line in a notebook instead of a traceback through the machinery."""
        return [f"CheckFailed: {self}"]


@dataclass
class _Memory:
    """What one kernel remembers: settings, failures, hints so far, functions that were replaced."""

    chosen: dict[str, str] = field(default_factory=dict)
    failures: dict[str, int] = field(default_factory=dict)
    hints: dict[str, int] = field(default_factory=dict)
    originals: dict[str, Any] = field(default_factory=dict)


_memory = _Memory()


@dataclass(frozen=True)
class GivenCase:
    """One public case to play with: fresh inputs and the expected result."""

    title: str
    args: tuple[Any, ...]
    kwargs: dict[str, Any]
    expected: Any


def configure(*, naming: str | None = None, hints: str | None = None) -> None:
    """When a belief is named and when `hint` answers, for this notebook.

    `naming` is "at once", from the "second failure" on, or "off"; `hints` come "at once", after
    the "first failure" of the exercise, or "off". Raises ValueError for anything else.
    """
    for name, given in (("naming", naming), ("hints", hints)):
        if given is None:
            continue
        if given not in policy.CHOICES[name]:
            choices = ", ".join(map(repr, policy.CHOICES[name]))
            raise ValueError(f"{name} must be one of {choices}; got {given!r}")
        _memory.chosen[name] = given


def _setting(name: str) -> str:
    return _memory.chosen.get(name) or policy.setting(name)


def check(name: str) -> None:
    """Try the public cases on the function, quiz or task called `name` in the calling notebook.

    Prints one line if everything is right. Otherwise prints what is wrong and raises
    CheckFailed; a function is then replaced by the library's, with a banner.
    """
    namespace = _calling_namespace()
    declared = _declared(name)
    if isinstance(declared, Quiz):
        _check_quiz(declared, namespace)
    elif isinstance(declared, Kill):
        _check_kill(declared, namespace)
    else:
        _check_exercise(declared, namespace)


def case(name: str, title: str) -> GivenCase:
    """The public case with that title: `.args`, `.kwargs` and what is `.expected`.

    Raises ValueError, with the titles that there are, for another one or for a quiz.
    """
    declared = _declared(name)
    if not isinstance(declared, Exercise):
        raise ValueError(f"{name} is a {declared.kind} and has no cases to look at")
    known = {found.title: found for found in declared.cases()}
    if title not in known:
        titles = "; ".join(known)
        raise ValueError(f"{name} has no case {title!r}. Its cases are: {titles}")
    found, expected = known[title], declared.expected(known[title])
    inputs = tuple(private(item) for item in found.args)
    named = {key: private(item) for key, item in found.kwargs.items()}
    raised = expected.raised
    return GivenCase(title, inputs, named, raised.type if raised else expected.value)


def hint(name: str) -> None:
    """Print the next hint for an exercise, and the last one again when there are no more.

    Raises CheckFailed if no exercise has that name.
    """
    hints, given = _declared(name).hints, _setting("hints")
    if given == "off":
        print("There are no hints in this course.")
        return
    if given == "first failure" and not _memory.failures.get(name):
        print(f"Hints for {name} are given once its check has failed.")
        return
    if not hints:
        print(f"There is no hint for {name}.")
        return
    position = min(_memory.hints.get(name, 0), len(hints) - 1)
    _memory.hints[name] = position + 1
    print(f"Hint {position + 1} of {len(hints)} for {name}: {hints[position]}")


def _declared(name: object) -> Exercise | Quiz | Kill:
    if not isinstance(name, str):
        called = getattr(name, "__name__", "weighted_sum")
        raise CheckFailed(f'write the name in quotation marks, such as "{called}".')
    try:
        return declaration(name)
    except KeyError:
        known = [made.name for topic in topics() for made in declarations_of(topic)]
        near = difflib.get_close_matches(str(name), known, n=1)
        ending = f" Did you mean {near[0]!r}?" if near else ""
        raise CheckFailed(f"no exercise is called {name!r}.{ending}") from None


def _calling_namespace() -> Namespace:
    frame = sys._getframe(2)
    return frame.f_globals


def _check_exercise(exercise: Exercise, namespace: Namespace) -> None:
    found = _find_function(exercise, namespace)
    if isinstance(found, str):
        _fail(exercise, namespace, found, "not there yet")
        return
    before = namespace.get(exercise.name)
    try:
        with withheld(exercise.reference, namespace):
            # The name may stand for the library's function, which is refused in this block.
            function = namespace[exercise.name] if found is before else found
            report = judge(exercise, list(exercise.cases()), _caller(function))
    except KeyboardInterrupt:
        _fail(exercise, namespace, _interrupted(exercise.name), "stopped by you")
        return
    if report.passed:
        _memory.originals.pop(exercise.name, None)
        namespace[exercise.name] = found
        print(success_text(report))
        _print_notes(exercise.name, found, namespace)
        progress.record(exercise.name)
    elif report.missing:
        _fail(exercise, namespace, display_cases(exercise), "nothing written yet")
    else:
        text = failure_text(report, _belief_hint(report), hints=_setting("hints") != "off")
        _fail(exercise, namespace, text, f"visible {report.right} of {len(report.verdicts)}")


def _caller(function: Callable[..., Any]) -> Callable[[Case], Answer]:
    return lambda found: answer_of_call(function, found.args, found.kwargs)


def _interrupted(name: str) -> str:
    return f"{name}: you stopped the check while your function was running. Does a loop in it end?"


def _find_function(exercise: Exercise, namespace: Namespace) -> Callable[..., Any] | str:
    """The learner's function, or a sentence that says what stands in its place."""
    name = exercise.name
    found = namespace.get(name)
    if getattr(found, "__stands_in__", None) == name:
        found = _memory.originals.get(name)
    if found is None:
        return f"{name}: there is no function of that name yet.{_near(name, namespace)}"
    if inspect.isclass(found):
        return f"{name} is a class; this exercise asks for a function: def {name}(...):"
    if not callable(found):
        what = f"{'an' if type(found).__name__[0] in 'aeiou' else 'a'} {type(found).__name__}"
        return f"{name} is {what}; this exercise asks for a function: def {name}(...):"
    return found


def _near(name: str, namespace: Namespace) -> str:
    names = [k for k, v in namespace.items()    # not our stand-in, which has the name itself
             if isinstance(v, types.FunctionType) and k[0] != "_" and k != name]
    near = difflib.get_close_matches(name, names, n=1)
    if near:
        return f" There is {near[0]}: did you rename it? Keep the name {name}."
    return " Run the cell that defines it, then this one again."


def _notes(name: str, found: Callable[..., Any], namespace: Namespace) -> list[str]:
    notes = []
    if getattr(found, "__name__", "") == "<lambda>":
        notes.append(f"this is a lambda. Write def {name}(...): so that errors name it.")
    for other in sorted(_global_names(getattr(found, "__code__", None)) - {name}):
        if other not in namespace or _is_declared(other):
            continue
        value = namespace[other]
        if isinstance(value, types.FunctionType) and value.__module__ == found.__module__:
            notes.append(
                f"it uses {other}, which you defined in another place. "
                "Keep that cell in the notebook you hand in."
            )
        elif not callable(value) and not isinstance(value, types.ModuleType):
            notes.append(
                f"it uses {other} from outside the function. The grader runs your own cells but "
                "not the lecture's demonstrations. Make it inside, or take it as an argument."
            )
    return notes


def _global_names(code: types.CodeType | None) -> set[str]:
    """The names a function looks up outside itself, also from its inner functions and loops."""
    if code is None:
        return set()
    names = {
        instruction.argval
        for instruction in dis.get_instructions(code)
        if instruction.opname in ("LOAD_GLOBAL", "LOAD_NAME")
    }
    inner = (part for part in code.co_consts if isinstance(part, types.CodeType))
    return names.union(*map(_global_names, inner))


def _print_notes(name: str, found: Callable[..., Any], namespace: Namespace) -> None:
    for note in _notes(name, found, namespace):
        print(f"  Note: {note}")


def _is_declared(name: str) -> bool:
    try:
        return bool(declaration(name))
    except KeyError:
        return False


def _belief_hint(report: Report) -> str | None:
    name = report.exercise.name
    _count_failure(name)
    naming = _setting("naming")
    if naming == "off":
        return None
    if naming == "second failure" and _memory.failures[name] < 2:
        return None
    answers = [verdict.answer for verdict in report.verdicts]
    belief = name_belief(answers, known_beliefs(report.exercise))
    return belief.hint if belief else None


def _count_failure(name: str) -> None:
    _memory.failures[name] = _memory.failures.get(name, 0) + 1


def _fail(exercise: Exercise, namespace: Namespace, text: str, summary: str) -> None:
    """Print, put the library's function in, and raise."""
    name = exercise.name
    print(text)
    found = namespace.get(name)
    if getattr(found, "__stands_in__", None) != name:
        _memory.originals[name] = found
    if answers(exercise.topic, name):
        print(f"  >>> This copy of the course holds no {name}; cells below wait for yours.")
        raise CheckFailed(f"{name}: {summary}")
    namespace[name] = stand_in_for(exercise)
    print(f"  >>> Until this passes, the library's {name} stands in, so the rest of this notebook")
    print("  >>> works. Change your cell, run it, then run this check again.")
    raise CheckFailed(f"{name}: {summary}")


def stand_in_for(exercise: Exercise) -> Callable[..., Any]:
    """The library's function under the name of the exercise, marked as standing in."""
    def stand_in(*args: Any, **kwargs: Any) -> Any:
        return exercise.reference(*args, **kwargs)

    stand_in.__name__ = stand_in.__qualname__ = exercise.name
    stand_in.__doc__ = f"{exercise.title} (the library's version, standing in for yours)"
    stand_in.__stands_in__ = exercise.name  # type: ignore[attr-defined]
    return stand_in


def _check_quiz(quiz: Quiz, namespace: Namespace) -> None:
    given = namespace.get(quiz.name)
    total = len(quiz.items)
    if not isinstance(given, dict):
        print(f"{quiz.name} should be a dictionary with the keys {', '.join(quiz.items)}.")
        raise CheckFailed(f"{quiz.name}: no answers found")
    text, right = quiz_text(quiz, given)
    print(f"{quiz.name}: {right} of {total} right. {quiz.title}")
    print(text)
    if right < total:
        _count_failure(quiz.name)
        nothing = all(given.get(item) is None for item in quiz.items)
        summary = "nothing answered yet" if nothing else f"{right} of {total} right"
        raise CheckFailed(f"{quiz.name}: {summary}")
    progress.record(quiz.name)


def _check_kill(kill: Kill, namespace: Namespace) -> None:
    found = namespace.get(kill.name)
    if not callable(found) or inspect.isclass(found):
        print(f"{kill.name}: there is no function of that name yet.{_near(kill.name, namespace)}")
        raise CheckFailed(f"{kill.name}: not there yet")
    answer = answer_of_call(found, (), {})
    if answer.raised is not None and answer.raised.is_a("NotImplementedError"):
        print(f"{kill.name}: nothing written yet. {kill.title}.")
        raise CheckFailed(f"{kill.name}: nothing written yet")
    complaint = judge_kill(kill, answer)
    if complaint is not None:
        print(f"{kill.name}: {complaint}")
        _count_failure(kill.name)
        raise CheckFailed(f"{kill.name}: the wrong implementation survives")
    print(f"{kill.name}: your inputs expose the wrong implementation")
    _print_notes(kill.name, found, namespace)
    progress.record(kill.name)
