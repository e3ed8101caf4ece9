"""Archives for `nbgrader zip_collect`, unpacked without trusting them.

nbgrader unpacks whatever an archive holds. Here only regular files with names inside the folder
come out, links never, and not more bytes than an honest archive of that size can hold.
"""

from __future__ import annotations

import shutil
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, Any

from nbgrader.plugins import ExtractorPlugin

from autograder.grading.clean import for_terminal

__all__ = ["CappedExtractor", "TooMuch", "unpack"]

ALWAYS_ALLOWED = 20 * 1024 * 1024  # bytes, however small the archive is
LARGEST_RATIO = 50  # notebooks shrink to a tenth; only zeros shrink to a thousandth
MOST_FILES = 20_000
DEEPEST = 3  # archives in archives: a learning platform zips the zips of a class
CHUNK = 1024 * 1024
DAMAGED = (OSError, zipfile.BadZipFile, tarfile.TarError, EOFError, zlib.error, RuntimeError,
           NotImplementedError, ValueError)


class TooMuch(Exception):
    """An archive unpacks to more than it may."""


@dataclass
class Budget:
    """How many bytes and files an archive, and all archives in it, may still become."""

    bytes: int
    files: int = MOST_FILES

    def spend(self, count: int) -> None:
        """Raises TooMuch when nothing is left."""
        self.bytes -= count
        if self.bytes < 0 or self.files < 0:
            raise TooMuch


def unpack(archive: Path, folder: Path, budget: Budget | None = None, depth: int = 1) -> list[str]:
    """Unpack into a new `folder`; returns the members that were left out, links and odd names.

    Raises TooMuch, and an OSError or an error of the format for a damaged archive.
    """
    budget = budget or Budget(ALWAYS_ALLOWED + LARGEST_RATIO * archive.stat().st_size)
    folder.mkdir(parents=True, exist_ok=True)
    left = []
    for name, content in _members(archive):
        target = _inside(folder, name)
        if target is None or content is None:
            left.append(for_terminal(name))
            continue
        budget.files -= 1
        target.parent.mkdir(parents=True, exist_ok=True)
        with content, open(target, "xb") as file:
            while chunk := content.read(CHUNK):
                budget.spend(len(chunk))
                file.write(chunk)
        if depth < DEEPEST and target.suffix in (".zip", ".gz"):
            left += unpack(target, target.with_suffix(""), budget, depth + 1)
    return left


def _members(archive: Path) -> Iterator[tuple[str, IO[bytes] | None]]:
    """Name and content of each member; None for what is no regular file."""
    if archive.suffix == ".zip":
        with zipfile.ZipFile(archive) as opened:
            for info in opened.infolist():
                if not info.is_dir():
                    is_link = (info.external_attr >> 28) == 0o12
                    yield info.filename, None if is_link else opened.open(info)
        return
    with tarfile.open(archive) as packed:
        for member in packed:
            if not member.isdir():
                yield member.name, packed.extractfile(member) if member.isreg() else None


def _inside(folder: Path, name: str) -> Path | None:
    path = PurePosixPath(name.replace("\\", "/"))
    odd = path.is_absolute() or ".." in path.parts or ":" in name or not path.parts
    return None if odd or any(not part.isprintable() for part in path.parts) else folder / path


class CappedExtractor(ExtractorPlugin):
    """nbgrader's extractor, with `unpack` in the place of its own."""

    def extract(self, archive_path: str, extracted_path: str) -> None:
        """Unpack or copy every file below `archive_path`; a bad one is named and left out."""
        source, destination = Path(archive_path), Path(extracted_path)
        for path in sorted(each for each in source.rglob("*") if each.is_file()):
            here = destination / path.relative_to(source).parent
            here.mkdir(parents=True, exist_ok=True)
            if path.suffix not in self.zip_ext:
                shutil.copy(path, here / path.name)
                continue
            self._extract(path, here / path.name.removesuffix(path.suffix).removesuffix(".tar"))

    def _extract(self, path: Path, folder: Path) -> Any:
        try:
            for name in unpack(path, folder):
                self.log.warning("%s: %s was left out", for_terminal(path.name), name)
        except TooMuch:
            shutil.rmtree(folder, ignore_errors=True)
            self.log.error("%s unpacks to too much; nothing of it was kept",
                           for_terminal(path.name))
        except DAMAGED as error:
            shutil.rmtree(folder, ignore_errors=True)
            self.log.error("%s cannot be unpacked: %s", for_terminal(path.name),
                           for_terminal(str(error)))
