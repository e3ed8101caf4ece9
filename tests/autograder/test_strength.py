"""The checks prove their strength: invariants over every exercise of the course."""

from __future__ import annotations

import numpy as np
import pytest

from autograder.bank import accepted, beliefs, hint_of, misconceptions
from autograder.catalogue import Catalogue
from autograder.checks.hidden import hidden_answers, hidden_cases, hidden_names
from autograder.strength import measure
from course_lib.checks.calling import answer_of_call
from course_lib.checks.cases import Case, Choice, Exercise, Kill, Quiz, declarations, topics
from course_lib.checks.compare import same
from course_lib.checks.judge import judge
from course_lib.checks.known import known_beliefs
from tools.quiz_digest import digests_of

TOPICS = Catalogue().topics
DECLARED = [made for topic in topics() for made in declarations(topic)]
EXERCISES = [made for made in DECLARED if isinstance(made, Exercise)]
QUIZZES = [made for made in DECLARED if isinstance(made, Quiz)]
SEEDS_NOW, SEEDS_ALL = range(1), range(1, 51)
MIN_FAMILIES = 3


def by_name(made):
    return made.name


def test_every_topic_has_a_public_module_and_every_module_a_topic():
    assert sorted(topic.module for topic in TOPICS) == topics()


@pytest.mark.parametrize("topic", TOPICS, ids=lambda topic: topic.slug)
def test_exercises_in_notebooks_are_public_checks_are_hidden_checks(topic):
    notebook = {(e.name, e.kind) for e in topic.exercises}
    public = {(made.name, made.kind) for made in declarations(topic.module)}
    assert notebook == public, "solution notebook and course_lib/checks differ"
    hidden = hidden_names(topic.module)
    needed = {name for name, kind in notebook if kind in ("exercise", "quiz")}
    kills = {name for name, kind in notebook if kind == "kill"}
    assert needed <= hidden <= needed | kills, f"autograder/checks/{topic.module}.py differs"
    for exercise in topic.exercises:
        assert set(exercise.depends) <= {name for name, _ in notebook}


def test_names_are_unique_over_the_course():
    names = [exercise.name for topic in TOPICS for exercise in topic.exercises]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("exercise", EXERCISES, ids=by_name)
def test_every_misconception_is_killed_and_told_apart_and_every_accepted_variant_passes(exercise):
    assert measure(exercise, SEEDS_NOW).complaints == []


@pytest.mark.slow
@pytest.mark.parametrize("exercise", EXERCISES, ids=by_name)
def test_the_same_over_fifty_seeds(exercise):
    assert measure(exercise, SEEDS_ALL).complaints == []


@pytest.mark.parametrize("exercise", EXERCISES, ids=by_name)
def test_the_reference_passes_its_own_checks_and_changes_nothing(exercise):
    for cases in (exercise.cases(), hidden_cases(exercise.name, np.random.default_rng(1))):
        report = judge(
            exercise, cases, lambda c: answer_of_call(exercise.reference, c.args, c.kwargs)
        )
        assert report.passed, report.failures[0].evidence


@pytest.mark.parametrize("exercise", EXERCISES, ids=by_name)
def test_public_cases_are_fixed_and_two_to_four_are_displayed(exercise):
    again = tuple(exercise.make_cases())
    assert [c.title for c in again] == [c.title for c in exercise.cases()]
    assert len({c.title for c in again}) == len(again), "titles name cases, so they are unique"
    for first, second in zip(again, exercise.cases(), strict=True):
        assert same(list(first.args), list(second.args)) or _holds_functions(first)
    assert 2 <= sum(case.shown for case in again) <= 4
    assert not any(case.shown for case in again[sum(case.shown for case in again) :])


def _holds_functions(case: Case) -> bool:
    return any(_is_function(item) for item in case.args)


def _is_function(value) -> bool:
    """Whether it is a Function, or a list with one in it, however deep."""
    if isinstance(value, (list, tuple)):
        return any(_is_function(item) for item in value)
    return type(value).__name__ == "Function"


@pytest.mark.parametrize("exercise", EXERCISES, ids=by_name)
def test_hidden_cases_differ_from_seed_to_seed(exercise):
    first, second = (hidden_cases(exercise.name, np.random.default_rng(s)) for s in (0, 1))
    assert len({case.family for case in first}) >= MIN_FAMILIES
    assert [repr(c.args) for c in first] != [repr(c.args) for c in second]


@pytest.mark.parametrize("exercise", EXERCISES, ids=by_name)
def test_families_are_the_same_and_titles_different_on_every_draw(exercise):
    families = [case.family for case in hidden_cases(exercise.name, np.random.default_rng(0))]
    for seed in range(8):
        cases = hidden_cases(exercise.name, np.random.default_rng(seed))
        assert [case.family for case in cases] == families
        titles = [case.title for case in cases]
        assert [title for title in titles if titles.count(title) > 1] == []


@pytest.mark.parametrize("exercise", EXERCISES, ids=by_name)
def test_hints_are_there_and_staged(exercise):
    assert 1 <= len(exercise.hints) <= 3
    for text in exercise.hints:
        assert len(text) >= 20
        assert "return " not in text, "a hint never holds the code"


@pytest.mark.parametrize("exercise", EXERCISES, ids=by_name)
def test_misconceptions_and_accepted_variants_carry_their_texts(exercise):
    for name, function in misconceptions(exercise).items():
        assert len(hint_of(function)) >= 30, f"{name} needs a hint in its docstring's first line"
        assert "You" in hint_of(function), f"the hint of {name} should speak to the learner"
    for name, function in accepted(exercise).items():
        assert function.__doc__, f"{name} should say what is unusual about it"


@pytest.mark.parametrize("exercise", EXERCISES, ids=by_name)
def test_known_mistakes_are_what_the_bank_answers_today(exercise):
    stored, fresh = known_beliefs(exercise), beliefs(exercise, exercise.cases())
    remedy = "run `python -m tools.known_mistakes`"
    assert list(stored) == list(fresh), remedy
    for name, belief in fresh.items():
        old = stored[name]
        assert (old.hint, old.wrong) == (belief.hint, belief.wrong), remedy
        for mine, theirs in zip(old.answers, belief.answers, strict=True):
            if mine.value is None or theirs.value is None:
                assert mine.value is None and theirs.value is None, remedy
            assert _equal(mine.value, theirs.value), remedy
            assert (mine.raised is None) == (theirs.raised is None), remedy


def _equal(first, second):
    if isinstance(first, dict):
        return list(first) == list(second) and all(_equal(first[k], second[k]) for k in first)
    if isinstance(first, (list, tuple)):
        return len(first) == len(second) and all(map(_equal, first, second))
    if isinstance(first, (float, np.ndarray)):
        return np.allclose(first, second, rtol=1e-9, atol=1e-12, equal_nan=True)
    return first == second


@pytest.mark.parametrize("quiz", QUIZZES, ids=by_name)
def test_quiz_digests_are_those_of_the_hidden_answers(quiz):
    remedy = f"run `python -m tools.quiz_digest {quiz.topic}`"
    assert dict(quiz.digests) == digests_of(quiz), remedy
    answers = hidden_answers(quiz.name)
    assert set(answers) == set(quiz.items)
    for item, wrong in quiz.wrong:
        assert not quiz.right(item, wrong), f"{quiz.name}: {item} calls a right answer wrong"


@pytest.mark.parametrize("quiz", QUIZZES, ids=by_name)
def test_every_wrong_choice_has_its_comment_and_no_comment_belongs_to_a_right_answer(quiz):
    for item, answer in quiz.wrong:
        assert quiz.items[item].normal(answer) is not None, f"{item}: nobody can answer {answer!r}"
        assert not quiz.right(item, answer), f"{item}: the comment is on a right answer"
    for item, question in quiz.items.items():
        if isinstance(question, Choice):
            commented = {answer for asked, answer in quiz.wrong if asked == item}
            assert len(question.options) - len(commented) == 1, f"{item}: comment on {commented}"


@pytest.mark.parametrize("kill", [m for m in DECLARED if isinstance(m, Kill)], ids=by_name)
def test_kill_tasks_have_hints(kill):
    assert kill.hints
