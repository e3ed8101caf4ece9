"""Where corrected lectures come from: a zip of the course, a folder, or a single notebook."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from course_lib.desk.contents import lectures

__all__ = ["NoSource", "Offer", "offered"]

LARGEST = 64 * 2**20        # bytes of one file
MOST = 2**30                # bytes of all
LECTURE = re.compile(r"(?:^|.*/)([^/]+)\.ipynb")
LIBRARY = ("course_lib/", "data/")
NEVER = ("solutions", "autograder", "tools", "tests", "submitted", "autograded")


class NoSource(ValueError):
    """Nothing can be taken from there; the message says why."""


@dataclass(frozen=True)
class Offer:
    """Lectures by their slug, and the other files of a course by their path in it."""

    lectures: dict[str, bytes] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)


def offered(source: Path) -> Offer:
    """What a zip, a folder or a notebook has for us. Raises NoSource."""
    try:
        if source.is_dir():
            entries = _in_folder(source)
        elif source.suffix == ".ipynb":
            entries = iter([(source.name, _read(source))])
        elif zipfile.is_zipfile(source):
            entries = _in_zip(source)
        elif source.exists():
            raise NoSource(f"{source} is neither a folder, nor a zip, nor a notebook")
        else:
            raise NoSource(f"{source} is not there")
        found = _sorted_out(entries)
    except (OSError, zipfile.BadZipFile, zlib.error, RuntimeError, EOFError) as error:
        raise NoSource(f"{source} cannot be read: {error}") from None
    if not found.lectures:
        raise NoSource(f"{source} holds no lecture of this course")
    return found


def _sorted_out(entries: Iterable[tuple[str, bytes]]) -> Offer:
    """Lectures are notebooks in `lectures/SLUG/`, or any notebook that is called like one."""
    known = {each.slug for each in lectures()}
    taken = Offer()
    for name, content in entries:
        notebook = LECTURE.fullmatch(name)
        if notebook is None:
            taken.files[name] = content
        elif notebook[1] in known or name == f"lectures/{notebook[1]}/{notebook[1]}.ipynb":
            taken.lectures.setdefault(notebook[1], content)
    return taken


def _in_folder(folder: Path) -> Iterator[tuple[str, bytes]]:
    """The lectures below a folder, the library and data if it is a course, and files at its top."""
    is_course = (folder / "lectures").is_dir()
    notebooks = folder.glob("lectures/*/*.ipynb") if is_course else (
        *folder.glob("*.ipynb"), *folder.glob("*/*.ipynb"))
    others = [path for part in LIBRARY for path in folder.glob(f"{part}**/*")] + [
        *folder.glob("docs/*.md"), *folder.glob("*")] if is_course else []
    for path in sorted({*notebooks, *others}):
        relative = path.relative_to(folder)
        if path.is_file() and not path.is_symlink() and _wanted(relative.parts):
            yield relative.as_posix(), _read(path)


def _in_zip(archive: Path) -> Iterator[tuple[str, bytes]]:
    with zipfile.ZipFile(archive) as opened:
        members = [each for each in opened.infolist() if not each.is_dir()]
        if sum(each.file_size for each in members) > MOST:
            raise NoSource(f"{archive} unpacks to more than {MOST // 2**20} MB")
        top = _top([each.filename for each in members])
        for each in members:
            name = each.filename.removeprefix(top)
            parts = PurePosixPath(name).parts
            if _leads_out(each.filename) or _leads_out(name):
                raise NoSource(f"{archive} holds a file outside its folder: {each.filename!r}")
            if each.file_size > LARGEST:
                raise NoSource(f"{each.filename!r} in {archive} is too large")
            if _wanted(parts):
                yield name, opened.read(each)


def _top(names: list[str]) -> str:
    """The one folder in which everything lies, with a slash; "" if there is none."""
    first = {name.partition("/")[0] for name in names}
    alone = len(first) == 1 and all("/" in name for name in names)
    top = first.pop() if alone else ""
    return "" if top in ("", "lectures") or top in {each.slug for each in lectures()} else f"{top}/"


def _wanted(parts: tuple[str, ...]) -> bool:
    hidden = any(part.startswith(".") or part == "__pycache__" for part in parts)
    return bool(parts) and not hidden and parts[0] not in NEVER


def _leads_out(name: str) -> bool:
    return not name or name.startswith("/") or ".." in name.split("/") or bool({*name} & {*"\\:"})


def _read(path: Path) -> bytes:
    if path.stat().st_size > LARGEST:
        raise NoSource(f"{path} is too large")
    return path.read_bytes()
