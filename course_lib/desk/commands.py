"""The commands that pip installs: `course-doctor`, `course-lab` and `course-progress`."""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path

from course_lib.desk.doctor import report
from course_lib.desk.lab import course_folder, start
from course_lib.desk.page import table
from course_lib.desk.progress import FILE, VARIABLE, passed

__all__ = ["doctor", "lab", "progress"]

NO_COURSE = (
    "here is no course: no folder from {here} upwards holds `lectures`. Go to the folder that you "
    "unpacked, then call it again."
)


def doctor() -> int:
    """`course-doctor`: what is wrong with this installation, and what to do about it."""
    return report()


def lab() -> int:
    """`course-lab`: open the course in JupyterLab."""
    folder = course_folder(Path.cwd())
    if folder is None:
        print(f"course-lab: {NO_COURSE.format(here=Path.cwd())}", file=sys.stderr)
        return 1
    return start(folder, sys.argv[1:], "student")


def progress(arguments: list[str] | None = None) -> int:
    """`course-progress`: what has passed, and what comes next."""
    parser = argparse.ArgumentParser(prog="course-progress", description=progress.__doc__)
    parser.add_argument("--json", action="store_true", help="names and times, for programs")
    given = parser.parse_args(arguments)
    file = _file()
    if file is None:
        print(f"course-progress: {NO_COURSE.format(here=Path.cwd())}", file=sys.stderr)
        return 1
    done = passed(file)
    print(json.dumps(done, indent=1) if given.json else table(done))
    return 0


def _file() -> Path | None:
    """The file of progress; it need not be there yet."""
    said = os.environ.get(VARIABLE, "")
    if said not in ("", "off"):
        return Path(said)
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / FILE).is_file():
            return folder / FILE
    course = course_folder(here)
    return None if course is None else course / FILE
