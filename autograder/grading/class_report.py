"""A class in a table: one line a student, and what the class believes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from autograder.grading.clean import for_terminal
from autograder.grading.results import ExerciseResult, SubmissionResult

__all__ = ["class_beliefs", "class_events", "class_table", "report", "says"]

Scores = Mapping[tuple[str, str], tuple[float, float]]
LONGEST_NAME = 24
LONGEST_REMARK = 110
LONGEST_REASON = 60


def report(results: Sequence[SubmissionResult], scores: Scores | None = None) -> list[str]:
    """The lines of everything: the table, what the class believes, what is worth knowing."""
    lines = class_table(results, scores)
    for title, more in (("What the class believes:", class_beliefs(results)),
                        ("Worth knowing:", class_events(results))):
        if more:
            lines += ["", title, *more]
    return lines


def class_table(results: Iterable[SubmissionResult], scores: Scores | None = None) -> list[str]:
    """Lines of a table: student, points in each topic, exercises that wait for a person, remark.

    `scores` maps (student, topic) to (score, max_score) where the gradebook knows better, for
    instance because a person has graded.
    """
    found = sorted(results, key=lambda each: (each.student, each.topic))
    topics = sorted({each.topic for each in found})
    rows = [["student", *map(_short, topics), "to look at", "what it shows"]]
    for student in sorted({each.student for each in found}):
        own = {each.topic: each for each in found if each.student == student}
        points = [_points(own.get(topic), scores or {}) for topic in topics]
        waiting = sum(each.needs_person for result in own.values() for each in result.exercises)
        name = _cut(for_terminal(student), LONGEST_NAME)
        remark = _cut(says(list(own.values())), LONGEST_REMARK)
        rows.append([name, *points, str(waiting or ""), remark])
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
             for row in rows]
    return [lines[0], "-" * min(max(map(len, lines)), LONGEST_REMARK), *lines[1:]]


def class_beliefs(results: Iterable[SubmissionResult]) -> list[str]:
    """What the class believes: each named belief with the number of students, most first."""
    count = Counter(
        (exercise.name, exercise.belief)
        for result in results
        for exercise in result.exercises
        if exercise.belief
    )
    ranked = sorted(count.items(), key=lambda each: (-each[1], each[0]))
    return [f"{number:4d} x {name}: {_words(belief or '')}" for (name, belief), number in ranked]


def class_events(results: Iterable[SubmissionResult]) -> list[str]:
    """What is worth knowing and costs nothing: restored cells, odd timestamps, and the like."""
    return [
        f"  {for_terminal(result.student)}, {_short(result.topic)}: {for_terminal(event)}"
        for result in results
        for event in result.events
    ]


def says(results: Sequence[SubmissionResult]) -> str:
    """One line on one student: the beliefs by name, else what is wrong or missing."""
    remarks = [remark for result in results for remark in _remarks(result)]
    return "; ".join(remarks) or "everything right"


def _remarks(result: SubmissionResult) -> list[str]:
    topic = _short(result.topic)
    if result.note:
        return [f"{topic}: {for_terminal(result.note)}"]
    missing = [each.name for each in result.exercises if each.outcome == "missing"]
    if missing and len(missing) == len(result.exercises):
        return [f"{topic}: nothing written yet"]
    remarks = [f"{each.name}: {_verdict(each)}" for each in result.exercises if _verdict(each)]
    if missing:
        remarks.append(f"{topic}: {len(missing)} of {len(result.exercises)} not written")
    return remarks


def _verdict(exercise: ExerciseResult) -> str:
    """A few words on one exercise; "" when there is nothing to say."""
    if exercise.belief:
        return _words(exercise.belief)
    if exercise.timed_out:
        return "ran out of time"
    if exercise.outcome == "failed":
        return _cut(for_terminal(exercise.summary.partition(". ")[0]).rstrip("."), LONGEST_REASON)
    return {"error": "our fault", "needs a look": "needs a look"}.get(exercise.outcome, "")


def _points(result: SubmissionResult | None, scores: Scores) -> str:
    if result is None:
        return ""
    known = scores.get((result.student, result.topic), (result.score, result.max_score))
    return f"{known[0]:g}/{known[1]:g}"


def _short(topic: str) -> str:
    return topic.partition("_")[0]


def _words(belief: str) -> str:
    return for_terminal(belief.replace("_", " "))


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[: longest - 3] + "..."
