"""ARCHITECTURE.md stays true: its tests and its places exist, and it stays short."""

from __future__ import annotations

import ast
import re

from tools.notebooks import ROOT

TEXT = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
MAX_LINES = 130


def defined_tests() -> set[str]:
    return {
        node.name
        for path in (ROOT / "tests").rglob("test_*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    }


def test_every_test_it_names_exists() -> None:
    named = set(re.findall(r"`(test_\w+)`", TEXT))
    assert len(named) >= 20
    assert named - defined_tests() == set()


def test_every_place_of_the_code_map_exists() -> None:
    table = TEXT.partition("## Code map")[2].partition("## Arrows")[0]
    cells = [line.split("|")[1] for line in table.splitlines() if line.startswith("| `")]
    missing = []
    folder = ""
    for place in re.findall(r"`([\w./]+)`", " ".join(cells)):
        if "NN_topic" in place:
            place = place.partition("/")[0]
        folder = place.rpartition("/")[0] if "/" in place else folder
        options = [place, f"{folder}/{place}", f"{place}.py", f"{folder}/{place}.py"]
        if not any((ROOT / option).exists() for option in options):
            missing.append(place)
    assert missing == []


def test_it_is_short_enough_to_be_read() -> None:
    assert len(TEXT.splitlines()) <= MAX_LINES
