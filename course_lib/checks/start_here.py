"""Public cases of 00_start_here: one exercise and one quiz to try the checks on."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from course_lib.checks.cases import Case, Choice, Number, exercise, quiz


@exercise(
    reference=lambda x, w, b: float(np.dot(x, w) + b),
    hints=(
        "Multiply each input by its own weight before you add anything up.",
        "There are as many products as inputs; the bias is added once, at the end.",
        "It is the sum of all products w_j * x_j, plus b.",
    ),
)
def weighted_sum() -> Iterator[Case]:
    """Add up inputs times weights, then the bias"""
    yield Case("two inputs", np.array([1.0, 2.0]), np.array([3.0, -1.0]), 0.5,
               family="small numbers", shown=True)
    yield Case("three inputs, bias zero", np.array([1.0, 0.0, -2.0]), np.array([0.5, 9.0, 1.0]),
               0.0, family="small numbers", shown=True)
    rng = np.random.default_rng(0)
    yield Case("seven inputs", rng.normal(size=7), rng.normal(size=7), 1.25, family="many inputs")
    yield Case("one input", np.array([-4.0]), np.array([2.5]), -1.0, family="one input")
    yield Case("no input at all", np.zeros(0), np.zeros(0), 3.0, family="no input")
    yield Case("whole numbers", np.array([2, -3, 5, 1]), np.array([4, 1, -2, 7]), 6,
               family="whole numbers")
    yield Case("negative bias", rng.normal(size=5), rng.normal(size=5), -2.5,
               family="a negative bias")


@quiz(
    a=Number("A neuron has x = (2, -1), w = (4, 3) and b = 1. What is its net?"),
    b=Choice('What does "visible 7 of 7; hidden checks not run here" tell you?',
             w="full marks are certain",
             x="all visible cases are right; others of the same kinds follow after handing in",
             y="the notebook has been handed in"),
    c=Choice("A check fails, and you go on without changing anything. What do later cells use?",
             w="your function, as wrong as it is",
             x="nothing, they all fail",
             y="the library's function"),
    digests={"a": "ce48848345b3c5dc", "b": "0602aa9c08b99918", "c": "e43f0738ee6637b5"},
    wrong={
        ("a", 5): "This is the sum of the two products. The bias is still missing.",
        ("a", 7): "You added b to each product; it comes once.",
        ("a", 8): "Multiply each input by its own weight first, then add up.",
        ("a", 12): "One of the two inputs is negative.",
        ("a", 11): "One of the two inputs is negative, and the bias is still missing.",
        ("b", "w"): "The check sees the visible cases only, and says no more than it has seen.",
        ("b", "y"): "A check never sends anything. Handing in is a step of its own.",
        ("c", "w"): "Then one mistake would spoil the rest of your notebook. Read the two lines "
                    "that start with >>> under a check that failed.",
        ("c", "x"): "Read the two lines that start with >>> under a check that failed.",
    },
)
def quiz_start() -> None:
    """How the course works"""
