"""Which checks have passed on this machine: one line of JSON for each, in a file of the course.

`check` calls `record`. The file `.course-progress.jsonl` lies in the folder of the course, beside
`lectures`, or beside the folders of single lectures. COURSE_PROGRESS names another file, or is
"off". Lines are only ever added, so two notebooks at once lose nothing.
"""

from __future__ import annotations

import json
import os
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from course_lib.desk.contents import lectures
from course_lib.desk.page import PAGE, write

__all__ = ["FILE", "VARIABLE", "passed", "place", "record"]

FILE = ".course-progress.jsonl"
VARIABLE = "COURSE_PROGRESS"


def place(folder: Path | None = None) -> Path | None:
    """The file for a notebook in `folder` (default: the current one); None if none is kept."""
    said = os.environ.get(VARIABLE, "")
    if said:
        return None if said == "off" else Path(said)
    here = (folder or Path.cwd()).resolve()
    if here.name not in {lecture.slug for lecture in lectures()} or here.parent.name == "solutions":
        return None
    home = here.parent.parent if here.parent.name == "lectures" else here.parent
    return home / FILE


def record(name: str, folder: Path | None = None) -> None:
    """Note that the check of `name` has passed. What cannot be written is said, and no more."""
    file = place(folder)
    if file is None or name in passed(file):
        return
    line = json.dumps({"passed": name, "at": datetime.now(UTC).isoformat(timespec="seconds")})
    try:
        with file.open("a", encoding="utf-8") as out:
            out.write(line + "\n")
    except OSError as error:
        print(f"  Note: progress is not kept, because {file} cannot be written "
              f"({error.strerror}).")
        return
    with suppress(OSError):     # the next start of `course-lab` writes it in any case
        if (file.parent / PAGE).is_file():
            write(file.parent, passed(file))


def passed(file: Path) -> dict[str, str]:
    """Name to the time of its first pass. A line that cannot be read counts for nothing."""
    found: dict[str, str] = {}
    try:
        lines = file.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return found
    for line in lines:
        try:
            said = json.loads(line)
            found.setdefault(str(said["passed"]), str(said["at"]))
        except (ValueError, KeyError, TypeError):
            continue
    return found
