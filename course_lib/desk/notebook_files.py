"""Notebooks of the learner's, read and written so that nothing is ever lost.

Before a file is replaced, its bytes lie in `.course-backups` of the course's folder; the new ones
are written beside it and put in place in one step.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

__all__ = ["BACKUPS", "ORIGINALS", "NotANotebook", "keep_originals", "notebook_in", "original_of",
           "put", "replace_files", "text_of"]

BACKUPS = ".course-backups"
ORIGINALS = ".course-originals"     # lectures as they were handed out, to tell who changed what


class NotANotebook(ValueError):
    """What was read is no notebook of format 4; the message says what it is instead."""


def notebook_in(content: bytes) -> dict[str, Any]:
    """The notebook in these bytes. Raises NotANotebook."""
    try:
        found = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise NotANotebook("it is not JSON; it may have been cut off") from None
    if not isinstance(found, dict) or found.get("nbformat") != 4:
        raise NotANotebook("it is no notebook of format 4")
    cells = found.get("cells")
    if not isinstance(cells, list) or not all(isinstance(cell, dict) for cell in cells):
        raise NotANotebook("it has no list of cells")
    return found


def text_of(notebook: Mapping[str, Any]) -> bytes:
    """The bytes that go into the file, with sources as lists of lines, as Jupyter writes them."""
    def split(cell: dict[str, Any]) -> dict[str, Any]:
        source = cell.get("source", "")
        lines = source.splitlines(keepends=True) if isinstance(source, str) else source
        return {**cell, "source": lines}

    def written(*, ascii: bool) -> bytes:
        text = json.dumps(made, ensure_ascii=ascii, indent=1, sort_keys=True) + "\n"
        return text.encode("utf-8")

    made = {**notebook, "cells": [split(cell) for cell in notebook["cells"]]}

    try:
        return written(ascii=False)
    except UnicodeEncodeError:      # half of a pair of surrogates is no character: as \ud800
        return written(ascii=True)


def put(path: Path, content: bytes) -> None:
    """Write a file whole. Raises OSError, and then what was there is there still."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, made = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:40]}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(made, path.stat().st_mode & 0o777 if path.exists() else 0o644)
        os.replace(made, path)
    except OSError:
        Path(made).unlink(missing_ok=True)
        raise


def replace_files(
    folder: Path, files: Mapping[Path, bytes], notes: str = "", now: datetime | None = None
) -> Path | None:
    """Replace files below `folder`, once all that is there has been copied.

    Returns the folder with the copies, None without files. Raises OSError; if a copy cannot be
    made, nothing has changed.
    """
    if not files:
        return None
    stamp = f"{now or datetime.now():%Y-%m-%d_%H-%M-%S}"
    copies, number = folder / BACKUPS / stamp, 2
    while copies.exists():
        copies, number = folder / BACKUPS / f"{stamp}_{number}", number + 1
    copies.mkdir(parents=True)
    for path in files:
        if path.exists():
            put(copies / path.relative_to(folder), path.read_bytes())
    if notes:
        put(copies / "changes.txt", notes.encode("utf-8", "backslashreplace"))
    for path, content in files.items():
        put(path, content)
    return copies


def original_of(folder: Path, slug: str) -> dict[str, Any] | None:
    """The lecture as it was handed out, if it was kept and can be read."""
    try:
        return notebook_in((folder / ORIGINALS / f"{slug}.ipynb").read_bytes())
    except (OSError, NotANotebook):
        return None


def keep_originals(folder: Path) -> None:
    """Keep a copy of each lecture of which no cell has run yet. Raises OSError."""
    for path in folder.glob("lectures/*/*.ipynb"):
        kept = folder / ORIGINALS / path.name
        if path.stem != path.parent.name or kept.exists():
            continue
        content = path.read_bytes()
        try:
            cells = notebook_in(content)["cells"]
        except NotANotebook:
            continue
        if not any(cell.get("outputs") or cell.get("execution_count") for cell in cells):
            put(kept, content)
