"""What the learner reads: plain sentences, evidence first, then at most one named belief."""

from __future__ import annotations

from typing import Any

import numpy as np

from course_lib.checks.calling import argument_names
from course_lib.checks.cases import Case, Choice, Exercise, Number, Quiz
from course_lib.checks.evidence import kind_of
from course_lib.checks.judge import Report, Verdict
from course_lib.checks.values import Answer, Function

__all__ = ["display_cases", "failure_text", "quiz_text", "show_value", "success_text"]

# What the registry of functions makes besides functions.
NO_FUNCTIONS = {"generator": "np.random.default_rng({0})", "mlp": "a new network with layers {0}",
                "cnn": "a new network for images {0}"}
WIDTH = 96
MAX_LINES = 12


def success_text(report: Report) -> str:
    """One line. It never claims more than what was run."""
    total = len(report.verdicts)
    return f"{report.exercise.name}: visible {total} of {total}; hidden checks not run here"


def failure_text(report: Report, hint: str | None, *, hints: bool = True) -> str:
    """The first failing case (a displayed one if there is one), its evidence, and the belief.

    `hints` says whether `hint` is to be mentioned.
    """
    name, verdict = report.exercise.name, report.failures[0]
    lines = [
        f"{name}: visible {report.right} of {len(report.verdicts)}",
        f"  {report.exercise.title}",
        f'  The first case that fails is "{verdict.case.title}" ({verdict.case.family}):',
        *_case_lines(report.exercise, verdict),
        f"    {_sentence(verdict.evidence)}",
    ]
    others = [v.case.title for v in report.failures[1:4]]
    if others:
        lines.append("  It also fails: " + "; ".join(others) + ".")
    if hint:
        lines += ["  What may be behind it:", f"    {hint}"]
    if report.exercise.hints:
        given = f'hint("{name}") gives a hint; ' if hints else ""
        lines.append(f'  {given}case("{name}", "{verdict.case.title}") ')
        lines[-1] += "gives the inputs and the expected result."
    return "\n".join(lines)


def display_cases(exercise: Exercise) -> str:
    """The displayed cases, for somebody who has not written anything yet."""
    lines = [f"{exercise.name}: nothing written yet.", f"  {exercise.title}. It should give:"]
    for case in exercise.cases():
        if case.shown:
            lines.append(f'  case "{case.title}"')
            lines += _input_lines(exercise, case)
            lines += show_value(_wanted(exercise, case), exercise.expected(case))
    return "\n".join(lines)


def quiz_text(quiz: Quiz, given: dict[str, Any]) -> tuple[str, int]:
    """A line for each question, and how many are right."""
    lines, right = [], 0
    for item, question in quiz.items.items():
        answer = given.get(item)
        if quiz.right(item, answer):
            right += 1
            lines.append(f"  {item}: right")
        else:
            lines.append(f"  {item}: {_quiz_comment(quiz, item, question, answer)}")
    return "\n".join(lines), right


def _quiz_comment(quiz: Quiz, item: str, question: Choice | Number, answer: Any) -> str:
    if answer is None:
        return f"not answered yet (put in {question.ask()})"
    normal = question.normal(answer)
    if normal is None:
        return f"cannot be read; put in {question.ask()}"
    for (asked, wrong), sentence in quiz.wrong.items():
        if asked == item and question.normal(wrong) == normal:
            return f"not right. {sentence}"
    return "not right"


def _case_lines(exercise: Exercise, verdict: Verdict) -> list[str]:
    if not verdict.case.shown:
        return _input_lines(exercise, verdict.case)
    return (
        _input_lines(exercise, verdict.case)
        + show_value(_wanted(exercise, verdict.case), verdict.expected)
        + (show_value("got", verdict.answer) if verdict.answer.has_value else [])
    )


def _wanted(exercise: Exercise, case: Case) -> str:
    """Where something is drawn, the reference's result is only one of many right ones."""
    given = _inputs(exercise, case)
    draws = any(isinstance(arg, Function) and arg.name == "generator" for arg in given.values())
    return "for instance" if draws and given.get("training", True) else "expected"


def _input_lines(exercise: Exercise, case: Case) -> list[str]:
    shown = (show_value(name, value) for name, value in _inputs(exercise, case).items())
    return [line for lines in shown for line in lines]


def _inputs(exercise: Exercise, case: Case) -> dict[str, Any]:
    names = argument_names(exercise.reference, len(case.args))
    return {**dict(zip(names, case.args, strict=True)), **case.kwargs}


def show_value(name: str, value: Any) -> list[str]:
    """Lines such as `    x = [[1, 2], [3, 4]]`; only the shape of what is too large to read."""
    if isinstance(value, Answer):
        if value.raised is not None:
            return [f"    {name}: {value.raised.type} is raised"]
        value = value.value
    if isinstance(value, np.ndarray) and value.size > 40:
        return [f"    {name} = {kind_of(value)}, {value.dtype}"]
    if isinstance(value, np.ndarray):
        text = np.array2string(value, separator=", ", precision=5, suppress_small=True)
    elif isinstance(value, Function):
        text = NO_FUNCTIONS.get(value.name, "the function {name}").format(
            *value.args, name=value.name
        )
    else:
        text = short_repr(value)
    if len(text) > WIDTH * MAX_LINES:
        text = text[: WIDTH * MAX_LINES] + " ..."
    head, *rest = text.split("\n")
    indent = " " * (len(name) + 7)
    return [f"    {name} = {head}", *(indent + line for line in rest[:MAX_LINES])]


def short_repr(value: Any) -> str:
    """repr with floats to six digits and functions by name, so that containers can be read.

    Of a large array only the shape, as outside of a container.
    """
    if isinstance(value, np.ndarray) and value.size > 40:
        return kind_of(value)
    if isinstance(value, float):
        return f"{value:.6g}" if not value.is_integer() else repr(value)
    if isinstance(value, dict):
        return "{" + ", ".join(f"{short_repr(k)}: {short_repr(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(short_repr, value)) + "]"
    if isinstance(value, tuple):
        inner = ", ".join(map(short_repr, value))
        return f"({inner},)" if len(value) == 1 else f"({inner})"
    if isinstance(value, Function):  # one in a list: its arguments would bury its name
        return value.name
    return repr(value)


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
