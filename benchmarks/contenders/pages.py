"""docs/benchmarks.md: two parts, each written by its own benchmark, neither losing the other."""

from __future__ import annotations

from pathlib import Path

PAGE = Path(__file__).parents[2] / "docs" / "benchmarks.md"
MARK = "<!-- what grading costs -->\n"


def write_training(text: str) -> None:
    """Replace the part above the mark."""
    _write(text, _parts()[1])


def write_grading(text: str) -> None:
    """Replace the part below the mark."""
    _write(_parts()[0], text)


def _parts() -> tuple[str, str]:
    above, _, below = PAGE.read_text(encoding="utf-8").partition(MARK)
    return above.rstrip() + "\n", below.strip()


def _write(above: str, below: str) -> None:
    text = above.rstrip() + "\n"
    PAGE.write_text(f"{text}\n{MARK}\n{below.strip()}\n" if below else text, encoding="utf-8")
