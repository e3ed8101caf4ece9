"""The real lectures through the real grader, and odd answers through every comparison."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from autograder.bank import diagnose
from autograder.catalogue import ROOT, Catalogue, Topic
from autograder.grading import judging
from autograder.grading.grade import grade_one
from autograder.grading.results import SubmissionResult
from course_lib.checks.cases import Exercise, declarations, topics
from course_lib.checks.values import Answer, Function, Handle, Raised, decode, encode

SECRET = b"a secret of the tests, long enough"
TOPICS = Catalogue().topics
EXERCISES = [made for topic in topics() for made in declarations(topic)
             if isinstance(made, Exercise)]


def nested(depth: int) -> Any:
    return [nested(depth - 1)] if depth else []


ODD: list[Any] = [
    True, 0, -1, 10**400, float("nan"), float("inf"), -0.0, "", "text", "\0", b"".decode(), [],
    [[]], (), (None,), (1, 2), (1, 2, 3), ({}, {}), ({}, {}, {}), [{}, {}], {}, {1: 2},
    {"input": 3}, {(1, 2): [3]}, {"input": [], "hidden": {1, "a"}, "output": ["x"]}, set(),
    {1, "a"}, nested(35), [1] * 5_000, [[1], [2, 3]], [float("nan")] * 3, ["a", 1],
    Raised("ValueError", "x"), Handle(1), Function("relu"), np.array(1), np.zeros(0),
    np.zeros((0, 3)), np.zeros((1,) * 16), np.array(True), np.ones((2, 2), bool),
    np.ones(3, np.complex64), np.full((2, 2), np.nan),
    np.array([1, 2], np.float16), np.arange(5_000), np.uint64(2**64 - 1), [np.ones(2), np.ones(3)],
]


def grade(path: Path, topic: Topic) -> SubmissionResult:
    return grade_one(path, student="ada", topic=topic, secret=SECRET)


def notebook_of(topic: Topic, folder: str) -> Path:
    return ROOT / folder / topic.slug / f"{topic.slug}.ipynb"


@pytest.mark.parametrize("topic", TOPICS, ids=lambda topic: topic.slug)
class TestLectures:
    def test_the_solution_earns_full_marks(self, topic: Topic) -> None:
        result = grade(notebook_of(topic, "solutions"), topic)
        wrong = [each for each in result.exercises if each.outcome != "passed"]
        assert not wrong
        assert result.score == result.max_score
        assert result.events == ()

    def test_the_untouched_lecture_is_missing_without_an_error(self, topic: Topic) -> None:
        result = grade(notebook_of(topic, "lectures"), topic)
        assert {each.outcome for each in result.exercises} == {"missing"}
        assert result.score == 0
        assert result.events == ()

    def test_another_editor_may_take_the_ids_and_one_gap_may_stay(
        self, topic: Topic, tmp_path: Path
    ) -> None:
        """Each exercise that others depend on is left out: it alone is missing."""
        solved = json.loads(notebook_of(topic, "solutions").read_text(encoding="utf-8"))
        stubs = json.loads(notebook_of(topic, "lectures").read_text(encoding="utf-8"))
        left_out = {name for each in topic.exercises for name in each.depends}
        empty = {cell["id"]: cell["source"] for cell in stubs["cells"] if cell["id"] in left_out}
        for number, cell in enumerate(solved["cells"]):
            cell["source"] = empty.get(cell["id"], cell["source"])
            cell["id"] = f"editor{number}"
        path = tmp_path / "x.ipynb"
        path.write_text(json.dumps(solved), encoding="utf-8")
        result = grade(path, topic)
        found = {each.name: each.outcome for each in result.exercises}
        assert found == {name: "missing" if name in left_out else "passed" for name in found}


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda exercise: exercise.name)
def test_no_value_that_can_arrive_breaks_a_comparison_or_the_bank(exercise: Exercise) -> None:
    for odd in ODD:
        answers = [Answer(value=decode(encode(odd))) for _ in exercise.cases()]
        verdicts = [
            judging._verdict(exercise, case, answer)
            for case, answer in zip(exercise.cases(), answers, strict=True)
        ]
        assert all(len(verdict.evidence) < 2_000 for verdict in verdicts)
    assert diagnose(exercise, exercise.cases(), answers) is None

