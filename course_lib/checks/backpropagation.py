"""Public cases of 05_backpropagation: numeric gradients, deltas, layers, automatic derivatives."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np

from course_lib import functional, graph
from course_lib.arrays import Array
from course_lib.autodiff import Value
from course_lib.checks.cases import Case, Choice, Number, exercise, kill, quiz
from course_lib.checks.compare import as_numbers, close
from course_lib.checks.evidence import kind_of
from course_lib.checks.graph_answers import same_deltas, same_gradients, same_walk
from course_lib.checks.probes.backpropagation import (
    delta_cases,
    dense_cases,
    error_cases,
    gradient_cases,
    numeric_cases,
    slope_cases,
    tape_cases,
)
from course_lib.checks.values import Function

TWO_TWO_ONE = graph.layered([2, 2, 1])
WEIGHTS = {
    (3, 0): -1.0, (3, 1): 2.0, (3, 2): -1.0,
    (4, 0): 0.5, (4, 1): -0.5, (4, 2): 0.5,
    (5, 0): -0.5, (5, 3): 1.5, (5, 4): -1.0,
}


def _numeric_gradient(f: Callable[[Array], float], w: Array, h: float = 1e-5) -> Array:
    w = np.array(w, dtype=float)
    gradient = np.zeros(w.shape)
    for index in np.ndindex(w.shape):
        step = np.zeros(w.shape)
        step[index] = h
        gradient[index] = (f(w + step) - f(w - step)) / (2 * h)
    return gradient


@exercise(
    reference=_numeric_gradient,
    hints=(
        "One entry at a time: which two arrays does f have to see for the entry w[k]?",
        "Work on a copy of w that holds floats. np.ndindex(w.shape) gives the index of every "
        "entry, whatever the number of axes.",
        "For each index: add h to that entry only and call f, take 2h away again and call f, put "
        "the entry back. The difference of the two results over 2h is the entry of the gradient.",
    ),
)
def numeric_gradient() -> Iterator[Case]:
    """Estimate a gradient by going a little up and a little down"""
    yield Case("f(w) = w^2 at 3", Function("polynomial", np.zeros(1), 1.0), np.array([3.0]),
               family="one number", shown=True)
    yield Case("f(w) = w^3 at 2, h = 0.5", Function("polynomial", np.zeros(1), 0.0, 1.0),
               np.array([2.0]), 0.5, family="large steps h", shown=True)
    yield Case("5 w_0 + 7 w_1, w whole numbers", Function("polynomial", np.array([5.0, 7.0])),
               np.array([1, 2]), family="whole numbers in w", shown=True)
    yield from numeric_cases(np.random.default_rng(51), 4, 3, 2)


def _relative_error(a: Any, b: Any) -> float:
    a, b = np.asarray(a, dtype=float), np.asarray(b, dtype=float)
    scale = np.maximum(np.abs(a), np.abs(b))
    return float(np.max(np.abs(a - b) / np.where(scale == 0, 1.0, scale)))


@exercise(
    reference=_relative_error,
    hints=(
        "First the error of every entry by itself, then the largest of them.",
        "Divide by the larger of the two sizes |a| and |b|, entry by entry. np.maximum compares "
        "entry by entry, np.max finds the largest of all.",
        "Where both are 0, so is their difference: divide by 1 there instead of 0.",
    ),
)
def relative_error() -> Iterator[Case]:
    """Measure how far two gradients are apart"""
    yield Case("2 against 1", 2.0, 1.0, family="two numbers", shown=True)
    yield Case("one entry of three is off", np.array([1.0, -4.0, 100.0]),
               np.array([1.0, -5.0, 101.0]), family="one entry off", shown=True)
    yield Case("0 against 0", np.array([0.0, 3.0]), np.array([0.0, 3.0]), family="zeros",
               shown=True)
    yield from error_cases(np.random.default_rng(52), 4, 3, 2)


@exercise(
    reference=graph.deltas,
    compare=same_deltas,
    hints=(
        "Whose deltas must be known before you can compute the delta of neuron i? In which order "
        "do you have to walk?",
        "Two things can make the error feel neuron i: it is an output itself (grad_y), and its "
        "successors pass on what they feel. Add up all of it, then multiply once by the slope.",
        "Walk through reversed(order) and leave out what has no net. The sum starts with the "
        "entry of grad_y if i is in outputs, else with 0, and adds w[k, i] * delta[k] for every "
        "k in succ[i]. delta[i] is f_prime(net[i]) times that sum.",
    ),
)
def deltas() -> Iterator[Case]:
    """Send the error back from the outputs to every neuron"""
    nodes, edges = TWO_TWO_ONE
    made = graph.MLPGraph(nodes, edges)
    net = {3: 0.0, 4: 1.0, 5: -0.5}
    yield Case("2-2-1, f = tanh", [-0.6], [5], made.order, made.succ, net, WEIGHTS,
               Function("derivative", "tanh"), family="nets in layers", shown=True)
    whole = {3: 2.0, 4: -1.0, 5: 3.0}
    skip = graph.MLPGraph([1, 3, 4, 5], [(1, 3), (3, 4), (4, 5), (3, 5)])
    w = {(3, 0): 0.0, (3, 1): 2.0, (4, 0): 0.0, (4, 3): -3.0, (5, 0): 0.0, (5, 4): 2.0,
         (5, 3): 4.0}
    yield Case("a skip connection, f(net) = net^2", [1.0], [5], skip.order, skip.succ, whole, w,
               Function("derivative", "square"), family="skip connections, any numbering",
               shown=True)
    yield Case("4 is an output and feeds 5", [1.0, 10.0], [5, 4], skip.order, skip.succ, whole, w,
               Function("derivative", "identity"), family="outputs with successors", shown=True)
    yield from delta_cases(np.random.default_rng(53), [3, 4, 2])


@exercise(
    reference=graph.weight_gradients,
    compare=same_gradients,
    hints=(
        "net_i = w_i0 + sum of w_ij a_j: by how much does net_i grow when w_ij does? And when "
        "w_i0 does?",
        "Every neuron in delta owns one bias weight and one weight for each of its predecessors. "
        "Two loops, one inside the other.",
        "The key is (i, j), the target first. The gradient of a weight is the delta where the "
        "connection ends times the activation where it starts; a bias starts at a constant 1.",
    ),
)
def weight_gradients() -> Iterator[Case]:
    """Turn deltas into the gradient of every weight and bias"""
    pred, _ = graph.pred_succ(*TWO_TWO_ONE)
    yield Case("2-2-1", {3: -0.05, 4: 0.03, 5: -0.15}, pred,
               {1: 2.0, 2: 3.0, 3: 0.5, 4: 0.73, 5: 0.38}, family="nets in layers", shown=True)
    skip, _ = graph.pred_succ([7, 2, 9], [(7, 2), (2, 9), (7, 9)])
    yield Case("a skip connection, other names", {2: 3.0, 9: -1.0}, skip,
               {7: 10.0, 2: 4.0, 9: 0.5}, family="skip connections", shown=True)
    yield from gradient_cases(np.random.default_rng(54), [3, 4, 2])


def _dense_backward(
    grad_a: Array, net: Array, x: Array, weight: Array, f_prime: Callable[[Array], Array]
) -> tuple[Array, Array, Array]:
    grad_net = np.asarray(grad_a) * f_prime(np.asarray(net))
    return functional.linear_backward(grad_net, np.asarray(x), np.asarray(weight))


def _same_three(got: Any, expected: Any, case: Case | None) -> str | None:
    if not isinstance(got, (tuple, list)) or len(got) != 3:
        return (
            "the result should be the triple (grad_x, grad_weight, grad_bias); "
            f"got {kind_of(got)}."
        )
    for name, mine, wanted in zip(("grad_x", "grad_weight", "grad_bias"), got, expected,
                                  strict=True):
        told = close()(mine, wanted, case)
        if told is not None:
            return f"in {name}: {told}"
    return None


@exercise(
    reference=_dense_backward,
    compare=_same_three,
    hints=(
        "Begin with the delta of every neuron for every sample: an array of the shape of net.",
        "Each of the three gradients has the shape of its argument. Write the shapes of your "
        "delta, x and weight beside each other: which products give (N, n), (m, n) and (m,)?",
        "grad_x multiplies the deltas by weight. grad_weight adds delta times x over all "
        "samples, which is a matrix product that eats the axis N. grad_bias is the sum of the "
        "deltas over the samples.",
    ),
)
def dense_backward() -> Iterator[Case]:
    """Go back through a whole layer and a whole batch at once"""
    x = np.array([[1.0, 2.0, 3.0], [0.0, -1.0, 1.0]])
    weight = np.array([[1.0, 0.0, 2.0], [-1.0, 3.0, 0.5]])
    net = np.array([[1.0, -2.0], [3.0, 0.5]])
    grad_a = np.array([[1.0, 10.0], [2.0, -1.0]])
    yield Case("two samples, 3 -> 2, f(net) = net", grad_a, net, x, weight,
               Function("derivative", "identity"), family="batches", shown=True)
    yield Case("the same with ReLU", grad_a, net, x, weight, Function("derivative", "relu"),
               family="other activation functions", shown=True)
    yield Case("the first sample, f(net) = net^2", grad_a[:1], net[:1], x[:1], weight,
               Function("derivative", "square"), family="batches of one", shown=True)
    yield from dense_cases(np.random.default_rng(55), 5, 4, 3)


OPERATIONS: dict[str, Callable[..., Value]] = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "/": lambda a, b: a / b,
    "tanh": lambda a: a.tanh(),
    "relu": lambda a: a.relu(),
}


def _local_slopes(operation: str, a: float, b: float | None = None) -> Any:
    values = [Value(number) for number in (a, b) if number is not None]
    result = OPERATIONS[operation](*values)
    return result.data, list(result.slopes)


@exercise(
    reference=_local_slopes,
    hints=(
        "For each operation ask twice: if only a grows by a tiny d, by how much does the result "
        "grow? And if only b does?",
        "For a * b, the slope by a is what a is multiplied by. For a / b write b^(-1): the slope "
        "by b has a minus and a square.",
        "tanh has the slope 1 - tanh(a)^2, with the result in it and not a itself. ReLU has the "
        "slope 1 where it lets a pass and 0 where it does not.",
    ),
)
def local_slopes() -> Iterator[Case]:
    """Compute one operation, and its slopes by its operands"""
    yield Case("3 * 5", "*", 3.0, 5.0, family="a * b", shown=True)
    yield Case("3 - 5", "-", 3.0, 5.0, family="a - b", shown=True)
    yield Case("relu(-2)", "relu", -2.0, family="relu", shown=True)
    yield from slope_cases(np.random.default_rng(56))


def _reverse_pass(
    parts: Sequence[Sequence[int]], slopes: Sequence[Sequence[float]], result: int
) -> list[float]:
    gradients = [0.0] * len(parts)
    gradients[result] = 1.0
    for k in range(result, -1, -1):
        for part, slope in zip(parts[k], slopes[k], strict=True):
            gradients[part] += slope * gradients[k]
    return gradients


@exercise(
    reference=_reverse_pass,
    compare=same_walk,
    hints=(
        "The derivative of the result by itself is 1. Everybody else starts with 0 and waits.",
        "Every number is computed from earlier ones, so go from `result` down to 0. When you "
        "arrive at k, its gradient is complete.",
        "Number k hands its gradient, times the slope, to each of its parts. A part may be given "
        "something several times: add it up.",
    ),
)
def reverse_pass() -> Iterator[Case]:
    """Walk a computation backwards and collect all gradients"""
    yield Case("(2 + 3) * 4", [[], [], [], [0, 1], [3, 2]], [[], [], [], [1.0, 1.0], [4.0, 5.0]],
               4, family="random computations", shown=True)
    yield Case("3 * 3, one number used twice", [[], [0, 0]], [[], [3.0, 3.0]], 1,
               family="a number used twice", shown=True)
    yield Case("the result stands before the end", [[], [0], [1]], [[], [2.0], [7.0]], 1,
               family="results before the end", shown=True)
    yield from tape_cases(np.random.default_rng(57), 2, 1500)


def _softmax_backward(grad_output: Array, scores: Array) -> Array:
    return functional.softmax_backward(
        np.asarray(grad_output, float), functional.softmax(np.asarray(scores, float))
    )


def _zero_backward(grad_output: Array, scores: Array) -> Array:
    return np.zeros(np.shape(scores))


def _is_a_batch(grad_output: Any, scores: Any) -> str | None:
    both = [as_numbers(value) for value in (grad_output, scores)]
    if any(value is None or value.ndim != 2 or value.size == 0 for value in both):
        return "return two arrays of shape (N, n_classes), both with at least one entry."
    upstream, logits = (np.asarray(value, float) for value in both)
    if upstream.shape != logits.shape:
        return (
            f"grad_output needs the shape of the scores {logits.shape}; it has {upstream.shape}."
        )
    if not np.isfinite([upstream, logits]).all() or np.abs([upstream, logits]).max() > 100:
        return "use finite numbers between -100 and 100."
    return None


@kill(
    right=_softmax_backward,
    wrong=_zero_backward,
    valid=_is_a_batch,
    hints=(
        "What does each row of a softmax add up to, whatever the scores are?",
        "With an upstream of ones you ask how the sum of all outputs changes. It never does.",
        "Ask about one class only: an upstream that is 1 there and 0 elsewhere.",
    ),
)
def kill_zero_softmax() -> None:
    """Find a gradient check that a softmax without a gradient fails"""


@quiz(
    a=Choice("Which parts of the network change during training?",
             w="the topology", x="weights and bias weights", y="the activation functions",
             z="all of these"),
    b=Number("In the 2-2-1 net w_53 is set to 0. What is delta_3?"),
    c=Number("Forward passes for one numeric gradient of 784-300-100-10?"),
    d=Choice("A logistic neuron has a = 0.9999. Its delta is",
             w="nearly 0", x="nearly 1", y="as large as that of its successor"),
    e=Choice("How does dE/dw_ij follow from the de/dw_ij of the samples?",
             w="it is their product", x="it is that of the last sample", y="it is their sum",
             z="it is the largest of them"),
    f=Choice("Why does a numeric gradient get worse again for a tiny h?",
             w="the step leaves the curve", x="nearly equal numbers are subtracted",
             y="the formula holds for large h only", z="f is called too rarely"),
    g=Number("Central differences, h ten times smaller: how many times smaller is the error?"),
    h=Number("What do central differences say about ReLU at exactly 0?", decimals=1),
    i=Choice("Upstream all ones, softmax over a row: the right gradient is",
             w="all ones", x="all zeros", y="the softmax itself"),
    j=Choice("In which dtype should gradients be checked?",
             w="float16", x="float32", y="float64", z="it does not matter"),
    digests={"a": "916cb8f00dc41f22", "b": "691328d566720392", "c": "122201352fc089c9",
             "d": "c6854f0adbfac94b", "e": "71f3d7ced6c6d810", "f": "095252c1b22d3ec6",
             "g": "d369aa4f80f2df70", "h": "da77f85ec1a1c933", "i": "1de8e6a0282cea0f",
             "j": "d7d51007eddf7a7f"},
    wrong={
        ("a", "w"): "Neurons and connections stay as they were drawn.",
        ("a", "y"): "f stays; what is fed into it changes.",
        ("a", "z"): "Training moves numbers. The drawing of the net stays the same.",
        ("c", 266_610): "Central differences need two passes for each parameter.",
        ("c", 266_611): "That is for one-sided differences; central ones need two a parameter.",
        ("c", 2): "Two for each parameter, and there are 266,610.",
        ("d", "x"): "That is its activation. Its slope is a (1 - a).",
        ("d", "y"): "On the way there stand a weight and the slope a (1 - a).",
        ("e", "w"): "E is the sum of the e. What is the derivative of a sum?",
        ("e", "x"): "Then all samples before it would be forgotten.",
        ("e", "z"): "Every sample has a say.",
        ("f", "w"): "A smaller step stays closer to the point.",
        ("f", "y"): "In exact arithmetic smaller is better.",
        ("f", "z"): "It is called as often for every h.",
        ("g", 10): "That is the one-sided difference. The error here goes with h squared.",
        ("g", 2): "The error goes with h squared, and h is ten times smaller.",
        ("h", 0): "relu(h) = h counts, relu(-h) = 0 does not.",
        ("h", 1): "relu(-h) is 0, not -h.",
        ("i", "w"): "All outputs of a row add up to 1. How does that sum change?",
        ("i", "y"): "That would answer another question. The sum of the outputs is always 1.",
        ("j", "w"): "Three digits are not enough to see a difference.",
        ("j", "x"): "Seven digits, and a step of 1e-6 eats six of them.",
        ("j", "z"): "The difference of f is tiny beside f. How many digits are left of it?",
    },
)
def quiz_gradients() -> None:
    """Deltas and checks"""


@quiz(
    a=Choice("Backpropagation is",
             w="forward-mode automatic differentiation", x="a kind of gradient descent",
             y="reverse-mode automatic differentiation with one target function",
             z="numeric differentiation"),
    b=Number("y = x * x at x = 3, and `=` stands where `+=` should. Which gradient comes out?"),
    c=Number("Three outputs, each with a gradient of its own: how many walks back?"),
    d=Choice("What must a computed number remember?",
             w="the formula of the whole net", x="its parts, and its slopes by them",
             y="the learning rate"),
    e=Choice("backward() is called twice, zero_grad() never. The gradients are",
             w="the same as after one call", x="twice as large", y="squared"),
    digests={"a": "639faf28d8745a8f", "b": "a9202db8fdc140f6", "c": "838a862a51e26a2b",
             "d": "2afe6d66ed360dd8", "e": "ecca6608f7327864"},
    wrong={
        ("a", "w"): "That walks along with the computation and asks about one input.",
        ("a", "x"): "It computes the gradient. What to do with it is another question.",
        ("a", "z"): "Nothing is estimated: there is no h.",
        ("b", 6): "That is the right one. With = the second contribution replaces the first.",
        ("b", 9): "That is y.",
        ("b", 2): "The slope by each factor is the other factor.",
        ("c", 1): "One walk belongs to one result.",
        ("d", "w"): "Nobody ever writes it down: that is the point.",
        ("d", "y"): "That belongs to the step, not to the gradient.",
        ("e", "w"): "backward adds to what is there.",
        ("e", "y"): "The contributions are added, not multiplied.",
    },
)
def quiz_autodiff() -> None:
    """Automatic differentiation"""
