"""Every attack in one class, graded side by side: honest work gets the marks it had alone."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import psutil
import pytest

from autograder.catalogue import Topic
from autograder.grading.grade import grade_one
from autograder.grading.results import SubmissionResult
from autograder.sandbox.nursery import nursery
from tests.autograder.attacking import CANARY, Planted, attacks
from tests.autograder.small_course import POINTS, QUICK, SECRET, SLUG, handed_in

AT_ONCE = 4
# Wrong in one place, so that a belief, evidence and a hint are told too.
HONEST = {
    "right": {},
    "wrong": {"weighted_sum": "def weighted_sum(x, w, b):\n    return float(np.dot(x, w))"},
    "unfinished": {"pred_succ": "def pred_succ(nodes, edges):\n    raise NotImplementedError()"},
    "threads": {"weighted_sum": (
        "from concurrent.futures import ThreadPoolExecutor\n"
        "def weighted_sum(x, w, b):\n"
        "    with ThreadPoolExecutor(8) as pool:\n"
        "        return float(sum(pool.map(lambda pair: pair[0] * pair[1], zip(x, w)))) + b\n"
    )},
}
EVERY = 8  # as many attacks between two honest ones


@pytest.mark.slow
def test_honest_marks_are_the_same_with_every_attack_beside_them(
    small_topic: Topic, tmp_path: Path
) -> None:
    hostile = attacks("notebook")
    planted = Planted(tmp_path / "planted")
    order: list[tuple[str, str]] = []
    for number, name in enumerate(hostile):
        if number % EVERY == 0:
            order += [(kind, f"{kind}-{number}") for kind in HONEST]
        order.append(("attack", name))

    def graded(kind: str, name: str) -> SubmissionResult:
        path = tmp_path / name / f"{SLUG}.ipynb"
        path.parent.mkdir()
        attack = hostile.get(name)
        made = handed_in(HONEST[kind]) if attack is None else attack.notebook(planted)
        path.write_text(json.dumps(made), encoding="utf-8")
        limits = QUICK if attack is None else attack.limits
        student = kind if attack is None else name
        return grade_one(path, student=student, topic=small_topic, secret=SECRET, limits=limits)

    alone = {kind: graded(kind, f"{kind}-alone") for kind in HONEST}
    zygote = psutil.Process(nursery()._door.pid).children()[0]
    before = zygote.children(recursive=True)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        results = dict(zip(order, pool.map(lambda each: graded(*each), order), strict=True))

    assert len(hostile) > 80
    assert alone["right"].score == alone["threads"].score == sum(POINTS.values())
    for (kind, name), result in results.items():
        if kind == "attack":
            assert {each.name for each in result.exercises if each.outcome == "passed"} \
                <= hostile[name].expected, name
            assert "error" not in {each.outcome for each in result.exercises}, name
        else:
            assert replace(result, seconds=0) == replace(alone[kind], seconds=0), name
        assert CANARY not in result.to_json()
    assert zygote.children(recursive=True) == before
    assert planted.contents() == planted.before
