"""The report of a class: right numbers, nothing that runs, no name where none may be."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace
from datetime import UTC, datetime
from html.parser import HTMLParser
from statistics import median

import pytest

from autograder.catalogue import Catalogue, Topic
from autograder.grading.results import ExerciseResult, SubmissionResult
from autograder.reports.alike import Alike
from autograder.reports.class_page import class_page
from autograder.reports.figure import binned, described, histogram
from autograder.reports.marks import Mark, Person
from autograder.reports.summary import ClassSummary, summary_of, without_names
from autograder.reports.tables import class_tables

NOW = datetime(2026, 1, 2, 3, 4, tzinfo=UTC)
SECRET = b"a secret of the tests, long enough"
EVIL = "<script>alert(1)</script>\x1b[2J"
VOID = {"meta", "rect", "line", "br"}


@pytest.fixture(scope="module")
def topic() -> Topic:
    return Catalogue().topic("03")


def result(topic: Topic, student: str, **changed: ExerciseResult) -> SubmissionResult:
    """Everything right, but for what is given by name."""
    exercises = tuple(
        changed.get(each.name, ExerciseResult(each.name, each.kind, "passed", each.points,
                                              each.points, "", seconds=0.5))
        for each in topic.exercises
    )
    return SubmissionResult(student, topic.slug, exercises)


def failed(name: str, belief: str | None = None, seconds: float = 0.0) -> ExerciseResult:
    return ExerciseResult(name, "exercise", "failed", 0.0, 4.0, "no", belief=belief,
                          seconds=seconds)


@pytest.fixture(scope="module")
def summary(topic: Topic) -> ClassSummary:
    swapped = failed("pred_succ", "swaps_pred_and_succ")
    missing = ExerciseResult("layer", "exercise", "missing", 0.0, 3.0, "")
    doubtful = ExerciseResult("layer", "exercise", "needs a look", None, 3.0, "")
    results = [
        result(topic, "zoe", pred_succ=swapped),
        result(topic, "ada", pred_succ=swapped, layer=missing),
        result(topic, "bob", pred_succ=failed("pred_succ", seconds=7.0)),
        result(topic, EVIL, forward_graph=failed("forward_graph", "forgets_the_bias")),
        replace(result(topic, "=cmd|x", layer=doubtful), events=(EVIL,), note=EVIL,
                sandbox="none"),
    ]
    marks = [
        Mark(Person("ada", "Ada", "Lovelace", "ada@example.org"), True,
             {"check_layer": 2.0, "check_pred_succ": 3.5}, (), 1.5, None, 7200.0),
        Mark(Person("=cmd|x", "Eve", "<b>Bold</b>"), True, {"check_layer": None},
             ("check_layer",)),
        Mark(Person("never", "Never", "Came")),
    ]
    groups = [Alike(("ada", EVIL), ("layer",), 55, True)]
    return summary_of(topic, results, marks, groups, 18.0)


class Reader(HTMLParser):
    """What a browser would see: tags with attributes, all text, and whether tags match."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.words = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words += data


def test_exercises_are_counted(summary: ClassSummary) -> None:
    counts = {each.name: each for each in summary.exercises}
    assert list(counts) == [each.name for each in Catalogue().topic("03").exercises]
    assert counts["pred_succ"].outcomes == {
        "passed": 2, "failed": 3, "missing": 0, "error": 0, "needs a look": 0}
    assert counts["pred_succ"].pass_rate == 2 / 5
    assert counts["pred_succ"].most_seconds == 7.0
    assert counts["layer"].outcomes["missing"] == counts["layer"].outcomes["needs a look"] == 1
    assert counts["layer"].median_seconds == median([0.5, 0.5, 0.5])


def test_beliefs_are_ranked_with_the_line_of_the_bank(summary: ClassSummary) -> None:
    first, second = summary.beliefs
    assert (first.belief, first.students) == ("swaps_pred_and_succ", ("ada", "zoe"))
    assert first.share == 2 / 5
    assert first.line.startswith("You have Pred and Succ the wrong way round")
    assert first.why and "\n" not in first.why
    assert (second.exercise, second.students) == ("forward_graph", (EVIL,))


def test_a_belief_that_left_the_bank_is_still_counted(topic: Topic) -> None:
    gone = result(topic, "ada", pred_succ=failed("pred_succ", "gone_from_the_bank"))
    [belief] = summary_of(topic, [gone]).beliefs
    assert (belief.belief, belief.line, belief.why) == ("gone_from_the_bank", "", "")


def test_scores_are_the_gradebooks(summary: ClassSummary) -> None:
    pupils = {each.id: each for each in summary.pupils}
    assert (pupils["ada"].score, pupils["ada"].most) == (4.0, 18.0)
    assert pupils["=cmd|x"].waiting == ("layer",)
    assert pupils["bob"].score == 16.0  # not in the gradebook: what grading gave
    assert summary.absent == ("never",)
    assert summary.unconfined == 1


def test_bins_and_words_of_the_figure_agree() -> None:
    shares = [0.0, 0.05, 0.1, 0.3, 0.7, 0.95, 1.0, 1.2]
    assert binned(shares) == [2, 1, 0, 1, 0, 0, 0, 1, 0, 3]
    assert described(shares, "x") == (
        "Histogram of x over 8 students; median 50 %. "
        "Students in each tenth: 0–9: 2, 10–19: 1, 30–39: 1, 70–79: 1, 90–100: 3."
    )
    assert "nobody" in described([], "x")
    heights = [float(each) for each in re.findall(r'class="bar".*?height="([\d.]+)"',
                                                  histogram(shares, "x"))]
    assert [round(3 * each / max(heights)) for each in heights] == binned(shares)


@pytest.mark.parametrize("named", [True, False])
def test_the_page_is_well_formed_and_runs_nothing(summary: ClassSummary, named: bool) -> None:
    shown = summary if named else without_names(summary, SECRET)
    page = class_page(shown, NOW)
    reader = Reader(page)
    assert reader.open == []
    tags = {tag for tag, _ in reader.tags}
    assert not tags & {"script", "b", "img", "link", "iframe", "a", "form", "object", "base"}
    for tag, attributes in reader.tags:
        assert not any(name.startswith("on") or name in ("href", "src") for name in attributes)
        if tag == "th":
            assert attributes.get("scope") in ("row", "col")
    assert "url(" not in page and "@import" not in page and "\x1b" not in page
    assert ("<script>alert(1)" in reader.words) is named
    levels = [int(tag[1]) for tag, _ in reader.tags if re.fullmatch(r"h\d", tag)]
    assert levels[0] == 1 and set(levels[1:]) == {2}
    assert sum(tag == "caption" for tag, _ in reader.tags) == sum(
        tag == "table" for tag, _ in reader.tags)


def test_the_named_page_tells_who(summary: ClassSummary) -> None:
    words = Reader(class_page(summary, NOW)).words
    assert "ada, zoe" in words and "Ada Lovelace" in words
    assert "2 hours, 1.5 points taken off" in words
    assert "1 were graded without any sandbox" in words
    assert "never a verdict" in words


def test_the_page_for_class_holds_no_name(summary: ClassSummary) -> None:
    nameless = without_names(summary, SECRET)
    words = Reader(class_page(nameless, NOW)).words
    for private in ("ada", "Ada", "Lovelace", "zoe", "bob", "example", "script", "cmd", "Bold",
                    "Eve", "late", "share code"):
        assert not re.search(rf"\b{private}\b", words), private
    assert "student 1" in words and "2 of 5" not in words
    assert [each.share for each in nameless.beliefs] == [each.share for each in summary.beliefs]
    assert sorted(each.score for each in nameless.pupils) == sorted(
        each.score for each in summary.pupils)


def test_the_order_of_the_page_for_class_is_that_of_the_secret(topic: Topic) -> None:
    known = summary_of(topic, [result(topic, f"s{number:02d}") for number in range(20)])
    marked = replace(known, pupils=tuple(
        replace(each, score=float(place)) for place, each in enumerate(known.pupils)))
    orders = [[each.score for each in without_names(marked, secret).pupils]
              for secret in (SECRET, SECRET, SECRET[::-1])]
    assert orders[0] == orders[1] != orders[2]
    assert orders[0] != sorted(orders[0])


def test_tables_hold_the_same_numbers_and_no_formula(summary: ClassSummary) -> None:
    tables = {name: list(csv.DictReader(io.StringIO(text)))
              for name, text in class_tables(summary).items()}
    assert list(tables) == ["exercises.csv", "beliefs.csv", "students.csv"]
    first = tables["exercises.csv"][0]
    assert (first["exercise"], first["passed"], first["pass_rate"]) == ("pred_succ", "2", "0.4")
    assert [each["students"] for each in tables["beliefs.csv"]] == ["2", "1"]
    cells = [value for rows in tables.values() for row in rows for value in row.values()]
    assert not [each for each in cells if each.startswith(("=", "+", "@", "|", "\t"))]
    assert "'=cmd|x" in cells and not any("\x1b" in each for each in cells)


def test_a_topic_without_points_shows_exercises_passed(topic: Topic) -> None:
    free = [replace(result(topic, "ada"), exercises=tuple(
        replace(each, points=0.0, max_points=0.0) for each in result(topic, "ada").exercises))]
    summary = summary_of(topic, free, most=0.0)
    assert summary.shares == [1.0]
    assert "share of the exercises passed" in class_page(summary, NOW)
