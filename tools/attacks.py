"""Write the table of attacks in docs/security.md again from tests/autograder/attacks/.

    .venv/bin/python -m tools.attacks

What each attack must come to stands in its file, and tests/autograder/test_attacks.py and
test_attacks_handed_in.py hold it to that. A test holds the page equal to what this writes.
"""

from __future__ import annotations

import importlib
from typing import Any

from tools.notebooks import ROOT

PAGE = ROOT / "docs" / "security.md"
FOLDER = ROOT / "tests" / "autograder" / "attacks"
HEAD = """# What was tried against the grader, and what came of it

Written by `python -m tools.attacks` from the files in `tests/autograder/attacks/`; do not edit.
What is defended, and what is not, stands in `autograder/sandbox/SECURITY.md`.

There are {count} attacks. Each is graded in the tests, {notebooks} of them with an honest notebook
beside it at the same time. For every one of these holds: the attacker gains no point beyond what
is truly right; nothing private is read, though secrets are laid out for it; nothing is written
outside; no process is left; the honest notebook gets the same result as alone; and the cost stays
within the limits. The third column says what plain nbgrader 0.9.6 (or otter 7.0) did with the
same attack, where that was measured.

| attack | what it tries | plain nbgrader | here | points here |
|---|---|---|---|---|
"""


def page() -> str:
    """The text of docs/security.md."""
    found = {path.stem: path for path in sorted(FOLDER.glob("*.py"))}
    modules = {
        name: importlib.import_module(f"tests.autograder.attacks.{name}") for name in found
    }
    rows = [_row(name, module) for name, module in modules.items()]
    notebooks = sum(module.ATTACK.kind == "notebook" for module in modules.values())
    return HEAD.format(count=len(rows), notebooks=notebooks) + "".join(rows)


def _row(name: str, module: Any) -> str:
    attack = module.ATTACK
    tries = (module.__doc__ or "").splitlines()[0].removesuffix(".")
    cells = [f"`{name}`", tries, attack.plain, attack.here, _points(attack)]
    return "| " + " | ".join(_plain(each) for each in cells) + " |\n"


def _points(attack: Any) -> str:
    """What the attacker gets, and why that is right."""
    if attack.kind == "archive":
        return "none"
    if attack.kind == "folder":
        if attack.points is None:
            return f"a person looks ({attack.note})"
        return "5 of 5, its work is right" if attack.points else "0 of 5"
    points = importlib.import_module("tests.autograder.small_course").POINTS
    score, most = sum(points[each] for each in attack.expected), sum(points.values())
    told = f"{score} of {most}"
    if attack.looks:
        told += "; a person looks at the rest" if score else "; a person looks"
    return f"{told}, what is right in it" if score else told


def _plain(text: str) -> str:
    for character, safe in (("|", "\\|"), ("<", "&lt;"), ("*", "\\*")):
        text = text.replace(character, safe)
    return text


def main() -> None:
    """Write the page."""
    PAGE.write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
