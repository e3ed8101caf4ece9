"""What is done and what is left, as a table to print and as the page JupyterLab opens."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator
from pathlib import Path

from course_lib.desk.contents import Lecture, Task, lectures

__all__ = ["PAGE", "markdown", "next_task", "table", "write"]

PAGE = "my_course.md"
Done = Collection[str]
HEAD = """# Your course

{sentence}

| lecture | in class | at home | passed | points |
|---|---|---|---|---|
"""
FOOT = """
*Passed* counts the checks that have passed on this machine. The page is written anew whenever
`course-lab` starts and a check passes for the first time; it is yours alone.
"""


def next_task(done: Done) -> tuple[Lecture, Task] | None:
    """The first task in the order of the course that has not passed; None when all have."""
    for lecture in lectures():
        for task in lecture.tasks:
            if task.name not in done:
                return lecture, task
    return None


def table(done: Done) -> str:
    """Lines for a terminal: one for each lecture, the sum, and what comes next."""
    rows = [["lecture", "passed", "points"]]
    for lecture in lectures():
        rows.append([f"{lecture.number} {lecture.title}", _count(lecture.tasks, done),
                     _points(lecture.tasks, done)])
    every = [task for lecture in lectures() for task in lecture.tasks]
    rows.append(["all", _count(every, done), _points(every, done)])
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
             for row in rows]
    return "\n".join([*lines, "", _next_sentence(done)])


def markdown(done: Done) -> str:
    """The page: every lecture with its link, what is passed, and what comes next."""
    return HEAD.format(sentence=_next_sentence(done, link=True)) + "".join(_rows(done)) + FOOT


def write(folder: Path, done: Done) -> None:
    """Write the page of a course folder anew, in one piece. Raises OSError."""
    fresh = folder / f".{PAGE}.{os.getpid()}"
    fresh.write_text(markdown(done), encoding="utf-8", newline="\n")
    fresh.replace(folder / PAGE)


def _rows(done: Done) -> Iterator[str]:
    for lecture in lectures():
        link = f"[{lecture.number} {lecture.title}]({lecture.path})"
        cells = [link, lecture.in_class, lecture.at_home, _count(lecture.tasks, done),
                 _points(lecture.tasks, done)]
        yield "| " + " | ".join(cells) + " |\n"


def _next_sentence(done: Done, *, link: bool = False) -> str:
    found = next_task(done)
    if found is None:
        return "Everything has passed."
    lecture, task = found
    where = f"[lecture {lecture.number}]({lecture.path})" if link else f"lecture {lecture.number}"
    return f"Next: {task.name} in {where}: {task.title.rstrip('.')}."


def _count(tasks: Collection[Task], done: Done) -> str:
    return f"{sum(task.name in done for task in tasks)} of {len(tasks)}"


def _points(tasks: Collection[Task], done: Done) -> str:
    earned = sum(task.points for task in tasks if task.name in done)
    return f"{earned:g} of {sum(task.points for task in tasks):g}"
