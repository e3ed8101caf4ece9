"""A notebook that went through `course-update` is graded as if it had not."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from autograder.catalogue import Topic
from autograder.grading.submission import read_submission
from course_lib.desk.merge import merged
from tests.autograder.small_course import Cell, Notebook, cell_of, code, lecture, solution_notebook


def corrected() -> Notebook:
    """The lecture with another title, setup and check, and one demonstration more."""
    made = lecture()
    cell_of(made, "title")["source"] = "# Small, corrected"
    cell_of(made, "check_pred_succ")["source"] = 'check("pred_succ")  # corrected'
    made["cells"].insert(3, code("more", "shown = 7 * 8"))
    return made


def handed_in(strip: Callable[[Cell], object]) -> Notebook:
    """Every gap filled, a function of the learner's own, saved by some editor."""
    made = lecture()
    for cell in solution_notebook()["cells"]:
        cell_of(made, cell["id"])["source"] = cell["source"]
    made["cells"].insert(4, code("own", "def my_own():\n    return 1"))
    made = copy.deepcopy(made)
    for cell in made["cells"]:
        strip(cell)
    return made


@pytest.mark.parametrize("strip", [
    lambda cell: None, lambda cell: cell.pop("id"),
    lambda cell: (cell.pop("id"), cell["metadata"].clear()),
], ids=["as it was", "no ids", "no metadata either"])
@pytest.mark.parametrize("base", [None, lecture()], ids=["no copy kept", "copy kept"])
def test_the_grader_finds_the_same_work(
    small_topic: Topic, tmp_path: Path, base: Notebook | None, strip: Callable[[Cell], object]
) -> None:
    mine = handed_in(strip)
    now = merged(mine, corrected(), base).notebook
    path = tmp_path / "handed_in.ipynb"
    path.write_text(json.dumps(now), encoding="utf-8")
    found = read_submission(path, small_topic)
    assert not found.absent and not found.doubtful
    solutions = {cell.name: cell.source for cell in found.cells if cell.role == "solution"}
    assert solutions == {each.name: cell_of(solution_notebook(), each.name)["source"]
                         for each in small_topic.exercises}
    assert [cell.source for cell in found.cells if cell.role == "added"].count(
        "def my_own():\n    return 1") == 1
