"""Cases of lecture 01 that the public and the hidden checks draw from: pixels, warps, features."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from course_lib.arrays import Array
from course_lib.checks.cases import Case

CLEAR = 1.25  # neighbours in a ranking differ by this factor at least


def quantize_probes(rng: np.random.Generator) -> Iterator[Case]:
    """Floats and bytes. Bytes get an even number of levels: then no level lies on a half."""
    rows, columns = (int(n) for n in rng.choice(np.arange(3, 8), 2, replace=False))
    for levels in (4, int(rng.integers(5, 9)), int(rng.integers(10, 16))):
        yield Case(f"{levels} levels", rng.random((rows, columns)), levels, family="floats")
    yield Case("2 levels", rng.random((columns, rows)), 2, family="two levels")
    yield Case("2 levels, one row", rng.random(7), 2, family="two levels")
    many = int(rng.integers(30, 256))
    yield Case("many levels", rng.random((rows, columns)), many, family="up to 256 levels")
    yield Case("256 levels", rng.random((rows, columns)), 256, family="up to 256 levels")
    for levels in (3, 5, 9):
        steps = levels - 1
        halves = np.append((rng.permutation(steps) + 0.5) / steps, rng.random())
        yield Case(f"halfway between {levels} levels", halves, levels, family="exact halves")
    yield Case("all of one grey", np.full((3, 4), 0.1 + 0.05 * rng.random()), 4,
               family="a constant image")
    yield Case("all of one grey, one axis", np.full(5, 0.8 + 0.05 * rng.random()), 3,
               family="a constant image")
    yield Case("three axes", rng.random((2, 3, 4)), int(rng.integers(3, 8)), family="three axes")
    yield Case("dark and bright ones missing", rng.uniform(0.3, 0.6, (4, 5)), 6, family="floats")
    for levels in (2, 8, 2 * int(rng.integers(6, 60))):
        image = rng.integers(0, 256, (rows, columns)).astype(np.uint8)
        image[0, :3] = 0, 255, 18  # 18 of 8 levels: nearest to 0, but not once 36.4 is 36
        yield Case(f"bytes, {levels} levels", image, levels, family="uint8, 0 to 255")
    yield Case("bytes of one grey", np.full((2, 3), int(rng.integers(90, 120)), np.uint8), 4,
               family="uint8, 0 to 255")


def _matrix(linear: Array, shift: Array) -> Array:
    return np.array([[*linear[0], shift[0]], [*linear[1], shift[1]], [0, 0, 1]])


def _shift(rng: np.random.Generator) -> Array:
    return rng.integers(2, 9, 2) / 4 * rng.choice([-1, 1], 2)


def _turn(degrees: float) -> Array:
    cos, sin = np.cos(np.deg2rad(degrees)), np.sin(np.deg2rad(degrees))
    return np.array([[cos, -sin], [sin, cos]])


def came_from_probes(rng: np.random.Generator) -> Iterator[Case]:
    """Moves, stretches, turns and mixtures of them, for grids that are not square."""
    rows, columns = (int(n) for n in rng.choice(np.arange(2, 7), 2, replace=False))
    whole = np.array([[1, 0, int(rng.integers(1, 4))], [0, 1, -int(rng.integers(4, 7))], [0, 0, 1]])
    yield Case("a shift by whole numbers", whole, rows, columns, family="shifts")
    yield Case("a shift", _matrix(np.eye(2), _shift(rng)), columns, rows, family="shifts")
    for title in ("stretched", "pressed together"):
        stretch = rng.choice([1.25, 1.5, 2.0, 2.5], 2, replace=False)
        stretch = stretch if title == "stretched" else 1 / stretch
        yield Case(title, _matrix(np.diag(stretch), _shift(rng)), rows, columns,
                   family="other sizes")
    for degrees in (90, int(rng.integers(20, 70)), -int(rng.integers(100, 160))):
        yield Case(f"turned by {degrees} degrees", _matrix(_turn(degrees), _shift(rng)), rows,
                   columns, family="rotations")
    for number in ("first", "second"):
        linear = _turn(rng.uniform(10, 80)) @ np.diag(rng.uniform(0.5, 2, 2))
        linear = linear @ np.array([[1, rng.uniform(0.3, 1)], [0, 1]])
        yield Case(f"{number} mixture", _matrix(linear, _shift(rng)), columns, rows,
                   family="mixtures")
    yield Case("nothing moves", np.eye(3), rows, columns, family="the identity")
    yield Case("one row", _matrix(_turn(30), _shift(rng)), 1, 5, family="one row or one column")
    yield Case("one column", _matrix(_turn(40), _shift(rng)), 4, 1, family="one row or one column")


def bilinear_probes(rng: np.random.Generator) -> Iterator[Case]:
    """Points inside, on pixels, near the border on all sides, and far outside."""
    rows, columns = (int(n) for n in rng.choice(np.arange(3, 8), 2, replace=False))
    image = rng.uniform(0.1, 1, (rows, columns))
    inside = rng.uniform(0, columns - 1, 9), rng.uniform(0, rows - 1, 9)
    yield Case("nine points", image, *inside, family="between the pixels")
    yield Case("nine points, another fill", image, *inside, fill=0.5, family="between the pixels")
    y, x = np.mgrid[:rows, :columns].astype(float)
    yield Case("all pixels, turned about", image, x[::-1], y[::-1], family="exactly on pixels")
    yield Case("a quarter to the right", image, x + 0.25, y, family="points in rows and columns")
    yield Case("a half down", image, x, y + 0.5, fill=0.75, family="points in rows and columns")
    for fill in (0.0, round(float(rng.uniform(0.6, 0.9)), 2)):
        near = rng.uniform(0.1, 0.9, 4)
        x = np.array([-near[0], columns - 1 + near[1], 1.25, 0.5])
        y = np.array([0.75, 1.5, -near[2], rows - 1 + near[3]])
        yield Case(f"just outside, fill {fill}", image, x, y, fill=fill,
                   family="outside by less than a pixel")
        far = rng.uniform(1.2, 9, 4)
        x = np.array([-far[0], columns - 1 + far[1], 1.25, columns - 1.5])
        y = np.array([0.5, 1.0, -far[2], rows - 1 + far[3]])
        yield Case(f"far outside, fill {fill}", image, x, y, fill=fill, family="far outside")
    yield Case("one row of pixels", image[:1], rng.uniform(-0.5, columns - 0.5, 6),
               rng.uniform(-0.5, 0.5, 6), fill=0.25, family="one row or one column")
    yield Case("one column of pixels", image[:, :1], rng.uniform(-0.5, 0.5, 6),
               rng.uniform(-0.5, rows - 0.5, 6), family="one row or one column")


def edge_features_probes(rng: np.random.Generator) -> Iterator[Case]:
    """Batches of rectangular images, small ones, flat ones, and one with numbers below 0."""
    count, rows, columns = (int(n) for n in rng.choice(np.arange(3, 9), 3, replace=False))
    yield Case("a batch", rng.random((count, rows, columns)), family="rectangular images")
    yield Case("turned about", rng.random((count, columns, rows)), family="rectangular images")
    yield Case("one image", rng.random((1, rows, columns)), family="a batch of one")
    yield Case("two rows", rng.random((count, 2, columns)), family="two rows or two columns")
    yield Case("two columns", rng.random((count, rows, 2)), family="two rows or two columns")
    yield Case("one of three is flat", rng.random((3, rows, columns)) * [[[1.0]], [[0.0]], [[2.0]]],
               family="an image of one grey")
    yield Case("below 0 as well", rng.normal(0, 2, (count, rows, columns)),
               family="numbers below 0")


def ranking_scores(X: Array, y: Array, weighted: bool = False) -> Array:
    """Spread of the class means over the mean spread within the classes, for every column."""
    classes, counts = np.unique(y, return_counts=True)
    shares = counts / counts.sum() if weighted else np.full(len(classes), 1 / len(classes))
    means = np.array([X[y == c].mean(axis=0) for c in classes])
    within = shares @ np.array([X[y == c].var(axis=0) for c in classes])
    return np.asarray(shares @ (means - shares @ means) ** 2 / (within + 1e-9))


def _root_scores(X: Array, y: Array) -> Array:
    groups = [X[y == c] for c in np.unique(y)]
    within = np.mean([group.std(axis=0) for group in groups], axis=0)
    return np.asarray(np.std([group.mean(axis=0) for group in groups], axis=0) / within)


def _clear(scores: Array) -> bool:
    ranked = np.sort(scores)
    return bool(np.all(ranked[1:] > CLEAR * ranked[:-1]))


def _table(rng: np.random.Generator, counts: list[int], features: int,
           labels: Array, *, sizes_matter: bool = False,
           roots_matter: bool = False) -> tuple[Array, Array]:
    """Samples whose best columns no usual shortcut finds, in random order.

    `roots_matter` says that standard deviations in place of variances give another order.
    """
    y = rng.permutation(np.repeat(labels, counts))
    while True:
        means = rng.normal(0, 1, (len(labels), features)) * rng.uniform(0.1, 3, features)
        spread = rng.uniform(0.3, 2, (len(labels), features))
        which = np.searchsorted(np.sort(labels), y)
        X = (means[which] + spread[which] * rng.normal(0, 1, (len(y), features)))
        X = X * 10.0 ** rng.uniform(-1.5, 1.5, features)
        plain, weighted = ranking_scores(X, y), ranking_scores(X, y, weighted=True)
        order = np.argsort(-plain)
        same = np.array_equal(order, np.argsort(-weighted))
        misled = [np.argsort(-X.var(axis=0))[0] == order[0], bool(np.all(np.diff(order[:2]) > 0)),
                  roots_matter and np.array_equal(order, np.argsort(-_root_scores(X, y)))]
        if _clear(plain) and same != sizes_matter and not any(misled):
            return X, y


def select_features_probes(rng: np.random.Generator) -> Iterator[Case]:
    """Columns of different size and use; the ranking is clear, and by none of the shortcuts."""
    two, three = np.array([0, 1]), np.array([0, 1, 2])
    X, y = _table(rng, [12, 12], 4, two)
    yield Case("the best two of four", X, y, 2, family="two classes")
    X, y = _table(rng, [14, 14], 5, two)
    yield Case("the best three of five", X, y, 3, family="two classes")
    X, y = _table(rng, [11, 11, 11], 5, three)
    yield Case("three classes", X, y, 3, family="three or more classes")
    X, y = _table(rng, [10, 10, 10, 10], 4, np.arange(4))
    yield Case("four classes", X, y, 3, family="three or more classes")
    for number in ("first", "second"):
        X, y = _table(rng, [30, 9, 12], 4, three, sizes_matter=True)
        yield Case(f"{number} table with a large class", X, y, 4,
                   family="classes of different size")
    X, y = _table(rng, [13, 13], 4, two)
    yield Case("the best one", X, y, 1, family="one feature wanted")
    X, y = _table(rng, [12, 12], 5, two)
    yield Case("all five", X, y, 5, family="all features wanted")
    X, y = _table(rng, [12, 12, 12], 4, np.array([2, 5, 9]))
    yield Case("labels 2, 5 and 9", X, y, 3, family="other labels")
    X, y = _table(rng, [12, 12], 4, two)
    X = np.column_stack([X[:, :2], np.full(len(y), 3.5), X[:, 2:]])
    yield Case("one column is constant", X, y, 4, family="a constant feature")
    for number in ("first", "second"):
        X, y = _table(rng, [12, 12], 6, two, roots_matter=True)
        yield Case(f"{number} table with a narrow and a wide class", X, y, 6,
                   family="classes of different spread")


def nearest_mean_probes(rng: np.random.Generator) -> Iterator[Case]:
    """Clouds that overlap, so that the nearest mean and the nearest sample often disagree."""

    def clouds(counts: list[int], features: int, labels: list[int], new: int) -> tuple[Array, ...]:
        y = rng.permutation(np.repeat(labels, counts))
        middles = rng.normal(0, 1.2, (max(labels) + 1, features)) + 2.0
        X = middles[y] + rng.normal(0, 1, (len(y), features))
        return X, y, rng.normal(2.0, 1.7, (new, features))

    yield Case("two clouds", *clouds([12, 12], 3, [0, 1], 30), family="two classes")
    yield Case("two clouds, five features", *clouds([9, 9], 5, [0, 1], 25), family="two classes")
    yield Case("five clouds", *clouds([6] * 5, 4, [0, 1, 2, 3, 4], 40), family="several classes")
    yield Case("labels 3 and 7", *clouds([8, 8], 2, [3, 7], 25), family="other labels")
    yield Case("labels 9, 1 and 4", *clouds([5, 8, 6], 3, [9, 1, 4], 25), family="other labels")
    yield Case("20 against 4 samples", *clouds([20, 4], 3, [0, 1], 30),
               family="classes of different size")
    yield Case("one sample for one class", *clouds([1, 10, 5], 3, [0, 1, 2], 30),
               family="classes of different size")
    label = int(rng.integers(1, 9))
    yield Case("one class only", *clouds([6], 3, [label], 4), family="one class only")
    yield Case("one new sample", *clouds([7, 7, 7], 3, [2, 3, 5], 1), family="one new sample")
    yield Case("one feature", *clouds([8, 8, 8], 1, [0, 1, 2], 20), family="one feature")
