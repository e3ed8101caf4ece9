"""Solutions for students: not before the last is due, and without nbgrader's marks."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from autograder.catalogue import ROOT
from autograder.cli import main
from autograder.grading.extensions import EVERY, Extension
from autograder.publish import published, why_closed
from tests.autograder.mini_course import TOPIC, MiniCourse

DUE = datetime(2027, 1, 31, 12)
HOUR = timedelta(hours=1)


@pytest.mark.parametrize(("due", "given", "now", "said"), [
    (DUE, [], DUE - HOUR, "until 2027-01-31 12:00 UTC."), (DUE, [], DUE, None),
    (None, [], DUE, "no due date"),
    (DUE, [Extension("ada", "t", until=DUE + 2 * HOUR)], DUE + HOUR, "14:00 UTC, for ada."),
    (DUE, [Extension("ada", EVERY, more=2 * HOUR)], DUE + HOUR, "14:00 UTC, for ada."),
    (DUE, [Extension("ada", "t", until=DUE + 2 * HOUR)], DUE + 2 * HOUR, None),
    (DUE, [Extension("ada", "other", until=DUE + 2 * HOUR)], DUE, None),
    (None, [Extension("ada", EVERY, more=HOUR)], DUE, "no due date"),
])
def test_when_solutions_are_free(
    due: datetime | None, given: list[Extension], now: datetime, said: str | None
) -> None:
    why = why_closed("t", due, given, now)
    assert why is None if said is None else said.rstrip(".") in str(why)


@pytest.mark.parametrize("path", sorted(ROOT.glob("solutions/*/*.ipynb")), ids=lambda p: p.stem)
def test_what_is_published_holds_the_answers_and_nothing_of_nbgrader(path: Path) -> None:
    solution = json.loads(path.read_text(encoding="utf-8"))
    made = published(solution)
    text = json.dumps(made)
    for word in ("BEGIN SOLUTION", "END SOLUTION", "MARK SCHEME", "grade_id", "nbgrader\":"):
        assert word not in text, word
    assert len(made["cells"]) == len(solution["cells"]) + 1
    for cell, ours in zip(made["cells"][1:], solution["cells"], strict=True):
        lines = [line for line in "".join(ours["source"]).splitlines() if "SOLUTION" not in line]
        assert cell["source"].splitlines() == lines
    assert "raise NotImplementedError" not in text or "NotImplementedError" in json.dumps(solution)


def test_it_waits_for_the_due_date_and_writes_then(
    course: MiniCourse, capsys: pytest.CaptureFixture[str]
) -> None:
    def publish(*words: str) -> int:
        return main(["--course", str(course.root), "publish", "00", *words])

    target = course.root / "published" / f"{TOPIC}_solution.ipynb"
    assert publish() == 2
    assert "has no due date" in capsys.readouterr().err
    with course.api().gradebook as gradebook:
        gradebook.update_or_create_assignment(TOPIC, duedate="2999-01-01 12:00:00 UTC")
    assert publish() == 2
    assert "can be handed in until 2999-01-01 12:00 UTC" in capsys.readouterr().err
    assert not target.parent.exists()
    assert publish("--force") == 0
    target.unlink()
    with course.api().gradebook as gradebook:
        gradebook.update_or_create_assignment(TOPIC, duedate="2025-01-01 12:00:00 UTC")
    assert main(["--course", str(course.root), "extension", "ada", "00", "--until",
                 "2999-01-02"]) == 0
    assert publish() == 2
    assert "2999-01-02 00:00 UTC, for ada" in capsys.readouterr().err
    assert main(["--course", str(course.root), "extension", "ada", "00", "--none"]) == 0
    assert publish() == 0
    assert str(target) in capsys.readouterr().out
    sources = [cell["source"] for cell in json.loads(target.read_text())["cells"]]
    assert any("return float(np.dot(x, w) + b)" in each for each in sources)
    assert any(each.endswith("One bias a neuron.") for each in sources)


@pytest.mark.slow
def test_what_cells_print_comes_with_it_if_wanted(course: MiniCourse, tmp_path: Path) -> None:
    assert main(["--course", str(course.root), "publish", "00", "--executed", "--force",
                 "--to", str(tmp_path)]) == 0
    cells = json.loads((tmp_path / f"{TOPIC}_solution.ipynb").read_text())["cells"]
    shown = json.dumps([cell.get("outputs") for cell in cells])
    assert "weighted_sum" in shown and "nbgrader" not in json.dumps(cells)
