"""The private file system of students' code: Python, libraries and STUDENT_FILES, read-only.

Loaded by path inside the zygote, so it imports the standard library only; `kernel` is given.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from types import ModuleType

__all__ = [
    "DEVICES", "PEOPLE", "SCRATCH", "build", "interpreter", "places_of_python", "places_shown",
]

# Never "zero": mapped, it is memory that is in the books of no process.
DEVICES = ("full", "null", "random", "urandom")
# Where shared libraries lie; never /etc, /home, /var, nor a program but Python.
LIBRARIES = ("/lib", "/lib64", "/usr/lib", "/usr/lib64", "/usr/local/lib")
# Where the file system in memory goes that a child may write to.
SCRATCH = "/scratch"
PEOPLE = f"root:x:0:0::/:/bin/false\nstudent:x:{{uid}}:{{uid}}::{SCRATCH}/home:/bin/false\n"
ROOM_FOR_FILES = 256  # MB: of copies of STUDENT_FILES, a few MB in fact


def places_of_python() -> list[Path]:
    """The folders that hold this interpreter, its standard library and its packages."""
    prefixes = {sys.prefix, sys.base_prefix, sys.exec_prefix, sys.base_exec_prefix}
    prefixes |= {os.path.realpath(each) for each in prefixes}  # .venv may be a link
    places: list[Path] = []
    for prefix in sorted(prefixes):
        path = Path(prefix)
        # A system Python lives in /usr, where more lies than Python.
        found = [path] if len(path.parts) > 2 else [path / "lib", path / "lib64"]
        places.extend(each for each in found if each.is_dir())
    return places


def build(kernel: ModuleType, root: Path, *, top: Path, files: Sequence[Path], uid: int) -> None:
    """Make `root` hold all that students' code may see: `files` of `top` at their own place.

    Files are copied, so that nothing beside them is there, not even a cache of bytecode.
    """
    kernel.mount_tmpfs(root, f"size={ROOM_FOR_FILES}m,mode=755")
    for folder in ("dev", "etc", "usr", SCRATCH[1:]):
        (root / folder).mkdir()
    (root / "etc" / "passwd").write_text(PEOPLE.format(uid=uid), encoding="utf-8")
    # Bind first: what lies deeper is put on top of it.
    for place in places_shown():
        _show(kernel, place, root)
    python = interpreter()
    if python:
        target = root / python.relative_to("/")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.touch()
        kernel.bind_read_only(Path(os.path.realpath(python)), target)
    for device in DEVICES:
        _show(kernel, Path("/dev", device), root)
    (root / "dev" / "shm").symlink_to(SCRATCH)
    inside = root / top.relative_to("/")
    for file in files:
        target = inside / file
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(top / file, target)
    if not (root / "tmp").exists():  # it is there if the course or its Python lie in /tmp
        (root / "tmp").symlink_to(SCRATCH)
    kernel.read_only(root)


def places_shown() -> list[Path]:
    """Where libraries and Python lie, outermost folders only; a link is to be shown as one."""
    return _outermost([*map(Path, LIBRARIES), *places_of_python()])


def interpreter() -> Path | None:
    """Where the links of an environment's Python lead, if that is not in the room anyway."""
    path = Path(sys.executable)
    while any(place in path.parents for place in places_shown()):
        if not path.is_symlink():
            return None
        path = Path(os.path.normpath(path.parent / os.readlink(path)))
    return path


def _outermost(places: Iterable[Path]) -> list[Path]:
    kept: list[Path] = []
    for place in sorted(set(places), key=lambda each: len(each.parts)):
        if place.exists() and not any(each in place.parents for each in kept):
            kept.append(place)
    return kept


def _show(kernel: ModuleType, place: Path, root: Path) -> None:
    target = root / place.relative_to("/")
    target.parent.mkdir(parents=True, exist_ok=True)
    if place.is_symlink():
        target.symlink_to(os.readlink(place))
        return
    if place.is_dir():
        target.mkdir(exist_ok=True)
    else:
        target.touch()
    kernel.bind_read_only(place, target)
