"""What a learner of lecture 03 reads: any reasonable style passes, and no answer breaks a check."""

import numpy as np
import pytest

from course_lib.checks.cases import Case, declaration
from course_lib.checks.killing import judge_kill
from course_lib.checks.multilayer_perceptrons import CYCLE, WITH_SKIP
from course_lib.checks.values import Answer
from course_lib.graph import pred_succ, topological_order

ODD_ANSWERS = [
    None, 7, "text", [], (), set(), {}, [[1, 2], [3]], {1, 2}, {"a": None}, [1, "a"], [None, None],
    np.array([1j, 2j]), np.ones((2, 2)), np.array(["a"]), ({}, {}), ({1: "x"}, {1: {1, "x"}}),
    (1, 2, 3), [float("nan")] * 4, {1: np.ones((2, 2)), 2: {None}, 3: 1j, 4: "4"}, 10**30,
    (10**30, float("nan")), (True, False),
]
EXERCISES = ["pred_succ", "classify_nodes", "topological_order", "forward_graph", "layer",
             "count_fc"]


@pytest.mark.parametrize("name", EXERCISES)
def test_odd_answers_are_told_in_a_sentence(name):
    exercise = declaration(name)
    case = next(case for case in exercise.cases() if exercise.expected(case).has_value)
    expected = exercise.expected(case).value
    for answer in ODD_ANSWERS:
        told = exercise.compare(answer, expected, case)
        assert isinstance(told, str) and 10 < len(told) < 200, (name, answer, told)


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        ([1, 2, 3, 4], None),
        ((2, 1, 3, 4), None),
        (np.array([2.0, 1.0, 3.0, 4.0]), None),
        ({1, 2, 3, 4}, "one flat list"),
        ([[1, 2], [3, 4]], "one flat list"),
        ([1, 2, 3], "node 4 stands in the result 0 times"),
        ([1, 2, 2, 3, 4], "node 2 stands in the result 2 times"),
        ([1, 2, 3, 4, 9], "9 is in the result and is no node"),
        ([1, 3, 2, 4], "the edge 2 -> 3 is broken: 3 stands before its predecessor 2"),
    ],
)
def test_any_topological_order_is_right_and_nothing_else(answer, told):
    compare = declaration("topological_order").compare
    got = compare(answer, topological_order(*WITH_SKIP), Case("", *WITH_SKIP, family=""))
    assert got is None if told is None else told in got


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (({1: {2}, 2: set()}, {1: (), 2: np.array([1])}), None),
        (({1: [2, 2], 2: []}, {1: [], 2: [1]}), "in pred[1]: expected [2], got [2, 2]"),
        (({1: [2]}, {1: [], 2: [1]}), "the entry pred[2] is missing"),
        (({1: [2], 2: []}, {1: [], 2: [1], 0: []}), "the entry succ[0] should not be there"),
        (([[2], []], {}), "expected pred to be a dictionary"),
    ],
)
def test_neighbours_may_be_any_collection_in_any_order(answer, told):
    nodes, edges = [1, 2], [(2, 1)]
    got = declaration("pred_succ").compare(answer, pred_succ(nodes, edges), None)
    assert got is None if told is None else told in got


def test_a_wrong_count_is_told_by_how_much():
    compare = declaration("count_fc").compare
    assert compare([266_610.0, 1_066_440], (266_610, 1_066_440), None) is None
    told = compare((267_394, 1), (266_610, 1_066_440), None)
    assert told == "expected 266,610 parameters, got 267,394, which is 784 too many."


@pytest.mark.parametrize(
    ("inputs", "told"),
    [
        (([1, 2, 3], [(1, 3), (3, 2)]), None),
        (([1, 2, 3], [(1, 2), (2, 3)]), "survives"),
        (([1, 2], [(2, 1)]), "survives"),  # an input is known from the start, whatever its number
        (CYCLE, "cycle"),
        (([1, 2], [(1, 3)]), "not among the nodes"),
        (([1, 2], [1]), "every edge is a pair"),
        ((3, 4), "return two lists"),
        (([1, 2],), "do not fit"),
    ],
)
def test_only_a_network_numbered_against_its_arrows_kills(inputs, told):
    got = judge_kill(declaration("kill_numeric_order"), Answer(value=inputs))
    assert got is None if told is None else told in got
