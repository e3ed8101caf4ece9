"""Where data lies: COURSE_DATA, then data/ of the repository, then the installed package."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from course_lib.data.errors import MissingData

VARIABLE = "COURSE_DATA"
DISTRIBUTION = "cnn-from-scratch-course"
REPOSITORY = Path(__file__).resolve().parents[2]


def find_data(name: str) -> Path:
    """The path of the bundled file `name`, such as "digits8x8.npz".

    Looks into the folder that the environment variable COURSE_DATA names, then into data/ of the
    repository, then among the files that were installed with the package (pip puts them into
    share/ of the environment). Raises MissingData if it is in none of them.
    """
    path = look_for(name)
    if path is None:
        raise MissingData(
            f"{name} belongs to the course and is in none of its places: the folder that "
            f"{VARIABLE} names, data/ beside course_lib, the installed package. "
            "Get the course's files again."
        )
    return path


def look_for(name: str) -> Path | None:
    """The first of the three places that has `name`, or None. Raises as course_data does."""
    for folder in _folders():
        if (folder / name).is_file():
            return folder / name
    return _installed(name)


def course_data() -> Path | None:
    """The folder that COURSE_DATA names, or None; raises MissingData if it is no folder."""
    named = os.environ.get(VARIABLE, "")
    if not named:
        return None
    if not Path(named).is_dir():
        raise MissingData(
            f"{VARIABLE} names {named}, which is not a folder. Correct it, or unset it."
        )
    return Path(named)


def _folders() -> Iterator[Path]:
    named = course_data()
    if named is not None:
        yield named
    # In site-packages there is no pyproject.toml beside course_lib, and no data/ of ours.
    if (REPOSITORY / "pyproject.toml").is_file():
        yield REPOSITORY / "data"


def _installed(name: str) -> Path | None:
    """The file as pip recorded it, wherever its scheme put it (environment, user, prefix)."""
    from importlib import metadata

    try:
        recorded = metadata.files(DISTRIBUTION) or []
    except metadata.PackageNotFoundError:
        return None
    for file in recorded:
        if file.as_posix().endswith(f"share/{DISTRIBUTION}/{name}"):
            path = Path(str(file.locate()))
            return path.resolve() if path.is_file() else None
    return None
