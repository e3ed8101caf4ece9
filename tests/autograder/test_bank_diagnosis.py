"""Naming a belief early gives what naming it with all answers at hand gives."""

from __future__ import annotations

import numpy as np
import pytest

from autograder.bank import accepted, beliefs, diagnose, misconceptions
from autograder.catalogue import Catalogue
from autograder.checks.hidden import hidden_cases
from course_lib.checks.calling import answer_of_call
from course_lib.checks.cases import Exercise, declaration
from course_lib.checks.diagnosis import name_belief
from course_lib.checks.values import Answer

TOPICS = ("00", "03", "04")
NAMES = [each.name for number in TOPICS for each in Catalogue().topic(number).exercises
         if each.kind == "exercise"]


@pytest.mark.parametrize("name", NAMES)
def test_the_short_way_names_what_the_long_way_names(name: str) -> None:
    exercise = declaration(name)
    assert isinstance(exercise, Exercise)
    cases = [*exercise.cases(), *hidden_cases(name, np.random.default_rng(5))]
    known = beliefs(exercise, cases)
    given = {key: list(each.answers) for key, each in known.items()}
    given |= {key: [answer_of_call(function, case.args, case.kwargs) for case in cases]
              for key, function in accepted(exercise).items()}
    wrong, *_ = known.values()
    truth = [exercise.expected(case) for case in cases]
    places = [place for place, each in enumerate(wrong.wrong) if each]
    given["partly"] = [wrong.answers[place] if place in places else Answer(value="odd")
                       for place in range(len(cases))]
    given["once"] = [wrong.answers[place] if place == places[0] else truth[place]
                     for place in range(len(cases))]
    given["nothing"] = [Answer(raised=None, stopped="time")] * len(cases)
    named = {}
    for key, answers in given.items():
        long, short = name_belief(answers, known), diagnose(exercise, cases, answers)
        assert (short and short.name) == (long and long.name), key
        assert (short and short.wrong) == (long and long.wrong)
        named[key] = short and short.name
    assert sum(named[key] == key for key in misconceptions(exercise)) >= 3
