"""Public cases of 02_perceptron_and_activations: one neuron, and the functions behind its sum.

The displayed cases are small enough to follow by hand. The probes behind them come from
course_lib.checks.probes.perceptron_and_activations, which the grader draws from as well.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from course_lib import functional
from course_lib.arrays import Array
from course_lib.checks.cases import Case, Choice, Number, exercise, kill, quiz
from course_lib.checks.probes import perceptron_and_activations as probes
from course_lib.checks.slope_answers import same_activation, same_maximum
from course_lib.functional.activation import SELU_ALPHA, SELU_SCALE

CORNERS = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
Pair = tuple[Array, Array]


def _floats(z: Any) -> Array:
    return np.asarray(z, dtype=np.float64)


def _perceptron(X: Any, w0: float, w: Any) -> Array:
    return functional.step(_floats(X) @ _floats(w) + w0)


@exercise(
    reference=_perceptron,
    hints=(
        "Three things happen one after the other: weigh and add up, add the bias, decide.",
        "X holds one point in each row. A matrix product gives the sums of all points at once.",
        "The net inputs are X @ w + w0. Compare them with 0; exactly 0 does not fire.",
    ),
)
def perceptron() -> Iterator[Case]:
    """Let a perceptron decide for every point of a batch"""
    yield Case("AND", CORNERS, -1.5, np.array([1.0, 1.0]), family="two inputs", shown=True)
    yield Case("OR", CORNERS, -0.5, np.array([1.0, 1.0]), family="two inputs", shown=True)
    yield Case("NOT, with one input", np.array([[0.0], [1.0]]), 0.5, np.array([-1.0]),
               family="one input", shown=True)
    yield Case("two corners on the border", CORNERS, -1.0, np.array([1.0, 1.0]),
               family="points with net exactly 0", shown=True)
    yield from probes.perceptron_probes(np.random.default_rng(21))


def _f_log(z: Any) -> Pair:
    a = functional.f_log(_floats(z))
    return a, functional.sigmoid_backward(np.ones_like(a), a)


@exercise(
    reference=_f_log,
    compare=same_activation(),
    hints=(
        "The derivative needs no second exponential: the statement gives it in terms of a.",
        "np.exp grows beyond all numbers for large arguments. Which of e^z and e^-z stays small, "
        "for z > 0 and for z < 0?",
        "a = 1 / (1 + np.exp(-z)) has the right values everywhere, since 1 / inf is 0; it only "
        "warns. Then da follows from a alone.",
    ),
)
def f_log() -> Iterator[Case]:
    """The logistic function and its derivative"""
    yield Case("z = 0", 0.0, family="one number", shown=True)
    yield Case("z from -2 to 2", np.array([-2.0, -1.0, 0.0, 1.0, 2.0]),
               family="arrays of one axis", shown=True)
    yield Case("z = -1000, 0 and 1000", np.array([-1000.0, 0.0, 1000.0]),
               family="numbers up to 1000 on both sides", shown=True)
    yield from probes.activation_probes(np.random.default_rng(22))


def _tanh(z: Any) -> Pair:
    a = functional.tanh(_floats(z))
    return a, functional.tanh_backward(np.ones_like(a), a)


@exercise(
    reference=_tanh,
    compare=same_activation(),
    hints=(
        "NumPy has this function. Only the derivative is left to write.",
        "The derivative is given in terms of a, not of z.",
        "With a = tanh(z), subtract the square of a from 1.",
    ),
)
def tanh() -> Iterator[Case]:
    """The hyperbolic tangent and its derivative"""
    yield Case("z = -1, 0 and 2", np.array([-1.0, 0.0, 2.0]), family="arrays of one axis",
               shown=True)
    yield Case("z = 0.5", 0.5, family="one number", shown=True)
    yield from probes.activation_probes(np.random.default_rng(23))


def _relu(z: Any) -> Pair:
    z = _floats(z)
    return functional.relu(z), functional.relu_backward(np.ones_like(z), z)


@exercise(
    reference=_relu,
    compare=same_activation(kink=lambda: (0.0, 1.0)),
    hints=(
        "Two straight pieces: what are the values of each, and how steep is each?",
        "np.maximum compares entry by entry; np.max looks for one largest entry. Which one?",
        "Where z > 0 the derivative is 1, elsewhere 0: a comparison, turned into numbers.",
    ),
)
def relu() -> Iterator[Case]:
    """The rectified linear unit and its derivative"""
    yield Case("z = -1, 0 and 2", np.array([-1.0, 0.0, 2.0]), family="zero among others",
               shown=True)
    yield Case("z = -0.5", -0.5, family="one number", shown=True)
    yield from probes.activation_probes(np.random.default_rng(24))


def _leaky_relu(z: Any, slope: float = 0.1) -> Pair:
    z = _floats(z)
    grad = functional.leaky_relu_backward(np.ones_like(z), z, slope)
    return functional.leaky_relu(z, slope), grad


@exercise(
    reference=_leaky_relu,
    compare=same_activation(kink=lambda slope=0.1: (slope, 1.0)),
    hints=(
        "Draw it for slope = 0.5: which half of the line is bent?",
        "np.where(condition, here, there) chooses entry by entry, also for a single number.",
        "Both results are such a choice with the same condition z > 0: z or slope * z, and "
        "1 or slope.",
    ),
)
def leaky_relu() -> Iterator[Case]:
    """A rectifier that leaks, and its derivative"""
    yield Case("z = -1, 0 and 2", np.array([-1.0, 0.0, 2.0]), family="zero among others",
               shown=True)
    yield Case("slope 0.5", np.array([-4.0, -1.0, 3.0]), slope=0.5, family="arrays of one axis",
               shown=True)
    rng = np.random.default_rng(25)
    yield from probes.activation_probes(rng, *probes.slopes(rng), large=False)


def _elu(z: Any, alpha: float = 1.0) -> Pair:
    z = _floats(z)
    return functional.elu(z, alpha), functional.elu_backward(np.ones_like(z), z, alpha)


@exercise(
    reference=_elu,
    compare=same_activation(kink=lambda alpha=1.0: (alpha, 1.0)),
    hints=(
        "Two pieces again, chosen by the sign of z. Which argument shapes the left one?",
        "Derive alpha (e^z - 1) by hand: what happens to the factor, and what to the constant?",
        "np.where computes both pieces for every entry. Give np.exp the smaller of z and 0, and "
        "nothing grows too large on the side that is not used.",
    ),
)
def elu() -> Iterator[Case]:
    """The exponential linear unit and its derivative"""
    yield Case("z = -1, 0 and 2", np.array([-1.0, 0.0, 2.0]), family="zero among others",
               shown=True)
    yield Case("alpha 2", np.array([-1.0, -0.5, 3.0]), alpha=2.0, family="arrays of one axis",
               shown=True)
    rng = np.random.default_rng(26)
    yield from probes.activation_probes(rng, *probes.alphas(rng))


def _selu(z: Any) -> Pair:
    z = _floats(z)
    return functional.selu(z), functional.selu_backward(np.ones_like(z), z)


@exercise(
    reference=_selu,
    # Four decimals of the constants, as on the slide, are enough.
    compare=same_activation(kink=lambda: (SELU_SCALE * SELU_ALPHA, SELU_SCALE), rtol=1e-4),
    hints=(
        "You have written most of it already. What is missing is one factor.",
        "Which alpha does your elu need, and what happens to both of its results?",
        "Call elu with alpha = 1.6733 and multiply a and da by 1.0507, on both sides of 0.",
    ),
)
def selu() -> Iterator[Case]:
    """The scaled exponential linear unit and its derivative"""
    yield Case("z = -1, 0 and 2", np.array([-1.0, 0.0, 2.0]), family="zero among others",
               shown=True)
    yield Case("z = 1", 1.0, family="one number", shown=True)
    yield from probes.activation_probes(np.random.default_rng(27))


def _maxout(x: Any, W: Any, b: Any) -> tuple[Array, Array]:
    x, W, b = _floats(x), _floats(W), _floats(b)
    return functional.maxout(x, W[:, None], b[:, None])[:, 0], (x @ W.T + b).argmax(axis=1)


@exercise(
    reference=_maxout,
    compare=same_maximum,
    hints=(
        "First the values of all pieces for all samples. Which shape has that array?",
        "The pieces are neurons of a layer: x @ W.T + b has one row for each sample.",
        "Along axis 1 take the largest entry with max and its place with argmax.",
    ),
)
def maxout() -> Iterator[Case]:
    """The largest of several linear pieces, and which one it was"""
    x = np.array([[-2.0], [0.5], [3.0]])
    yield Case("two pieces that make |x|", x, np.array([[-1.0], [1.0]]), np.zeros(2),
               family="two pieces", shown=True)
    yield Case("0, x and 2x - 2", x, np.array([[0.0], [1.0], [2.0]]), np.array([0.0, 0.0, -2.0]),
               family="three to six pieces", shown=True)
    yield from probes.maxout_probes(np.random.default_rng(28))


def _leaks(z: Any, slope: float) -> Array:
    return functional.leaky_relu(_floats(z), float(slope))


def _leaks_by_the_larger_one(z: Any, slope: float) -> Array:
    return np.maximum(float(slope) * _floats(z), _floats(z))


def _numbers_and_a_slope(z: Any, slope: Any) -> str | None:
    try:
        numbers, steepness = _floats(z), _floats(slope)
    except (TypeError, ValueError):
        return "z must hold numbers, and slope must be one."
    if steepness.shape != ():
        return f"slope must be a single number; it has shape {steepness.shape}."
    if not (np.isfinite(numbers).all() and np.isfinite(steepness)):
        return "z and slope must be finite."
    return None


@kill(
    right=_leaks,
    wrong=_leaks_by_the_larger_one,
    valid=_numbers_and_a_slope,
    hints=(
        "For which z is the larger of slope * z and z the wrong one? Draw both lines.",
        "For a slope between 0 and 1 the lines cross in 0 and the larger one is always right.",
        "Make the left piece steeper than the right one.",
    ),
)
def kill_larger_of_two() -> None:
    """Find inputs that expose a leaky ReLU made with maximum"""


@quiz(
    a=Number("x = (2, -1), w = (3, 4), w_0 = -2: what is y?"),
    b=Number("How far is the line 3 x_1 + 4 x_2 - 10 = 0 from the origin?", decimals=2),
    c=Choice("w and w_0 are both multiplied by 5. The line",
             w="moves away from the origin", x="turns", y="stays where it is"),
    d=Choice("w and w_0 are both multiplied by -1. Then",
             w="nothing changes", x="the line stays and the sides change roles",
             y="the line moves to the other side of the origin"),
    e=Choice("w = (0, 2), w_0 = -1, x_1 to the right, x_2 up: where is y = 1?",
             w="above a horizontal line", x="to the right of a vertical line",
             y="below a horizontal line", z="to the left of a vertical line"),
    f=Choice("Which of these can no single perceptron compute?",
             w="NOT", x="OR", y="x_1 and not x_2", z="exactly one of x_1 and x_2"),
    g=Choice("What are artificial neural networks meant to be?",
             w="exact copies of the brain", x="machines that approximate functions",
             y="faster computers"),
    digests={"a": "1f5807382e5c1360", "b": "c43074450776286e", "c": "e8a951f812544e50",
             "d": "f090bdf420cc2f68", "e": "caa439bbd6185db6", "f": "d6fb9a4bfbe6d380",
             "g": "b224db6718e24479"},
    wrong={
        ("a", 1): "The net input is 6 - 4 - 2 = 0, exactly on the line. Read f_step once more.",
        ("a", -1): "This neuron answers 0 or 1. Read f_step once more.",
        ("b", 10): "10 is |w_0|. Divide by the length of w.",
        ("b", 0.5): "It is |w_0| over the length of w, not the other way round.",
        ("b", 0.4): "25 is the square of the length of w. Take the root.",
        ("b", 1.43): "The length of w is the root of 9 + 16, not 3 + 4.",
        ("c", "w"): "The distance is |w_0| / ||w||. Both grow by the same factor.",
        ("c", "x"): "The direction of w stays, only its length grows.",
        ("d", "w"): "Try a point: its net input changes its sign.",
        ("d", "y"): "w_0 + w.x = 0 has the same solutions as -w_0 - w.x = 0.",
        ("e", "x"): "The weight of x_1 is 0, so moving to the right changes nothing.",
        ("e", "y"): "w points up, to the side where y = 1.",
        ("e", "z"): "The weight of x_1 is 0, so moving to the left changes nothing.",
        ("f", "w"): "w = -1 and w_0 = 0.5 do it; you have checked that.",
        ("f", "x"): "w = (1, 1) and w_0 = -0.5 do it; you have checked that.",
        ("f", "y"): "w = (1, -1) and w_0 = -0.5 do it.",
        ("g", "w"): "They are loosely inspired by it, and not meant as a model.",
        ("g", "y"): "They run on the computers that there are.",
    },
)
def quiz_line() -> None:
    """Reading w and w_0"""


@quiz(
    a=Number("f_log(2) = 0.8808. What is f_log(-2)?", decimals=4),
    b=Number("The largest value of f_log' anywhere?", decimals=2),
    c=Choice("Why is the step not used where gradients are needed?",
             w="it is too slow", x="its derivative is 0 wherever it has one",
             y="it is not monotone"),
    d=Choice("Which function has values around 0, between -1 and 1?",
             w="logistic", x="tanh", y="ReLU", z="ELU"),
    e=Choice("A ReLU neuron has net < 0 for every sample. Its weights",
             w="get no gradient and stay as they are", x="become 0", y="grow quickly"),
    f=Choice("Ten layers without activation functions can compute",
             w="more than one such layer", x="nothing that one such layer cannot",
             y="every continuous function"),
    g=Number("Pieces x - 1, -x and 2: the value of the maxout neuron at x = -5?"),
    h=Number("Index of the piece that wins there, counted from 0?"),
    i=Choice("Which function can a single maxout neuron not be?",
             w="|x|", x="ReLU", y="-|x|", z="x itself"),
    j=Number("Parameters of a maxout neuron with 3 pieces and 4 inputs?"),
    digests={"a": "953fc4dfdde7c477", "b": "d7a9403e623d8578", "c": "ccebf6d8f89ba35f",
             "d": "185547de947cecb7", "e": "469cc65401184baa", "f": "b0e6aa30662c826c",
             "g": "618a82e6b0c7ad55", "h": "d11c625c9db7d830", "i": "b20241b15e51cf01",
             "j": "c9f58456a3eb3399"},
    wrong={
        ("a", -0.8808): "That would be an odd function. f_log stays between 0 and 1.",
        ("a", 0.12): "Nearly: four decimals are asked for.",
        ("a", 0.8808): "That would be the same on both sides. f_log grows from left to right.",
        ("b", 1): "f_log stays below 1, and tanh' reaches it. The slope here is a (1 - a).",
        ("b", 0.5): "That is f_log(0). The slope there is a (1 - a).",
        ("c", "w"): "It is the fastest of all: one comparison.",
        ("c", "y"): "It is monotone: it never falls.",
        ("d", "w"): "Its values lie between 0 and 1.",
        ("d", "y"): "It is never negative, and has no upper end.",
        ("d", "z"): "It has no upper end.",
        ("e", "x"): "Its output is 0, not its weights.",
        ("e", "y"): "Every change is multiplied by a derivative, and that is 0 here.",
        ("f", "w"): "Put one linear formula into the other: what comes out?",
        ("f", "y"): "Wide nets with activation functions come close to that. Here there are none.",
        ("g", 2): "Work out all three pieces: -6, 5 and 2.",
        ("g", -6): "That is the smallest one.",
        ("h", 2): "Indices count from 0.",
        ("h", 0): "Work out all three pieces: -6, 5 and 2.",
        ("i", "w"): "The pieces -x and x make it.",
        ("i", "x"): "The pieces 0 and x make it.",
        ("i", "z"): "One piece is enough.",
        ("j", 12): "Every piece has a bias as well.",
        ("j", 13): "Every piece has its own bias.",
        ("j", 5): "That is one ordinary neuron. Every piece has its own weights.",
    },
)
def quiz_activations() -> None:
    """Activation functions and their slopes"""
