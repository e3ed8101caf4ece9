"""What learners read. Each way to be wrong has its own clear sentence, and each is read here."""

from __future__ import annotations

import io
import re
from contextlib import redirect_stdout

import numpy as np
import pytest
from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Config

from course_lib.checks import CheckFailed, case, check, configure, hint, student
from course_lib.desk.policy import setting

PRELUDE = "import numpy as np\nfrom course_lib.checks import check, case, hint\n"

# (what the learner wrote, what the output must say)
FAILURES = {
    "nothing written yet": (
        "def weighted_sum(x, w, b):\n    raise NotImplementedError()",
        "nothing written yet",
    ),
    "a body of pass": (
        "def weighted_sum(x, w, b):\n    pass",
        "returned None; expected a number. Is return there",
    ),
    "a missing function": ("", "there is no function of that name yet"),
    "a renamed function": (
        "def weigthed_sum(x, w, b):\n    return 1",
        "There is weigthed_sum: did you rename it",
    ),
    "a class": ("class weighted_sum:\n    pass", "is a class; this exercise asks for a function"),
    "a number": ("weighted_sum = 3", "is an int; this exercise asks for a function"),
    "a wrong shape": (
        "def weighted_sum(x, w, b):\n    return x * w + b",
        r"Expected a single number, got shape \(2,\)",
    ),
    "NaN": (
        "def weighted_sum(x, w, b):\n    return float('nan')",
        "got nan. NaN comes from",
    ),
    "an object": (
        "class Tensor:\n    pass\ndef weighted_sum(x, w, b):\n    return Tensor()",
        "returned a Tensor object; expected a number",
    ),
    "a change in place": (
        "def weighted_sum(x, w, b):\n    x *= w\n    return x.sum() + b",
        "writes into one of its inputs.*Work on a copy",
    ),
    "an exception": (
        "def weighted_sum(x, w, b):\n    y = 1\n    return x.nope",
        r"raised AttributeError: .*nope.* \(line 3 of your function\)",
    ),
    "sys.exit": (
        "def weighted_sum(x, w, b):\n    import sys\n    sys.exit(1)",
        "raised SystemExit",
    ),
    "no return": (
        "def weighted_sum(x, w, b):\n    return None if len(x) else b",
        "returned None; expected a number. Is return there",
    ),
    "a known belief": (
        "def weighted_sum(x, w, b):\n    return float(x @ w)",
        "What may be behind it:\n *You add up the products but leave out b",
    ),
    "a stop by hand": (
        "def weighted_sum(x, w, b):\n    raise KeyboardInterrupt",
        "you stopped the check while your function was running. Does a loop in it end",
    ),
    "wrong arguments": ("def weighted_sum(x, w):\n    return x @ w", "raised TypeError"),
}


@pytest.fixture(scope="module")
def one_shell():
    """An IPython shell, as in a kernel, that writes no history."""
    made = InteractiveShell(config=Config({"HistoryManager": {"enabled": False}}))
    return made


@pytest.fixture
def shell(one_shell):
    """The shell with nothing defined, and a fresh memory of what was checked."""
    one_shell.reset(new_session=False)
    student._memory.__init__()
    return one_shell


def run(shell, source: str) -> tuple[str, bool]:
    """The printed output (colours removed) and whether the cell ended well."""
    out = io.StringIO()
    with redirect_stdout(out):
        ok = shell.run_cell(source).success
    return re.sub(r"\x1b\[[0-9;]*m", "", out.getvalue()), ok


@pytest.mark.parametrize(("source", "words"), FAILURES.values(), ids=list(FAILURES))
def test_each_failure_has_its_sentence_and_a_short_traceback(shell, source, words):
    run(shell, PRELUDE + source)
    output, ok = run(shell, 'check("weighted_sum")')
    assert not ok
    assert re.search(words, output, re.DOTALL), output
    explanation, _, traceback = output.partition("CheckFailed")
    assert len(("CheckFailed" + traceback).strip().splitlines()) <= 3
    assert "Traceback" not in explanation


@pytest.mark.parametrize("source", [source for source, _ in FAILURES.values()], ids=list(FAILURES))
def test_after_a_failure_the_library_stands_in_and_says_so(shell, source):
    run(shell, PRELUDE + source)
    output, _ = run(shell, 'check("weighted_sum")')
    assert "the library's weighted_sum stands in" in output
    output, ok = run(shell, "print(weighted_sum(np.array([1., 2.]), np.array([3., -1.]), 0.5))")
    assert ok and output.strip() == "1.5"
    output, ok = run(shell, 'check("weighted_sum")')
    assert not ok, "the stand-in must not pass for the learner's own function"


def test_the_stand_in_is_not_taken_for_a_renamed_function(shell):
    run(shell, PRELUDE)
    for _ in range(2):
        output, _ = run(shell, 'check("weighted_sum")')
        assert "Run the cell that defines it" in output and "rename" not in output


def test_the_learner_function_comes_back_when_it_passes(shell):
    run(shell, PRELUDE + FAILURES["no return"][0])
    run(shell, 'check("weighted_sum")')
    run(shell, "def weighted_sum(x, w, b):\n    return float(x @ w) + b")
    output, ok = run(shell, 'check("weighted_sum")')
    assert ok and output.strip() == (
        "weighted_sum: visible 7 of 7; hidden checks not run here"
    )
    assert run(shell, "weighted_sum.__doc__")[1]


def test_a_lambda_passes_with_a_note(shell):
    run(shell, PRELUDE + "weighted_sum = lambda x, w, b: x @ w + b")
    output, ok = run(shell, 'check("weighted_sum")')
    assert ok and "this is a lambda. Write def weighted_sum" in output


def test_a_helper_outside_the_gap_passes_with_a_note(shell):
    run(shell, PRELUDE + "def dot(x, w):\n    return sum(x * w)")
    run(shell, "def weighted_sum(x, w, b):\n    return dot(x, w) + b")
    output, ok = run(shell, 'check("weighted_sum")')
    assert ok and "it uses dot, which you defined in another place" in output


def test_a_variable_of_the_notebook_passes_with_a_note(shell):
    run(shell, PRELUDE + "offset = 0.0")
    body = "sum([a * c for a, c in zip(x, w)], offset) + b"
    run(shell, f"def weighted_sum(x, w, b):\n    return {body}")
    output, ok = run(shell, 'check("weighted_sum")')
    assert ok and "it uses offset from outside the function" in output
    assert output.count("Note:") == 1


def test_an_unknown_name_is_answered_with_the_nearest(shell):
    output, ok = run(shell, PRELUDE + 'check("weigthed_sum")')
    assert not ok and "Did you mean 'weighted_sum'?" in output


def test_a_name_without_quotation_marks_is_told_where_they_belong(shell):
    run(shell, PRELUDE + "def weighted_sum(x, w, b):\n    return b")
    output, ok = run(shell, "hint(weighted_sum)")
    assert not ok and 'write the name in quotation marks, such as "weighted_sum"' in output


@pytest.mark.parametrize(
    ("naming", "first", "second"),
    [("at once", True, True), ("second failure", False, True), ("off", False, False)],
)
def test_an_instructor_decides_when_a_belief_is_named(shell, naming, first, second):
    configure(naming=naming)
    run(shell, PRELUDE + FAILURES["a known belief"][0])
    for expected in (first, second):
        output, _ = run(shell, 'check("weighted_sum")')
        assert ("What may be behind it" in output) is expected


def test_configure_says_what_it_takes():
    with pytest.raises(ValueError, match="one of 'at once', 'second failure', 'off'; got 'never'"):
        configure(naming="never")
    with pytest.raises(ValueError, match="one of 'at once', 'first failure', 'off'; got 'never'"):
        configure(hints="never")


@pytest.mark.parametrize(
    ("hints", "before", "after", "told"),
    [("at once", True, True, True), ("first failure", False, True, True),
     ("off", False, False, False)],
)
def test_an_instructor_decides_when_hints_are_given(shell, hints, before, after, told):
    student._memory.__init__()
    configure(hints=hints)
    output, _ = run(shell, PRELUDE + 'hint("weighted_sum")')
    assert ("Hint 1 of 3" in output) is before
    run(shell, FAILURES["a known belief"][0])
    output, _ = run(shell, 'check("weighted_sum")')
    assert ('hint("weighted_sum") gives a hint' in output) is told
    assert 'case("weighted_sum", ' in output
    output, _ = run(shell, 'hint("weighted_sum")')
    assert ("Hint " in output and " of 3" in output) is after


def test_a_file_above_the_notebook_sets_both_for_everybody(tmp_path, monkeypatch, capsys):
    student._memory.__init__()
    monkeypatch.delenv("COURSE_NAMING", raising=False)
    (tmp_path / "course_policy.json").write_text('{"naming": "off", "hints": "off"}')
    folder = tmp_path / "lectures" / "00_start_here"
    folder.mkdir(parents=True)
    monkeypatch.chdir(folder)
    assert setting("naming") == setting("hints") == "off"
    hint("weighted_sum")
    assert capsys.readouterr().out == "There are no hints in this course.\n"
    monkeypatch.setenv("COURSE_HINTS", "first failure")
    assert setting("hints") == "first failure"
    hint("weighted_sum")
    assert "once its check has failed" in capsys.readouterr().out
    configure(hints="at once")
    hint("weighted_sum")
    assert "Hint 1 of 3" in capsys.readouterr().out


@pytest.mark.parametrize("text", ["{", "[]", '{"naming": "always"}', '{"naming": null}', "\xff"])
def test_a_policy_that_is_none_is_said_and_the_default_counts(tmp_path, monkeypatch, text, capsys):
    monkeypatch.delenv("COURSE_NAMING", raising=False)
    (tmp_path / "course_policy.json").write_bytes(text.encode("latin-1"))
    assert setting("naming", tmp_path) == "at once"
    said = capsys.readouterr().out
    assert said.startswith("  Note: ") and "'at once' counts" in said
    assert setting("naming", tmp_path.parent) == "at once" and capsys.readouterr().out == ""


def test_hints_come_one_by_one_and_stay_at_the_last(capsys):
    student._memory.__init__()
    for expected in ("Hint 1 of 3", "Hint 2 of 3", "Hint 3 of 3", "Hint 3 of 3"):
        hint("weighted_sum")
        assert expected in capsys.readouterr().out


def test_case_gives_fresh_inputs_and_the_expected_result():
    given = case("weighted_sum", "two inputs")
    np.testing.assert_array_equal(given.args[0], [1.0, 2.0])
    assert given.expected == 1.5
    assert given.args[0] is not case("weighted_sum", "two inputs").args[0]


def test_case_lists_the_titles_there_are():
    with pytest.raises(ValueError, match="Its cases are: two inputs; three inputs"):
        case("weighted_sum", "nine inputs")


def test_check_works_in_a_plain_script_too():
    with pytest.raises(CheckFailed, match="not there yet"):
        check("weighted_sum")
