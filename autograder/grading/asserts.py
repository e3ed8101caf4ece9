"""Ordinary nbgrader test cells that an instructor added, scored as nbgrader would.

They run in the student's process, so a student who patches `assert` can pass them: the result
says so. Checks that cannot be talked round are those of autograder/checks.
"""

from __future__ import annotations

import ast
from typing import Protocol

from autograder.catalogue import AssertCell
from autograder.grading.feedback import stopped_cell
from autograder.grading.results import ExerciseResult, Outcome
from autograder.sandbox.session import Ran
from course_lib.checks.values import Answer

__all__ = ["judged_asserts"]

SCORE = "_points_of_this_cell"
# A NumPy number counts like any other; what is no number means that the cell gives no points.
TO_NUMBER = f"""{SCORE} = (
    float({SCORE})
    if isinstance({SCORE}, __import__("numbers").Real) and not isinstance({SCORE}, bool)
    else None
)
"""


class Child(Protocol):
    """What is needed of a session."""

    def run(self, code: str) -> Ran: ...

    def read(self, name: str) -> Answer: ...


def judged_asserts(cell: AssertCell, child: Child) -> ExerciseResult:
    """Full points if the cell runs, none if it fails, and its last number if that is one."""
    code, scores = _with_score(cell.source)
    ran = child.run(code)
    if ran.stopped is not None:
        sentence = f"This cell {stopped_cell(ran.stopped)}"
        return _result(cell, "failed", 0.0, sentence, timed_out=ran.stopped == "time")
    if ran.error is not None:
        return _result(cell, "failed", 0.0, f"It stops with {ran.error}.")
    if not scores:
        return _result(cell, "passed", cell.points, "It runs without an error.")
    return _scored(cell, child.read(SCORE))


def _scored(cell: AssertCell, answer: Answer) -> ExerciseResult:
    points = answer.value
    if answer.has_value and points is None:
        return _result(cell, "passed", cell.points, "It runs without an error.")
    if not isinstance(points, float) or not 0 <= points <= cell.points:  # nan is no number here
        sentence = f"It ends in a number that is no number of points from 0 to {cell.points:g}."
        return _result(cell, "needs a look", None, sentence)
    outcome: Outcome = "passed" if points == cell.points else "failed"
    return _result(cell, outcome, points, f"It gives {points:g} points.")


def _result(
    cell: AssertCell, outcome: Outcome, points: float | None, summary: str, timed_out: bool = False
) -> ExerciseResult:
    return ExerciseResult(
        cell.name, "assert", outcome, points, cell.points, summary,
        check_id=cell.name, timed_out=timed_out,
    )


def _with_score(source: str) -> tuple[str, bool]:
    """The cell with its last expression bound to a name, and whether it ends in one."""
    try:
        statements = ast.parse(source).body
    except SyntaxError:  # magics
        return source, False
    if not statements or not isinstance(statements[-1], ast.Expr):
        return source, False
    last = statements[-1]
    segment = ast.get_source_segment(source, last)
    before = "".join(source.splitlines(keepends=True)[: last.lineno - 1])
    if segment is None or last.col_offset:
        return source, False
    return f"{before}{SCORE} = (\n{segment}\n)\n{TO_NUMBER}", True
