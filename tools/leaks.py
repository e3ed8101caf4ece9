"""What must never reach a student: solutions, markers, hidden modules, files lying about.

Every function here reads notebooks as plain dictionaries and yields one sentence for each fault,
so that a refused release says where to look.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

from tools.notebooks import Cell, Notebook, source_of

# Looser than nbgrader's own search, which lets `### begin solution` through.
BEGIN = re.compile(r"\bBEGIN[ _]+SOLUTION\b", re.IGNORECASE)
END = re.compile(r"\bEND[ _]+SOLUTION\b", re.IGNORECASE)
_MARKER = re.compile(
    r"\b(BEGIN|END)[ _]+(SOLUTION|HIDDEN[ _]+TESTS?|MARK[ _]+SCHEME)\b", re.IGNORECASE
)
_TRUSTED = re.compile(r"\b(?:from|import)\s+(?:autograder|tools)\b|\bautograder\s*\.\s*\w")
# Shorter lines ("return y", "total = 0") stand in many places and give nothing away.
TELLING = 12


def faults_of_source(solution: Notebook) -> Iterator[str]:
    """What is wrong with the gaps of a solution notebook, before anything is cut out."""
    for cell in solution["cells"]:
        where = _where(cell)
        depth = 0
        for line in source_of(cell).splitlines():
            depth += bool(BEGIN.search(line)) - bool(END.search(line))
            if depth not in (0, 1):
                yield f"{where}: BEGIN SOLUTION and END SOLUTION do not pair"
                break
        else:
            if depth:
                yield f"{where}: BEGIN SOLUTION without END SOLUTION"
        marked = _is_solution(cell)
        has_region = BEGIN.search(source_of(cell)) is not None
        if has_region and not marked:
            yield f"{where}: has a solution region but is not marked as a solution cell"
        if marked and not has_region and cell.get("metadata", {}).get("course"):
            yield f"{where}: a solution cell without a region; students would lose the signature"


def leaks(solution: Notebook, released: Notebook) -> Iterator[str]:
    """What of the solution, or of the trusted side, can still be read in the released notebook."""
    given = {line for cell in solution["cells"] for line in _lines(_split(cell)[0])}
    secret = {
        line: _where(cell)
        for cell in solution["cells"]
        for line in _lines(_split(cell)[1])
        if len(line) >= TELLING and line not in given and not _MARKER.search(line)
    }
    for cell in released["cells"]:
        where, source = _where(cell), source_of(cell)
        marker = _MARKER.search(source)
        if marker:
            yield f"{where}: the marker {marker.group(0)!r} survives"
        trusted = _TRUSTED.search(source) if cell["cell_type"] == "code" else None
        if trusted:
            yield f"{where}: imports the trusted side ({trusted.group(0)!r})"
        for line in _lines(source.splitlines()):
            if line in secret:
                yield f"{where}: shows {line!r}, a line of the solution in {secret[line]}"
    yield from _copied_solutions(solution, released)


def _copied_solutions(solution: Notebook, released: Notebook) -> Iterator[str]:
    """A whole body that also stands somewhere else, which no line by line search may forbid."""
    for cell in solution["cells"]:
        body = _code(_split(cell)[1])
        if len(body) < 2 or sum(map(len, body)) < 2 * TELLING:
            continue
        for other in released["cells"]:
            lines = _code(source_of(other).splitlines())
            starts = range(len(lines) - len(body) + 1)
            if any(lines[start : start + len(body)] == body for start in starts):
                yield f"{_where(other)}: holds the whole solution of {_where(cell)}"


def stray_files(folder: Path, ignored: list[str]) -> Iterator[str]:
    """Files beside a solution notebook: nbgrader would hand out every one of them."""
    for path in sorted(folder.rglob("*")):
        parts = path.relative_to(folder).parts
        if any(fnmatch(part, pattern) for part in parts for pattern in ignored):
            continue
        if path.is_dir() and any(path.iterdir()):
            continue
        if path.suffix != ".ipynb" or len(parts) > 1:
            yield (
                f"{path.name} lies beside the notebook and would be handed out; "
                "move data to data/, code to course_lib/, and delete anything else"
            )


def _split(cell: Cell) -> tuple[list[str], list[str]]:
    """The lines that students get, and the lines that nbgrader cuts out."""
    lines = source_of(cell).splitlines()
    if _is_solution(cell) and not any(BEGIN.search(line) for line in lines):
        return [], lines
    given: list[str] = []
    cut: list[str] = []
    inside = False
    for line in lines:
        if BEGIN.search(line):
            inside = True
        elif END.search(line):
            inside = False
        else:
            (cut if inside else given).append(line)
    return given, cut


def _lines(lines: list[str]) -> list[str]:
    return [line.strip() for line in lines if line.strip()]


def _code(lines: list[str]) -> list[str]:
    return [line for line in _lines(lines) if not line.startswith("#")]


def _is_solution(cell: Cell) -> bool:
    return bool((cell.get("metadata", {}).get("nbgrader") or {}).get("solution"))


def _where(cell: Cell) -> str:
    return f"cell {cell.get('id', '?')}"
