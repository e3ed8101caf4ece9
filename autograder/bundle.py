"""What a student may have: the zip that `python -m autograder bundle` writes, file by file.

STUDENT_FILES is the one list; whatever shows the course to students' code reads it too.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from autograder.catalogue import ROOT

__all__ = ["STUDENT_FILES", "content", "student_files", "write_bundle"]

STUDENT_FILES = (
    "CITATION.cff",
    "LICENSE",
    "README.md",
    "constraints.txt",
    "course_lib/**/*",
    "course_policy.json",
    "data/**/*",
    "docs/glossary.md",
    "docs/notation.md",
    "environment.yml",
    "index.md",
    "lectures/**/*",
    "pyproject.toml",
)
FOR_STUDENTS = {"README.md": Path(__file__).with_name("for_students.md")}   # in place of ours
LEFT_OUT = ("__pycache__", ".ipynb_checkpoints")
TOP = "cnn-course"
NO_TIME = (1980, 1, 1, 0, 0, 0)  # the same files give the same bytes


def student_files(root: Path = ROOT) -> list[Path]:
    """The files students get, as sorted paths relative to `root`."""
    return sorted(set(_matching(root)))


def content(root: Path, path: Path) -> bytes:
    """What students get at `path`: our file, or the one that is written for them."""
    return (FOR_STUDENTS.get(path.as_posix()) or root / path).read_bytes()


def write_bundle(root: Path, out: Path, other: Mapping[Path, bytes] | None = None) -> int:
    """Write the zip; returns the number of files. Raises ValueError if there are no lectures.

    `other` holds what the zip has in place of our files, and beside them.
    """
    other = other or {}
    files = sorted({*student_files(root), *other})
    if not any(path.suffix == ".ipynb" for path in files):
        raise ValueError(f"{root}/lectures holds no notebook; make lectures writes them.")
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in files:
            entry = zipfile.ZipInfo(f"{TOP}/{path.as_posix()}", NO_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, other[path] if path in other else content(root, path))
    return len(files)


def _matching(root: Path) -> Iterator[Path]:
    for pattern in STUDENT_FILES:
        for path in root.glob(pattern):
            relative = path.relative_to(root)
            hidden = any(part in LEFT_OUT or part.startswith(".") for part in relative.parts)
            if path.is_file() and not path.is_symlink() and not hidden and path.suffix != ".pyc":
                yield relative
