"""Cases of lecture 02 that the public and the hidden checks draw from: neurons and activations.

Inputs are quarters, so that a learner can follow them by hand and a neuron can hit 0 exactly.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from course_lib.arrays import Array
from course_lib.checks.cases import Case

LARGE = np.array([-1000.0, -750.0, -40.0, 0.5, 40.0, 750.0, 1000.0])


def quarters(rng: np.random.Generator, *shape: int, most: int = 4) -> Array:
    """Multiples of 1/4 from -most to most, none of them 0."""
    sizes = rng.integers(1, 4 * most + 1, shape) / 4
    return sizes * rng.choice([-1.0, 1.0], shape)


def perceptron_probes(rng: np.random.Generator) -> Iterator[Case]:
    """Neurons that fire for about half of their points, and points exactly on the border."""
    few, many = (int(n) for n in rng.choice(np.arange(3, 9), 2, replace=False))
    for family, count, inputs in (
        ("two inputs", 9, 2), ("two inputs", 12, 2), ("three to nineteen inputs", 7, few),
        ("three to nineteen inputs", 11, many + 11), ("twenty inputs", 13, 20),
    ):
        for sign, word in ((1, "negative"), (-1, "positive")):
            X, w0, w = _neuron(rng, count, inputs, sign)
            title = f"{count} points, {inputs} inputs, a {word} bias"
            yield Case(title, X, w0, w, family=family)
    w = quarters(rng, 1, most=3)
    X = np.array([[-2.0], [-0.5], [0.0], [0.75], [1.5]])
    yield Case("one input, bias below", X, -0.5, w, family="one input")
    yield Case("one input, bias above", X, 0.5, w, family="one input")
    for number, sign in (("first", 1), ("second", -1)):
        X, w0, w = _neuron(rng, 9, 3, sign)
        z = X @ w + w0
        yield Case(f"one point that fires, {number} neuron", X[[z.argmax()]], w0, w,
                   family="a batch of one")
        yield Case(f"one point that does not, {number} neuron", X[[z.argmin()]], w0, w,
                   family="a batch of one")
        X, _, w = _neuron(rng, 8, int(rng.integers(2, 5)), sign)
        X[5] = X[2]
        yield Case(f"two of eight points with net 0, {number} neuron", X, float(-(X[2] @ w)), w,
                   family="points with net exactly 0")
        X, _, w = _neuron(rng, 10, 4, 0)
        yield Case(f"bias 0, {number} neuron", X, 0.0, w, family="a bias of 0")
    X = rng.integers(-3, 4, (7, 4))
    w = rng.integers(1, 5, 4) * rng.choice([-1, 1], 4)
    yield Case("whole numbers", X, int(rng.integers(1, 4)), w, family="whole numbers")


def _neuron(
    rng: np.random.Generator, count: int, inputs: int, sign: int
) -> tuple[Array, float, Array]:
    """(X, w0, w): the points lie on one side of 0, so the bias decides; no net input is 0."""
    w = quarters(rng, inputs, most=3)
    X = quarters(rng, count, inputs) + sign * np.sign(w)
    nets = np.sort(X @ w)
    w0 = -float(nets[count // 2 - 1] + nets[count // 2]) / 2
    while w0 == 0 or np.any(X @ w + w0 == 0):
        w0 += 0.03125
    return X, w0, w


def activation_probes(
    rng: np.random.Generator, *options: dict[str, Any], large: bool = True
) -> Iterator[Case]:
    """z as numbers and as arrays, small and large, for each set of further arguments."""
    for given in options or ({},):
        named = ", ".join(f"{name} {value:g}" for name, value in given.items())
        ending = f", {named}" if named else ""
        for z in (-0.75, 1.5):
            yield Case(f"the number {z:g}{ending}", z, family="one number", **given)
        line = quarters(rng, int(rng.integers(5, 8)), most=3)
        yield Case(f"an array of {len(line)} numbers{ending}", line,
                   family="arrays of one axis", **given)
        rows, cols = (int(n) for n in rng.choice([3, 4, 5], 2, replace=False))
        yield Case(f"an array of {rows} x {cols}{ending}", _both_signs(rng, rows, cols),
                   family="arrays of two and three axes", **given)
        yield Case(f"an array of 2 x {cols} x {rows}{ending}", _both_signs(rng, 2, cols, rows),
                   family="arrays of two and three axes", **given)
        yield Case(f"z = 0 among others{ending}", np.append(quarters(rng, 4, most=2), 0.0),
                   family="zero among others", **given)
        whole = rng.permutation([-3, -2, -1, 0, 1, 2, 3])
        yield Case(f"whole numbers{ending}", whole, family="whole numbers", **given)
        if large:
            yield Case(f"very large numbers{ending}", rng.permutation(LARGE),
                       family="numbers up to 1000 on both sides", **given)
            far = rng.integers(750, 1000, 2) * np.array([-1.0, 1.0])
            yield Case(f"one very large number on each side{ending}",
                       np.stack([quarters(rng, 2), far]),
                       family="numbers up to 1000 on both sides", **given)


def _both_signs(rng: np.random.Generator, *shape: int) -> Array:
    z = quarters(rng, *shape, most=3)
    z.flat[0], z.flat[1] = -abs(z.flat[0]), abs(z.flat[1])
    return z


def slopes(rng: np.random.Generator) -> tuple[dict[str, Any], ...]:
    """Arguments of leaky_relu: the default, two drawn slopes, and both ends of what is allowed."""
    drawn = (float(n) / 100 for n in rng.choice(np.arange(15, 90), 2, replace=False))
    return ({}, *({"slope": slope} for slope in (*drawn, 0.0, 1.0)))


def alphas(rng: np.random.Generator) -> tuple[dict[str, Any], ...]:
    """Arguments of elu: the default, a small and a large alpha."""
    small, large = float(rng.integers(10, 70)) / 100, float(rng.integers(130, 300)) / 100
    return ({}, {"alpha": small}, {"alpha": large})


def maxout_probes(rng: np.random.Generator) -> Iterator[Case]:
    """Pieces, inputs and samples that all differ in number; ties; a batch of one."""
    for family, pieces in (
        ("two pieces", 2), ("three to six pieces", 3), ("three to six pieces", 5),
        ("three to six pieces", 6),
    ):
        samples, inputs = (int(n) for n in rng.choice([7, 8, 9, 10, 11], 2, replace=False))
        yield Case(f"{pieces} pieces, {inputs} inputs, {samples} samples",
                   *_maxout(rng, samples, pieces, inputs), family=family)
    yield Case("one input, four pieces", *_maxout(rng, 9, 4, 1), family="one input")
    for pieces in (3, 4):
        yield Case(f"one sample, {pieces} pieces", *_maxout(rng, 1, pieces, 5),
                   family="a batch of one")
    yield Case("one piece only", *_maxout(rng, 6, 1, 3), family="one piece")
    for pieces in (3, 4):
        x, W, b = _maxout(rng, 5, pieces, 2)
        yield Case(f"all of {pieces} pieces below zero", x, W, b - 60.0,
                   family="negative maxima")
    for pieces in (2, 4):
        x, W, b = _maxout(rng, 6, pieces, 3)
        W[-1], b[-1] = W[0], b[0]
        yield Case(f"two of {pieces} pieces are equal", x, W, b, family="ties")
    x, W, b = (rng.integers(-4, 5, shape) for shape in ((7, 3), (4, 3), (4,)))
    yield Case("whole numbers", x, W, b, family="whole numbers")


def _maxout(
    rng: np.random.Generator, samples: int, pieces: int, inputs: int
) -> tuple[Any, Any, Any]:
    x, W = quarters(rng, samples, inputs), quarters(rng, pieces, inputs, most=2)
    return x, W, quarters(rng, pieces, most=6)
