"""Draws for the exercises of lecture 15: fixed families of cases, numbers and sizes from `rng`.

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

__all__ = ["attention_cases", "occlusion_cases", "prototype_cases", "saliency_cases",
           "squash_cases", "step_cases"]


def _apart(rng: np.random.Generator, least: int, most: int, count: int) -> list[int]:
    """Whole numbers from least to most, all different."""
    drawn: list[int] = rng.choice(np.arange(least, most + 1), count, replace=False).tolist()
    return drawn


def _sides(rng: np.random.Generator) -> list[int]:
    """Two even numbers, so that pools of 2 fit; they differ."""
    return [2 * half for half in _apart(rng, 3, 5, 2)]


def _network(rng: np.random.Generator, shape: tuple[int, int, int], K: int) -> Function:
    """A small convolutional network; its scores are no sums over pixels."""
    return Function("cnn", shape, 4, K, int(rng.integers(10**6)))


def _linear(rng: np.random.Generator, shape: tuple[int, int, int], K: int) -> Function:
    return Function("linear_scores", rng.normal(size=(K, int(np.prod(shape)))))


def occlusion_cases(rng: np.random.Generator) -> Iterator[Case]:
    """Images whose rows and columns differ, covered by patches of 1 to 4 pixels."""
    def case(title: str, family: str, C: int, size: int, *more: Any, linear: bool = False,
             **named: Any) -> Case:
        H, W = _sides(rng)
        K = int(rng.integers(2, 5))
        make = _linear if linear else _network
        k = int(rng.integers(K))
        x = rng.uniform(0.2, 1, (C, H, W))
        return Case(title, make(rng, (C, H, W), K), x, k, size, *more, family=family, **named)

    yield case("a linear score, patch 2", "a linear score", 1, 2, linear=True)
    yield case("a linear score, three channels", "a linear score", 3, 3, 2, linear=True)
    yield case("patch 2, every place", "stride 1", 1, 2)
    yield case("patch 3, every place", "stride 1", 1, 3, 1)
    channels = int(rng.integers(2, 5))
    yield case(f"{channels} channels", "several channels", channels, 2, 2)
    yield case("two channels, patch 3", "several channels", 2, 3, 2)
    yield case("patch 3, stride 2", "patches that overlap", 1, 3, 2, 0.0)
    yield case("patch 4, stride 3", "patches that overlap", 2, 4, 3)
    for baseline in (float(rng.uniform(0.3, 0.7)), float(rng.uniform(1.5, 3))):
        yield case(f"baseline {baseline:.2f}", "another baseline", 1, 2, 1, baseline)
    yield case("a baseline below 0, channels", "another baseline", 3, 3, 2,
               baseline=-float(rng.uniform(0.5, 2)))
    for size, stride in ((2, 3), (3, 4)):
        H, W = rng.permutation([6, 10]).tolist()                 # neither side is filled
        yield Case(f"patch {size}, stride {stride}, a border left over",
                   _network(rng, (1, H, W), 3), rng.uniform(0.2, 1, (1, H, W)),
                   int(rng.integers(3)), size, stride, 0.5,
                   family="a border that no patch reaches")
    yield case("patch of one pixel", "patch of one pixel", 1, 1)
    side = 2 * int(rng.integers(2, 5))
    yield Case("a square image, patch as large as it", _network(rng, (2, side, side), 3),
               rng.uniform(0.2, 1, (2, side, side)), 1, side, 1, 0.25,
               family="a patch as large as the image")


def saliency_cases(rng: np.random.Generator) -> Iterator[Case]:
    """Networks with ReLU and pools, and linear ones; every score may be asked for."""
    def case(title: str, family: str, C: int, *, linear: bool = False) -> Case:
        H, W = _sides(rng)
        K = int(rng.integers(3, 6))
        net = (Function("linear_net", rng.normal(size=(K, C * H * W))) if linear
               else _network(rng, (C, H, W), K))
        return Case(title, net, rng.normal(size=(C, H, W)), int(rng.integers(K)), family=family)

    yield case("one channel", "a linear network", 1, linear=True)
    yield case("three channels", "a linear network", 3, linear=True)
    yield case("one channel, ReLU and pools", "one channel", 1)
    yield case("one channel, ReLU and pools, again", "one channel", 1)
    yield case("two channels, ReLU and pools", "several channels", 2)
    yield case("three channels, ReLU and pools", "several channels", 3)
    net, x = _network(rng, (2, 6, 8), 3), rng.normal(size=(2, 6, 8))
    for k in range(3):
        yield Case(f"score {k} of the same image", net, x, k, family="every class in turn")


def step_cases(rng: np.random.Generator) -> Iterator[Case]:
    """Weights by name, gradients, frozen layers, a rate."""
    def drawn(*names: str) -> tuple[dict[str, Array], dict[str, Array]]:
        shapes = {name: (_apart(rng, 2, 4, 2) if name.endswith("weight") else _apart(rng, 2, 4, 1))
                  for name in names}
        return ({name: rng.normal(size=shape) for name, shape in shapes.items()},
                {name: rng.normal(size=shape) for name, shape in shapes.items()})

    def both(*layers: str) -> list[str]:
        return [f"{layer}.{kind}" for layer in layers for kind in ("weight", "bias")]

    def rate() -> float:
        return float(rng.uniform(0.05, 0.5))

    plain = both("conv1", "conv2", "fc1", "head")
    yield Case("nothing frozen", *drawn(*plain), [], rate(), family="nothing frozen")
    yield Case("the first layer", *drawn(*plain), ["conv1"], rate(), family="layers frozen")
    yield Case("two layers, listed backwards", *drawn(*plain), ["conv2", "conv1"], rate(),
               family="layers frozen")
    yield Case("everything frozen", *drawn(*plain), ["head", "fc1", "conv2", "conv1"], rate(),
               family="everything frozen")
    n = int(rng.integers(0, 10))
    yield Case(f"fc1 is not fc1{n}", *drawn(*both("fc1", f"fc1{n}", "fc2")), ["fc1"], rate(),
               family="names that begin alike")
    yield Case("conv is not conv_last", *drawn(*both("conv", "conv_last", "head")), ["conv"],
               rate(), family="names that begin alike")
    yield Case("fc is not in the middle of a name", *drawn(*both("fc", "my_fc", "out")), ["fc"],
               rate(), family="names that end alike")
    yield Case("encoder.fc is not fc", *drawn(*both("encoder.fc", "fc")), ["fc"], rate(),
               family="names that end alike")
    yield Case("decoder.head is not head", *drawn(*both("decoder.head", "head", "conv1")),
               ["head"], rate(), family="names that end alike")
    nested = both("body.conv1", "body.block.conv2", "head")
    yield Case("a layer with layers in it", *drawn(*nested), ["body"], rate(),
               family="layers inside layers")
    yield Case("an inner layer", *drawn(*nested), ["body.block"], rate(),
               family="layers inside layers")
    yield Case("the innermost layer", *drawn(*nested), ["head", "body.block.conv2"], rate(),
               family="layers inside layers")
    unknown = "names of no layer: ValueError"
    yield Case("a slip of the pen", *drawn(*plain), ["conv3"], rate(), family=unknown)
    yield Case("one right, one unknown", *drawn(*plain), ["conv1", "Head"], rate(),
               family=unknown)
    yield Case("one unknown, one right", *drawn(*plain), ["fcl", "head"], rate(), family=unknown)
    yield Case("the beginning of a name", *drawn(*plain), ["con"], rate(), family=unknown)


def prototype_cases(rng: np.random.Generator) -> Iterator[Case]:
    """Features around class centres; the shares of a query are neither all nor nothing."""
    def case(title: str, family: str, counts: list[int], queries: int, D: int,
             labels: list[int] | None = None, far: float = 0.0) -> Case:
        names = labels or sorted(_apart(rng, 0, 30, len(counts)))
        centres = rng.normal(size=(len(counts), D)) / np.sqrt(D)
        y = rng.permutation(np.repeat(np.arange(len(counts)), counts))
        features = centres[y] + 0.6 * rng.normal(size=(len(y), D)) / np.sqrt(D) + far
        asked = 0.8 * rng.normal(size=(queries, D)) / np.sqrt(D)
        return Case(title, asked, features, np.array(names)[y], family=family)

    ways, D, Q = _apart(rng, 3, 6, 3)
    yield case(f"{ways} classes, one sample of each", "one shot", [1] * ways, Q, D)
    yield case("two classes, one sample of each", "one shot", [1, 1], Q, D + 1)
    shots = int(rng.integers(3, 6))
    yield case(f"{ways} classes, {shots} samples of each", "several shots", [shots] * ways, Q, D)
    yield case(f"two classes, {shots + 1} samples of each", "several shots", [shots + 1] * 2, Q,
               D)
    for title in ("classes of different size", "others"):
        yield case(title, "classes of different size", _apart(rng, 1, 7, 3), Q, D)
    n = int(rng.integers(3, 8))
    yield case("labels below 0 and large ones", "labels of any kind", [2, 3, 2], Q, D,
               [-n, n, 100 * n])
    yield case("one class", "one class", [3], Q, D)
    yield case("one query", "one query", [2, 3, 1], 1, D)
    yield case("one feature", "one feature", [2, 1, 3], Q, 1)
    for far in (float(rng.uniform(30, 50)), float(rng.uniform(100, 200))):
        yield case(f"queries {far:.0f} away in every feature", "queries far from all prototypes",
                   [2, 3, 2], Q, 2 + ways, far=far)
    for title, second, others in (("one query far away, the others near", 1, 0),
                                  ("one query near, the others far away", 0, 1)):
        queries, features, labels = case("", "", [2, 3, 2], Q, D).args
        moved = np.where(np.arange(Q) == 1, second, others)[:, np.newaxis] * rng.uniform(40, 60)
        yield Case(title, queries + moved, features, labels,
                   family="queries far from all prototypes")


def attention_cases(rng: np.random.Generator) -> Iterator[Case]:
    """Sequences of vectors; their number and all widths differ."""
    def case(title: str, family: str, n: int, d: int, e: int, v: int, scale: float = 1.0) -> Case:
        wq, wk = (scale * rng.normal(size=(d, e)) for _ in range(2))
        return Case(title, rng.normal(size=(n, d)), wq, wk, rng.normal(size=(d, v)),
                    family=family)

    n, d, e, v = _apart(rng, 3, 8, 4)
    yield case("all sizes differ", "several vectors", n, d, e, v)
    yield case("all sizes differ, the other way", "several vectors", v, e, d, n)
    yield case("as many vectors as features", "square", n, n, n, n)
    yield case("as many vectors as queries have entries", "square", e, d, e, v)
    yield case("one vector", "one vector", 1, d, e, v)
    yield case("queries and keys of one entry", "one entry", n, d, 1, v)
    yield case("values of one entry", "one entry", n, d, e, 1)
    for scale in (60.0, 120.0):
        yield case(f"matrices {scale:.0f} times as large", "large scores", n, d, e, v, scale)
    x, wq, wk, wv = case("", "", n, d, e, v).args
    order = np.roll(np.arange(n), 1)
    yield Case("vectors in one order", x, wq, wk, wv, family="the same vectors in another order")
    yield Case("and in another", x[order], wq, wk, wv, family="the same vectors in another order")


def squash_cases(rng: np.random.Generator) -> Iterator[Case]:
    """Vectors along the last axis, any axes before it."""
    def vectors(*shape: int, length: float = 1.0) -> Array:
        return length * rng.normal(size=shape)

    a, b, c, D = _apart(rng, 2, 6, 4)
    yield Case("one vector", vectors(D), family="one vector")
    yield Case("one long vector", vectors(D + 3, length=5), family="one vector")
    yield Case("a list of vectors", vectors(a, D), family="several vectors")
    yield Case("as many vectors as entries", vectors(D, D), family="several vectors")
    yield Case("three axes", vectors(a, b, D), family="three and four axes")
    yield Case("four axes", vectors(a, b, c, D), family="three and four axes")
    yield Case("short vectors", vectors(b, D, length=0.05), family="short and long vectors")
    yield Case("long vectors", vectors(c, D, length=200), family="short and long vectors")
    yield Case("vectors of one entry", vectors(a, 1), family="vectors of one entry")
    some = vectors(a + 2, D)
    some[[0, a]] = 0
    yield Case("two vectors of zeros among others", some, family="vectors of zeros")
    yield Case("nothing but a vector of zeros", np.zeros(D), family="vectors of zeros")
