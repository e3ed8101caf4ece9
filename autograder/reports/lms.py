"""Marks in the forms that learning platforms read: Canvas, Moodle, and a column an exercise.

Both forms are what the platform's own export has and its import looks for (Canvas: "Import
grades" of the Gradebook; Moodle: "CSV import" of the grades). nbgrader's own export stays as it
is. A score that waits for a person is left open, and said so: half a score is none.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from autograder.grading.exports import for_cell
from autograder.reports.marks import Mark, Person
from autograder.reports.tables import csv_text

__all__ = ["FIELDS", "Export", "TopicMarks", "canvas", "exercises", "moodle"]

# How Moodle finds a person: the column of its form, and what nbgrader's student table calls it.
FIELDS = {"email": "Email address", "idnumber": "ID number", "username": "Username"}
REMEDY = " nbgrader db student import FILE sets it: a table with id and what is missing."
OPEN_IN_CANVAS, OPEN_IN_MOODLE = "", "-"


@dataclass(frozen=True)
class TopicMarks:
    """One column: its title on the platform, the points there are, a mark for each student."""

    title: str
    most: float
    marks: Sequence[Mark]


@dataclass(frozen=True)
class Export:
    """A file, and what somebody must know about who is not fully in it."""

    text: str
    notes: tuple[str, ...] = ()


def canvas(topics: Sequence[TopicMarks]) -> Export:
    """Student, ID, SIS User ID, SIS Login ID, Section, a column a topic; then points possible.

    Canvas looks for a person by its own number, then by the SIS id, then by login. A number in
    lms_user_id is taken for the first, other text for the second; the login is nbgrader's id.
    """
    header = ["Student", "ID", "SIS User ID", "SIS Login ID", "Section",
              *(each.title for each in topics)]
    points = ["    Points Possible", "", "", "", "", *(_number(each.most) for each in topics)]
    rows: list[Sequence[Any]] = [header, points]
    without = []
    for person, marks in _by_person(topics):
        number = person.lms_id if person.lms_id.isdecimal() else ""
        other = "" if number else person.lms_id
        if not person.lms_id:
            without.append(person.id)
        name = f"{person.last_name}, {person.first_name}".strip(", ") or person.id
        rows.append([name, number, other, person.id, "",
                     *(_score(mark, OPEN_IN_CANVAS) for mark in marks)])
    told = [f"{_people(without)} no lms_user_id: Canvas looks for the login instead: "
            f"{_names(without)}"] if without else []
    return Export(csv_text(rows), (*told, *_open(topics)))


def moodle(topics: Sequence[TopicMarks], by: str = "email") -> Export:
    """First name, Last name, ID number, Username, Email address, a column a topic.

    `by` is what "Map from" will be set to. A person without it is left out: Moodle refuses a file
    with an unknown person, and gives the marks of a row without one to the person before.
    """
    header = ["First name", "Last name", "ID number", "Username", "Email address",
              *(each.title for each in topics)]
    rows: list[Sequence[Any]] = [header]
    without = []
    for person, marks in _by_person(topics):
        key = {"email": person.email, "idnumber": person.lms_id, "username": person.id}[by]
        if not key or for_cell(key) != key:
            without.append(person.id)
            continue
        scores = [_score(mark, OPEN_IN_MOODLE) for mark in marks]
        line = [person.first_name, person.last_name, person.lms_id, person.id, person.email]
        rows.append([*line, *scores])
    text = csv_text(rows).replace(f"'{OPEN_IN_MOODLE}", OPEN_IN_MOODLE)
    told = [f"{_people(without)} no usable {FIELDS[by].lower()} and were left out: "
            f"{_names(without)}.{'' if by == 'username' else REMEDY}"] if without else []
    return Export(text, (*told, *_open(topics)))


def exercises(topics: Sequence[TopicMarks]) -> Export:
    """A row a student, a column an exercise, then penalty, score and the most there is."""
    cells = [sorted({name for mark in each.marks for name in mark.cells}) for each in topics]
    header = ["student_id", "last_name", "first_name", "email", "lms_user_id"]
    for topic, names in zip(topics, cells, strict=True):
        parts = [*(name.removeprefix("check_") for name in names), "penalty", "score", "max_score"]
        header += [f"{topic.title}: {part}" for part in parts]
    rows: list[Sequence[Any]] = [header]
    for person, marks in _by_person(topics):
        row: list[Any] = [person.id, person.last_name, person.first_name, person.email,
                          person.lms_id]
        for topic, mark, names in zip(topics, marks, cells, strict=True):
            row += [mark.cells.get(name) for name in names]
            row += [mark.penalty, mark.score] if mark.handed_in else [None, None]
            row.append(topic.most)
        rows.append(row)
    return Export(csv_text(rows), _open(topics))


def _by_person(topics: Sequence[TopicMarks]) -> list[tuple[Person, list[Mark]]]:
    return [(marks[0].person, list(marks))
            for marks in zip(*(topic.marks for topic in topics), strict=True)]


def _score(mark: Mark, when_open: str) -> str:
    return when_open if mark.waiting or not mark.handed_in else _number(mark.score)


def _number(value: float) -> str:
    """With a point, no exponent, at most four places."""
    return f"{value:.4f}".rstrip("0").rstrip(".")


def _open(topics: Sequence[TopicMarks]) -> tuple[str, ...]:
    told = []
    for topic in topics:
        waiting = [mark.person.id for mark in topic.marks if mark.waiting]
        absent = sum(not mark.handed_in for mark in topic.marks)
        if waiting:
            told.append(f"{topic.title}: a person must grade something of {len(waiting)} "
                        f"first, their scores are left open: {_names(waiting)}")
        if absent:
            told.append(f"{topic.title}: {absent} handed in nothing, their scores are left open")
    return tuple(told)


def _people(ids: Sequence[str]) -> str:
    return "1 student has" if len(ids) == 1 else f"{len(ids)} students have"


def _names(ids: Sequence[str], most: int = 10) -> str:
    left = len(ids) - most
    return ", ".join(ids[:most]) + (f" and {left} more" if left > 0 else "")
