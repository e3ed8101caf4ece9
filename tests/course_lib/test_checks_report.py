"""How inputs and results are shown: short enough to read, exact enough to check by hand."""

from __future__ import annotations

import numpy as np
import pytest

from course_lib.checks.report import short_repr, show_value
from course_lib.checks.values import Answer, Function, Raised


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (0.1 + 0.2, "0.3"),
        (2.0, "2.0"),
        (float("nan"), "nan"),
        ({(3, 0): -1.123456789, (3, 1): 1.0}, "{(3, 0): -1.12346, (3, 1): 1.0}"),
        ([1, (2.5,), "a"], "[1, (2.5,), 'a']"),
        ({1, 2}, "{1, 2}"),
        ([[Function("conv2d_layer", np.ones((2, 1, 3, 3))), Function("relu")], []],
         "[[conv2d_layer, relu], []]"),
        ([(np.zeros((2, 1, 6, 8)), np.array([0, 1]))],
         "[(an array of shape (2, 1, 6, 8), array([0, 1]))]"),
        (None, "None"),
    ],
)
def test_numbers_are_shown_to_six_digits(value, shown):
    assert short_repr(value) == shown


def test_arrays_are_shown_whole_while_they_are_small():
    assert show_value("x", np.array([[1.0, 2.0], [3.0, 4.0]])) == [
        "    x = [[1., 2.],",
        "         [3., 4.]]",
    ]
    assert show_value("x", np.zeros((2, 3, 7))) == ["    x = an array of shape (2, 3, 7), float64"]


def test_functions_and_exceptions_are_named():
    assert show_value("f", Function("relu")) == ["    f = the function relu"]
    net = Function("cnn", (1, 6, 8), 2, 2, 3)
    assert show_value("net", net) == ["    net = a new network for images (1, 6, 8)"]
    answer = Answer(raised=Raised("ValueError", "a cycle"))
    assert show_value("expected", answer) == ["    expected: ValueError is raised"]


def test_what_is_too_long_is_cut():
    [line] = show_value("x", list(range(1000)))
    assert line.endswith(" ...") and len(line) < 1300
