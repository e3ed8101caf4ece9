"""`course-lab`: JupyterLab on the page of the course, with the course's settings.

Students see nbgrader's Validate button and the list of assignments; an instructor (`make lab`)
sees formgrader and Create Assignment too. Arguments go on to JupyterLab: `course-lab --port 9000`.
"""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path
from typing import Literal

from course_lib.desk.contents import lectures
from course_lib.desk.notebook_files import NotANotebook, keep_originals, notebook_in
from course_lib.desk.page import PAGE, write
from course_lib.desk.progress import FILE, VARIABLE, passed

__all__ = ["PAGE", "arguments", "course_folder", "fetched", "fetched_folder", "start",
           "unreadable", "use_course_settings", "write_page"]

SETTINGS = Path(__file__).with_name("jupyter")
Role = Literal["student", "instructor"]


def course_folder(here: Path) -> Path | None:
    """The nearest folder from `here` upwards that holds `lectures`; None if there is none."""
    for folder in (here.resolve(), *here.resolve().parents):
        if (folder / "lectures").is_dir():
            return folder
    return None


def fetched_folder(here: Path) -> Path | None:
    """The nearest folder from `here` upwards with a lecture's folder in it, as nbgrader fetches."""
    folders = (here.resolve(), *here.resolve().parents)
    return next((folder for folder in folders if fetched(folder)), None)


def fetched(folder: Path) -> list[Path]:
    """The notebooks of lectures in folders of their own, as nbgrader fetches them."""
    paths = (folder / each.slug / f"{each.slug}.ipynb" for each in lectures())
    return [path for path in paths if path.is_file()]


def write_page(folder: Path) -> None:
    """Write the page of a course folder anew with what has passed. Raises OSError."""
    said = os.environ.get(VARIABLE, "")
    file = Path(said) if said not in ("", "off") else folder / FILE
    write(folder, passed(file))


def arguments(folder: Path, extra: list[str]) -> list[str]:
    """What JupyterLab is started with."""
    return [f"--LabApp.default_url=/lab/tree/{PAGE}", f"--ServerApp.root_dir={folder}", *extra]


def use_course_settings(role: Role) -> None:
    """Let Jupyter read ours too: markdown opens as a page, no news pop up, buttons by role."""
    others = os.environ.get("JUPYTER_CONFIG_PATH")
    own = ["student", "everyone"] if role == "student" else ["everyone"]
    paths = [*(str(SETTINGS / name) for name in own), *([others] if others else [])]
    os.environ["JUPYTER_CONFIG_PATH"] = os.pathsep.join(paths)


def unreadable(folder: Path) -> list[Path]:
    """The notebooks of a folder with lectures that no program can open, in order."""
    found = sorted([*folder.glob("lectures/*/*.ipynb"), *fetched(folder)])
    return [path for path in found if not _readable(path)]


def _readable(path: Path) -> bool:
    try:
        notebook_in(path.read_bytes())
    except (OSError, NotANotebook):
        return False
    return True


def _cannot_write(folder: Path, error: OSError) -> str:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return f"the disk with {folder} is full. Make room, then start it again."
    return (f"cannot write {folder / PAGE} ({error.strerror}). Start it in a folder of your own, "
            "for instance where you unpacked the course.")


def start(folder: Path, extra: list[str], role: Role) -> int:
    """Write the page, then JupyterLab until it is stopped; 1 if the folder cannot be written."""
    try:
        write_page(folder)
        if role == "student":       # before the first cell runs: course-update compares with it
            keep_originals(folder)
    except OSError as error:
        print(f"course-lab: {_cannot_write(folder, error)}", file=sys.stderr)
        return 1
    for path in unreadable(folder):
        print(f"course-lab: {path.name} cannot be read as a notebook, and JupyterLab will not open "
              "it; `course-doctor` says what to do.", file=sys.stderr)
    use_course_settings(role)
    try:
        from jupyterlab.labapp import main  # after the settings: it reads them on import
    except ImportError as error:
        print(f"course-lab: JupyterLab is not installed as a whole ({error}); `course-doctor` "
              "says what is missing, and how to install it.", file=sys.stderr)
        return 1

    print("lab: opening the course in your browser; stop it with Ctrl-C here", flush=True)
    main(arguments(folder, extra))
    return 0
