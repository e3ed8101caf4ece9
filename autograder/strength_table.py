"""docs/strength.md: what `verify` found, as a page for people.

`python -m autograder verify --seeds 50 --table docs/strength.md` writes it.
"""

from __future__ import annotations

import subprocess
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from autograder.verify import Line

__all__ = ["strength_table"]

HEAD = """# How strong the checks are

Written by `python -m autograder verify --seeds {seeds} --table docs/strength.md` on {day}, from
commit {commit}; do not edit.

For every exercise there is a bank of wrong implementations, each named by the belief behind it,
and of right ones in an unusual style. A check is worth its points if it kills every wrong one,
tells each from its siblings, and accepts every right one: over {seeds} draws of the hidden cases.
Beside that, for each row: the untouched lecture earns nothing and is called missing, our solution
earns all points, and an error put into the student's function shows up in the result.

{total}

| lecture | exercise | kind | points | wrong: killed | told apart | right: accepted | holds |
|---|---|---|---|---|---|---|---|
"""


def strength_table(found: Mapping[str, Sequence[Line]], *, seeds: int, total: str) -> str:
    """The page: one row for each exercise, in the order of the lectures."""
    rows = [_row(slug, line) for slug, lines in found.items() for line in lines]
    day = datetime.now(UTC).date().isoformat()
    return HEAD.format(seeds=seeds, day=day, commit=_commit(), total=total) + "".join(rows)


def _row(slug: str, line: Line) -> str:
    cell, found = line.cell, line.strength
    strength = ["", "", ""]
    if found is not None:
        strength = [f"{found.killed} of {found.wrong}", f"{found.told_apart} of {found.wrong}",
                    f"{found.passed} of {found.unusual}"]
    cells = [slug.partition("_")[0], f"`{cell.name}`", cell.kind, f"{cell.points:g}", *strength,
             "yes" if line.holds else "NO"]
    return "| " + " | ".join(cells) + " |\n"


def _commit() -> str:
    """The commit of the working tree, with -dirty if files differ; "unknown" without git."""
    asked = ["git", "-C", str(Path(__file__).parent), "describe", "--always", "--dirty",
             "--exclude=*"]
    try:
        said = subprocess.run(asked, capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return "unknown"
    return said.stdout.strip()
