"""Attacks earn nothing, and our own faults are never a zero."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from autograder.catalogue import Topic
from autograder.checks.hidden import hidden_cases
from autograder.grading import grade, judging
from autograder.grading.grade import confirm, grade_one
from autograder.grading.results import ExerciseResult, SubmissionResult
from autograder.grading.secret import rng_for
from autograder.grading.submission import read_submission
from autograder.sandbox.session import SandboxError
from course_lib.checks.cases import declaration
from tests.autograder.small_course import (
    POINTS,
    QUICK,
    SECRET,
    SLUG,
    Cell,
    Grade,
    but,
    by_heart,
    code,
    handed_in,
    lecture,
    outcomes,
)

ATTACKS = {
    "patched asserts and judges": """
import numpy.testing, course_lib.checks.judge as judge, course_lib.checks.compare as compare
numpy.testing.assert_allclose = lambda *a, **k: None
judge.judge = judge.judge_answer = compare.same = lambda *a, **k: None
import course_lib.checks.cases as cases
cases.Quiz.right = lambda *a: True
""",
    "an object equal to everything": """
class Same:
    def __eq__(self, other): return True
    def __array__(self, *a, **k): raise ValueError
    def __array_function__(self, *a): return True
def weighted_sum(*args): return Same()
pred_succ = classify_nodes = kill_flipped_kernel = weighted_sum
quiz_sharing = Same()
""",
    "forged arrays": """
class Forged:
    __array_interface__ = {"shape": (1,), "typestr": "<f8", "data": (0, False), "version": 3}
    __array_priority__ = 1e9
def weighted_sum(*args): return Forged()
pred_succ = classify_nodes = kill_flipped_kernel = weighted_sum
quiz_sharing = {"a": Forged(), "b": Forged(), "c": Forged(), "d": Forged()}
""",
    "check in a cell of one's own": "check('weighted_sum')\ncheck('pred_succ')\n",
    "transformers and hooks of the shell": """
shell = get_ipython()
shell.input_transformers_cleanup.append(lambda lines: ["passed = True"])
shell.events.register("post_run_cell", lambda *a: 1 / 0)
shell.run_cell = lambda *a, **k: None
""",
    "forged replies": """
import gc, sys
wire = sys.modules["course_wire"]
talk = next(o for o in gc.get_objects() if isinstance(o, wire.Channel))
send = talk.send
talk.send = lambda value: send({"value": None, "error": None, "passed": True, "points": 100})
""",
    "frames and the hidden answers": """
import gc, sys
def weighted_sum(x, w, b):
    frame, found = sys._getframe(), []
    while frame:
        found += [v for v in frame.f_locals.values() if isinstance(v, float) and v != b]
        frame = frame.f_back
    for module in ("autograder", "autograder.checks.hidden", "autograder.checks.start_here"):
        try: found.append(__import__(module))
        except ImportError: pass
    return found[0] if found else None
pred_succ = classify_nodes = weighted_sum
""",
}


class TestAttacks:
    @pytest.mark.parametrize("name", ATTACKS)
    def test_no_attack_earns_a_point(self, graded: Grade, name: str) -> None:
        attack: Cell = code("attack", ATTACKS[name])
        result = graded(start=lecture, edit=lambda n: n["cells"].append(attack))
        assert result.score == 0, outcomes(result)
        assert not {"passed", "error"} & set(outcomes(result).values()), outcomes(result)

    def test_the_canary_shows(self, graded: Grade) -> None:
        """If the student's function is replaced by a raise, it is that which was called."""
        for name in ("weighted_sum", "pred_succ", "classify_nodes"):
            source = f"def {name}(*args): raise LookupError('canary')"
            found = graded({name: source}).exercise(name)
            assert found.outcome == "failed"
            assert "canary" in " ".join(found.evidence)

    def test_feedback_never_holds_a_hidden_number(self, graded: Grade) -> None:
        """Also not when the student's code puts hidden inputs into a name or a message."""
        source = (
            f"known = {by_heart()}\n"
            "def weighted_sum(x, w, b):\n"
            "    if repr((x, w, b)) in known:\n"
            "        return known[repr((x, w, b))]\n"
            "    raise type(f'Seen{b!r}', (Exception,), {})(f'{x!r} {w!r} {b!r}')\n"
        )
        found = graded({"weighted_sum": source}).exercise("weighted_sum")
        shown = " ".join([found.summary, *found.evidence, found.hint or "", found.belief or ""])
        assert found.outcome == "failed"
        assert "Seen" not in shown
        cases = hidden_cases("weighted_sum", rng_for(SECRET, SLUG, "ada", "weighted_sum"))
        numbers = [float(n) for case in cases for each in case.args for n in np.ravel(each)]
        long_ones = [number for number in numbers if number != round(number, 2)]
        assert long_ones
        for number in long_ones:
            assert f"{number:.4g}" not in shown


class TestOurFaults:
    def test_a_bug_in_a_hidden_check_is_never_a_zero(
        self, graded: Grade, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def broken(name: str, rng: np.random.Generator) -> Any:
            if name == "pred_succ":
                raise IndexError("a bug of ours")
            return hidden_cases(name, rng)

        monkeypatch.setattr(judging, "hidden_cases", broken)
        result = graded()
        assert outcomes(result) == but(pred_succ="error")
        found = result.exercise("pred_succ")
        assert found.points is None
        assert "a bug of ours" in (found.for_instructor or "")
        assert "a bug of ours" not in found.summary + "".join(found.evidence)

    def test_a_broken_comparison_is_ours_and_an_odd_answer_is_theirs(
        self, graded: Grade, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        weighted = declaration("weighted_sum")

        def picky(got: Any, expected: Any, case: Any) -> str | None:
            return None if got + 0.0 == expected else "not equal"

        def broken(got: Any, expected: Any, case: Any) -> str | None:
            raise TypeError("a comparison of ours")

        odd = {"weighted_sum": "def weighted_sum(x, w, b): return 'text'"}
        monkeypatch.setitem(weighted.__dict__, "compare", picky)
        found = graded(odd).exercise("weighted_sum")
        assert found.outcome == "failed"
        assert "cannot be compared" in found.evidence[0]
        monkeypatch.setitem(weighted.__dict__, "compare", broken)
        assert graded(odd).exercise("weighted_sum").outcome == "error"

    def test_a_machine_without_children_blames_nobody(
        self, graded: Grade, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def refuse(*anything: Any) -> None:
            raise SandboxError("the child did not start")

        monkeypatch.setattr(grade.Session, "_start", refuse)
        result = graded()
        assert outcomes(result) == dict.fromkeys(POINTS, "error")
        assert {each.points for each in result.exercises} == {None}

    def test_an_unreadable_notebook_has_a_name_and_no_score(
        self, small_topic: Topic, tmp_path: Path
    ) -> None:
        path = tmp_path / "x.ipynb"
        path.write_text('{"nbformat": 99}', encoding="utf-8")
        result = grade_one(path, student="ada", topic=small_topic, secret=SECRET)
        assert result.note == "nbformat 99"
        assert outcomes(result) == dict.fromkeys(POINTS, "needs a look")
        assert {each.points for each in result.exercises} == {None}
        assert "format 99; format 4 is read" in result.exercises[0].summary


class TestConfirming:
    def test_a_time_out_counts_only_when_repeated(
        self, small_topic: Topic, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        path = tmp_path / "x.ipynb"
        path.write_text(json.dumps(handed_in()), encoding="utf-8")
        slow = ExerciseResult("pred_succ", "exercise", "failed", 0.0, 2.0, "", timed_out=True)
        first = SubmissionResult("ada", SLUG, (slow,))
        again = confirm(first, path, topic=small_topic, secret=SECRET, limits=QUICK)
        assert outcomes(again) == but()
        monkeypatch.setattr(grade, "grade_one", pytest.fail)
        assert confirm(again, path, topic=small_topic, secret=SECRET) is again


def test_no_child_that_saw_a_hidden_case_runs_while_it_is_said_why(
    small_topic: Topic, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two children that run at once can talk, if only by how busy they keep the machine."""
    running: list[bool] = []
    told = grade._in_words

    def watched(result: Any, telling: Any, witness: Any) -> Any:
        running.append(grading.session._process is not None)
        return told(result, telling, witness)

    monkeypatch.setattr(grade, "_in_words", watched)
    path = tmp_path / "98_small.ipynb"
    wrong = {name: f"def {name}(*a): return 0" for name in ("weighted_sum", "pred_succ")}
    path.write_text(json.dumps(handed_in(wrong)), encoding="utf-8")
    submission = read_submission(path, small_topic)
    with grade.Grading(submission, "ada", small_topic, SECRET, QUICK) as grading:
        result = grading.result()
    assert running == [False, False]
    assert all(result.exercise(name).evidence for name in wrong)
