"""Draws for the exercises of lecture 04: fixed families of cases, numbers and sizes from `rng`.

The public check calls them with a fixed generator, the grader with one of its own. So whoever
passes here has met every family.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from course_lib.arrays import Array
from course_lib.checks.cases import Case
from course_lib.checks.values import Function

__all__ = ["descent_probes", "rate_probes", "softmax_probes", "sse_probes", "xent_probes",
           "zigzag_probes"]


def numbers(rng: np.random.Generator, *shape: int) -> Array:
    """Sixteenths between -3 and 3: many digits, and sums that do not round."""
    return rng.integers(-48, 49, shape) / 16


def sizes(rng: np.random.Generator) -> tuple[int, int]:
    """Two different sizes from 3 to 7, either one the larger."""
    first, second = rng.choice(np.arange(3, 8), 2, replace=False)
    return int(first), int(second)


def turned_bowl(rng: np.random.Generator, curvatures: Any) -> Array:
    """A symmetric matrix with these eigenvalues and no zero anywhere."""
    n = len(curvatures)
    axes = np.linalg.qr(rng.normal(size=(n, n)) + 0.2)[0]
    matrix: Array = axes * np.asarray(curvatures) @ axes.T
    return (matrix + matrix.T) / 2


def sse_probes(rng: np.random.Generator) -> Iterator[Case]:
    n, m = sizes(rng)
    for samples in (n, n + 1):
        yield Case(f"{samples} patterns, one output", numbers(rng, samples, 1),
                   numbers(rng, samples, 1), family="one output")
    for shape in ((n, m), (m, n)):
        yield Case(f"{shape[0]} patterns, {shape[1]} outputs", numbers(rng, *shape),
                   numbers(rng, *shape), family="several outputs")
    for samples in (n, n + 2):
        yield Case(f"one-hot targets of {samples} patterns", rng.random((samples, m)),
                   np.eye(m)[rng.integers(0, m, samples)], family="one-hot targets")
    right = numbers(rng, n, m)
    yield Case("every output is right", right, right.copy(), family="no error at all")
    part = right.copy()
    part[0] += 1.5
    yield Case("all but one are right", right, part, family="no error at all")
    for outputs in (m, m + 1):
        yield Case(f"a single pattern, {outputs} outputs", numbers(rng, 1, outputs),
                   numbers(rng, 1, outputs), family="a single pattern")
    yield Case("whole numbers", rng.integers(-5, 6, (n, m)), rng.integers(-5, 6, (n, m)),
               family="whole numbers")
    yield Case("targets are whole numbers", numbers(rng, n, m), rng.integers(0, 2, (n, m)),
               family="whole numbers")
    for title, y, t in (
        ("a column against a row", (n, 1), (n,)), ("a row against a column", (n,), (n, 1)),
        ("one target row for all", (n, m), (1, m)), ("one target for each row", (n, m), (n, 1)),
        ("a target too few", (n, m), (n - 1, m)),
    ):
        yield Case(title, numbers(rng, *y), numbers(rng, *t), family="shapes that differ")


def softmax_probes(rng: np.random.Generator) -> Iterator[Case]:
    n, k = sizes(rng)
    for classes in (k, k + 1, 1):
        plural = "es" if classes > 1 else ""
        yield Case(f"one sample, {classes} class{plural}", numbers(rng, classes),
                   family="one sample")
    for shape in ((n, k), (k, n), (1, k)):
        yield Case(f"scores of shape {shape}", numbers(rng, *shape),
                   family="batches, also of one sample")
    for size in (3, 4):
        yield Case(f"{size} samples, {size} classes", numbers(rng, size, size),
                   family="as many samples as classes")
    yield Case("all scores equal", np.full(k, float(numbers(rng, 1)[0])), family="equal scores")
    yield Case("all scores 0", np.zeros((n, k)), family="equal scores")
    for which in ("some", "other"):
        yield Case(f"{which} negative scores", -4 - np.abs(numbers(rng, n, k)),
                   family="negative scores")
    sign = float(rng.choice([-1, 1]))
    for base in (sign * 1000.0, -sign * 1200.0):
        yield Case(f"scores near {base:.0f}", base + numbers(rng, n, k), family="large scores")
    for lead in (1500.0, 3000.0):
        yield Case(f"one score leads by about {lead:.0f}", np.append(numbers(rng, k), lead),
                   family="large scores")
    for lift in (1500.0, 2000.0):
        scores = numbers(rng, n, k)
        scores[rng.integers(n)] += lift
        yield Case(f"one row {lift:.0f} above the others", scores, family="rows far apart")
    for whole in (rng.integers(-3, 4, k), rng.integers(-3, 4, (n, k))):
        yield Case(f"whole numbers of shape {whole.shape}", whole,
                   family="whole numbers")


def _scored(rng: np.random.Generator, n: int, k: int) -> tuple[Array, Array]:
    """Scores (n, k), and labels of which no class has all."""
    labels = rng.integers(0, k, n)
    labels[-1] = (labels[0] + 1) % k
    return numbers(rng, n, k), labels


def xent_probes(rng: np.random.Generator) -> Iterator[Case]:
    n, k = sizes(rng)
    for shape in ((n, k), (k, n)):
        yield Case(f"scores of shape {shape}", *_scored(rng, *shape), family="batches")
    for classes in (k, k + 1):
        yield Case(f"one sample, {classes} classes", numbers(rng, 1, classes),
                   rng.integers(0, classes, 1), family="a batch of one")
    for size in (3, 5):
        yield Case(f"{size} samples, {size} classes", *_scored(rng, size, size),
                   family="as many samples as classes")
    for samples in (n, n + 1):
        scores, labels = _scored(rng, samples, k)
        yield Case(f"none of {samples} is of the last class", scores, labels % (k - 1),
                   family="a class without samples")
    scores, labels = _scored(rng, n, k)
    for base in (800.0, 1500.0):
        yield Case(f"scores near {base:.0f}", scores + base, labels, family="large scores")
    for lead in (800.0, 1000.0 + 16 * int(rng.integers(1, 20))):
        scores, labels = _scored(rng, n, k)
        scores[0, (labels[0] + 1) % k] += lead
        yield Case(f"a wrong class leads by about {lead:.0f}", scores, labels,
                   family="a probability that rounds to 0")
    for lift in (1500.0, 3000.0):
        scores, labels = _scored(rng, n, k)
        scores[0] += lift
        yield Case(f"one row {lift:.0f} above the others", scores, labels, family="rows far apart")
    scores, labels = _scored(rng, n, k)
    scores[np.arange(n), labels] += 30.0
    yield Case("the right class leads by far", scores, labels, family="sure and right")
    yield Case("whole numbers as scores", rng.integers(-3, 4, (n, k)), labels,
               family="whole numbers")


def descent_probes(rng: np.random.Generator) -> Iterator[Case]:
    steep, flat = float(rng.uniform(2, 4)), float(rng.uniform(0.8, 1.5))
    lowest, start = numbers(rng, 2), numbers(rng, 2) + 5
    for family, hessian in (
        ("bowls along the axes", np.diag([steep, flat])),
        ("turned bowls", turned_bowl(rng, [flat, steep])),
    ):
        for lr in (0.3 / steep, 1.5 / steep):
            yield Case(f"{family}, rate {lr:.2f}", Function("bowl_gradient", hessian, lowest),
                       start, lr, tol=1e-3, max_iter=200, family=family)
    three = turned_bowl(rng, [1.0, 2.0, 3.0])
    yield Case("three dimensions", Function("bowl_gradient", three, np.zeros(3)),
               numbers(rng, 3) + 5, 0.4, tol=0.05, max_iter=100, family="turned bowls")
    bowl = Function("bowl_gradient", np.diag([steep, flat]), lowest)
    for tol in (0.0, 0.01):
        yield Case(f"starts at the minimum, tol = {tol:g}", bowl, lowest, 0.1, tol, 20,
                   family="nothing to do")
    for steps in (0, 1, int(rng.integers(3, 9))):
        yield Case(f"max_iter = {steps}", bowl, start, 0.1 / steep, 1e-6, steps,
                   family="max_iter is reached")
    for steps in (4, 7):
        yield Case(f"leaves the bowl, {steps} steps", bowl, start, 2.2 / flat, 1e-6, steps,
                   family="max_iter is reached")
    whole = rng.integers(1, 6, 3).astype(float)
    one = Function("bowl_gradient", np.eye(3), whole)
    for steps in (1, 5):
        yield Case(f"one step is enough, max_iter = {steps}", one, whole + 2, 1.0, 0.0, steps,
                   family="the last step may be the right one")
    half = int(rng.integers(4, 8))
    yield Case(f"{half} steps are just enough", Function("bowl_gradient", np.eye(1), np.zeros(1)),
               np.array([2.0**half]), 0.5, 1.0, half, family="the last step may be the right one")
    for tol in (0.3, 2.0):
        yield Case(f"tol = {tol}", Function("bowl_gradient", np.eye(4), np.zeros(4)),
                   np.array([8.0, -8.0, 8.0, 7.5]) + rng.random(), 0.2, tol, 60,
                   family="other tolerances")
    for side in (1.0, -1.0):
        far = side * float(rng.uniform(8, 12)) + np.array([0.0, 1.0])
        yield Case(f"steeper and steeper from {far[0]:.1f}", Function("cosh_gradient"), far,
                   float(rng.uniform(0.5, 1.0)), family="divergence")
    yield Case("infinite where it starts", Function("cosh_gradient"), np.array([900.0, 1.0]), 0.1,
               family="divergence")
    for side, where in ((1.0, "right"), (-1.0, "left")):
        yield Case(f"two valleys, from the {where}", Function("double_well_gradient"),
                   side * rng.uniform(0.2, 0.9, 3), 0.3, 1e-4, family="two valleys")
    for columns in (3, 4):
        yield Case(f"weights of shape (2, {columns})", Function("bowl_gradient",
                   np.diag([steep, flat]), np.ones((2, columns))), numbers(rng, 2, columns) + 4,
                   0.5 / steep, 0.1, 60, family="a matrix of weights")
    for tol in (0.01, 0.02):
        yield Case(f"whole numbers, tol = {tol}", bowl, rng.integers(6, 12, 2), 0.7 / steep, tol,
                   family="a start of whole numbers")


def rate_probes(rng: np.random.Generator) -> Iterator[Case]:
    first, second, third = np.sort(rng.uniform([0.3, 2, 9], [0.9, 5, 30]))
    for curvature in (first, third):
        yield Case(f"one dimension, curvature {curvature:.1f}", np.array([[curvature]]),
                   family="one dimension")
    for order in ([first, second, third], [third, first, second], [second, third, first]):
        yield Case(f"the diagonal begins with {order[0]:.2f}", np.diag(order),
                   family="bowls along the axes")
    for low in (first, second, third / 2):
        yield Case(f"turned, with curvatures from {low:.2f}", turned_bowl(rng, [low, third]),
                   family="turned bowls")
    for n in (3, 5, 6):
        yield Case(f"a turned bowl in {n} dimensions",
                   turned_bowl(rng, rng.uniform(0.5, 20, n)), family="many dimensions")
    for factor in (1e-4, 1e4):
        yield Case(f"curvatures of about {factor:g}", factor * turned_bowl(rng, [second, third]),
                   family="very flat and very steep bowls")
    whole = rng.integers(1, 4, 2)
    yield Case("whole numbers", np.array([[whole[0] + 4, 2], [2, whole[1] + 1]]),
               family="whole numbers")
    for down in (-first, -2 * third):
        yield Case(f"one direction curves down by {-down:.2f}", turned_bowl(rng, [second, down]),
                   family="saddles")
    for more in (1.0, 2.0):
        slant = np.array([[second, second + more], [second + more, second + first]])
        yield Case(f"a positive diagonal, but {more:g} more beside it", slant, family="saddles")
    # Two negative eigenvalues make a positive determinant.
    for down in (third, first):
        yield Case(f"a summit, {down:.2f} down", turned_bowl(rng, [-down, -second]),
                   family="saddles")


def _walk(steps: Any) -> Array:
    """The path from (5, 5, ...) that these steps make."""
    steps = np.asarray(steps, float)
    path: Array = np.vstack([np.zeros(steps.shape[1]), np.cumsum(steps, axis=0)]) + 5
    return path


def zigzag_probes(rng: np.random.Generator) -> Iterator[Case]:
    n, d = (int(size) for size in rng.choice(np.arange(4, 9), 2, replace=False))
    along = rng.integers(1, 5, d)
    for count in (n, n + 1):
        yield Case(f"{count} steps straight on", _walk([along * 2.0**-k for k in range(count)]),
                   family="straight paths")
    for count in (n, n + 1):
        yield Case(f"{count} steps to and fro", _walk([along * (-0.5) ** k for k in range(count)]),
                   family="every step turns back")
    for which in ("some", "other", "a few"):
        yield Case(f"{which} steps turn back", _walk(rng.choice([-3, -2, 1, 4, 5], (n + 3, 2))),
                   family="some steps turn back")
    for which in ("one", "the other"):
        # The flat direction goes on, the steep one flips: back by the angle, not by every sign.
        heights = rng.permutation(np.arange(1, 9))
        flips = [[3.0, (-1.0) ** k * h] for k, h in enumerate(heights)]
        column = slice(None, None, 1 if which == "one" else -1)
        yield Case(f"only {which} coordinate flips", _walk(np.array(flips)[:, column]),
                   family="only one coordinate flips")
    square = [[2, 0], [0, 2], [-2, 0], [0, -2]]
    yield Case("round a square", _walk(square * 2), family="right angles")
    yield Case("up the stairs", _walk([[0, 1], [1, 0]] * n), family="right angles")
    for points in (1, 2):
        yield Case(f"{points} point{'s' if points > 1 else ''}", numbers(rng, points, d),
                   family="fewer than two steps")
    still = rng.choice([-3, 2, 4], (n, 2))
    for where in (1, n - 2):
        stopped = np.insert(still, where, 0, axis=0)
        yield Case(f"step {where} has length 0", _walk(stopped), family="a step of length 0")
    for count in (n + 4, n + 7):
        yield Case(f"{count} steps on a line", _walk(rng.choice([-2, -1, 1, 3], (count, 1))),
                   family="one dimension")
    for count in (n + 4, n + 7):
        yield Case(f"{count} steps in {d} dimensions",
                   _walk(rng.choice([-2, -1, 1, 3], (count, d))),
                   family="many dimensions")
