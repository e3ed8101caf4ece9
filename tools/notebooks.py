"""One stored form for every notebook, so that a diff shows what an author changed.

    python -m tools.notebooks canon FILE...     rewrite in the stored form
    python -m tools.notebooks check [FILE...]   say what is not; every notebook by default
    python -m tools.notebooks show FILE         as plain text, for `git diff`

The stored form: sorted JSON, no outputs, no execution counts, the kernel as the only
metadata of the notebook, and per cell only what nbgrader and this course read.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

Notebook = dict[str, Any]
Cell = dict[str, Any]

ROOT = Path(__file__).resolve().parent.parent
KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}
CELL_TYPES = ("code", "markdown", "raw")
COURSE = frozenset({"depends", "kind"})
CELL_METADATA = frozenset({"course", "nbgrader", "tags"})
NBGRADER = frozenset(
    {"grade", "grade_id", "locked", "points", "schema_version", "solution", "task"}
)
# What nbgrader adds when it releases: locks, and checksums that show an edited cell.
RELEASED_CELL_METADATA = CELL_METADATA | {"deletable", "editable"}
RELEASED_NBGRADER = NBGRADER | {"cell_type", "checksum"}

_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
_RANDOM_ID = re.compile(r"(?=.*\d)[0-9a-f]{8}(-[0-9a-f]{4}){0,3}(-[0-9a-f]{12})?")


def source_of(cell: Cell) -> str:
    """Text of a cell, which JSON holds as one string or as a list of lines."""
    source = cell.get("source", "")
    text = source if isinstance(source, str) else "".join(source)
    return text.replace("\r\n", "\n")


def grade_id_of(cell: Cell) -> str | None:
    """nbgrader's name of a cell that it grades, fills in or locks; None for any other cell."""
    nbgrader = cell.get("metadata", {}).get("nbgrader") or {}
    used = any(nbgrader.get(key) for key in ("grade", "solution", "locked", "task"))
    return nbgrader.get("grade_id") if used else None


def canonical(notebook: Notebook, *, released: bool = False) -> Notebook:
    """A copy in the stored form; `released` keeps the locks and checksums nbgrader adds."""
    cells = notebook["cells"]
    return {
        "cells": [
            _canonical_cell(cell, name, released=released)
            for cell, name in zip(cells, _cell_ids(cells), strict=True)
        ],
        "metadata": {"kernelspec": dict(KERNEL)},
        "nbformat": 4,
        "nbformat_minor": 5,
    }


def _canonical_cell(cell: Cell, cell_id: str, *, released: bool) -> Cell:
    kept: Cell = {
        "cell_type": cell["cell_type"],
        "id": cell_id,
        "metadata": _canonical_metadata(cell, released=released),
        "source": source_of(cell),
    }
    if cell["cell_type"] == "code":
        kept |= {"execution_count": None, "outputs": []}
    elif cell.get("attachments"):
        kept["attachments"] = cell["attachments"]
    return kept


def _canonical_metadata(cell: Cell, *, released: bool) -> dict[str, Any]:
    allowed = RELEASED_CELL_METADATA if released else CELL_METADATA
    metadata = {
        key: value
        for key, value in cell.get("metadata", {}).items()
        if key in allowed and value not in ([], {})
    }
    if grade_id_of(cell) is None:
        metadata.pop("nbgrader", None)      # left behind by the "Create assignment" panel
    else:
        keys = RELEASED_NBGRADER if released else NBGRADER
        metadata["nbgrader"] = {k: v for k, v in metadata["nbgrader"].items() if k in keys}
    return metadata


def _cell_ids(cells: list[Cell]) -> list[str]:
    """A graded cell is called by its grade_id; others keep a good id or get one from their text."""
    graded = [grade_id_of(cell) for cell in cells]
    taken = {name for name in graded if name}
    kept: list[str | None] = []
    for cell, name in zip(cells, graded, strict=True):
        own = cell.get("id")
        if name is None and isinstance(own, str) and _is_good_id(own) and own not in taken:
            name = own
            taken.add(name)
        kept.append(name)
    named: list[str] = []
    for cell, name in zip(cells, kept, strict=True):
        named.append(name or _new_id(source_of(cell), taken))
        taken.add(named[-1])
    return named


def _is_good_id(name: str) -> bool:
    return _ID.fullmatch(name) is not None and _RANDOM_ID.fullmatch(name) is None


def _new_id(source: str, taken: set[str]) -> str:
    words = re.findall(r"[A-Za-z0-9]+", source.strip().partition("\n")[0])
    stem = "-".join(words[:6]).lower()[:40].strip("-") or "cell"
    name, number = stem, 2
    while name in taken or not _is_good_id(name):
        name, number = f"{stem}-{number}", number + 1
    return name


def to_text(notebook: Notebook) -> str:
    """The bytes that lie on disk, as text: what nbformat writes, and a newline at the end."""
    split = {
        **notebook,
        "cells": [
            {**cell, "source": source_of(cell).splitlines(keepends=True)}
            for cell in notebook["cells"]
        ],
    }
    return json.dumps(split, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def problems(text: str, *, released: bool = False) -> Iterator[str]:
    """One sentence for everything that is not in the stored form; nothing if all is."""
    try:
        notebook = json.loads(text)
    except ValueError as error:
        yield f"is not JSON: {error}"
        return
    wrong = _wrong_shape(notebook)
    if wrong:
        yield wrong
        return
    found = list(_problems_of_parts(notebook, released=released))
    yield from found
    if not found and text != to_text(canonical(notebook, released=released)):
        yield "is not written in the stored form (key order, spacing, nbformat 4.5)"


def _wrong_shape(notebook: object) -> str | None:
    if not isinstance(notebook, dict) or not isinstance(notebook.get("cells"), list):
        return "has no list of cells; is it a notebook of format 4?"
    for index, cell in enumerate(notebook["cells"]):
        if not isinstance(cell, dict) or cell.get("cell_type") not in CELL_TYPES:
            return f"cell {index} has no cell_type out of {', '.join(CELL_TYPES)}"
    return None


def _problems_of_parts(notebook: Notebook, *, released: bool) -> Iterator[str]:
    if notebook.get("metadata") != {"kernelspec": KERNEL}:
        extra = sorted(set(notebook.get("metadata", {})) - {"kernelspec"})
        yield f"metadata must be the kernel alone, {KERNEL}; also found {extra or 'another kernel'}"
    allowed = RELEASED_CELL_METADATA if released else CELL_METADATA
    cells = notebook["cells"]
    seen: set[str] = set()
    for index, (cell, wanted) in enumerate(zip(cells, _cell_ids(cells), strict=True)):
        name = cell.get("id")
        metadata = cell.get("metadata", {})
        where = f"cell {index} ({name or 'no id'})"
        if name in seen:
            yield f"{where}: another cell has this id"
        elif name != wanted:
            yield f"{where}: the id should be {wanted!r}"
        seen.add(str(name))
        if not _ID.fullmatch(wanted):
            yield f"{where}: an id has letters, digits, - and _ only, 64 at most"
        if cell.get("outputs") or cell.get("execution_count") is not None:
            yield f"{where}: outputs and execution counts are not stored"
        for key in sorted(set(metadata) - allowed):
            yield f"{where}: metadata {key!r} is read by nothing here"
        for key in sorted(set(metadata.get("course", {})) - COURSE):
            yield f"{where}: metadata course.{key} is unknown; {' and '.join(sorted(COURSE))} are"


def as_percent(notebook: Notebook) -> str:
    """The notebook as one text: a `# %%` line for each cell, markdown as comments."""
    lines: list[str] = []
    for cell in notebook["cells"]:
        kind = "" if cell["cell_type"] == "code" else f" [{cell['cell_type']}]"
        metadata = cell.get("metadata") or {}
        shown = f" {json.dumps(metadata, sort_keys=True)}" if metadata else ""
        lines.append(f"# %%{kind} {cell.get('id', '')}{shown}")
        for line in source_of(cell).splitlines():
            lines.append(line if not kind else f"# {line}".rstrip())
        lines.append("")
    return "\n".join(lines) + "\n"


def show(path: Path) -> str:
    """`as_percent` of a file; its raw text if it is no notebook, so that git can still show it."""
    text = path.read_text(encoding="utf-8", errors="replace")
    try:
        return as_percent(json.loads(text))
    except (ValueError, KeyError, TypeError, AttributeError):
        return text


def stored_notebooks(root: Path = ROOT) -> list[Path]:
    """Every notebook of the course: the solutions and the lectures made from them."""
    return sorted([*root.glob("solutions/*/*.ipynb"), *root.glob("lectures/*/*.ipynb")])


def is_released(path: Path) -> bool:
    """Whether a file is a lecture, which nbgrader wrote, or a solution, which a person wrote."""
    return "lectures" in path.resolve().parts


def _canon(paths: list[Path]) -> int:
    for path in paths:
        text = path.read_text(encoding="utf-8")
        stored = to_text(canonical(json.loads(text), released=is_released(path)))
        if stored != text:
            path.write_text(stored, encoding="utf-8", newline="\n")
        print(f"{path}: {'already in the stored form' if stored == text else 'written'}")
    return 0


def _check(paths: list[Path]) -> int:
    count = 0
    for path in paths:
        text = path.read_bytes().decode("utf-8", errors="replace")
        for problem in problems(text, released=is_released(path)):
            count += 1
            print(f"{path}: {problem}")
    if count:
        print(f"notebooks: {count} to mend; try `python -m tools.notebooks canon FILE`")
        return 1
    print(f"notebooks: all {len(paths)} are in the stored form")
    return 0


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tools.notebooks")
    commands = parser.add_subparsers(dest="command", required=True)
    for name, files in (("canon", "+"), ("check", "*"), ("show", 1)):
        commands.add_parser(name).add_argument("files", nargs=files, type=Path)
    given = parser.parse_args(arguments)
    if given.command == "show":
        print(show(given.files[0]), end="")
        return 0
    if given.command == "canon":
        return _canon(given.files)
    return _check(given.files or stored_notebooks())


if __name__ == "__main__":
    sys.exit(main())
