"""The commands that pip installs: course-doctor, -lab, -progress, -reset and -update."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path

from course_lib.desk.doctor import report
from course_lib.desk.lab import course_folder, fetched_folder, start
from course_lib.desk.page import table
from course_lib.desk.present import present
from course_lib.desk.progress import FILE, VARIABLE, passed
from course_lib.desk.update import Refused
from course_lib.desk.update import reset as reset_lecture
from course_lib.desk.update import update as update_lectures

__all__ = ["doctor", "lab", "progress", "reset", "update"]

NO_COURSE = (
    "here is no course: no folder from {here} upwards holds `lectures`. Go to the folder that you "
    "unpacked, then call it again."
)
NO_LECTURE = (
    "here are no lectures: no folder from {here} upwards holds one. Go to the folder that you "
    "unpacked, or into which you fetched a lecture, then call it again."
)


def doctor(arguments: list[str] | None = None) -> int:
    """`course-doctor`: what is wrong with this installation, and what to do about it."""
    argparse.ArgumentParser(prog="course-doctor", description=doctor.__doc__).parse_args(arguments)
    return report()


def lab(arguments: list[str] | None = None) -> int:
    """`course-lab`: open the course in JupyterLab; `--present 03` a lecture for a projector."""
    parser = argparse.ArgumentParser(
        prog="course-lab", description=lab.__doc__, allow_abbrev=False,
        epilog="Everything else goes on to JupyterLab: course-lab --port 9000.",
    )
    parser.add_argument("--present", nargs="?", const="", metavar="LECTURE",
                        help="03, or the notebook: this one alone, in large letters")
    given, extra = parser.parse_known_args(arguments)
    folder = course_folder(Path.cwd())
    if folder is None:
        print(f"course-lab: {NO_COURSE.format(here=Path.cwd())}", file=sys.stderr)
        return 1
    if given.present is not None:
        return present(folder, given.present, extra)
    return start(folder, extra, "student")


def progress(arguments: list[str] | None = None) -> int:
    """`course-progress`: what has passed, and what comes next."""
    parser = argparse.ArgumentParser(prog="course-progress", description=progress.__doc__)
    parser.add_argument("--json", action="store_true", help="names and times, for programs")
    given = parser.parse_args(arguments)
    file = _file()
    if file is None:
        print(f"course-progress: {NO_LECTURE.format(here=Path.cwd())}", file=sys.stderr)
        return 1
    done = passed(file)
    print(json.dumps(done, indent=1) if given.json else table(done))
    return 0


def update(arguments: list[str] | None = None) -> int:
    """`course-update`: take corrected lectures in; your solutions, answers and cells stay."""
    parser = argparse.ArgumentParser(prog="course-update", description=update.__doc__)
    parser.add_argument("source", type=Path, metavar="SOURCE",
                        help="the new zip of the course, a folder, or one notebook")
    parser.add_argument("lectures", nargs="*", metavar="LECTURE", help="only these: 03 08b")
    parser.add_argument("--dry-run", action="store_true", help="only show what would change")
    given = parser.parse_args(arguments)
    return _said("course-update", lambda: update_lectures(
        given.source, given.lectures, here=Path.cwd(), dry_run=given.dry_run))


def reset(arguments: list[str] | None = None) -> int:
    """`course-reset`: a lecture, or one cell of it, as it was handed out."""
    parser = argparse.ArgumentParser(prog="course-reset", description=reset.__doc__)
    parser.add_argument("lecture", metavar="LECTURE", help="03, or the notebook")
    parser.add_argument("--cell", metavar="NAME", help="only this gap or cell: conv2d_naive")
    parser.add_argument("--from", dest="source", type=Path, metavar="SOURCE",
                        help="the zip, folder or notebook to take it from (default: the copy "
                             "that course-lab kept)")
    given = parser.parse_args(arguments)
    return _said("course-reset", lambda: reset_lecture(
        given.lecture, given.cell, here=Path.cwd(), source=given.source))


def _said(name: str, work: Callable[[], int]) -> int:
    """Do it; what is refused is one sentence, and 1."""
    try:
        return work()
    except Refused as error:
        print(f"{name}: {error}.", file=sys.stderr)
        return 1


def _file() -> Path | None:
    """The file of progress; it need not be there yet."""
    said = os.environ.get(VARIABLE, "")
    if said not in ("", "off"):
        return Path(said)
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / FILE).is_file():
            return folder / FILE
    course = course_folder(here) or fetched_folder(here)
    return None if course is None else course / FILE
