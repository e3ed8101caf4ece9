"""`course-lab --present 03`: one lecture for a projector, alone in the window and in large letters.

It is JupyterLab's mode of a single document with other sizes, so cells run and widgets move; the
network is not needed. JupyterLab takes sizes from a user's settings only: it reads a copy of these
for as long as it runs, and the user's own stay as they are.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import tempfile
from pathlib import Path

from course_lib.desk.lab import use_course_settings

__all__ = ["SIZES", "arguments", "notebook_of", "present", "write_settings"]

THEMES = Path("@jupyterlab", "apputils-extension", "themes.jupyterlab-settings")
SIZES = {"code-font-size": "20px", "content-font-size1": "22px", "ui-font-size1": "15px"}


def notebook_of(folder: Path, lecture: str) -> str | None:
    """The lecture's notebook as seen from the course: by number, name or path; None if none is."""
    path = Path(lecture)
    if path.suffix == ".ipynb":
        whole = (path if path.is_absolute() else Path.cwd() / path).resolve()
        inside = whole.is_file() and whole.is_relative_to(folder)
        return whole.relative_to(folder).as_posix() if inside else None
    for found in sorted(folder.glob("lectures/*/*.ipynb")):
        if found.stem == found.parent.name and lecture in (
                found.stem, found.stem.partition("_")[0]):
            return found.relative_to(folder).as_posix()
    return None


def arguments(folder: Path, notebook: str, extra: list[str]) -> list[str]:
    """What JupyterLab is started with."""
    return [f"--LabApp.default_url=/doc/tree/{notebook}", f"--ServerApp.root_dir={folder}", *extra]


def write_settings(folder: Path, own: Path) -> None:
    """Copy the user's settings from `own`, with large letters. Raises OSError."""
    if own.is_dir():
        shutil.copytree(own, folder, dirs_exist_ok=True)
    file = folder / THEMES
    try:
        settings = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):   # none yet, or with comments, which JupyterLab allows
        settings = {}
    file.parent.mkdir(parents=True, exist_ok=True)
    overrides = {**settings.get("overrides", {}), **SIZES}
    file.write_text(json.dumps({**settings, "overrides": overrides}), encoding="utf-8")


def present(folder: Path, lecture: str, extra: list[str]) -> int:
    """Open it until JupyterLab is stopped; 1 if there is no such lecture."""
    notebook = notebook_of(folder, lecture)
    if notebook is None:
        print(f"course-lab: there is no lecture {lecture!r} in {folder}. Say its number, such as "
              "03, or a notebook in the course's folder.", file=sys.stderr)
        return 1
    use_course_settings("student")
    from jupyterlab.commands import get_user_settings_dir  # it reads our settings on import

    with tempfile.TemporaryDirectory(prefix="course-present-") as settings:
        write_settings(Path(settings), Path(get_user_settings_dir()))
        os.environ["JUPYTERLAB_SETTINGS_DIR"] = settings
        from jupyterlab.labapp import main

        print(f"lab: {notebook} for the projector; stop it with Ctrl-C here", flush=True)
        main(arguments(folder, notebook, extra))
    return 0
