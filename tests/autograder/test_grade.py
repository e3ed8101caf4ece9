"""Grading one notebook: honest work gets its points, and nothing else does."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from autograder.catalogue import Topic
from autograder.checks.hidden import hidden_cases
from autograder.grading import grade, judging
from autograder.grading.grade import confirm, grade_one
from autograder.grading.results import ExerciseResult, FamilyResult, SubmissionResult
from autograder.grading.secret import course_secret, rng_for, seed_for
from autograder.sandbox.limits import Limits
from autograder.sandbox.session import SandboxError, Session
from course_lib.checks.cases import Exercise, declaration
from tests.autograder.small_course import (
    POINTS,
    SLUG,
    SOLUTIONS,
    Cell,
    Notebook,
    cell_of,
    code,
    handed_in,
    lecture,
    make_topic,
)

SECRET = b"a secret of the tests, long enough"
QUICK = Limits(cpu_seconds=1.0, wall_factor=60.0)
FULL = dict.fromkeys(POINTS, "passed")
Grade = Callable[..., SubmissionResult]
Alone = Callable[[str, str], ExerciseResult]


@pytest.fixture(scope="module")
def topic(tmp_path_factory: pytest.TempPathFactory) -> Topic:
    return make_topic(tmp_path_factory.mktemp("course"))


@pytest.fixture
def graded(topic: Topic, tmp_path: Path) -> Grade:
    """Grade a notebook; its arguments are those of `handed_in`."""

    def grade_it(
        sources: Mapping[str, str] | None = None, *, student: str = "ada", **more: Any
    ) -> SubmissionResult:
        path = tmp_path / f"{SLUG}.ipynb"
        path.write_text(json.dumps(handed_in(sources, **more)), encoding="utf-8")
        return grade_one(path, student=student, topic=topic, secret=SECRET, limits=QUICK)

    return grade_it


@pytest.fixture(scope="module")
def judge_alone(topic: Topic) -> Iterator[Alone]:
    """Judge one exercise by one cell, in a child that all tests share: a child costs a while."""
    limits = Limits(cpu_seconds=0.5, wall_factor=60.0)
    with Session(limits) as session, Session(limits) as referee:
        session.run("import numpy as np")
        referee.run(grade.REFEREE)

        def judge_it(name: str, source: str) -> ExerciseResult:
            session.run(f"{name} = None\ndel {name}")
            ran = session.run(source)
            asked = judging.Asked(topic.exercise(name), declaration(name), ran, slow=False)
            rng = rng_for(SECRET, SLUG, "ada", name)
            return judging.judged(
                asked, session, rng, lambda *given: referee.call("ruling", given)
            )

        yield judge_it


def outcomes(result: SubmissionResult) -> dict[str, str]:
    return {each.name: each.outcome for each in result.exercises}


def but(**changed: str) -> dict[str, str]:
    return {**FULL, **changed}


def by_heart() -> str:
    """A table of the public cases and their results, as a student could write it."""
    weighted = declaration("weighted_sum")
    assert isinstance(weighted, Exercise)
    return repr({repr(case.args): weighted.expected(case).value for case in weighted.cases()})


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
            ('quiz_sharing = {"a": " Q ", "b": 181.0, "c": np.int64(784), "d": "r"}', "passed", ""),
            ('quiz_sharing = {"a": "q", "b": 180, "c": 784, "d": "r"}', "failed",
             "b: not right. The bias is missing."),
            ('quiz_sharing = {"a": "q"}', "failed", "b: not answered yet"),
            ('quiz_sharing = {"a": 10**400, "b": 10**400, "c": float("nan"), "d": []}', "failed",
             "cannot be read"),
            ('quiz_sharing = {"a": None, "x": 1}', "missing", ""),
            ("quiz_sharing = ['q', 181, 784, 'r']", "failed", ""),
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
            ("pass", "failed", "Return the inputs as a tuple; got None."),
            ("return np.ones((1, 1, 4, 4)), np.ones((1, 1, 3, 3))", "failed", "so it survives."),
            ("return np.ones((1, 1, 200, 200)), np.ones((1, 1, 3, 3))", "failed", "20000 numbers"),
            ("return np.ones((1, 1, 999, 999)), np.ones((1, 1, 3, 3))", "failed", "too large"),
            ("return 1, 2, 3", "failed", "The inputs do not fit: "),
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

    def test_feedback_never_holds_a_hidden_number(self, graded: Grade, topic: Topic) -> None:
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
        self, topic: Topic, tmp_path: Path
    ) -> None:
        path = tmp_path / "x.ipynb"
        path.write_text('{"nbformat": 99}', encoding="utf-8")
        result = grade_one(path, student="ada", topic=topic, secret=SECRET)
        assert result.note == "nbformat 99"
        assert outcomes(result) == dict.fromkeys(POINTS, "needs a look")
        assert {each.points for each in result.exercises} == {None}
        assert "format 99; format 4 is read" in result.exercises[0].summary


class TestConfirming:
    def test_a_time_out_counts_only_when_repeated(
        self, topic: Topic, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        path = tmp_path / "x.ipynb"
        path.write_text(json.dumps(handed_in()), encoding="utf-8")
        slow = ExerciseResult("pred_succ", "exercise", "failed", 0.0, 2.0, "", timed_out=True)
        first = SubmissionResult("ada", SLUG, (slow,))
        again = confirm(first, path, topic=topic, secret=SECRET, limits=QUICK)
        assert outcomes(again) == FULL
        monkeypatch.setattr(grade, "grade_one", pytest.fail)
        assert confirm(again, path, topic=topic, secret=SECRET) is again


class TestSecret:
    def test_seeds_differ_by_student_exercise_assignment_and_secret(self) -> None:
        seeds = {
            seed_for(SECRET, "03", "ada", "layer"), seed_for(SECRET, "03", "bob", "layer"),
            seed_for(SECRET, "03", "ada", "count_fc"), seed_for(SECRET, "04", "ada", "layer"),
            seed_for(SECRET + b"x", "03", "ada", "layer"), seed_for(SECRET, "03", "a", "dalayer"),
        }
        assert len(seeds) == 6
        assert seed_for(SECRET, "03", "ada", "layer") in seeds
        draws = [rng_for(SECRET, "03", "ada", "layer").normal() for _ in range(2)]
        assert draws[0] == draws[1]

    def test_a_secret_is_made_once_for_the_owner_alone(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.delenv("COURSE_SECRET", raising=False)
        secret = course_secret(tmp_path)
        assert len(secret) == 32
        assert course_secret(tmp_path) == secret
        assert (tmp_path / ".course_secret").stat().st_mode & 0o777 == 0o600
        monkeypatch.setenv("COURSE_SECRET", "x" * 20)
        assert course_secret(tmp_path) == b"x" * 20
        monkeypatch.setenv("COURSE_SECRET", "short")
        with pytest.raises(ValueError, match="COURSE_SECRET holds 5 bytes"):
            course_secret(tmp_path)

    def test_an_outcome_nobody_knows_is_refused(self) -> None:
        with pytest.raises(ValueError, match="one of passed, failed, missing"):
            ExerciseResult("f", "exercise", "fine", 1.0, 1.0, "")  # type: ignore[arg-type]
