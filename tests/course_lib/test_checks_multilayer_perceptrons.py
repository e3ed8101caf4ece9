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
        ([[1, 2], [3, 4]], "one flat list of nodes; got a list of lists"),
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


NET, A = {3: -0.5, 4: 0.5}, {1: 1.0, 2: 0.0, 3: 0.0, 4: 1.0}  # XOR of 1 and 0


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (([1.0], NET, A), None),
        ((np.array([1]), dict(reversed(NET.items())), dict(reversed(A.items()))), None),
        (([0.0], {3: 1.0, 4: 1.0}, A | {3: 1.0, 4: 0.0}), "in net[3]: expected -0.5, got 1."),
        (([0.0], {3: -0.5, 4: 9.0}, A | {3: 1.0, 4: 9.0}),
         "in a[3]: expected 0, got 1. net[3] is right."),
        (([0.0], {4: 9.0}, A), "the entry net[3] is missing."),
        (([1.0], NET, {4: 1.0}), "the entry a[1] is missing."),
        (([1.0], A, A), "in net[3]: expected -0.5, got 0."),
        (([1.0], NET | {1: 1.0, 2: 0.0}, A), "the entry net[1] should not be there."),
        (([1.0], NET, A | {0: 1.0}), "the entry a[0] should not be there."),
        (([0.5], NET, A), "net and a are right, but not y: at index [0]: expected 1, got 0.5."),
        (({4: 1.0}, NET, A), "expected y to be a list, got a dictionary."),
        (([1.0], [0, 1], A), "expected net to be a dictionary, got a list."),
        (([1.0], NET), "the result should be the triple (y, net, a); got a tuple."),
    ],
)
def test_a_pass_is_told_where_it_goes_wrong_first(answer, told):
    exercise = declaration("forward_graph")
    first = exercise.cases()[0]
    assert exercise.compare(answer, exercise.expected(first).value, first) == told


def test_the_first_net_with_inputs_in_another_order_can_be_followed_by_hand():
    cases = declaration("forward_graph").cases()
    case = next(case for case in cases if case.family == "inputs in any order")
    assert case.shown
    assert case.args[1] == [2, 1]


@pytest.mark.parametrize("name", ["forward_graph", "layer"])
def test_numbers_to_follow_by_hand_have_two_decimals(name):
    def numbers(value):
        if isinstance(value, dict):
            value = list(value.values())
        if isinstance(value, list) and not all(isinstance(item, (int, float)) for item in value):
            return []
        plain = isinstance(value, (list, int, float, np.ndarray))
        return np.ravel(value).tolist() if plain else []

    found = [number for case in declaration(name).cases() for arg in case.args
             for number in numbers(arg)]
    assert len(found) > 50
    assert all(round(number, 2) == number for number in found)


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
        (([1, 2],), "return 2 inputs, (nodes, edges); got 1"),
    ],
)
def test_only_a_network_numbered_against_its_arrows_kills(inputs, told):
    got = judge_kill(declaration("kill_numeric_order"), Answer(value=inputs))
    assert got is None if told is None else told in got
