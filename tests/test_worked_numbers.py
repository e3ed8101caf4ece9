"""Every worked number of the decks (table B) is recomputed by a test, or it is said why not.

tests/worked_numbers.csv lists them: R 000 RWTH, W 001 Wuppertal, T 002 TUM, I 003 Ingolstadt,
B 004 Bonn; B.2 and B.3 are published networks and further figures. Tests cite these ids in their
names, tables, docstrings or comments. `later` names the piece of work that brings the function.
"""

from __future__ import annotations

import ast
import csv
import re
from functools import cache
from pathlib import Path

import pytest

from tools.notebooks import ROOT

TABLE = ROOT / "tests" / "worked_numbers.csv"
with TABLE.open(encoding="utf-8", newline="") as file:
    ROWS = list(csv.DictReader(file))
OF_DECKS = {"R": 36, "W": 27, "T": 28, "I": 14, "B": 18}
STATUS = {"tested", "later", "by reading"}
CITED = re.compile(r"(?<![A-Za-z])([RWTIB])[-_]n(\d\d)(?!\d)", re.IGNORECASE)


def with_status(*status: str) -> list[dict[str, str]]:
    return [row for row in ROWS if row["status"] in status]


@cache
def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def files_of_tests() -> list[Path]:
    return [path for path in (ROOT / "tests").rglob("test_*.py") if path != Path(__file__)]


def cites(text: str, row: dict[str, str]) -> bool:
    if row["id"].startswith("B."):
        return row["id"] in text
    return any(f"{deck.upper()}-n{number}" == row["id"] for deck, number in CITED.findall(text))


def functions(path: Path) -> list[str]:
    """The source of every test in a file."""
    text = text_of(path)
    return [
        ast.get_source_segment(text, node) or "" for node in ast.parse(text).body
        if isinstance(node, ast.FunctionDef)
    ]


def denies(source: str) -> bool:
    """Whether a test asserts that something is not so."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Assert):
            inside = list(ast.walk(node.test))
            if node.msg or any(isinstance(each, ast.Not | ast.NotEq) for each in inside):
                return True
        if isinstance(node, ast.Attribute) and node.attr == "raises":
            return True
    return False


def test_every_number_of_the_decks_is_listed_once() -> None:
    ids = [row["id"] for row in ROWS]
    assert len(set(ids)) == len(ids)
    of_decks = [each for each in ids if not each.startswith("B.")]
    wanted = [f"{deck}-n{n:02}" for deck, last in OF_DECKS.items() for n in range(1, last + 1)]
    assert of_decks == wanted


@pytest.mark.parametrize("row", with_status("tested"), ids=lambda row: row["id"])
def test_the_tests_named_for_a_number_cite_it(row) -> None:
    assert row["where"], f"{row['id']} names no test"
    for place in row["where"].split():
        path = ROOT / place
        assert path.exists(), f"{TABLE.name}: {row['id']} names {place}, which is not there"
        assert cites(text_of(path), row), f"{place} does not cite {row['id']} ({row['statement']})"


@pytest.mark.parametrize("row", [row for row in ROWS if row["deck"]], ids=lambda row: row["id"])
def test_where_a_deck_errs_its_value_is_asserted_to_be_wrong(row) -> None:
    assert row["deck"] == "errs"
    citing = [
        source for place in row["where"].split() for source in functions(ROOT / place)
        if cites(source, row)
    ]
    assert any(map(denies, citing)), row["id"]


@pytest.mark.parametrize("row", with_status("later", "by reading"), ids=lambda row: row["id"])
def test_what_has_no_test_has_a_reason_and_really_has_none(row) -> None:
    assert row["where"]
    if row["status"] == "later":
        assert re.match(r"\d+ of 10: \w", row["where"])
    citing = [str(path.relative_to(ROOT)) for path in files_of_tests() if cites(text_of(path), row)]
    assert citing == [], f"{TABLE.name} says that {row['id']} is tested nowhere"


def test_every_id_that_a_test_cites_is_listed() -> None:
    known = {row["id"] for row in ROWS}
    unknown = {
        f"{path.name}: {deck.upper()}-n{number}"
        for path in files_of_tests() for deck, number in CITED.findall(text_of(path))
        if f"{deck.upper()}-n{number}" not in known
    }
    assert unknown == set()


def test_rows_are_complete() -> None:
    for row in ROWS:
        assert row["status"] in STATUS
        assert None not in row and all(row[key] for key in ("source", "statement", "where")), row
