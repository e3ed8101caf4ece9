"""Every attack in attacks/: nothing gained, read, written or left, and nobody else is touched."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

import psutil
import pytest

from autograder.catalogue import Topic
from autograder.grading.grade import Grading, grade_one
from autograder.grading.graded_notebook import Released, graded_notebook
from autograder.grading.handwriting import Handwriting, read_handwriting
from autograder.grading.notebook_file import UnreadableError
from autograder.grading.results import SubmissionResult
from autograder.grading.submission import read_submission
from autograder.sandbox.limits import Limits
from autograder.sandbox.nursery import nursery
from course_lib.checks.values import Answer, encode
from tests.autograder.attacking import CANARY, TIGHT, Attack, Planted, attacks
from tests.autograder.small_course import POINTS, QUICK, SECRET, SLUG, handed_in

NOTEBOOKS = attacks("notebook")
MOST_REQUESTS = 12  # that one attack lets run into the limit of CPU time


@dataclass(frozen=True)
class Outcome:
    """What came of one hostile notebook, and of the honest one graded at the same time."""

    result: SubmissionResult
    found: Answer
    page: str
    honest: SubmissionResult
    planted: Planted


def written(path: Path, notebook: object) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(notebook), encoding="utf-8")
    return path


class Looking(Grading):
    """Asks the child that saw hidden cases what it found, before it is ended."""

    found = Answer()

    def _tell(self) -> None:
        self.found = self.session.read("found")
        super()._tell()


def hostile(path: Path, topic: Topic, limits: Limits) -> tuple[SubmissionResult, Answer]:
    """As grade_one, but what the attack found is asked of the same child."""
    try:
        submission = read_submission(path, topic)
    except UnreadableError:
        return grade_one(path, student="eve", topic=topic, secret=SECRET), Answer(value=None)
    with Looking(submission, "eve", topic, SECRET, limits) as grading:
        return grading.result(), grading.found


def page_of(path: Path, topic: Topic, result: SubmissionResult) -> str:
    released = {name: Released("", None) for name in topic.own_solutions}
    try:
        handwriting = read_handwriting(path, topic)
    except UnreadableError:
        handwriting = Handwriting()
    return json.dumps(graded_notebook(topic, released, handwriting, result))


def carried_out(attack: Attack, topic: Topic, folder: Path) -> Outcome:
    planted = Planted(folder)
    mine = written(folder / "eve" / f"{SLUG}.ipynb", attack.notebook(planted))
    other = written(folder / "ada" / f"{SLUG}.ipynb", handed_in())
    with ThreadPoolExecutor(1) as pool:
        beside = pool.submit(
            grade_one, other, student="ada", topic=topic, secret=SECRET, limits=QUICK
        )
        result, found = hostile(mine, topic, attack.limits)
        honest = beside.result()
    return Outcome(result, found, page_of(mine, topic, result), honest, planted)


@pytest.fixture(scope="module")
def honest_alone(
    small_topic: Topic, tmp_path_factory: pytest.TempPathFactory
) -> SubmissionResult:
    """The honest notebook, graded with nobody beside it."""
    path = written(tmp_path_factory.mktemp("alone") / f"{SLUG}.ipynb", handed_in())
    return grade_one(path, student="ada", topic=small_topic, secret=SECRET, limits=QUICK)


@pytest.mark.parametrize("name", [
    pytest.param(name, marks=pytest.mark.slow if attack.slow else ())
    for name, attack in NOTEBOOKS.items()
])
def test_an_attack_gains_reads_writes_and_leaves_nothing(
    small_topic: Topic, honest_alone: SubmissionResult, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch, name: str,
) -> None:
    attack = NOTEBOOKS[name]
    monkeypatch.setenv("COURSE_SECRET", f"{CANARY} COURSE_SECRET")
    zygote = psutil.Process(nursery()._door.pid).children()[0]
    before = zygote.children(recursive=True)
    outcome = carried_out(attack, small_topic, tmp_path)
    result, shown = outcome.result, encode(outcome.found.value).decode("utf-8", "replace")

    passed = {each.name for each in result.exercises if each.outcome == "passed"}
    looks = {each.name for each in result.exercises if each.points is None}
    assert (passed, looks) == (attack.expected, set(attack.looks)), result
    assert result.score == sum(POINTS[each] for each in attack.expected)
    assert result.max_score == sum(POINTS.values())
    if attack.finds is not None:
        assert outcome.found.value == attack.finds, (outcome.found, result.events)
    for text in (result.to_json(), outcome.page, shown, str(outcome.found)):
        assert CANARY not in text
    assert outcome.planted.contents() == outcome.planted.before
    assert outcome.planted.traces() == []
    assert nursery()._door.poll() is None
    assert zygote.children(recursive=True) == before
    assert outcome.honest == honest_alone
    assert result.seconds <= MOST_REQUESTS * attack.limits.cpu_seconds


CONTROLS = ["a07_read_solutions", "a08_own_score", "a09_score_of_another", "a26_write_outside"]


@pytest.mark.parametrize("name", CONTROLS)
def test_without_walls_the_same_attack_is_seen_to_succeed(
    small_topic: Topic, tmp_path: Path, name: str
) -> None:
    """So that the test above cannot pass for the reason that the attack does nothing."""
    attack = replace(NOTEBOOKS[name], limits=replace(TIGHT, sandbox="none"))
    outcome = carried_out(attack, small_topic, tmp_path)
    read = CANARY in str(outcome.found)
    assert read or outcome.planted.contents() != outcome.planted.before
    for path in outcome.planted.traces():
        path.unlink(missing_ok=True)


def test_the_honest_notebook_is_worth_all_points(honest_alone: SubmissionResult) -> None:
    assert honest_alone.score == honest_alone.max_score == sum(POINTS.values())
