"""What lecture 04 asks for: losses and their gradients, descent, rates that hold, and zig-zag.

The decks' own numbers are displayed. The probes behind them come from
course_lib.checks.probes.gradient_descent, which the grader draws from as well.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from course_lib import functional, optim
from course_lib.arrays import Array
from course_lib.checks.cases import Case, Choice, Number, exercise, kill, quiz
from course_lib.checks.compare import Comparator, close
from course_lib.checks.probes import gradient_descent as probes
from course_lib.checks.values import Function

TWO_OUTPUTS = np.array([[0.8, 0.3], [0.25, 0.5]])
TWO_TARGETS = np.array([[1.0, 0.0], [0.0, 1.0]])
PARABOLA = Function("bowl_gradient", np.array([[2.0]]), np.array([3.0]))
LONG_BOWL = Function("bowl_gradient", np.diag([1.0, 20.0]), np.zeros(2))


def _named(*names: str) -> Comparator:
    """close(), where the evidence calls the results as the statement does."""
    plain = close()

    def compare(got: Any, expected: Any, case: Any) -> str | None:
        told = plain(got, expected, case)
        for k, name in enumerate(names):
            told = told and told.replace(f"in result[{k}]", f"in {name}", 1)
        return told

    return compare


def _sse(Y: Array, T: Array) -> tuple[float, Array]:
    y, t = np.asarray(Y, float), np.asarray(T, float)
    error = 0.5 * functional.mse_loss(y, t, "sum")
    return float(error), functional.mse_loss_backward(np.array(0.5), y, t, "sum")


@exercise(
    reference=_sse,
    compare=_named("E", "dY"),
    hints=(
        "E is one number for the whole array; the gradient has an entry for every output.",
        "Differentiate (y - t)^2 / 2 by y. The 1/2 is there to make this short.",
        "Compare Y.shape with T.shape first and raise ValueError. Then form Y - T once and use it "
        "for both results.",
    ),
)
def sse() -> Iterator[Case]:
    """Half the sum of squared errors, and its gradient"""
    yield Case("one pattern", TWO_OUTPUTS[:1], TWO_TARGETS[:1], family="a single pattern",
               shown=True)
    yield Case("two patterns", TWO_OUTPUTS, TWO_TARGETS, family="one-hot targets", shown=True)
    yield Case("a column and a row", np.array([[1.0], [2.0]]), np.array([1.0, 2.0]),
               family="shapes that differ", shown=True)
    yield from probes.sse_probes(np.random.default_rng(41))


def _softmax(Z: Array) -> Array:
    return functional.softmax(np.asarray(Z, float))


@exercise(
    reference=_softmax,
    hints=(
        "Two steps: make every score positive with exp, then let each sample sum to 1.",
        "e^1000 is too large for the computer. Subtracting one number from all scores of a sample "
        "does not change the result. Which number makes the largest exponent 0?",
        "Classes are on the last axis: take max and sum with axis=-1 and keepdims=True, so that "
        "one formula serves (K,) and (N, K).",
    ),
)
def softmax() -> Iterator[Case]:
    """Scores become probabilities"""
    yield Case("the scores 1, 2, 3", np.array([1.0, 2.0, 3.0]), family="one sample", shown=True)
    yield Case("two samples", np.array([[1.0, 2.0, 3.0], [0.0, 0.0, 0.0]]),
               family="batches, also of one sample", shown=True)
    yield Case("1001, 1002, 1003", np.array([1001.0, 1002.0, 1003.0]), family="large scores",
               shown=True)
    yield from probes.softmax_probes(np.random.default_rng(42))


def _xent(Z: Array, labels: Array) -> tuple[float, Array]:
    z = np.asarray(Z, float)
    loss = float(functional.cross_entropy(z, labels))
    return loss, functional.cross_entropy_backward(np.array(1.0), z, labels)


@exercise(
    reference=_xent,
    compare=_named("the loss", "dZ"),
    hints=(
        "One loss per sample, -ln of the probability of its own class; then the mean. "
        "Z[np.arange(N), labels] picks one entry from each row.",
        "Where the probability rounds to 0, its logarithm is -inf. ln softmax is a difference: "
        "the score minus the ln of the sum. Compute that, with the largest score taken off first.",
        "The gradient is softmax(Z), minus 1 at the right class of each row, all divided by N "
        "because the loss is a mean.",
    ),
)
def softmax_xent() -> Iterator[Case]:
    """Cross-entropy of scores, and its gradient"""
    yield Case("the scores 1, 2, 3, class 2", np.array([[1.0, 2.0, 3.0]]), np.array([2]),
               family="a batch of one", shown=True)
    yield Case("two samples, three classes", np.array([[1.0, 2.0, 3.0], [0.0, 0.0, 0.0]]),
               np.array([0, 1]), family="batches", shown=True)
    yield Case("sure and wrong", np.array([[0.0, 1000.0]]), np.array([0]),
               family="a probability that rounds to 0", shown=True)
    yield from probes.xent_probes(np.random.default_rng(43))


def _descend(
    grad: Callable[[Array], Array], w_init: Array, lr: float, tol: float = 1e-6,
    max_iter: int = 1000,
) -> tuple[Array, Array, str]:
    w, path, status = optim.gradient_descent(grad, np.asarray(w_init, float), lr, tol, max_iter)
    return w, path, status


@exercise(
    reference=_descend,
    compare=_named("w", "path", "status"),
    hints=(
        "Look at the gradient first, then decide: stop and say why, or take one step.",
        "There are max_iter steps at most, so the gradient is looked at max_iter + 1 times. The "
        "path holds the start as well.",
        "In each round: g = grad(w). Not finite: diverged. Norm at most tol: converged. All steps "
        "used up: max_iter. Else a new w = w - lr * g (not w -= ...), appended to the path.",
    ),
)
def gradient_descent() -> Iterator[Case]:
    """Walk against the gradient until there is a reason to stop"""
    yield Case("the parabola (w - 3)^2 from 0, rate 0.25", PARABOLA, np.array([0.0]), 0.25,
               tol=0.5, max_iter=100, family="bowls along the axes", shown=True)
    yield Case("the same, three steps at most", PARABOLA, np.array([0.0]), 0.25,
               tol=0.5, max_iter=3, family="max_iter is reached", shown=True)
    yield Case("the gradient of cosh from 10, rate 1", Function("cosh_gradient"),
               np.array([10.0]), 1.0, family="divergence", shown=True)
    yield Case("curvatures 1 and 20, rate 0.09", LONG_BOWL, np.array([10.0, 1.0]), 0.09,
               tol=1e-3, max_iter=200, family="bowls along the axes")
    yield from probes.descent_probes(np.random.default_rng(44))


def _rate(H: Array) -> float:
    curvatures = np.linalg.eigvalsh(H)
    if curvatures[0] < 0:
        raise ValueError("H curves down in one direction, so there is no minimum to go to.")
    return float(2 / curvatures[-1])


@exercise(
    reference=_rate,
    hints=(
        "The steepest direction decides. Its curvature is the largest eigenvalue of H.",
        "np.linalg.eigvalsh gives the eigenvalues of a symmetric matrix, the smallest first.",
        "If the smallest eigenvalue is negative, raise ValueError. Else 2 divided by the largest.",
    ),
)
def max_stable_rate() -> Iterator[Case]:
    """The learning rate that a bowl only just does not bear"""
    yield Case("curvatures 1 and 20", np.diag([1.0, 20.0]), family="bowls along the axes",
               shown=True)
    yield Case("a turned bowl", np.array([[2.0, 1.0], [1.0, 2.0]]), family="turned bowls",
               shown=True)
    yield Case("a saddle", np.diag([2.0, -1.0]), family="saddles", shown=True)
    yield from probes.rate_probes(np.random.default_rng(45))


def _zigzag(path: Array) -> float:
    steps = np.diff(np.asarray(path, float), axis=0)
    if len(steps) < 2:
        return 0.0
    return float(np.mean((steps[1:] * steps[:-1]).sum(axis=1) < 0))


@exercise(
    reference=_zigzag,
    hints=(
        "Work with the steps, the differences of neighbouring points, not with the points.",
        "Two arrows point more than 90 degrees apart exactly if their dot product is negative.",
        "np.diff(path, axis=0) gives the steps. Multiply each with the next, sum over the "
        "coordinates, and take the share of negative sums; 0.0 if there are fewer than two steps.",
    ),
)
def zigzag() -> Iterator[Case]:
    """Which share of the steps turns back"""
    yield Case("straight on", np.array([[0.0, 0.0], [2.0, 1.0], [3.0, 1.5]]),
               family="straight paths", shown=True)
    yield Case("to and fro", np.array([[4.0], [-2.0], [1.0], [-0.5]]),
               family="every step turns back", shown=True)
    yield Case("one turn of two", np.array([[0.0, 0.0], [1.0, 3.0], [2.0, 1.0], [3.0, 0.5]]),
               family="some steps turn back", shown=True)
    yield from probes.zigzag_probes(np.random.default_rng(46))


def _softmax_rows(z: Any) -> Array:
    return functional.softmax(np.asarray(z, float), axis=1)


def _one_maximum_for_all(z: Any) -> Array:
    with np.errstate(invalid="ignore", under="ignore"):
        e = np.exp(np.asarray(z, float) - np.max(z))
        shares: Array = e / e.sum(axis=1, keepdims=True)
        return shares


def _is_batch(Z: Any) -> str | None:
    try:
        scores = np.asarray(Z, float)
    except (TypeError, ValueError):
        return "Z must be an array of numbers."
    if scores.ndim != 2 or scores.size == 0:
        return f"Z must have the shape (N, K), with at least one number; it is {scores.shape}."
    if not np.isfinite(scores).all():
        return "Z must hold finite numbers only."
    if np.abs(scores).max() > 1e6:
        return "scores beyond a million are not needed. Smaller ones are enough."
    return None


@kill(
    right=_softmax_rows,
    wrong=_one_maximum_for_all,
    valid=_is_batch,
    hints=(
        "With one sample there is only one maximum. How many do you need at least?",
        "What is np.exp(-800)? And what is 0 divided by 0?",
        "Let one row be so far below the other that all of its exponentials round to 0.",
    ),
)
def kill_one_maximum() -> None:
    """Scores that expose a softmax with one maximum for all"""


@quiz(
    a=Number("y = (0.7, 0.1, 0.4), t = (1, 0, 0): the error e of this pattern?", decimals=2),
    b=Choice("When is one hypothesis better than another?",
             p="when it has more parameters", q="when its J is smaller",
             r="when its gradient is larger"),
    c=Choice("What is estimated in training?", p="the topology", q="the weights only",
             r="the weights and the biases", s="the activation functions"),
    d=Number("How many times as likely is a class with score 3 as one with score 1?", decimals=2),
    e=Choice("f'(2) = -3. Where is a v with f(v) < f(2)?", p="a little to the left of 2",
             q="a little to the right of 2", r="nowhere, 2 is the minimum"),
    f=Choice("How do we get to good parameters?", p="in small steps against the gradient of J",
             q="by solving for them", r="in small steps along the gradient of J"),
    digests={
        "a": "bdd92f6e36a37776", "b": "fb244bf8c5f5b417", "c": "ce2cec1cc552a58d",
        "d": "d82ed262da4db948", "e": "939976a0f35786d6", "f": "976b08abcee955ce"},
    wrong={
        ("a", 0.26): "Half of that: e has a 1/2 in front.",
        ("a", 0.8): "These are the differences. They are squared before they are added.",
        ("a", 0.04): "The differences are squared before they are added, not after.",
        ("a", 0.4): "These are half the differences. They are squared before they are added.",
        ("a", 0.51): "That is the distance. e is half its square.",
        ("b", "p"): "Size is no quality by itself.",
        ("b", "r"): "A large gradient says that J is steep here, not how large J is.",
        ("c", "p"): "The graph is chosen before, and stays.",
        ("c", "q"): "Biases are parameters too.",
        ("c", "s"): "They are chosen before, and stay.",
        ("d", 3): "That is the ratio of the scores; exp comes before the division.",
        ("d", 2): "That is the difference of the scores. What does exp make of it?",
        ("d", 20.09): "That is e^3. Divide it by e^1.",
        ("e", "p"): "The slope is negative: f rises towards the left.",
        ("e", "r"): "At a minimum the slope is 0.",
        ("f", "q"): "That works for a line. For a network nobody can solve the equations.",
        ("f", "r"): "Along the gradient J grows.",
    },
)
def quiz_loss() -> None:
    """Loss and direction"""


@quiz(
    a=Number("f(w) = 4 w^2. Which rate must not be reached?", decimals=2),
    b=Choice("Curvatures 1 and 20, rate 0.11. What happens?",
             p="both directions diverge", q="only the steep direction diverges",
             r="only the flat direction diverges", s="it converges, slowly"),
    c=Choice("And with rate 0.001?", p="it converges, but takes very long", q="it diverges",
             r="it zig-zags", s="it stops at once"),
    d=Choice("A wide flat area, then a narrow valley. What helps?",
             p="a small rate all the time", q="a large rate all the time",
             r="a large rate first, a small one later"),
    e=Choice("For which f does a small enough rate lead to a global minimum, from any start?",
             p="for every differentiable f", q="for convex f that have a minimum",
             r="for the loss of any network"),
    f=Choice("Gradient descent starts exactly on a saddle. What does it return?",
             p="the nearest minimum", q="the saddle, as converged", r="diverged"),
    g=Choice("Shape of the gradient by theta?", p="that of theta", q="a single number",
             r="that of the output"),
    digests={
        "a": "c4978a206ae22e63", "b": "58c31cd18355602e", "c": "af3b7c028d4e2d1e",
        "d": "56935917229b847c", "e": "11b461ff7deb2786", "f": "bd2f583bd925631a",
        "g": "69399e4232fd4986"},
    wrong={
        ("a", 0.5): "The curvature of 4 w^2 is not 4: differentiate twice.",
        ("a", 0.13): "1 / curvature is the best rate. The limit is twice that.",
        ("a", 0.12): "1 / curvature is the best rate. The limit is twice that.",
        ("b", "p"): "Each direction has its own factor |1 - 0.11 lambda|.",
        ("b", "r"): "The flat one has the factor 1 - 0.11 = 0.89.",
        ("b", "s"): "Look at |1 - 0.11 * 20|.",
        ("c", "q"): "Both factors lie between 0 and 1.",
        ("c", "r"): "1 - 0.001 * 20 is positive: no direction flips.",
        ("c", "s"): "It stops where the gradient is small, not where the steps are.",
        ("d", "p"): "Then the flat area takes very long.",
        ("d", "q"): "Then it jumps over the valley, or out of it again.",
        ("e", "p"): "It may end in a local minimum or on a saddle.",
        ("e", "r"): "The loss of a network with hidden neurons is not convex.",
        ("f", "p"): "The gradient is 0 there, so it does not move.",
        ("f", "r"): "Nothing grows: the gradient is 0.",
        ("g", "q"): "That is f. The gradient has an entry for every parameter.",
        ("g", "r"): "It says how f changes with each entry of theta.",
    },
)
def quiz_rate() -> None:
    """Rates and landscapes"""
