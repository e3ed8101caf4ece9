"""`python -m autograder verify`: the checks are strong, and they grade the right code.

For each exercise: the untouched lecture earns 0 and is called missing, the solution earns full
marks, a `raise` put into the student's function shows up (so it is the student's function that
ran), every wrong implementation is killed and told apart, every unusual right one passes.
"""

from __future__ import annotations

import copy
import json
import multiprocessing
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, TextIO

from autograder.catalogue import ExerciseCell, Topic
from autograder.grading.grade import grade_one
from autograder.grading.results import SubmissionResult
from autograder.sandbox.limits import Limits
from autograder.sandbox.walls import level_for_own_code
from autograder.strength import Strength, measure
from autograder.strength_table import strength_table
from course_lib.checks.cases import Exercise, declaration

__all__ = ["CANARY", "Line", "verify", "verify_topic", "with_canaries"]

CANARY = "canary in"
SECRET = b"verify"
Notebook = dict[str, Any]


@dataclass
class Line:
    """What held for one exercise."""

    cell: ExerciseCell
    stub: bool
    solution: bool
    canary: bool
    strength: Strength | None
    complaints: list[str] = field(default_factory=list)

    @property
    def holds(self) -> bool:
        return self.stub and self.solution and self.canary and not self.complaints

    def __str__(self) -> str:
        marks = [
            f"  {self.cell.name:<24}",
            "stub -> missing, 0 points" if self.stub else "STUB NOT MISSING",
            f"solution -> {self.cell.points:g} of {self.cell.points:g}"
            if self.solution
            else "SOLUTION NOT FULL",
            "canary seen" if self.canary else "CANARY NOT SEEN",
        ]
        if self.strength is not None:
            found = self.strength
            marks.append(f"killed {found.killed} of {found.wrong}")
            marks.append(f"told apart {found.told_apart} of {found.wrong}")
            marks.append(f"accepted {found.passed} of {found.unusual}")
        return "; ".join(marks)


def verify(
    topics: Iterable[Topic],
    *,
    lectures: Path,
    seeds: int = 3,
    out: TextIO | None = None,
    table: Path | None = None,
    jobs: int = 1,
) -> int:
    """Verify topics, print a line for each exercise and one of totals; 0 if everything holds.

    `lectures` is the folder of the released notebooks, `table` a file for the same as a page,
    `jobs` the number of topics that are verified at once.
    """
    found: dict[str, list[Line]] = {}
    for topic, lines in _verified(list(topics), lectures, range(seeds), jobs):
        found[topic.slug] = lines
        print(topic.slug, file=out)
        for line in lines:
            print(line, file=out, flush=True)
            for complaint in line.complaints[:5]:
                print(f"      {complaint}", file=out)
    lines = [line for each in found.values() for line in each]
    total = _totals(lines, seeds)
    print(total, file=out)
    if table is not None:
        table.write_text(strength_table(found, seeds=seeds, total=total), encoding="utf-8")
    return 0 if lines and all(line.holds for line in lines) else 1


def _verified(
    topics: list[Topic], lectures: Path, seeds: Sequence[int], jobs: int
) -> Iterator[tuple[Topic, list[Line]]]:
    """Each topic with what was found, in the order of the topics."""
    ask = partial(verify_topic, lectures=lectures, seeds=seeds)
    if min(jobs, len(topics)) < 2:
        yield from ((topic, ask(topic)) for topic in topics)
        return
    fresh = multiprocessing.get_context("spawn")    # children of the sandbox want no threads here
    with ProcessPoolExecutor(jobs, mp_context=fresh) as pool:
        yield from zip(topics, pool.map(ask, topics), strict=True)


def verify_topic(topic: Topic, *, lectures: Path, seeds: Sequence[int]) -> list[Line]:
    """One line for each exercise, quiz and kill task of a topic."""
    released = lectures / topic.slug / f"{topic.slug}.ipynb"
    limits = Limits(sandbox=level_for_own_code())
    with tempfile.TemporaryDirectory() as folder:
        canaries = Path(folder) / f"{topic.slug}.ipynb"
        solution = json.loads(topic.notebook.read_text(encoding="utf-8"))
        canaries.write_text(json.dumps(with_canaries(solution, topic)), encoding="utf-8")
        stub, full, dead = (
            grade_one(path, student="verify", topic=topic, secret=SECRET, limits=limits)
            for path in (released, topic.notebook, canaries)
        )
    return [_line(cell, stub, full, dead, seeds) for cell in topic.exercises]


def _line(
    cell: ExerciseCell,
    stub: SubmissionResult,
    full: SubmissionResult,
    dead: SubmissionResult,
    seeds: Sequence[int],
) -> Line:
    untouched, solved, canary = (result.exercise(cell.name) for result in (stub, full, dead))
    declared = declaration(cell.name)
    strength = measure(declared, seeds) if isinstance(declared, Exercise) else None
    line = Line(
        cell,
        stub=untouched.outcome == "missing" and untouched.points == 0,
        solution=solved.outcome == "passed" and solved.points == cell.points,
        canary=canary.outcome == "failed" and _saw_canary(cell, canary),
        strength=strength,
        complaints=list(strength.complaints) if strength else [],
    )
    for found, result in ((line.stub, untouched), (line.solution, solved), (line.canary, canary)):
        if not found:
            told = "; ".join((result.summary, *result.evidence, result.for_instructor or ""))
            line.complaints.append(f"{result.outcome}, {result.points} points: {told}")
    return line


def _saw_canary(cell: ExerciseCell, result: Any) -> bool:
    """A quiz cannot raise: its canary is an emptied answer, so failing is all there is to see."""
    if cell.kind == "quiz":
        return True
    told = " ".join((result.summary, *result.evidence, result.for_instructor or ""))
    return f"{CANARY} {cell.name}" in told


def with_canaries(notebook: Notebook, topic: Topic) -> Notebook:
    """A copy in which every exercise's function starts by raising, and every quiz is wrong."""
    made = copy.deepcopy(notebook)
    exercises = {exercise.name: exercise for exercise in topic.exercises}
    for cell in made["cells"]:
        name = cell["metadata"].get("nbgrader", {}).get("grade_id")
        if name not in exercises:
            continue
        source = "".join(cell["source"])
        if exercises[name].kind == "quiz":
            cell["source"] = source + f"\n{name} = dict.fromkeys({name}, -12345)\n"
        else:
            cell["source"] = source + _raising(name)
    return made


def _raising(name: str) -> str:
    return f"\ndef {name}(*args, **kwargs):\n    raise RuntimeError('{CANARY} {name}')\n"


def _totals(lines: list[Line], seeds: int) -> str:
    strengths = [line.strength for line in lines if line.strength is not None]
    return (
        f"verify: {sum(line.holds for line in lines)} of {len(lines)} exercises hold over "
        f"{seeds} seeds; wrong implementations killed {sum(s.killed for s in strengths)} of "
        f"{sum(s.wrong for s in strengths)}, told apart {sum(s.told_apart for s in strengths)}; "
        f"unusual right ones accepted {sum(s.passed for s in strengths)} of "
        f"{sum(s.unusual for s in strengths)}"
    )
