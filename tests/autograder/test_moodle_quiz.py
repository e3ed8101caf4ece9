"""The quizzes as Moodle's question bank reads them: whole, right, with formulas and feedback."""

from __future__ import annotations

import html
import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from autograder.catalogue import Catalogue, Topic
from autograder.cli import main
from autograder.reports.moodle_quiz import items_of, oral_questions, quiz_xml
from course_lib.checks.cases import Choice, Quiz, declarations, topics

TOPICS = list(Catalogue().topics)
COMMON = ["name", "questiontext", "generalfeedback", "defaultgrade", "penalty", "hidden"]
# By type, as the page "Moodle XML format" of Moodle's documentation lists them.
ELEMENTS = {
    "category": ["category"],
    "description": COMMON,
    "numerical": [*COMMON, "answer"],
    "multichoice": [*COMMON, "single", "shuffleanswers", "answernumbering", "answer"],
    "essay": [*COMMON, "responseformat", "responserequired", "responsefieldlines", "attachments",
              "graderinfo", "responsetemplate"],
}


@pytest.fixture(scope="module")
def root() -> ET.Element:
    content, _, _ = quiz_xml(TOPICS)
    assert content.startswith(b"<?xml version=")    # Moodle wants it in the very first line
    return ET.fromstring(content)


def text(element: ET.Element, path: str) -> str:
    return element.findtext(f"{path}/text") or ""


def test_every_question_has_the_elements_of_its_type(root: ET.Element) -> None:
    assert root.tag == "quiz" and {each.tag for each in root} == {"question"}
    names = [text(each, "name") for each in root if each.get("type") != "category"]
    assert len(names) == len(set(names)) and all(names)
    for question in root:
        kind = str(question.get("type"))
        assert list(dict.fromkeys(child.tag for child in question)) == ELEMENTS[kind], kind
        if kind == "category":
            assert text(question, "category").startswith("$course$/")
            continue
        assert question.find("questiontext").get("format") == "html"    # type: ignore[union-attr]
        assert text(question, "questiontext").strip()
        fractions = sorted(int(str(each.get("fraction"))) for each in question.iter("answer"))
        if kind in ("numerical", "multichoice"):
            assert fractions[-1] == 100 and set(fractions[:-1]) <= {0}
        for answer in question.iter("answer"):
            assert answer.find("feedback/text") is not None
            if kind == "numerical":
                float(text(answer, ".") or answer.findtext("text") or "")
                assert float(answer.findtext("tolerance") or "") > 0


@pytest.mark.parametrize("topic", TOPICS, ids=lambda topic: topic.slug)
def test_every_item_of_every_quiz_is_there_with_its_right_answer(topic: Topic) -> None:
    found = {item.name: item for _, _, items in items_of(topic) for item in items}
    declared = {f"{quiz.name} {key}": (quiz, key) for quiz in declarations(topic.module)
                if isinstance(quiz, Quiz) for key in quiz.items} if topic.module in topics() else {}
    assert set(found) == set(declared)
    for name, (quiz, key) in declared.items():
        item, asked = found[name], quiz.items[key]
        assert quiz.right(key, item.answer), name
        if isinstance(asked, Choice):
            assert set(item.options) == set(asked.options), name
        assert len(item.question) > 10 and not re.search(r"\*\*[p-z]\*\*", item.question)


def test_formulas_come_through_and_markdown_does_not(root: ET.Element) -> None:
    shown = [element.text or "" for element in root.iter("text")]
    together = "\n".join(shown)
    assert together.count("\\(") == together.count("\\)") > 100
    assert r"\(x = (2, -1)\)" in together
    assert not re.search(r"\$[^c$\n][^$\n]*\$", together)
    for each in shown:
        assert "MATH" not in each or "HTAM" not in each
        for formula in re.findall(r"\\\((.*?)\\\)", each):
            assert "<" not in formula and html.unescape(formula)


def test_how_to_write_an_answer_in_a_notebook_is_left_out(root: ET.Element) -> None:
    said = "\n".join(element.text or "" for element in root.iter("text"))
    assert "behind each key" not in said and "in place of <code>None" not in said


def test_the_questions_for_an_oral_exam_carry_their_model_answers(root: ET.Element) -> None:
    essays = [each for each in root if each.get("type") == "essay"]
    expected = oral_questions({topic.slug.partition("_")[0] for topic in TOPICS})
    assert len(essays) == len(expected) > 70
    assert all(text(each, "graderinfo") for each in essays)
    [one] = [each for each in essays if text(each, "name") == "C-15"]
    assert "F·F·D1·K weights plus K biases" in text(one, "graderinfo")
    assert oral_questions({"99"}) == []


def test_the_command_needs_no_gradebook(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "quiz.xml"
    assert main(["export", "quiz", "04", "--to", str(target)]) == 0
    assert f"{target}: " in capsys.readouterr().out
    assert {text(each, "category").rpartition("/")[2] for each in ET.parse(target).getroot()
            if each.get("type") == "category"} == {"04 gradient descent", "oral exam"}
    assert main(["export", "quiz", "04", "--to", str(tmp_path / "no" / "quiz.xml")]) == 2
    assert "cannot be written" in capsys.readouterr().err
