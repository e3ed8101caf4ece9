"""The handed-in file, judged as raw JSON before anything else reads it.

nbformat gives missing ids new random ones at each read, renames duplicates and upgrades old
formats, so it must not touch a submission first. Whatever is wrong here has a name.
"""

from __future__ import annotations

import json
import os
import stat
from pathlib import Path
from typing import Any

__all__ = ["LARGEST_FILE", "MOST_CELLS", "UnreadableError", "read_bytes", "read_cells"]

LARGEST_FILE = 20_000_000
MOST_CELLS = 5_000


class UnreadableError(Exception):
    """A file that is no notebook we can grade: `note` names the outcome, the message says more."""

    def __init__(self, note: str, sentence: str) -> None:
        super().__init__(sentence)
        self.note = note


def read_cells(source: Path | bytes) -> list[dict[str, Any]]:
    """The cells of a notebook of format 4, as they stand in the file, or in the bytes of one.

    Raises UnreadableError with a named outcome for everything else: no file, a symbolic link, a
    pipe, more than 20 MB, not JSON, another format, no cells.
    """
    document = _parse(source if isinstance(source, bytes) else read_bytes(source))
    if not isinstance(document, dict):
        raise UnreadableError("not a notebook", "The file holds JSON, but not that of a notebook.")
    version = document.get("nbformat")
    if version != 4 or isinstance(version, bool):
        raise _other_format(version)
    cells = document.get("cells")
    if not isinstance(cells, list):
        raise UnreadableError("no cells", "The notebook has no list of cells.")
    if len(cells) > MOST_CELLS:
        raise UnreadableError(
            "too many cells", f"The notebook has {len(cells)} cells; at most {MOST_CELLS} are read."
        )
    return [cell for cell in cells if isinstance(cell, dict)]


def read_bytes(path: Path) -> bytes:
    """What stands in the file. Raises UnreadableError if it is no regular file of bearable size."""
    try:
        found = os.lstat(path)
    except (OSError, ValueError):
        raise UnreadableError("no notebook", f"There is no file {Path(path).name}.") from None
    if stat.S_ISLNK(found.st_mode):
        raise UnreadableError("a symbolic link", "The file is a link to another file.")
    if not stat.S_ISREG(found.st_mode):
        raise UnreadableError("not a regular file", "The file is a folder, a pipe or a device.")
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    try:
        with os.fdopen(os.open(path, flags | getattr(os, "O_BINARY", 0)), "rb") as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                raise UnreadableError("not a regular file", "The file changed while it was opened.")
            content = file.read(LARGEST_FILE + 1)
    except OSError as error:
        raise UnreadableError(
            "not readable", f"The file cannot be read: {error.strerror}."
        ) from None
    if len(content) > LARGEST_FILE:
        size = max(found.st_size, len(content)) / 1e6
        raise UnreadableError(
            "too large",
            f"The file has {size:.0f} MB; at most {LARGEST_FILE / 1e6:.0f} MB are read. "
            "Clear all outputs and save it again.",
        )
    if not content.strip():
        raise UnreadableError("empty", "The file is empty.")
    return content


def _parse(content: bytes) -> Any:
    try:
        return json.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise UnreadableError("not UTF-8", "The file is not text in UTF-8.") from None
    except (RecursionError, MemoryError):
        raise UnreadableError("nested too deeply", "The JSON is nested too deeply.") from None
    except ValueError:
        raise UnreadableError(
            "not JSON", "The file is not JSON; it may have been cut off or merged by hand."
        ) from None


def _other_format(version: Any) -> UnreadableError:
    if isinstance(version, int) and not isinstance(version, bool) and abs(version) < 10**6:
        return UnreadableError(
            f"nbformat {version}",
            f"The notebook has format {version}; format 4 is read. "
            "Open it in JupyterLab and save it again.",
        )
    return UnreadableError("no nbformat", "The file does not say which notebook format it has.")
