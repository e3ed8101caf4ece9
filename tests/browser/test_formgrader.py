"""A lecture from Generate to feedback by formgrader's buttons, in a real JupyterLab."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.autograder.mini_course import NO_BIAS, RIGHT, TOPIC, Learner, MiniCourse
from tests.browser.conftest import CONTEXT
from tests.browser.formgrader import OPEN_LIMIT, Formgrader
from tests.browser.server import at_the_desk

pytestmark = pytest.mark.browser
COMMENT = "Right: *one* bias for one neuron."


def fetched_and_submitted(learner: Learner, source: str, answer: str) -> None:
    """What a student does, by nbgrader's own commands."""
    assert learner.nbgrader("fetch_assignment", TOPIC) == 0
    mine = learner.root / TOPIC / f"{TOPIC}.ipynb"
    content = json.loads(mine.read_text())
    for cell in content["cells"]:
        cell["source"] = {"weighted_sum": source, "open_bias": answer}.get(
            cell["id"], cell["source"])
    mine.write_text(json.dumps(content))
    assert learner.nbgrader("submit", TOPIC) == 0


def test_a_lecture_from_generate_to_feedback(browser: Browser, tmp_path: Path) -> None:
    course = MiniCourse.drafted(tmp_path / "course")
    with (at_the_desk("instructor", tmp_path / "jupyter", course.root) as server,
          browser.new_context(**CONTEXT) as context):
        desk = Formgrader(context.new_page(), server.url("lab", "reset"))
        expect(desk.row(TOPIC).locator("td.status")).to_have_text("draft")
        desk.press(TOPIC, "assign")
        assert "### BEGIN SOLUTION" not in json.dumps(course.lecture)
        desk.press(TOPIC, "release")
        expect(desk.row(TOPIC).locator("td.status")).to_have_text("released")

        learner = Learner(tmp_path / "learner", course.root / "exchange")
        fetched_and_submitted(learner, RIGHT, "Because a neuron has one threshold.")
        desk.press(TOPIC, "collect")
        [student] = [path.name for path in (course.root / "submitted").iterdir()]
        course.hand_in("bob", course.solved(NO_BIAS))      # came by a learning platform

        desk.section("Manage Assignments")
        desk.row(TOPIC).locator("td.num-submissions a", has_text="2").click()
        for name, status, score in (
            (student, "needs manual grading", "5 / 7"), ("bob", "graded", "0 / 7")
        ):
            expect(desk.row(name).locator("td.status")).to_have_text("needs autograding")
            assert "Tried from inside and standing: files" in desk.press(name, "autograde")
            expect(desk.row(name).locator("td.status")).to_have_text(status)
            expect(desk.row(name).locator("td.score")).to_have_text(score)

        # A look at a submission: what our grader says, and the answer that waits for a person.
        desk.row(student).locator("td.student-name a").click()
        desk.row(TOPIC).locator("td.name a").click()
        expect(desk.frame.get_by_text("Passed (5 of 5 points)").first).to_be_visible(
            timeout=OPEN_LIMIT)
        panel = desk.cell("open_bias")
        expect(panel).to_contain_text("Because a neuron has one threshold.")
        expect(panel.locator(".score")).to_have_class("score tabbable needs_manual_grade")
        desk.saved(panel, ".score", "1.5")
        desk.saved(panel, ".comment", COMMENT)
        assert course.grades(student)["open_bias"] == (None, False)

        desk.section("Manual Grading")
        desk.row(TOPIC)
        desk.section("Manage Assignments")
        desk.press(TOPIC, "generate-feedback")
        desk.press(TOPIC, "release-feedback")
        assert learner.nbgrader("fetch_feedback", TOPIC) == 0
        [given] = learner.root.glob(f"{TOPIC}/feedback/*/{TOPIC}.html")
        page = context.new_page()
        page.goto(given.as_uri())
        expect(page.get_by_role("cell", name="Passed (5 of 5 points)")).to_be_visible()
        expect(page.locator("body")).to_contain_text("Right: one bias for one neuron.")
        expect(page.locator("body")).to_contain_text("(Score: 6.5 / 7.0)")
