"""Cases of lecture 06 that both sides draw: labels, orders, steps, losses, masks, scores."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from course_lib.arrays import Array
from course_lib.checks.cases import Case
from course_lib.checks.values import Function


def generator(rng: np.random.Generator) -> Function:
    """A random generator as an argument; every call gets a fresh one with this seed."""
    return Function("generator", int(rng.integers(1, 10**6)))


def labels_of(rng: np.random.Generator, counts: dict[int, int]) -> Array:
    """Labels (N,) in random order: `counts[c]` samples of class c."""
    return rng.permutation(np.repeat(list(counts), list(counts.values())))


def split_cases(rng: np.random.Generator, large: int) -> Iterator[Case]:
    """Cases of every family. large: samples of a class that is large enough to judge chance."""
    def count() -> int:
        return int(rng.integers(25, 60))

    equal = dict.fromkeys(range(4), 10 * int(rng.integers(2, 6)))
    yield Case("four equal classes", labels_of(rng, equal), 0.2, 0.1, generator(rng),
               family="equal classes")
    yield Case("four equal classes, sorted", np.sort(labels_of(rng, equal)), 0.1, 0.3,
               generator(rng), family="equal classes")
    names = rng.permutation(np.arange(2, 40))[:3].tolist()
    unequal = dict(zip(names, (count(), 3 * count(), 7 * count()), strict=True))
    for shares in ((0.15, 0.15), (0.3, 0.2)):
        yield Case(f"unequal classes with any labels, {shares}", labels_of(rng, unequal), *shares,
                   generator(rng), family="unequal classes, any labels")
    yield Case("few samples of a class", labels_of(rng, {0: 3, 1: 50, 2: 7, 5: 1}), 0.25, 0.25,
               generator(rng), family="few samples of a class")
    yield Case("one class", np.zeros(count(), dtype=int), 0.2, 0.3, generator(rng),
               family="one class")
    for shares in ((0.0, 0.25), (0.4, 0.0), (0.0, 0.0)):
        yield Case(f"a share of 0, {shares}", labels_of(rng, unequal), *shares, generator(rng),
                   family="a share of 0")
    for sort in (True, False):
        many = labels_of(rng, {1: large, 4: large + 100})
        yield Case("large classes, sorted" if sort else "large classes, mixed",
                   np.sort(many) if sort else many, 0.3, 0.4, generator(rng),
                   family="large classes: which samples?")
    for shares in ((0.5, 0.5), (0.7, 0.6)):
        yield Case(f"nothing left, {shares}", labels_of(rng, equal), *shares, generator(rng),
                   family="nothing left to train with: ValueError")


def batch_cases(rng: np.random.Generator) -> Iterator[Case]:
    """Cases of every family; the sides of the boundary differ in numbers only."""
    size = int(rng.integers(4, 8))
    full = int(rng.integers(9, 14))
    for rest, family in ((0, "full batches"), (1, "a short last batch"),
                         (2, "a short last batch")):
        n = size * full + rest
        yield Case(f"{n} rows in mini-batches of {size}", n, "mini-batch", size, generator(rng),
                   family=family)
    for n in (1, size * full):
        yield Case(f"{n} rows by pattern", n, "pattern", size, generator(rng), family="by pattern")
    for n in (1, size * full + 2):
        yield Case(f"{n} rows by epoch", n, "epoch", size, generator(rng), family="by epoch")
    yield Case("a size larger than n", size + 1, "mini-batch", 3 * size, generator(rng),
               family="a size larger than n")
    many = int(rng.integers(300, 500))
    for strategy, rows in (("mini-batch", 5 * size), ("mini-batch", 2 * size), ("pattern", size)):
        yield Case(f"{many} rows, {strategy}, size {rows}", many, strategy, rows, generator(rng),
                   family="is the order drawn?")
    for strategy in ("minibatch", "batch"):
        yield Case(f"the strategy {strategy!r}", full, strategy, size, generator(rng),
                   family="unknown strategies: ValueError")


def step_cases(rng: np.random.Generator) -> Iterator[Case]:
    """Cases of every family; the sides of the boundary differ in numbers and sizes."""
    rows, columns = (2 + rng.permutation(5)[:2]).tolist()

    def arrays(*shape: int) -> list[Array]:
        return [rng.normal(size=shape).round(2) for _ in range(3)]

    def rate() -> float:
        return round(float(rng.uniform(0.02, 0.8)), 3)

    w, g, v = arrays(rows)
    yield Case("the first step: v is 0", w, g, np.zeros(rows), rate(), family="the first step")
    yield Case("a later step", w, g, v, rate(), family="a later step")
    for mu, wd in ((0.9, 0.1), (0.5, 0.02)):
        yield Case(f"a matrix, mu {mu}, wd {wd}", *arrays(rows, columns), rate(), mu, wd,
                   family="matrices, other mu and wd")
    yield Case("no momentum", *arrays(rows, columns), rate(), 0.0, 0.3, family="mu = 0")
    yield Case("no momentum, no decay", *arrays(rows), rate(), 0.0, 0.0, family="mu = 0")
    yield Case("no decay", *arrays(columns), rate(), mu=0.7, wd=0.0, family="wd = 0")
    yield Case("no gradient: roll on", w, 0 * g, v, rate(), 0.8, 0.0, family="gradient 0")
    yield Case("no gradient: decay alone", w, 0 * g, 0 * v, rate(), 0.8, 0.25, family="gradient 0")
    w, g, v = arrays(rows, columns)
    yield Case("float32", *(array.astype(np.float32) for array in (w, g, v)), rate(), 0.9, 0.1,
               family="float32")


def epoch_cases(rng: np.random.Generator) -> Iterator[Case]:
    """Cases of every family: sizes that are pairwise different, rows in any order."""
    def call(
        sizes: list[int], n: int, groups: list[Array], lr: float, momentum: float = 0.0
    ) -> tuple[object, ...]:
        x = rng.normal(size=(n, sizes[0])).round(2)
        y = rng.integers(0, sizes[-1], n)
        return (Function("mlp", sizes, int(rng.integers(1, 10**6))),
                Function("sgd", lr, momentum), x, y, groups)

    def dealt(n: int, size: int) -> list[Array]:
        order = rng.permutation(n)
        return [order[start : start + size] for start in range(0, n, size)]

    def rate() -> float:
        return round(float(rng.uniform(0.1, 0.5)), 2)

    features, hidden, samples = (4 + rng.permutation(4)[:3]).tolist()
    yield Case("two classes, two epochs", *call([features, hidden, 2], 8, dealt(8, 4) * 2, rate()),
               family="two classes")
    yield Case("two hidden layers, three classes",
               *call([features, hidden, hidden + 1, 3], 12, dealt(12, 4), rate()),
               family="several layers and classes")
    n = 3 * samples + 1
    yield Case("a short last batch, and again",
               *call([features, 5, 4], n, dealt(n, samples) + dealt(n, samples), rate()),
               family="batches of different sizes")
    yield Case("some rows come up, others do not",
               *call([features, 4, 3], 20, dealt(20, 3)[:4], rate()), family="not all rows")
    yield Case("one batch", *call([features, 3, 3], 6, dealt(6, 6), rate()), family="one batch")
    yield Case("by pattern", *call([3, hidden, 2], 6, dealt(6, 1), rate()),
               family="one row at a time")
    yield Case("with momentum", *call([features, hidden, 3], 15, dealt(15, 5) * 2, rate(), 0.8),
               family="with momentum")


def stop_cases(rng: np.random.Generator) -> Iterator[Case]:
    """Cases of every family: curves with two decimals, so that ties do come up."""
    def falling(n: int) -> list[float]:
        steps = np.cumsum(rng.integers(3, 9, n)) / 100
        return (3 - steps).round(2).tolist()

    def rising(start: float, n: int) -> list[float]:
        return (start + np.cumsum(rng.integers(1, 9, n)) / 100).round(2).tolist()

    down = falling(int(rng.integers(4, 8)))
    yield Case("down, then up for ever", down + rising(down[-1], 9), 3, family="one valley")
    yield Case("patience 1", down + rising(down[-1], 4), 1, family="patience 1")
    yield Case("it never rises", falling(7), 2, family="never stopped")
    yield Case("it rises too late to stop", down + rising(down[-1], 2), 3, family="never stopped")
    hill = rising(down[-1], 2)
    below = [round(down[-1] - 0.05, 2)]
    yield Case("over a small hill", down + hill + below + rising(below[0], 6), 4,
               family="a hill on the way")
    yield Case("two hills", down + hill + below + rising(below[0], 2) + [round(below[0] - 0.1, 2)]
               + rising(below[0], 6), 3, family="a hill on the way")
    slope = [round(down[-1] + 0.5 - 0.02 * k, 2) for k in range(8)]
    yield Case("falling again, but above the best", down + slope, 4,
               family="falling, but above the best")
    yield Case("a lower valley behind the end", down + rising(down[-1], 3) + [0.01, 0.02], 2,
               family="a lower valley comes too late")
    yield Case("far behind the end", down + rising(down[-1], 5) + falling(4), 4,
               family="a lower valley comes too late")
    yield Case("behind the end, patience 1", down + hill[:1] + [0.03, 0.02], 1,
               family="a lower valley comes too late")
    tie = [down[-1]]
    yield Case("the best comes twice", down + hill[:1] + tie + rising(tie[0], 5), 3,
               family="equal losses")
    yield Case("a plateau", down + 6 * tie, 4, family="equal losses")
    yield Case("worst from the start", rising(1.0, 6), 2, family="the first epoch is best")


def dropout_cases(rng: np.random.Generator) -> Iterator[Case]:
    """Cases of every family; large arrays where chance is judged."""
    for p in rng.permutation([0.3, 0.4, 0.6])[:2].tolist():
        rows, columns = (90 + rng.permutation(60)[:2]).tolist()
        yield Case(f"a large batch, p = {p}", rng.normal(size=(rows, columns)).round(2), p, True,
                   generator(rng), family="training: what is kept, and by what is it multiplied?")
    yield Case("a long vector", rng.normal(size=3000).round(2), 0.75, True, generator(rng),
               family="a vector")
    images = rng.normal(size=(7, 3, 10, 11)).round(2)
    yield Case("images (N, C, H, W)", images, 0.35, True, generator(rng), family="images")
    sparse = np.maximum(rng.normal(size=(100, 110)), 0).round(2)
    yield Case("half of x is 0, as after ReLU", sparse, 0.45, True, generator(rng),
               family="zeros in x")
    for shape in ((5, 4), (11,)):
        yield Case(f"p = 0, shape {shape}", rng.normal(size=shape).round(2), 0.0, True,
                   generator(rng), family="p = 0")
    for p in (0.5, 0.8):
        yield Case(f"not training, p = {p}", rng.normal(size=(4, 6)).round(2), p, False,
                   generator(rng), family="not training")
    for p in (1.0, -0.1, 1.5):
        yield Case(f"p = {p}", rng.normal(size=(2, 3)).round(2), p, True, generator(rng),
                   family="p below 0, or 1 and above: ValueError")


def back_cases(rng: np.random.Generator) -> Iterator[Case]:
    """Cases of every family; the mask is given, so nothing is drawn by the learner."""
    rows, columns = (3 + rng.permutation(5)[:2]).tolist()

    def call(shape: tuple[int, ...], p: float) -> tuple[Array, Array, float]:
        mask = rng.random(shape) >= p
        mask.flat[0], mask.flat[1] = True, False
        return rng.normal(size=shape).round(2), mask, p

    for p in (0.25, 0.6):
        yield Case(f"a batch, p = {p}", *call((rows, columns), p), True, family="training")
    yield Case("a vector", *call((9,), 0.4), True, family="a vector")
    yield Case("images", *call((2, 3, 4, 5), 0.3), True, family="images")
    yield Case("all kept", rng.normal(size=(4, 3)).round(2), np.ones((4, 3), dtype=bool), 0.2,
               True, family="all kept, or all dropped")
    yield Case("all dropped", rng.normal(size=(4, 3)).round(2), np.zeros((4, 3), dtype=bool), 0.7,
               True, family="all kept, or all dropped")
    for p in (0.5, 0.3):
        grad, mask, _ = call((columns, rows), p)
        yield Case(f"not training, p = {p}", grad, np.ones_like(mask), p, False,
                   family="not training")


def guess_cases(rng: np.random.Generator) -> Iterator[Case]:
    """Cases of every family: scores (N, n_classes), pairwise different sizes."""
    samples, classes = int(rng.integers(3, 6)), int(rng.integers(7, 11))
    yield Case("first and second guess", rng.normal(0, 2, (samples, classes)).round(2),
               family="two guesses")
    yield Case("a batch of one", rng.normal(0, 2, (1, classes)).round(2), family="a batch of one")
    for k in (1, 3):
        yield Case(f"k = {k}", rng.normal(0, 2, (samples, classes)).round(2), k,
                   family="other k")
    yield Case("all classes", rng.normal(0, 2, (samples, 4)).round(2), 4, family="other k")
    tied = np.round(rng.normal(size=(samples, classes)), 1)
    tied[:, [1, 4]] = tied[:, [5, 2]] = tied.max() + 1
    yield Case("four scores are largest", tied, 3, family="equal scores")
    yield Case("all scores are equal", np.full((2, classes), float(rng.integers(5))), 2,
               family="equal scores")
    for large in (900.0, -900.0):
        yield Case(f"scores about {large:g}", large + rng.normal(0, 2, (samples, classes)).round(2),
                   family="scores far from 0")
    yield Case("as many samples as classes", rng.normal(0, 2, (classes, classes)).round(2),
               family="as many samples as classes")
