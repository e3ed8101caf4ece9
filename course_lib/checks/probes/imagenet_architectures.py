"""Draws for the exercises of lecture 13: fixed families of cases, numbers and sizes from `rng`.

The public check calls them with a fixed generator, the grader with one of its own. So whoever
passes here has met every family. A network is a list of rows, as the lecture writes it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from course_lib.arrays import Array
from course_lib.checks.cases import Case
from course_lib.checks.values import Function

__all__ = ["cost_probes", "filter_probes", "forward_probes", "head_probes", "mac_probes",
           "param_probes", "vgg_probes"]

Row = tuple[Any, ...]
Layers = list[Row]


def numbers(rng: np.random.Generator, *shape: int) -> Array:
    """Sixteenths from -2 to 2 without 0: exact in float32, with sums that do not round."""
    return rng.integers(1, 33, shape) * rng.choice([-1, 1], shape) / 16


def _different(rng: np.random.Generator, count: int, least: int, most: int) -> list[int]:
    """Whole numbers from least to most, no two alike."""
    return [int(n) for n in rng.choice(np.arange(least, most + 1), count, replace=False)]


def _network(rng: np.random.Generator, *plan: Row, channels: int = 0) -> Layers:
    """The rows of a plan, each fed by the one before; widths are drawn, neighbours differ.

    In a plan stand ("conv", F, S, P) or ("conv", F, S, P, G), ("pool", F, S, P), ("gap",) and
    ("fc",). All widths are multiples of the largest G.
    """
    unit = max((row[4] for row in plan if len(row) == 5), default=1)
    width = channels or unit * int(rng.integers(2, 6))
    rows: Layers = []
    for kind, *window in plan:
        wider = unit * int(rng.choice([n for n in range(2, 10) if n * unit != width]))
        if kind == "conv":
            G = window[3] if len(window) == 4 else 1
            rows.append(("conv", *window[:3], width, wider, G))
            width = wider
        elif kind == "fc":
            rows.append(("fc", width, wider))
            width = wider
        else:
            rows.append((kind, *window))
    return rows


def _same(F: int, *G: int) -> Row:
    """The plan of a convolution that keeps the size."""
    return "conv", F, 1, F // 2, *G


SMALL: tuple[Row, ...] = (
    ("conv", 7, 2, 3), ("pool", 3, 2, 1), _same(3), _same(3, 2), ("pool", 2, 2, 0), _same(1),
    ("gap",), ("fc",), ("fc",),
)


def param_probes(rng: np.random.Generator) -> Iterator[Case]:
    """Lists of layers. Numbers of channels and filters differ, so that none can stand in."""
    def case(title: str, family: str, *plan: Row) -> Case:
        return Case(title, _network(rng, *plan), family=family)

    for F in (1, 3, 5):
        yield case(f"one convolution, {F} x {F}", "one convolution", _same(F))
    yield case("one convolution, stride 2", "one convolution", ("conv", 7, 2, 3))
    yield case("2 groups", "groups", _same(3, 2))
    yield case("3 groups", "groups", ("conv", 5, 2, 0, 3))
    depth = int(rng.integers(4, 9))
    yield Case("depthwise", [("conv", 3, 1, 1, depth, depth, depth)], family="groups")
    yield case("one linear layer", "linear layers", ("fc",))
    yield case("two linear layers", "linear layers", ("fc",), ("fc",))
    yield case("convolutions and pools", "pools and averages",
               _same(3), ("pool", 3, 2, 0), _same(5, 2), ("pool", 2, 2, 0))
    yield case("a convolution and an average", "pools and averages", _same(3), ("gap",))
    yield case("a pool alone", "nothing to learn", ("pool", 3, 1, 1))
    yield case("no layer", "nothing to learn")
    for title in ("a small network", "another small network"):
        yield case(title, "whole networks", *SMALL)


def _size(rng: np.random.Generator, least: int, most: int) -> tuple[int, int]:
    rows, cols = _different(rng, 2, least, most)
    return rows, cols


def mac_probes(rng: np.random.Generator) -> Iterator[Case]:
    """Networks on images whose rows and columns differ."""
    def case(title: str, family: str, size: tuple[int, int], *plan: Row) -> Case:
        return Case(title, _network(rng, *plan), size, family=family)

    for F in (1, 3, 5):
        yield case(f"{F} x {F}, size kept", "size kept", _size(rng, 6, 14), _same(F))
    yield case("3 x 3 without padding", "no padding", _size(rng, 6, 14), ("conv", 3, 1, 0))
    yield case("5 x 5 and 3 x 3 without padding", "no padding", _size(rng, 9, 16),
               ("conv", 5, 1, 0), ("conv", 3, 1, 0))
    rows, cols = (2 * n for n in _different(rng, 2, 4, 8))
    yield case("stride 2 that does not fit", "sizes rounded down", (rows, cols),
               ("conv", 3, 2, 0))
    yield case("stride 2 with padding, twice", "sizes rounded down", (cols, rows),
               ("conv", 3, 2, 1), ("conv", 3, 2, 1))
    rows, cols = (3 * n + 2 for n in _different(rng, 2, 2, 6))
    yield case("stride 3", "sizes rounded down", (rows, cols), ("conv", 5, 3, 2), _same(1))
    yield case("2 groups", "groups", _size(rng, 6, 12), _same(3, 2))
    yield case("3 groups, stride 2", "groups", _size(rng, 6, 12), ("conv", 3, 2, 1, 3))
    yield case("a pool between", "pools", _size(rng, 7, 14),
               _same(3), ("pool", 2, 2, 0), _same(3))
    rows, cols = (4 * n for n in _different(rng, 2, 3, 6))  # H / S is wrong in the second pool
    yield case("overlapping pools", "pools", (rows, cols),
               _same(3), ("pool", 3, 2, 1), _same(1), ("pool", 3, 2, 0), _same(3))
    yield case("an overlapping pool on odd sides", "pools", (rows + 1, cols - 1),
               ("pool", 3, 2, 1), _same(3))
    yield case("a pool that keeps the size", "pools", _size(rng, 5, 12),
               ("pool", 3, 1, 1), _same(1))
    yield case("linear layers alone", "linear layers", (1, 1), ("fc",), ("fc",))
    C, K = _different(rng, 2, 2, 6)
    rows, cols = _size(rng, 2, 4)
    yield Case("linear layers on maps",
               [("conv", 3, 1, 1, C, K, 1), ("fc", K * rows * cols, 7), ("fc", 7, 4)],
               (rows, cols), family="linear layers")
    yield case("an average and a linear layer", "global average", _size(rng, 6, 12),
               _same(3), ("gap",), ("fc",))
    yield case("an average and a convolution", "global average", _size(rng, 6, 12),
               _same(3), ("gap",), _same(1))
    yield case("an average and two convolutions", "global average", _size(rng, 5, 10),
               ("conv", 3, 1, 0), ("gap",), _same(1), _same(1))
    yield case("pools only", "nothing to multiply", _size(rng, 6, 12), ("pool", 3, 2, 1),
               ("gap",))
    for title in ("a small network", "another small network"):
        yield case(title, "whole networks", _size(rng, 17, 40), *SMALL)
    rows, cols = _size(rng, 2, 5)
    yield Case("linear layers behind a pool",
               [("conv", 1, 1, 0, C, K, 1), ("pool", 2, 2, 0), ("fc", K * rows * cols, 9)],
               (2 * rows, 2 * cols + 1), family="linear layers")


def _stages(rng: np.random.Generator, repeats: list[int]) -> list[tuple[int, int]]:
    return list(zip(repeats, _different(rng, len(repeats), 4, 20), strict=True))


def vgg_probes(rng: np.random.Generator) -> Iterator[Case]:
    """Stages of pairs (repeats, K). Sides shrink and are not always even."""
    sides = _different(rng, 2, 2, 6)
    yield Case("one stage of 3", _stages(rng, [3]), 2 * sides[0], family="one stage")
    yield Case("one stage of 2", _stages(rng, [2]), 2 * sides[1], family="one stage")
    yield Case("one convolution a stage", _stages(rng, [1, 1, 1]), 8 * sides[0],
               family="one convolution a stage")
    for title in ("stages of different length", "others"):
        repeats = [int(n) for n in rng.integers(1, 5, 3)]
        yield Case(title, _stages(rng, [2, *repeats]), 16 * int(rng.integers(2, 5)),
                   family="several stages")
    K = int(rng.integers(5, 20))
    yield Case("two stages as wide as each other", [(2, K), (3, 2 * K), (2, 2 * K)], 32,
               family="several stages")
    for S in (11, 13):
        side = S + 16 * int(rng.integers(1, 4))
        yield Case(f"side {side}", _stages(rng, [2, 1]), side, family="sides that are halved "
                   "and rounded down")
    n_classes, hidden = _different(rng, 2, 3, 60)
    yield Case(f"{n_classes} classes", _stages(rng, [1, 2]), 32, n_classes,
               family="other classes and hidden layers")
    yield Case(f"{n_classes} classes, hidden layers of {hidden}", _stages(rng, [2, 2]), 28,
               n_classes, hidden, family="other classes and hidden layers")


def _layer(rng: np.random.Generator, C: int, K: int, F: int) -> Function:
    """A convolution that keeps the size."""
    return Function("conv2d_layer", numbers(rng, K, C, F, F), numbers(rng, K), padding=F // 2)


POOL = Function("max_pool_layer", 3, 1, 1)
RELU = Function("relu")


def forward_probes(rng: np.random.Generator) -> Iterator[Case]:
    """Branches of functions on images whose batch, channels, rows and columns differ."""
    def image(C: int, N: int = 2) -> Array:
        return numbers(rng, N, C, *_different(rng, 2, 4, 7))

    C, one, two, three = _different(rng, 4, 2, 7)
    yield Case("two branches of one convolution", image(C),
               [[_layer(rng, C, one, 1)], [_layer(rng, C, two, 3)]], family="one layer each")
    yield Case("three branches of one convolution", image(C, 3),
               [[_layer(rng, C, K, F)] for K, F in ((one, 1), (two, 3), (three, 5))],
               family="one layer each")
    yield Case("bottlenecks", image(C),
               [[_layer(rng, C, one, 1)],
                [_layer(rng, C, two, 1), RELU, _layer(rng, two, three, 3)],
                [_layer(rng, C, 2, 1), RELU, _layer(rng, 2, one, 5), RELU]],
               family="several layers each")
    yield Case("a single branch of three layers", image(C),
               [[_layer(rng, C, two, 3), RELU, _layer(rng, two, one, 1)]],
               family="several layers each")
    yield Case("layers that keep the channels", image(C, 3),
               [[_layer(rng, C, C, 3), RELU], [_layer(rng, C, C, 1)], [RELU]],
               family="branches of equal width")
    yield Case("two alike in shape", image(C),
               [[_layer(rng, C, C, 1)], [_layer(rng, C, C, 3)]], family="branches of equal width")
    yield Case("a pooling branch", image(C),
               [[_layer(rng, C, one, 1)], [POOL, _layer(rng, C, two, 1)]],
               family="a pooling branch")
    yield Case("a whole module", image(C, 1),
               [[_layer(rng, C, one, 1), RELU],
                [_layer(rng, C, 2, 1), RELU, _layer(rng, 2, two, 3), RELU],
                [_layer(rng, C, 3, 1), RELU, _layer(rng, 3, three, 5), RELU],
                [POOL, _layer(rng, C, 2, 1), RELU]], family="a pooling branch")
    yield Case("a branch without a layer", image(C), [[_layer(rng, C, one, 3)], []],
               family="a branch without a layer")
    yield Case("one branch, no layer", image(C), [[]], family="a branch without a layer")
    shrinking = Function("max_pool_layer", 3, 2)
    yield Case("one branch halves its maps", image(C),
               [[_layer(rng, C, one, 1)], [shrinking, _layer(rng, C, two, 1)]],
               family="maps of different sizes")
    x = image(C)
    window = Function("conv2d_layer", numbers(rng, two, C, *x.shape[2:]))
    yield Case("one branch ends in one pixel", x, [[window], [_layer(rng, C, one, 1)]],
               family="maps of different sizes")


def _branch(rng: np.random.Generator, channels: int, windows: tuple[int, ...]) -> Layers:
    rows: Layers = []
    for F in windows:
        K = int(rng.integers(2, 12))
        rows.append(("conv", F, 1, F // 2, channels, K, 1))
        channels = K
    return rows


def cost_probes(rng: np.random.Generator) -> Iterator[Case]:
    """Modules as lists of rows, on maps whose rows and columns differ."""
    pool: Row = ("pool", 3, 1, 1)

    def case(title: str, family: str, *windows: tuple[int, ...], pooled: bool = False,
             projection: bool = False) -> Case:
        C = int(rng.integers(12, 25))
        branches = [_branch(rng, C, one) for one in windows]
        if pooled:
            branches.append([pool, *(_branch(rng, C, (1,)) if projection else [])])
        return Case(title, C, _size(rng, 5, 15), branches, family=family)

    yield case("one 3 x 3", "one branch", (3,))
    yield case("1 x 1, then 5 x 5", "one branch", (1, 5))
    yield case("1 x 1, 3 x 3 and 5 x 5", "side by side", (1,), (3,), (5,))
    yield case("1 x 1 and 3 x 3", "side by side", (1,), (3,))
    yield case("bottlenecks", "bottlenecks", (1,), (1, 3), (1, 5))
    yield case("a branch of three layers", "bottlenecks", (1,), (1, 3, 3))
    yield case("a pool without a projection", "pools", (1,), (3,), pooled=True)
    yield case("a pool with a projection", "pools", (1,), (3,), pooled=True, projection=True)
    yield Case("a pool alone", int(rng.integers(5, 20)), _size(rng, 4, 9), [[pool]],
               family="pools")
    for title in ("a module", "another module"):
        yield case(title, "whole modules", (1,), (1, 3), (1, 5), pooled=True, projection=True)
    for title, windows in (("a pool behind a convolution", (1,)), ("behind two", (1, 3))):
        C = int(rng.integers(12, 25))
        yield Case(title, C, _size(rng, 5, 15), [[*_branch(rng, C, windows), pool],
                                                 _branch(rng, C, (3,))], family="pools")


def filter_probes(rng: np.random.Generator) -> Iterator[Case]:
    """Linear layers on images whose channels, rows and columns differ."""
    def case(title: str, family: str, K: int, shape: tuple[int, int, int]) -> Case:
        weight = numbers(rng, K, int(np.prod(shape)))
        return Case(title, weight, numbers(rng, K), shape, family=family)

    C, H, W = _different(rng, 3, 2, 5)
    K, L = _different(rng, 2, 6, 8)
    yield case(f"{C} channels of {H} x {W}", "several channels", K, (C, H, W))
    yield case("square images", "several channels", L, (C, H, H))
    yield case(f"one channel of {H} x {W}", "one channel", K, (1, H, W))
    yield case("one channel, one row", "one channel", L, (1, 1, W))
    yield case("one pixel", "one pixel", K, (C, 1, 1))
    yield case("one pixel, one channel", "one pixel", L, (1, 1, 1))
    yield case("one unit", "one unit", 1, (C, H, W))
    yield case("one row of pixels", "one row or one column", K, (C, 1, W))
    yield case("one column of pixels", "one row or one column", K, (C, H, 1))
    yield Case("float32", numbers(rng, K, C * H * W).astype(np.float32),
               numbers(rng, K).astype(np.float32), (C, H, W), family="float32")
    wrong = "shapes that do not fit"
    yield Case("twice as many units would fit", numbers(rng, K, 2 * C * H * W), numbers(rng, K),
               (C, H, W), family=wrong)
    yield Case("half as many units would fit", numbers(rng, 2 * L, C * H * W // 2),
               numbers(rng, 2 * L), (C, H, W), family=wrong)
    yield Case("one number too many", numbers(rng, K, C * H * W + 1), numbers(rng, K), (C, H, W),
               family=wrong)


def head_probes(rng: np.random.Generator) -> Iterator[Case]:
    """Maps of many sizes; batch, channels and classes differ."""
    def case(title: str, family: str, N: int, C: int, K: int, *size: int) -> Case:
        return Case(title, numbers(rng, N, C, *size), numbers(rng, K, C), numbers(rng, K),
                    family=family)

    N, C, K = _different(rng, 3, 2, 6)
    H, W = _different(rng, 2, 2, 6)
    yield case(f"maps of {H} x {H}", "square maps", N, C, K, H, H)
    yield case(f"maps of {W} x {W}", "square maps", N, K, C, W, W)
    yield case(f"maps of {H} x {W}", "rectangular maps", N, C, K, H, W)
    yield case("maps of one row", "rectangular maps", N, C, K, 1, W)
    yield case("large maps", "rectangular maps", 2, 3, 4, 8 + H, 13 + W)
    yield case("one pixel", "one pixel", N, C, K, 1, 1)
    yield case("one image", "one image", 1, C, K, H, W)
    yield case("as many images as rows", "as many of one as of another", H, C, K, H, W)
    yield case("as many classes as channels", "as many of one as of another", N, C, C, H, W)
    yield case("one class", "one class", N, C, 1, H, W)
    x = np.abs(numbers(rng, N, C, H, W))
    yield Case("maps below 0", -x, numbers(rng, K, C), numbers(rng, K), family="maps below 0")
