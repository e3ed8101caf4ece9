"""Grading one notebook: honest work gets its points, wrong work a reason."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from autograder.catalogue import Topic
from autograder.grading import grade, judging
from autograder.grading.results import FamilyResult, SubmissionResult
from course_lib.checks.cases import declaration
from course_lib.checks.values import Answer
from tests.autograder.small_course import (
    POINTS,
    SOLUTIONS,
    Alone,
    Grade,
    Notebook,
    but,
    by_heart,
    cell_of,
    code,
    lecture,
    outcomes,
)

FULL = but()


class TestHonestWork:
    def test_the_solution_earns_full_marks(self, graded: Grade) -> None:
        result = graded()
        assert outcomes(result) == FULL, [each.for_instructor for each in result.exercises]
        assert result.score == result.max_score == sum(POINTS.values())
        assert (result.note, result.events, result.timed_out) == (None, (), False)
        assert [each.check_id for each in result.exercises] == [f"check_{name}" for name in POINTS]
        assert "network" in result.sandbox
        assert result.seconds > 0

    def test_an_untouched_lecture_is_missing_and_earns_nothing(self, graded: Grade) -> None:
        result = graded(start=lecture)
        assert outcomes(result) == dict.fromkeys(POINTS, "missing")
        assert {each.points for each in result.exercises} == {0.0}

    def test_results_go_to_json_and_come_back(self, graded: Grade) -> None:
        result = graded({"pred_succ": "def pred_succ(nodes, edges): return {}, {}"})
        assert SubmissionResult.from_json(result.to_json()) == result

    def test_half_done_is_half_graded(self, graded: Grade) -> None:
        done = {name: SOLUTIONS[name] for name in ("pred_succ", "classify_nodes")}
        result = graded(done, start=lecture)
        assert [each.outcome for each in result.exercises] == [
            "missing", "passed", "passed", "missing", "missing",
        ]
        assert result.score == 5

    def test_a_helper_in_a_cell_of_ones_own(self, graded: Grade) -> None:
        helper = code("x1", "from math import fsum\ndef products(x, w): return fsum(x * w)")
        sources = {"weighted_sum": "def weighted_sum(x, w, b): return products(x, w) + b"}
        assert outcomes(graded(sources, before=(helper,))) == FULL

    def test_a_lambda_and_lists_for_arrays_are_right_too(self, graded: Grade) -> None:
        sources = {"weighted_sum": "weighted_sum = lambda x, w, b: [b + sum(x * w)][0]"}
        assert outcomes(graded(sources)) == FULL

    def test_what_is_around_the_exercises_does_not_count(self, graded: Grade) -> None:
        def edit(notebook: Notebook) -> None:
            del notebook["cells"][1]
            cell_of(notebook, "check_pred_succ")["source"] = "print(1)"
            cell_of(notebook, "check_pred_succ")["metadata"]["nbgrader"]["points"] = 1000
            cell_of(notebook, "demonstration")["source"] = "1 / 0"
            notebook["cells"].append(code("mine", "1 / 0"))

        result = graded(edit=edit)
        assert outcomes(result) == FULL
        assert result.score == sum(POINTS.values())
        assert result.events[-1] == (
            "added cell number 14: raised ZeroDivisionError: division by zero (line 1)"
        )


class TestWrongWork:
    def test_a_wrong_function_is_told_with_public_evidence(self, graded: Grade) -> None:
        sources = {"weighted_sum": "def weighted_sum(x, w, b): return float(np.dot(x, w))"}
        result = graded(sources)
        assert outcomes(result) == but(weighted_sum="failed")
        found = result.exercise("weighted_sum")
        assert found.points == 0
        assert found.evidence[0] == 'Case "two inputs": expected 1.5, got 1.'
        assert found.belief == "forgets_the_bias"
        assert found.hint
        assert FamilyResult("no input", False) in found.families

    def test_right_where_it_shows_is_not_right(self, graded: Grade) -> None:
        """Only public cases are known, so only public cases can be learned by heart."""
        sources = {"weighted_sum": f"def weighted_sum(*args): return {by_heart()}[repr(args)]"}
        found = graded(sources).exercise("weighted_sum")
        assert found.outcome == "failed"
        assert found.summary.startswith("All visible cases pass, hidden ones do not. It fails in")
        assert found.summary.endswith("It raises KeyError.")
        assert found.evidence == ()

    @pytest.mark.parametrize(
        ("source", "summary"),
        [
            ("def weighted_sum(x, w, b:\n    return 1", "Your cell stops with SyntaxError: "),
            ("weighted_sum = 3", "weighted_sum is no function; "),
            ("class weighted_sum: pass", "weighted_sum is a class; "),
            ("1 / 0\ndef weighted_sum(): pass", "Your cell stops with ZeroDivisionError: "),
            ("def weighted_sum(x): return x", "It fails in: small numbers; "),
            ("def weighted_sum(x, w, b):\n    import sys\n    sys.exit()", "It fails in: "),
            ("import os; os._exit(0)", "Your cell ended the Python process. "),
            ("def weighted_sum(x, w, b):\n    import os\n    os._exit(0)",
             "Your function ended the Python process. "),
            ("def weighted_sum(x, w, b): return print", "It fails in: small numbers; "),
            ("def weighted_sum(x, w, b): return 10 ** 400", "It fails in: small numbers; "),
            ("def weighted_sum(x, w, b): return [[]] * 40", "It fails in: small numbers; "),
            ("def weighted_sum(x, w, b): return {1: {(2,): float('nan')}}", "It fails in: "),
            ("def weighted_sum(x, w, b):\n    x[:] = 0\n    return b", "It fails in: "),
        ],
    )
    def test_each_kind_of_failure_has_its_sentence(
        self, judge_alone: Alone, source: str, summary: str
    ) -> None:
        found = judge_alone("weighted_sum", source)
        assert (found.outcome, found.points) == ("failed", 0)
        assert found.summary.startswith(summary)

    @pytest.mark.parametrize(
        "source",
        [
            "def weighted_sum(x, w, b:\n    return 1",
            "import os; os._exit(0)",
            "def weighted_sum(x, w, b):\n    import os\n    os._exit(0)",
            "import sys; sys.exit()",
        ],
    )
    def test_what_breaks_one_exercise_costs_one_exercise(
        self, graded: Grade, source: str
    ) -> None:
        assert outcomes(graded({"weighted_sum": source})) == but(weighted_sum="failed")

    def test_a_function_that_stands_elsewhere_is_named(self, graded: Grade) -> None:
        sources = {"weighted_sum": "", "demonstration": SOLUTIONS["weighted_sum"]}
        found = graded(sources).exercise("weighted_sum")
        assert found.outcome == "missing"
        assert "a cell that is not run" in found.summary

    def test_a_helper_in_a_cell_of_ours_is_named(self, graded: Grade) -> None:
        sources = {
            "weighted_sum": "def weighted_sum(x, w, b): return helper(x, w) + b",
            "demonstration": "shown = 6 * 7\ndef helper(x, w): return sum(x * w)",
        }
        found = graded(sources).exercise("weighted_sum")
        assert found.evidence[-1].startswith("helper stands in a cell of the lecture")

    def test_what_the_code_says_is_shown_as_one_printable_line(self, judge_alone: Alone) -> None:
        source = "def weighted_sum(*a): raise ValueError('\\x1b[2J\\ud800' + 'x' * 10_000)"
        found = judge_alone("weighted_sum", source)
        assert all(line.isprintable() and len(line) < 1_100 for line in found.evidence)
        assert "ValueError" in found.evidence[0]

    def test_an_early_error_costs_once(self, graded: Grade) -> None:
        sources = {"pred_succ": "def pred_succ(nodes, edges): return {}, {}"}
        assert outcomes(graded(sources)) == but(pred_succ="failed")
        missing = {"pred_succ": "def pred_succ(nodes, edges): raise NotImplementedError()"}
        assert outcomes(graded(missing)) == but(pred_succ="missing")

    def test_an_infinite_loop_costs_its_exercise_and_is_marked(self, graded: Grade) -> None:
        sources = {
            "weighted_sum": "def weighted_sum(x, w, b):\n    while True: pass",
            "quiz_sharing": "while True: pass",
        }
        result = graded(sources)
        assert outcomes(result) == but(weighted_sum="failed", quiz_sharing="failed")
        assert result.timed_out
        assert "never ends" in result.exercise("weighted_sum").summary
        assert "solution cell quiz_sharing: was stopped (time)" in result.events

    def test_after_a_stop_the_exercise_is_not_called_again(self, small_topic: Topic) -> None:
        class Stuck:
            asked = 0

            def describe(self, name: str) -> str:
                return "function"

            def read(self, name: str) -> Answer:
                return Answer()

            def call(self, name: str, args: Any = (), kwargs: Any = None) -> Answer:
                raise AssertionError("a function is called case after case")

            def calls(self, name: str, inputs: Any) -> Iterator[Answer]:
                for _ in inputs:
                    self.asked += 1
                    yield Answer(stopped="time")
                    return

        cell, stuck = small_topic.exercise("weighted_sum"), Stuck()
        asked = judging.Asked(cell, declaration(cell.name), None, slow=False)
        rng = np.random.default_rng(0)
        found = judging.judged(asked, stuck, rng, lambda name, value: Answer())
        assert (stuck.asked, found.outcome, found.timed_out) == (1, "failed", True)

    def test_whoever_fails_a_visible_case_earns_nothing(self, graded: Grade) -> None:
        shown = next(iter(declaration("weighted_sum").cases()))  # type: ignore[union-attr]
        spoiled = (
            "def weighted_sum(x, w, b):\n"
            f"    wrong = b == {shown.args[2]!r} and len(x) == {len(shown.args[0])}\n"
            "    return float(np.dot(x, w) + b) + wrong\n"
        )
        result = graded({"weighted_sum": spoiled})
        assert outcomes(result) == but(weighted_sum="failed")
        found = result.exercise("weighted_sum")
        assert shown.title in " ".join(found.evidence)
        assert shown.family in found.summary

    def test_a_print_of_300_megabytes_costs_nothing(self, graded: Grade) -> None:
        noisy = SOLUTIONS["weighted_sum"] + "\nprint('x' * 300_000_000)"
        assert outcomes(graded({"weighted_sum": noisy})) == FULL

    def test_doubtful_cells_wait_for_a_person(self, graded: Grade) -> None:
        def edit(notebook: Notebook) -> None:
            second = {**cell_of(notebook, "pred_succ"), "id": "copy"}
            notebook["cells"].append({**second, "source": "def pred_succ(*edges): return 1"})

        result = graded(edit=edit)
        assert outcomes(result) == but(pred_succ="needs a look")
        found = result.exercise("pred_succ")
        assert found.points is None
        assert found.needs_person
        assert "failed" in (found.for_instructor or "")


class TestQuizAndKill:
    @pytest.mark.parametrize(
        ("source", "outcome", "says"),
        [
            ('quiz_sharing = {"a": " Q ", "b": 751.0, "c": np.int64(1024), "d": "r"}', "passed",
             ""),
            ('quiz_sharing = {"a": "q", "b": 750, "c": 1024, "d": "r"}', "failed",
             "b: not right. The bias is missing."),
            ('quiz_sharing = {"a": "q"}', "failed", "b: not answered yet"),
            ('quiz_sharing = {"a": 10**400, "b": 10**400, "c": float("nan"), "d": []}', "failed",
             "cannot be read"),
            ('quiz_sharing = {"a": None, "x": 1}', "missing", ""),
            ("quiz_sharing = ['q', 751, 1024, 'r']", "failed", ""),
            ("class D(dict):\n    def get(self, *a): return True\nquiz_sharing = D()", "missing",
             ""),
        ],
    )
    def test_quiz(self, judge_alone: Alone, source: str, outcome: str, says: str) -> None:
        found = judge_alone("quiz_sharing", source)
        assert found.outcome == outcome, found
        assert says in "\n".join(found.evidence)

    @pytest.mark.parametrize(
        ("body", "outcome", "says"),
        [
            ("raise NotImplementedError()", "missing", "Nothing is written yet."),
            ("pass", "failed", "Return the inputs as a tuple (x, weight); got None."),
            ("return np.ones((1, 1, 4, 4)), np.ones((1, 1, 3, 3))", "failed", "so it survives."),
            ("return np.ones((1, 1, 200, 200)), np.ones((1, 1, 3, 3))", "failed", "20,000 numbers"),
            ("return np.ones((1, 1, 999, 999)), np.ones((1, 1, 3, 3))", "failed", "too large"),
            ("return 1, 2, 3", "failed", "Return 2 inputs, (x, weight); got 3"),
            ("return 1 / 0", "failed", "Your function raised ZeroDivisionError"),
            ("return (lambda: 1), 2", "failed", "Your function returned a function object."),
            ("while True: pass", "failed", "never ends"),
        ],
    )
    def test_kill(self, judge_alone: Alone, body: str, outcome: str, says: str) -> None:
        source = f"def kill_flipped_kernel():\n    {body}"
        found = judge_alone("kill_flipped_kernel", source)
        assert (found.outcome, says in found.summary) == (outcome, True), found

    def test_inputs_that_take_forever_stop_the_referee_and_not_the_grader(
        self, graded: Grade, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        slow = grade.REFEREE.replace("return judge_kill", "while True: pass\n    return judge_kill")
        monkeypatch.setattr(grade, "REFEREE", slow)
        found = graded().exercise("kill_flipped_kernel")
        assert (found.outcome, found.summary[:29]) == ("failed", "Your inputs take too long to ")
