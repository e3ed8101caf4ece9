"""What is shown of a result: every word of it, none of it active, no hidden number."""

from __future__ import annotations

import re

import pytest

from autograder.grading.readable import comment, output_of, sentence, summary_source
from autograder.grading.results import OUTCOMES, ExerciseResult, FamilyResult, SubmissionResult

HOSTILE = "<script>alert(1)</script> $\\href{javascript:alert(1)}{x}$\n\n# heading"
UNTYPESET = re.compile(r'^<div class="tex2jax_ignore mathjax_ignore">.*</div>$', re.DOTALL)


def result(outcome: str = "failed", **more: object) -> ExerciseResult:
    points = {"passed": 5.0, "failed": 0.0, "missing": 0.0}.get(outcome)
    fields = {"summary": HOSTILE, "evidence": (HOSTILE,), "check_id": "check_f"} | more
    return ExerciseResult("f", "exercise", outcome, points, 5.0, **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_a_result_is_shown_as_text_and_as_inert_html(outcome: str) -> None:
    families = (FamilyResult("stride 2", True), FamilyResult("batch of one", False))
    whole = result(outcome, belief="flips_it", hint="Turn it.", families=families)
    shown = output_of(whole)["data"]
    for text in shown.values():
        for word in (sentence(result(outcome)).split(" (")[0], "flips it", "Turn it.",
                     "ok: stride 2", "not ok: batch of one"):
            assert word in text
    assert UNTYPESET.match(shown["text/html"]), "MathJax would run \\href in it"
    assert "<script" not in shown["text/html"]


def test_a_comment_is_made_of_our_own_words() -> None:
    for outcome in OUTCOMES:
        for hint in (None, "Turn it."):
            assert "script" not in comment(result(outcome, hint=hint))
    assert comment(result("missing")) == "No response."
    assert comment(result(hint="Turn it.")) == "Not right yet. Turn it."


def test_the_summary_is_one_inert_block() -> None:
    exercise = result("error")
    whole = SubmissionResult("ada", "03_x", (exercise,), events=(HOSTILE,), sandbox="limits")
    source = summary_source(whole)
    assert UNTYPESET.match(source) and "\n" not in source, "a blank line would end the block"
    assert "<script" not in source and "our fault" in source
    assert "limits" not in source, "how weak the sandbox is concerns instructors"
    noted = summary_source(SubmissionResult("ada", "03_x", (exercise,), note="not JSON"))
    assert "could not be graded: not JSON" in noted
