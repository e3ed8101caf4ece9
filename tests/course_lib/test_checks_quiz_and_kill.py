"""Quizzes, kill tasks and the naming of beliefs, on declarations made here."""

from __future__ import annotations

import numpy as np
import pytest

from course_lib.checks import CheckFailed, student
from course_lib.checks.cases import Choice, Kill, Number, Quiz, digest
from course_lib.checks.compare import close
from course_lib.checks.diagnosis import Belief, name_belief
from course_lib.checks.killing import MAX_SIZE, judge_kill
from course_lib.checks.report import quiz_text
from course_lib.checks.values import Answer, Raised

ITEMS = {
    "a": Choice("Which one?", x="this", y="that"),
    "b": Number("How many?"),
    "c": Number("How much?", decimals=2),
}
RIGHT = {"a": "y", "b": 266610, "c": 0.33}
QUIZ = Quiz(
    "quiz_made_here",
    "Made here",
    "nowhere",
    ITEMS,
    {k: digest("quiz_made_here", k, ITEMS[k].normal(v)) for k, v in RIGHT.items()},
    {("a", "x"): "You chose this.", ("b", 266200): "You left the biases out."},
)


@pytest.mark.parametrize(
    ("given", "right"),
    [
        (RIGHT, 3),
        ({"a": " Y ", "b": 266610.0, "c": 1 / 3}, 3),
        ({"a": "y", "b": np.int64(266610), "c": np.float32(0.33)}, 3),    # computed by NumPy
        ({"a": "x", "b": 266200, "c": 0.3}, 0),
        ({}, 0),
    ],
)
def test_quizzes_count_right_answers_in_any_spelling(given, right):
    assert quiz_text(QUIZ, given)[1] == right


@pytest.mark.parametrize(
    ("item", "answer", "words"),
    [
        ("a", "x", "not right. You chose this."),
        ("b", 266200, "not right. You left the biases out."),
        ("b", 1, "b: not right"),
        ("a", "z", 'cannot be read; put in one of the letters "x", "y"'),
        ("b", "266610", "cannot be read; put in a whole number"),
        ("c", None, "not answered yet (put in a number with 2 decimals)"),
        ("b", 266610.25, "cannot be read; put in a whole number"),    # and not right by rounding
        ("b", True, "cannot be read"),
        ("b", 1j, "cannot be read"),
        ("b", np.complex128(1j), "cannot be read"),
    ],
)
def test_quiz_answers_get_a_sentence(item, answer, words):
    assert words in quiz_text(QUIZ, {item: answer})[0]


def test_yes_and_no_are_not_called_letters():
    assert Choice("Agree?", yes="they do", no="they differ").ask() == 'one of "yes", "no"'


def test_minus_nothing_is_nothing():
    assert Number("How much?", decimals=2).normal(-0.001) == "0.00"


@pytest.mark.parametrize(
    ("namespace", "summary"),
    [
        ({}, "no answers found"),
        ({"quiz_made_here": [1]}, "no answers found"),
        ({"quiz_made_here": dict.fromkeys("abc")}, "nothing answered yet"),
        ({"quiz_made_here": {"a": "y"}}, "1 of 3 right"),
    ],
)
def test_a_quiz_that_is_not_all_right_fails(namespace, summary, capsys):
    with pytest.raises(CheckFailed, match=summary):
        student._check_quiz(QUIZ, namespace)
    assert "quiz_made_here" in capsys.readouterr().out


def _valid(x):
    return None if np.ndim(x) == 1 else "x must have one axis"


KILL = Kill("kill_made_here", "Expose it", "nowhere", np.sum, np.max, _valid, close(), ())


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (Answer((np.array([1.0, 2.0]),)), None),
        (Answer((np.array([1.0, 0.0]),)), "gives the right result, so it survives"),
        (Answer((np.ones((2, 2)),)), "x must have one axis"),
        (Answer(np.ones(2)), r"return the inputs as a tuple (x,); got an array"),
        (Answer((1.0, 2.0, 3.0)), "return 1 input, (x,); got 3"),
        (Answer((np.ones(MAX_SIZE + 1),)), "more than 20,000 numbers in all"),
        (Answer(raised=Raised("NameError", "x")), "raised NameError: x"),
        (Answer(strange="a Tensor object"), "returned a Tensor object"),
    ],
)
def test_a_kill_is_judged_by_what_both_implementations_give(answer, words):
    told = judge_kill(KILL, answer)
    assert told is None if words is None else words in str(told)


def test_the_kill_check_reads_the_notebook(capsys):
    with pytest.raises(CheckFailed, match="not there yet"):
        student._check_kill(KILL, {})
    with pytest.raises(CheckFailed, match="nothing written yet"):
        student._check_kill(KILL, {"kill_made_here": _not_written})
    with pytest.raises(CheckFailed, match="survives"):
        student._check_kill(KILL, {"kill_made_here": lambda: (np.array([5.0]),)})
    student._check_kill(KILL, {"kill_made_here": lambda: (np.array([5.0, 1.0]),)})
    assert "expose the wrong implementation" in capsys.readouterr().out


def _not_written():
    raise NotImplementedError


def _belief(name, answers, wrong):
    return Belief(name, f"hint of {name}", tuple(Answer(a) for a in answers), tuple(wrong))


BELIEFS = {
    "small": _belief("small", [1, 9, 9, 4], [False, True, True, False]),
    "large": _belief("large", [1, 9, 9, 8], [False, True, True, True]),
    "once": _belief("once", [7, 2, 3, 4], [True, False, False, False]),
}


@pytest.mark.parametrize(
    ("answers", "named"),
    [
        ([1, 9, 9, 4], "small"),
        ([1, 9, 9, 8], "large"),
        ([0, 9, 9, 5], "small"),  # wrong elsewhere too: the one whose cases all match
        ([0, 9, 9, 8], None),  # both explain it, so neither is named
        ([7, 2, 3, 4], None),  # wrong on one case only: too little to go by
        ([5, 5, 5, 5], None),
    ],
)
def test_a_belief_is_named_only_if_it_is_the_only_one(answers, named):
    found = name_belief([Answer(a) for a in answers], BELIEFS)
    assert (found.name if found else None) == named


def test_the_words_of_an_exception_count_where_raising_is_wrong():
    def raising(message):
        return Answer(raised=Raised("KeyError", message))

    known = {
        "swaps": Belief("swaps", "", (raising("(1, 3)"), raising("(2, 3)")), (True, True)),
    }
    assert name_belief([raising("(1, 3)"), raising("(2, 3)")], known) is known["swaps"]
    assert name_belief([raising("1"), raising("2")], known) is None


def test_everybody_may_refuse_in_own_words():
    refusal = [Answer(raised=Raised("ValueError", text)) for text in ("no", "a cycle")]
    known = {
        "doubles": Belief(
            "doubles", "", (refusal[0], Answer(2), Answer(4)), (False, True, True)
        ),
    }
    assert name_belief([refusal[1], Answer(2), Answer(4)], known) is known["doubles"]
