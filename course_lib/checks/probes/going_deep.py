"""Probes of lecture 14: the public checks draw them once, the grader anew for every student.

Arrays have axes of different lengths wherever nothing else is said, so that none can stand in
for another.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from course_lib.arrays import Array
from course_lib.checks.cases import Case
from course_lib.checks.values import Function

KINDS = ("lecun", "xavier", "he")


def _different(rng: np.random.Generator, count: int, least: int, most: int) -> list[int]:
    """Whole numbers from least to most, no two alike."""
    return [int(n) for n in rng.choice(np.arange(least, most + 1), count, replace=False)]


def _maps(rng: np.random.Generator, *shape: int) -> Array:
    """Every channel of every sample with a middle and a spread of its own."""
    ones = (1,) * (len(shape) - 2)
    middle = rng.uniform(-3, 3, (*shape[:2], *ones)) + rng.choice([-5, 5], (1, shape[1], *ones))
    spread = rng.uniform(0.5, 2.5, (*shape[:2], *ones))
    return middle + spread * rng.standard_normal(shape)


def weight_probes(rng: np.random.Generator) -> Iterator[Case]:
    """Standard normal numbers z of many shapes, and the three rules."""
    for kind in KINDS:
        n_in, n_out, K, C, F, G = _different(rng, 6, 3, 12)
        yield Case(f"{kind}, linear layer", rng.standard_normal((n_out, n_in)), kind,
                   family="linear layers")
        yield Case(f"{kind}, filters of {F} x {F}", rng.standard_normal((K, C, F, F)), kind,
                   family="filters")
        yield Case(f"{kind}, filters of {F} x {G}", rng.standard_normal((K, C, F, G)), kind,
                   family="filters that are not square")
        yield Case(f"{kind}, 1 x 1 filters", rng.standard_normal((K, C, 1, 1)), kind,
                   family="filters of one pixel")
        yield Case(f"{kind}, one neuron", rng.standard_normal((1, n_in)), kind,
                   family="one neuron or one input")
        yield Case(f"{kind}, one input", rng.standard_normal((n_out, 1)), kind,
                   family="one neuron or one input")
        yield Case(f"{kind}, as many out as in", rng.standard_normal((n_in, n_in)), kind,
                   family="square")
        z = rng.standard_normal((n_out, n_in)).astype(np.float32)
        yield Case(f"{kind}, float32", z, kind, family="float32")


def statistic_probes(rng: np.random.Generator) -> Iterator[Case]:
    """Images and rows; every kind sees the same ones."""
    N, C, H, W = _different(rng, 4, 2, 6)
    shapes = {
        "images": (N, C, H, W), "images, turned": (C, N, W, H), "flat images": (N, C, 1, W),
        "one image": (1, C, H, W), "one channel": (N, 1, H, W), "square": (N, N, N, N),
    }
    for kind in ("batch", "layer", "instance"):
        for title, shape in shapes.items():
            family = "images" if title.startswith("images") else title
            yield Case(f"{kind}, {title}", _maps(rng, *shape), kind, family=family)
        yield Case(f"{kind}, float32", _maps(rng, N, C, H, W).astype(np.float32), kind,
                   family="float32")
        if kind != "instance":
            yield Case(f"{kind}, rows", _maps(rng, H + 1, C), kind, family="rows without pixels")
            yield Case(f"{kind}, more rows", _maps(rng, C, H + 1), kind,
                       family="rows without pixels")


def _of_shape(shape: tuple[int, ...], axes: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(1 if axis in axes else length for axis, length in enumerate(shape))


def normalising_probes(rng: np.random.Generator) -> Iterator[Case]:
    """Given statistics of every shape; they are not those of x."""
    def case(title: str, family: str, shape: tuple[int, ...], axes: tuple[int, ...],
             scale: float = 1.0, **options: Any) -> Case:
        given = _of_shape(shape, axes)
        C = shape[1]
        return Case(title, _maps(rng, *shape), rng.uniform(-4, 4, given),
                    scale * rng.uniform(0.2, 4, given), rng.uniform(0.5, 3, C) *
                    rng.choice([-1, 1], C), rng.uniform(1, 4, C), family=family, **options)

    N, C, H, W = _different(rng, 4, 2, 6)
    images = (N, C, H, W)
    yield case("a mean for each channel", "a mean for each channel", images, (0, 2, 3))
    yield case("others", "a mean for each channel", (H, W, N, C), (0, 2, 3))
    yield case("a mean for each image", "a mean for each image", images, (1, 2, 3))
    yield case("a mean for each map", "a mean for each map", images, (2, 3))
    yield case("rows", "rows without pixels", (N, C), (0,))
    yield case("rows, a mean for each", "rows without pixels", (W, H), (1,))
    yield case("as many columns as channels", "as many columns as channels", (N, C, H, C),
               (0, 2, 3))
    yield case("as many rows as channels", "as many columns as channels", (C, C), (0,))
    yield case("one image", "one image", (1, C, H, W), (0, 2, 3))
    yield case("small variances", "small variances", images, (0, 2, 3), 1e-5)
    yield case("large eps", "another eps", images, (0, 2, 3), eps=float(rng.uniform(0.5, 2)))
    yield case("large eps, rows", "another eps", (N, C), (0,), eps=float(rng.uniform(0.5, 2)))
    flat = np.tile(rng.uniform(1, 3, (1, C, 1, 1)), (N, 1, H, W))
    yield Case("channels without any spread", flat, flat[:1, :, :1, :1] - 0.01,
               np.zeros((1, C, 1, 1)), rng.uniform(1, 2, C), rng.uniform(1, 2, C),
               family="variance 0")


def running_probes(rng: np.random.Generator) -> Iterator[Case]:
    """Batches of images and rows, momenta, and batches too small for a variance."""
    def case(title: str, family: str, *shape: int, **options: Any) -> Case:
        C = shape[1]
        return Case(title, rng.uniform(-3, 3, C), rng.uniform(2, 9, C), _maps(rng, *shape),
                    family=family, **options)

    N, C, H, W = _different(rng, 4, 2, 6)
    yield case("images", "images", N, C, H, W)
    yield case("other images", "images", W, H, N, C)
    yield case("rows", "rows without pixels", N + 1, C)
    yield case("two rows", "rows without pixels", 2, C)
    yield case("one image", "one image", 1, C, H, W)
    yield case("a momentum", "another momentum", N, C, H, W,
               momentum=float(rng.uniform(0.2, 0.4)))
    yield case("a large momentum", "another momentum", H, C,
               momentum=float(rng.uniform(0.6, 0.9)))
    yield case("momentum 0", "momentum 0 and 1", N, C, H, W, momentum=0.0)
    yield case("momentum 1", "momentum 0 and 1", N, C, H, W, momentum=1.0)
    yield case("one channel", "one channel", N, 1, H, W)
    yield case("one row", "a single value", 1, C)
    yield case("one pixel", "a single value", 1, C, 1, 1)


def backward_probes(rng: np.random.Generator) -> Iterator[Case]:
    """Gradients that arrive, batches, scales; all-ones among them, which prove little."""
    def case(title: str, family: str, *shape: int, ones: bool = False, spread: float = 1.0,
             **options: Any) -> Case:
        g = np.ones(shape) if ones else rng.standard_normal(shape) + 0.5
        gamma = rng.uniform(0.5, 3, shape[1]) * rng.choice([-1, 1], shape[1])
        return Case(title, g, spread * _maps(rng, *shape), gamma, family=family, **options)

    N, C, H, W = _different(rng, 4, 3, 6)
    yield case("rows", "rows without pixels", N, C)
    yield case("more rows", "rows without pixels", C + 6, N)
    yield case("images", "images", N, C, H, W)
    yield case("other images", "images", H, N, C, W)
    yield case("as many of everything", "images", C, C, C, C)
    yield case("one image", "one image", 1, C, H, W)
    yield case("one channel", "one channel", N, 1, H, W)
    yield case("two rows", "two rows", 2, C, eps=float(rng.uniform(0.2, 0.5)))
    yield case("small spread", "small spread", N, C, H, W, spread=1e-3)
    yield case("large eps", "another eps", N, C, eps=float(rng.uniform(0.5, 2)))
    yield case("large eps, images", "another eps", N, C, H, W, eps=float(rng.uniform(0.5, 2)))
    yield case("ones arrive", "ones arrive", N, C, ones=True)
    yield case("ones arrive at images", "ones arrive", N, C, H, W, ones=True)


RELU = Function("relu")


def _layer(rng: np.random.Generator, C: int, K: int, F: int, stride: int = 1) -> Function:
    """A convolution; at stride 1 it keeps the size."""
    return Function("conv2d_layer", rng.standard_normal((K, C, F, F)) / F,
                    rng.standard_normal(K), stride=stride, padding=F // 2)


def forward_probes(rng: np.random.Generator) -> Iterator[Case]:
    """Branches, ways around and activations that are given as functions."""
    N, C, K, H = _different(rng, 4, 2, 6)
    W = 2 * H + 1

    def image(channels: int = C) -> Array:
        return rng.standard_normal((N, channels, 5, W)) + 0.3

    yield Case("a convolution", image(), _layer(rng, C, C, 3), family="x goes around as it is")
    yield Case("rows", rng.standard_normal((N, C)), Function("tanh"),
               family="x goes around as it is")
    yield Case("ReLU behind", image(), _layer(rng, C, C, 3), None, RELU,
               family="an activation behind")
    yield Case("square behind", rng.standard_normal((N, C)), Function("tanh"), None,
               Function("square"), family="an activation behind")
    yield Case("1 x 1 around", image(), _layer(rng, C, K, 3), _layer(rng, C, K, 1),
               family="a layer on the way around")
    yield Case("1 x 1 around, same width", image(), _layer(rng, C, C, 3), _layer(rng, C, C, 1),
               family="a layer on the way around")
    yield Case("around and behind", image(), _layer(rng, C, K, 3), _layer(rng, C, K, 1), RELU,
               family="both")
    yield Case("stride 2 on both ways", image(), _layer(rng, C, K, 3, 2),
               _layer(rng, C, K, 1, 2), RELU, family="smaller maps")
    yield Case("a body of zeros", image(), Function("affine", 0.0), family="a body of zeros")
    yield Case("a body of zeros, ReLU behind", image(), Function("affine", 0.0), None, RELU,
               family="a body of zeros")
    yield Case("a body that changes nothing", image(), Function("identity"),
               family="a body that changes nothing")
    yield Case("a body that changes nothing, 1 x 1 around", image(), Function("identity"),
               _layer(rng, C, C, 1), RELU, family="a body that changes nothing")
    misfits = "shapes that do not fit"
    yield Case("other channels", image(), _layer(rng, C, K, 3), family=misfits)
    yield Case("one channel", image(), _layer(rng, C, 1, 3), family=misfits)
    yield Case("one channel around", image(), _layer(rng, C, K, 3), _layer(rng, C, 1, 1), RELU,
               family=misfits)
    yield Case("half the size", image(), _layer(rng, C, C, 3, 2), family=misfits)


def unit_probes(rng: np.random.Generator) -> Iterator[Case]:
    """Weights of a unit of two linear layers; sums are never exactly 0."""
    def case(title: str, family: str, N: int, n_in: int, hidden: int, n_out: int | None = None,
             **scales: Any) -> Case:
        width = n_in if n_out is None else n_out
        g, x = rng.standard_normal((N, width)), rng.standard_normal((N, n_in)) + 0.5
        w1 = rng.standard_normal((hidden, n_in))
        w2 = scales.get("w2", 1.0) * rng.standard_normal((width, hidden))
        w_s = None if n_out is None else rng.standard_normal((width, n_in))
        return Case(title, g, np.abs(x) if scales.get("above") else x, w1, w2, w_s,
                    family=family)

    N, n_in, hidden, n_out = _different(rng, 4, 3, 7)
    yield case("narrower inside", "x goes around as it is", N, 6, 2)
    yield case("wider inside", "x goes around as it is", n_in, N, 9)
    yield case("as wide inside", "x goes around as it is", N, hidden, hidden)
    yield case("a layer around", "a layer on the way around", N, n_in, hidden, n_out)
    yield case("a layer around, wider", "a layer on the way around", N, n_out, hidden,
               n_out + 3)
    yield case("a layer around, same width", "a layer on the way around", n_out, n_in, hidden,
               n_in)
    yield case("all alike", "all alike", n_in, n_in, n_in, n_in)
    yield case("all alike, nothing around", "all alike", n_in, n_in, n_in)
    yield case("one sample", "one sample", 1, n_in, hidden)
    yield case("one sample, a layer around", "one sample", 1, n_in, hidden, n_out)
    yield case("w2 is 0", "w2 is 0", N, n_in, hidden, w2=0.0, above=True)
    yield case("w2 is 0, inputs of both signs", "w2 is 0", N, n_in, hidden, w2=0.0)


def count_probes(rng: np.random.Generator) -> Iterator[Case]:
    """Stages, widths, classes and stems of basic blocks and bottlenecks."""
    def blocks(stages: int) -> list[int]:
        return [int(n) for n in rng.integers(2, 6, stages)]

    width, n_classes = 4 * int(rng.integers(2, 9)) + 1, int(rng.integers(11, 90))
    yield Case("basic, 4 stages", blocks(4), family="basic blocks")
    yield Case("basic, 3 stages", blocks(3), False, n_classes, width, family="basic blocks")
    yield Case("basic, 1 stage", blocks(1), False, n_classes, width, family="one stage")
    yield Case("basic, one block", [1], False, n_classes, width, family="one stage")
    yield Case("bottlenecks, 4 stages", blocks(4), True, family="bottlenecks")
    yield Case("bottlenecks, 2 stages", blocks(2), True, n_classes, width, family="bottlenecks")
    yield Case("bottlenecks, 1 stage", blocks(1), True, n_classes, width, family="one stage")
    yield Case("one block a stage", [1, 1, 1], False, n_classes, family="one block a stage")
    yield Case("one bottleneck a stage", [1, 1], True, n_classes, family="one block a stage")
    yield Case("a small stem", blocks(3), False, n_classes, width, 3, family="other stems")
    yield Case("a stem of 5, bottlenecks", blocks(2), True, n_classes, width, 5,
               family="other stems")
    n = int(rng.integers(2, 30))
    yield Case("for small images", [n, n, n], False, 10, 16, 3, False,
               family="nothing learned around")
    yield Case("bottlenecks, nothing learned around", blocks(3), True, n_classes, width, 3,
               False, family="nothing learned around")
