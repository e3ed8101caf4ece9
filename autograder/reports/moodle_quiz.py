"""The quizzes of the lectures, and the questions for an oral exam, as Moodle reads them.

Moodle has no schema for its XML: what stands here follows its documentation, the page Moodle XML
format, which names the elements of each type. Formulas become \\( \\) and \\[ \\]: Moodle's MathJax
filter draws those. Question banks are filled with *Import*, format Moodle XML.
"""

from __future__ import annotations

import ast
import html
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder.catalogue import ROOT, Topic
from course_lib.checks.cases import Choice, Number, Quiz, declaration

__all__ = ["ORAL", "Item", "items_of", "oral_questions", "quiz_xml"]

ORAL = ROOT / "docs" / "quiz.md"
TOP = "$course$/top/CNN from scratch"
ITEM = re.compile(r"^- \*\*(\w+)\*\* (.*?)(?=^- \*\*\w+\*\* |\n[ \t]*\n|\Z)",
                  re.MULTILINE | re.DOTALL)
OPTION = re.compile(r"(?:^|[\s·])\*\*(\w)\*\*\s")
MATH = re.compile(r"\$\$(.+?)\$\$|(?<![\\$])\$(?!\s)([^$\n]+?)\$", re.DOTALL)
HOW_TO_ANSWER = re.compile(r"[^.\n]*\b(?:quotation marks|behind each key|in place of `None`)"
                           r"[^.\n]*\.[^\S\n]*")


@dataclass(frozen=True)
class Item:
    """One question: lettered options with the right one, or a number with what may be off."""

    name: str
    question: str
    answer: str | float
    options: Mapping[str, str]
    tolerance: float
    wrong: Mapping[Any, str]


def items_of(topic: Topic) -> Iterator[tuple[Quiz, str, list[Item]]]:
    """Each quiz of a lecture, what is said before it, and its items as the notebook asks them."""
    before = ""
    for cell in topic.cells:
        if cell["metadata"].get("course", {}).get("kind") == "quiz":
            quiz = declaration(cell["metadata"]["nbgrader"]["grade_id"])
            if isinstance(quiz, Quiz):
                yield quiz, _introduction(before), list(_items(quiz, before, cell["source"]))
        before = cell["source"]


def _items(quiz: Quiz, asked: str, solution: str) -> Iterator[Item]:
    told = dict(ITEM.findall(asked))
    right = _answers(solution)
    for key, declared in quiz.items.items():
        stem, options = declared.question, dict(getattr(declared, "options", {}))
        parts = OPTION.split(told.get(key, ""))
        shown = {letter: text.strip(" ·\n") for letter, text in
                 zip(parts[1::2], parts[2::2], strict=True)}
        if key in told and (isinstance(declared, Number) or set(shown) == set(options)):
            stem, options = re.sub(r"\s*\(a number[^)]*\)", "", parts[0].strip()), shown or options
        wrong = {answer: text for (item, answer), text in quiz.wrong.items() if item == key}
        if isinstance(declared, Choice):
            answer = next(letter for letter in options if quiz.right(key, letter))
            yield Item(f"{quiz.name} {key}", stem, answer, options, 0.0, wrong)
        else:
            off = 0.5 * 10.0 ** -declared.decimals
            yield Item(f"{quiz.name} {key}", stem, float(right[key]), {}, off, wrong)


def _answers(solution: str) -> dict[str, Any]:
    """The dictionary of the solution cell, read and never run."""
    tree = ast.parse(solution)
    values = [node.value for node in tree.body if isinstance(node, ast.Assign)]
    return dict(ast.literal_eval(values[-1]))


def _introduction(asked: str) -> str:
    """What stands between the last heading and the first item, without how to write answers."""
    before = asked.partition("\n- **")[0]
    below = re.split(r"^#+ .*$", before, flags=re.MULTILINE)[-1]
    return HOW_TO_ANSWER.sub("", below).strip()


def oral_questions(numbers: set[str], source: Path = ORAL) -> list[tuple[str, str, str]]:
    """(name, question, model answer) of the sections on these lectures, "03" or "08b"."""
    found, wanted = [], False
    for line in source.read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            wanted = bool(numbers & set(re.findall(r"\b\d\d[a-z]?\b", line)))
        cells = [cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]]
        if wanted and len(cells) == 4 and re.fullmatch(r"C-\d+", cells[0]):
            found.append((cells[0], cells[2], cells[3]))
    return found


def quiz_xml(topics: list[Topic]) -> tuple[bytes, int, int]:
    """The file, how many questions of quizzes it has, and how many for an oral exam."""
    root = ET.Element("quiz")
    count = 0
    for topic in topics:
        for place, (quiz, before, items) in enumerate(items_of(topic)):
            if place == 0:
                _category(root, topic.slug.replace("_", " "))
            if before:
                _question(root, "description", f"{quiz.name} {quiz.title}", before, points=0)
            for item in items:
                _ask(root, item)
                count += 1
    oral = oral_questions({topic.slug.partition("_")[0] for topic in topics})
    if oral:
        _category(root, "oral exam")
    for name, question, answer in oral:
        made = _question(root, "essay", name, question)
        for tag, value in (("responseformat", "editor"), ("responserequired", "1"),
                           ("responsefieldlines", "10"), ("attachments", "0")):
            ET.SubElement(made, tag).text = value
        _text(made, "graderinfo", answer)
        _text(made, "responsetemplate", "")
    ET.indent(root, " ")
    text = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return bytes(text) + b"\n", count, len(oral)


def _category(root: ET.Element, name: str) -> None:
    made = ET.SubElement(root, "question", type="category")
    ET.SubElement(ET.SubElement(made, "category"), "text").text = f"{TOP}/{name}"


def _question(
    root: ET.Element, kind: str, name: str, text: str, points: float = 1
) -> ET.Element:
    made = ET.SubElement(root, "question", type=kind)
    ET.SubElement(ET.SubElement(made, "name"), "text").text = name
    _text(made, "questiontext", text)
    _text(made, "generalfeedback", "")
    ET.SubElement(made, "defaultgrade").text = f"{points:.7f}"
    ET.SubElement(made, "penalty").text = "0.3333333" if points else "0.0000000"
    ET.SubElement(made, "hidden").text = "0"
    return made


def _ask(root: ET.Element, item: Item) -> None:
    if not item.options:
        made = _question(root, "numerical", item.name, item.question)
        _answer(made, 100, f"{item.answer:.15g}", "", item.tolerance)
        for value, told in item.wrong.items():
            _answer(made, 0, f"{float(value):.15g}", told, item.tolerance)
        return
    made = _question(root, "multichoice", item.name, item.question)
    for tag, value in (("single", "true"), ("shuffleanswers", "true"), ("answernumbering", "abc")):
        ET.SubElement(made, tag).text = value
    for letter, option in item.options.items():
        _answer(made, 100 if letter == item.answer else 0, _html(option),
                item.wrong.get(letter, ""), None)


def _answer(
    made: ET.Element, fraction: int, text: str, told: str, tolerance: float | None
) -> None:
    kind = "html" if tolerance is None else "plain_text"
    answer = ET.SubElement(made, "answer", fraction=str(fraction), format=kind)
    ET.SubElement(answer, "text").text = text
    _text(answer, "feedback", told)
    if tolerance is not None:
        ET.SubElement(answer, "tolerance").text = f"{tolerance:.15g}"


def _text(parent: ET.Element, tag: str, markdown: str) -> None:
    made = ET.SubElement(parent, tag, format="html")
    ET.SubElement(made, "text").text = _html(markdown) if markdown else ""


def _html(markdown: str) -> str:
    """HTML with formulas as Moodle writes them; nothing of markdown touches a formula."""
    from nbconvert.filters.markdown_mistune import markdown2html_mistune

    kept: list[str] = []

    def keep(found: re.Match[str]) -> str:
        block, inline = found.groups()
        kept.append(f"\\[{html.escape(block)}\\]" if block else f"\\({html.escape(inline)}\\)")
        return f"MATH{len(kept) - 1}HTAM"

    made = str(markdown2html_mistune(MATH.sub(keep, markdown))).strip()
    if made.count("<p>") == 1 and made.startswith("<p>") and made.endswith("</p>"):
        made = made.removeprefix("<p>").removesuffix("</p>")
    return re.sub(r"MATH(\d+)HTAM", lambda found: kept[int(found[1])], made)
