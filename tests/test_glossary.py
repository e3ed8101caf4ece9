"""The glossary and the examiner's questions: sorted, complete, and about lectures that exist."""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise

from autograder.bundle import student_files
from autograder.catalogue import Catalogue
from tools.notebooks import ROOT


def rows(name: str) -> list[list[str]]:
    lines = (ROOT / "docs" / name).read_text(encoding="utf-8").splitlines()
    cells = [[cell.strip() for cell in line.strip("|").split(" | ")]
             for line in lines if line.startswith("| ") and not line.startswith("| Deutsch")]
    return [row for row in cells if row[0]]


def plain(word: str) -> str:
    return unicodedata.normalize("NFKD", word.lower().replace("ß", "ss")).encode(
        "ascii", "ignore").decode()


def test_the_glossary_is_in_the_order_of_a_german_dictionary_and_has_no_word_twice() -> None:
    words = [plain(row[0]) for row in rows("glossary.md")]
    assert len(words) > 100
    assert [pair for pair in pairwise(words) if pair[0] >= pair[1]] == []


def test_the_glossary_points_to_lectures() -> None:
    known = {topic.slug.partition("_")[0] for topic in Catalogue(ROOT).topics}
    named = {each for row in rows("glossary.md") for each in re.split(r", ", row[2])}
    assert named - known == set()


def test_all_questions_of_the_decks_are_there_once_with_an_answer() -> None:
    found = rows("quiz.md")
    assert sorted(row[0] for row in found) == [f"C-{number:02}" for number in range(1, 84)]
    assert all(len(row) == 4 and row[2].endswith(("?", ".")) and row[3] for row in found)


def test_the_answers_are_no_student_file() -> None:
    handed_out = {path.as_posix() for path in student_files()}
    assert "docs/glossary.md" in handed_out
    assert "docs/quiz.md" not in handed_out
    answers = [row[3] for row in rows("quiz.md") if len(row[3]) > 60]
    assert len(answers) > 60
    pages = [ROOT / name for name in handed_out if name.endswith((".md", ".ipynb"))]
    for text in (page.read_text(encoding="utf-8") for page in pages):
        assert [answer for answer in answers if answer in text] == []
