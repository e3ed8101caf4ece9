"""Cases of lecture 12 that both sides draw: lists of layers, blocks, small trainings, shifts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from course_lib import functional
from course_lib.arrays import Array
from course_lib.checks.calling import private
from course_lib.checks.cases import Case
from course_lib.checks.values import Function

__all__ = ["block_cases", "order_cases", "shift_cases", "stage_cases", "table_cases",
           "train_and_keep", "train_cases"]

NO_FIT = "a window that does not fit: ValueError"


def _apart(rng: np.random.Generator, least: int, most: int, count: int) -> list[int]:
    """Whole numbers from least to most, all different."""
    drawn: list[int] = rng.choice(np.arange(least, most + 1), count, replace=False).tolist()
    return drawn


def table_cases(rng: np.random.Generator) -> Iterator[Case]:
    """Cases of every family for network_table: lists of layers and the shape they begin with."""
    for channels in (1, int(rng.integers(2, 5))):
        filters, size = int(rng.integers(5, 9)), int(rng.integers(2, 5))
        height, width = _apart(rng, 9, 14, 2)
        yield Case(f"a convolution, channels: {channels}", [("conv", filters, size)],
                   (channels, height, width), family="one convolution")
    for padding in (1, int(rng.integers(2, 4))):
        height, width = _apart(rng, 8, 13, 2)
        layers = [("conv", int(rng.integers(2, 6)), 5, padding), ("act",)]
        yield Case(f"padding {padding}", layers, (int(rng.integers(1, 4)), height, width),
                   family="padding")
    for size in (2, 3):
        rows, columns = _apart(rng, 2, 5, 2)
        yield Case(f"windows of {size}", [("act",), ("pool", size)],
                   (int(rng.integers(2, 6)), size * rows, size * columns), family="pooling")
    for depth in (1, 2):
        units = _apart(rng, 3, 30, depth)
        height, width = _apart(rng, 2, 6, 2)
        yield Case(f"flatten and {depth} fully connected", [("flatten",), *_dense(units)],
                   (int(rng.integers(2, 5)), height, width), family="flatten and fully connected")
    for channels in (1, 3):
        first, second, *units = _apart(rng, 4, 20, 4)
        rows, columns = _apart(rng, 1, 4, 2)
        layers = [("conv", first, 5), ("act",), ("pool", 2), ("conv", second, 3, 1), ("pool", 2),
                  ("act",), ("flatten",), *_dense(units)]
        yield Case(f"a whole network, channels: {channels}", layers,
                   (channels, 4 * rows + 4, 4 * columns + 4), family="a whole network")
    shape = (int(rng.integers(2, 5)), *_apart(rng, 3, 9, 2))
    yield Case("no layer", [], shape, family="no layer, or nothing but activations")
    yield Case("only activations", [("act",), ("act",)], shape,
               family="no layer, or nothing but activations")
    odd = 2 * int(rng.integers(2, 5)) + 1
    yield Case("pairs of an odd number of rows", [("pool", 2)], (2, odd, odd + 1), family=NO_FIT)
    yield Case("pairs of an odd number of columns, later on", [("conv", 3, 3), ("pool", 2)],
               (1, odd + 1, odd), family=NO_FIT)
    yield Case("a filter larger than the image", [("conv", 2, 7)], (1, 6, 9), family=NO_FIT)


def _dense(units: Sequence[int]) -> list[tuple[Any, ...]]:
    return [layer for size in units for layer in (("fc", size), ("act",))][:-1]


def order_cases(rng: np.random.Generator) -> Iterator[Case]:
    """Cases of every family for block_order."""
    for pool in (True, False):
        how = "with" if pool else "without"
        n, m, k = _apart(rng, 2, 5, 3)
        yield Case(f"several of everything, {how} pools", n, m, k, pool, family=f"{how} pools")
        n, m, k = _apart(rng, 1, 4, 3)
        yield Case(f"other numbers, {how} pools", n, m, k, pool, family=f"{how} pools")
        n, m = _apart(rng, 1, 4, 2)
        yield Case(f"no hidden FC, {how} pools", n, m, 0, pool, family="K = 0")
        n, k = _apart(rng, 1, 4, 2)
        yield Case(f"no block, {how} pools", n, 0, k, pool, family="M = 0: a perceptron or an MLP")
        m, k = _apart(rng, 1, 4, 2)
        yield Case(f"no convolution, {how} pools", 0, m, k, pool, family="N = 0")
    less = -int(rng.integers(1, 4))
    for place, name in enumerate("NMK"):
        counts = _apart(rng, 1, 3, 3)
        counts[place] = less
        yield Case(f"{name} = {less}", *counts, True, family="a number below 0: ValueError")


def _block(
    rng: np.random.Generator, n: int, c: int, k: int, size: tuple[int, int]
) -> tuple[Array, Array, Array, Array]:
    """grad_output, x, weight, bias whose maps have even sides; no two numbers are equal."""
    rows, columns = _apart(rng, 2, 4, 2)
    weight = rng.normal(size=(k, c, *size))
    x = rng.normal(size=(n, c, 2 * rows + size[0] - 1, 2 * columns + size[1] - 1))
    grad = rng.choice([-1, 1], (n, k, rows, columns)) * rng.uniform(0.5, 2, (n, k, rows, columns))
    # About half of the pooled numbers of each filter lie below 0.
    bias = -np.sqrt(weight[0].size) * rng.uniform(0.9, 1.3, k)
    return grad, x, weight, bias


def block_cases(rng: np.random.Generator) -> Iterator[Case]:
    """Cases of every family for block_backward."""
    for side in (2, 3):
        yield Case(f"one image, one filter of {side} x {side}",
                   *_block(rng, 1, 1, 1, (side, side)), family="one image, one filter")
    images, channels, filters = _apart(rng, 2, 4, 3)
    yield Case("several images", *_block(rng, images, 1, 1, (3, 3)), family="several images")
    yield Case("several images, one pixel a filter", *_block(rng, images, 2, 3, (1, 1)),
               family="several images")
    for side in (2, 3):
        yield Case(f"several of everything, {side} x {side}",
                   *_block(rng, images, channels, filters, (side, side)),
                   family="several images, channels and filters")
    for size in ((2, 3), (3, 1)):
        yield Case(f"filters of {size[0]} x {size[1]}", *_block(rng, 1, 2, 3, size),
                   family="filters that are not square")
    for name, level in (("nothing is switched off", 99.0), ("everything is switched off", -99.0)):
        grad, x, weight, bias = _block(rng, 2, 2, 3, (2, 2))
        yield Case(name, grad, x, weight, np.full_like(bias, level),
                   family="all on, or all off")


def train_and_keep(
    net: Any, update: Any, batches: Sequence[tuple[Array, Array]],
    validation: tuple[Array, Array], epochs: int,
) -> tuple[list[float], Array]:
    """(validation losses, logits of the best epoch's weights); the net keeps these weights."""
    x_val, y_val = validation
    losses: list[float] = []
    best: Any = None
    for _ in range(epochs):
        for x, y in batches:
            logits = net.forward(x)
            net.zero_grad()
            net.backward(functional.cross_entropy_backward(np.array(1.0), logits, y))
            update(net.parameters())
        losses.append(float(functional.cross_entropy(net.forward(x_val), y_val)))
        if losses[-1] < min(losses[:-1], default=np.inf):
            best = net.state_dict()
    net.load_state_dict(best)
    logits = net.forward(x_val)
    return losses, logits


def _images(
    rng: np.random.Generator, patterns: Array, count: int
) -> tuple[Array, Array]:
    """Noisy copies of the patterns, one for each class, in mixed order."""
    y = rng.permutation(np.arange(count) % len(patterns))
    return patterns[y] + rng.normal(size=(count, *patterns.shape[1:])) * 0.8, y


Task = tuple[Function, Function, list[tuple[Array, Array]], tuple[Array, Array]]


def _task(
    rng: np.random.Generator, sizes: Sequence[int], channels: int, classes: int, *, wrong: float
) -> Task:
    """A net, an update, batches of the sizes and a validation part with a share of wrong labels."""
    shape = channels, 6, 8
    patterns = rng.normal(size=(classes, *shape))
    net = Function("cnn", shape, int(rng.integers(2, 4)), classes, int(rng.integers(10**6)))
    x, y = _images(rng, patterns, sum(sizes))
    cuts = np.cumsum(sizes)[:-1]
    x_val, y_val = _images(rng, patterns, 7 + int(rng.integers(4)))
    mixed = rng.permutation(len(y_val))[: round(wrong * len(y_val))]
    y_val[mixed] = (y_val[mixed] + 1) % classes
    update = Function("sgd", float(rng.uniform(0.1, 0.2)), float(rng.choice([0.0, 0.5])))
    batches = list(zip(np.split(x, cuts), np.split(y, cuts), strict=True))
    return net, update, batches, (x_val, y_val)


def _training(
    rng: np.random.Generator, epochs: int, best: str, **task: Any
) -> tuple[Function, Function, list[tuple[Array, Array]], tuple[Array, Array], int]:
    """A task drawn until its best epoch is "first", "inside" or "last", and clearly so."""
    while True:
        drawn = _task(rng, **task)
        net, update, batches, validation = (private(part) for part in drawn)
        losses, _ = train_and_keep(net, update, batches, validation, epochs)
        where = int(np.argmin(losses))
        place = {0: "first", epochs - 1: "last"}.get(where, "inside")
        second = sorted(losses)[1]
        if place == best and np.max(losses) < 20 and second > 1.01 * losses[where] > 0.01:
            return *drawn, epochs


def train_cases(rng: np.random.Generator) -> Iterator[Case]:
    """Cases of every family for train_cnn: tiny networks and pictures."""
    for sizes in ((4, 4), (3, 3, 3)):
        yield Case(f"best in between, batches of {sizes[0]}",
                   *_training(rng, 5, "inside", sizes=sizes, channels=1, classes=2, wrong=0.3),
                   family="the best epoch lies in between")
    for sizes in ((4, 4), (5, 2)):
        yield Case(f"wrong labels in the validation part, batches {sizes}",
                   *_training(rng, 4, "first", sizes=sizes, channels=1, classes=2, wrong=0.7),
                   family="the first epoch is the best")
    for classes in (2, 3):
        yield Case(f"{classes} classes, better to the end",
                   *_training(rng, 3, "last", sizes=(6, 6), channels=1, classes=classes, wrong=0),
                   family="the last epoch is the best")
    for sizes in ((5, 2), (6, 1)):
        yield Case(f"colour, batches {sizes}",
                   *_training(rng, 4, "inside", sizes=sizes, channels=3, classes=3, wrong=0.3),
                   family="colour, and batches of different sizes")
    for few in ((4,), (1, 1, 1)):
        *task, _ = _training(rng, 2, "last", sizes=few, channels=1, classes=2, wrong=0)
        yield Case(f"one epoch, batches {few}", *task, 1, family="one epoch")


def _scored(
    rng: np.random.Generator, n: int, channels: int, size: Sequence[int]
) -> tuple[Function, Array, Array]:
    """`predict`, x and y: most labels are what predict says of the images as they are."""
    height, width = size
    weight = rng.normal(size=(int(rng.integers(3, 6)), channels * height * width))
    x = rng.uniform(0.05, 1, (n, channels, height, width))
    y = (x.reshape(n, -1) @ weight.T).argmax(axis=1)
    wrong = rng.permutation(n)[: n // 4]
    y[wrong] = (y[wrong] + 1) % len(weight)
    return Function("linear_scores", weight), x, y


def shift_cases(rng: np.random.Generator) -> Iterator[Case]:
    """Cases of every family for shifted_accuracy; every image has ink up to its rim."""
    def drawn(channels: int = 1) -> tuple[Function, Array, Array]:
        return _scored(rng, 40 + int(rng.integers(20)), channels, _apart(rng, 6, 9, 2))

    for channels in (1, int(rng.integers(2, 4))):
        yield Case(f"nowhere, channels: {channels}", *drawn(channels), [(0, 0)], family="no shift")
    for name, sign in (("down and right", 1), ("up and left", -1)):
        far = sign * int(rng.integers(1, 4))
        yield Case(f"{name}, one at a time", *drawn(), [(far, 0), (0, far), (sign, 0), (0, sign)],
                   family=f"{name}")
    down, right = _apart(rng, 1, 4, 2)
    every = [(down, right), (down, -right), (-down, right), (-down, -right)]
    yield Case("both at once", *drawn(), every, family="rows and columns at once")
    yield Case("both at once, in another order", *drawn(), [*every[::-1], (0, 0)],
               family="rows and columns at once")
    for channels in (2, 3):
        yield Case(f"channels: {channels}", *drawn(channels), [(down, 0), (-right, down), (0, -2)],
                   family="several channels")
    for n in (1, 2):
        predict, x, y = _scored(rng, n, 1, _apart(rng, 6, 9, 2))
        yield Case(f"{n} image{'s' if n > 1 else ''}", predict, x, y,
                   [(0, 0), (1, 0), (0, 1), (2, -1), (-2, 2)], family="one image or two")
    yield Case("no shift asked for", *drawn(), [], family="no shift")


def stage_cases(rng: np.random.Generator) -> Iterator[Case]:
    """Cases of every family for collect_activations."""
    def stages() -> list[tuple[str, Function]]:
        weight = rng.normal(size=(3, 2, 3, 3))
        bias = rng.normal(size=3)
        slope = float(rng.uniform(-2, -0.5))
        return [("conv1", Function("conv2d_layer", weight, bias)), ("act1", Function("relu")),
                ("scale", Function("affine", slope, 0.5)), ("act2", Function("square"))]

    def x() -> Array:
        height, width = _apart(rng, 4, 7, 2)
        image: Array = rng.normal(size=(int(rng.integers(1, 4)), 2, height, width))
        return image

    names = ["conv1", "act1", "scale", "act2"]
    for count in (1, 2):
        some = [names[k] for k in sorted(_apart(rng, 0, 3, count))]
        yield Case(f"{count} of four", stages(), x(), some, family="some are shown")
    yield Case("the last only", stages(), x(), ["act2"], family="the last, or the first, only")
    yield Case("the first only", stages(), x(), ["conv1"], family="the last, or the first, only")
    yield Case("all of them", stages(), x(), names, family="all are shown")
    yield Case("all, and the input", stages(), x(), ["input", *names], family="all are shown")
    yield Case("the input only", stages(), x(), ["input"], family="the input is shown")
    yield Case("the input and one more", stages(), x(), ["input", "scale"],
               family="the input is shown")
    yield Case("visible in another order", stages(), x(), ["scale", "act1"],
               family="visible in another order")
    yield Case("visible in reverse order", stages(), x(), names[::-1],
               family="visible in another order")
    yield Case("nothing is shown", stages(), x(), [], family="nothing is shown")
    for wrong in ("conv2", "Input"):
        yield Case(f"no stage is called {wrong}", stages(), x(), ["act1", wrong],
                   family="a name that no stage has: ValueError")
