"""Cases of lecture 10 that both sides draw: images, gradients, sizes and stacks of windows.

Pixels are sixteenths, so that sums are exact; the sides of images differ.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from course_lib.arrays import Array
from course_lib.checks.cases import Case
from course_lib.checks.values import Function

__all__ = ["average_cases", "field_cases", "generator", "pool_cases", "pyramid_cases",
           "region_cases", "route_cases", "stochastic_cases"]

Sizes = tuple[int, int]


def generator(rng: np.random.Generator) -> Function:
    """A random generator as an argument; every call gets a fresh one with this seed."""
    return Function("generator", int(rng.integers(1, 10**6)))


def different(rng: np.random.Generator, *shape: int) -> Array:
    """An image batch of that shape without two equal pixels, of both signs."""
    count = int(np.prod(shape))
    return (rng.permutation(count) - count // 2).reshape(shape) / 16


def sides(rng: np.random.Generator, size: int, stride: int) -> Sizes:
    """Rows and columns that fit, pairwise different, in either order."""
    places = rng.choice([2, 3, 4], 2, replace=False)
    rows, columns = ((places - 1) * stride + size).tolist()
    return rows, columns


def counts(rng: np.random.Generator) -> Sizes:
    """Images and channels, different."""
    images, channels = rng.permutation([2, 3]).tolist()
    return images, channels


def pool_cases(rng: np.random.Generator) -> Iterator[Case]:
    """Cases of every family for pool2d."""
    def images(size: int, stride: int, n: int = 1, c: int = 1) -> Array:
        return different(rng, n, c, *sides(rng, size, stride))

    for size, stride in ((2, 2), (3, 3)):
        yield Case(f"max, F = {size}, S = {stride}", images(size, stride), size, stride, "max",
                   family="max, windows side by side")
    for size, stride in ((3, 2), (3, 1), (2, 1)):
        yield Case(f"max, F = {size}, S = {stride}", images(size, stride), size, stride, "max",
                   family="max, overlapping windows")
    for size, stride in ((2, 2), (3, 2)):
        yield Case(f"average, F = {size}, S = {stride}", images(size, stride), size, stride, "avg",
                   family="average")
        yield Case(f"L2, F = {size}, S = {stride}", images(size, stride), size, stride, "l2",
                   family="L2")
    yield Case("L2, and a p that plays no part", images(2, 2), 2, 2, "l2", 3, family="L2")
    yield Case("L2, and another p", images(3, 2), 3, 2, "l2", p=1, family="L2")
    for p in (1, 3, round(float(rng.uniform(1.2, 1.8)), 2), int(rng.integers(6, 13))):
        yield Case(f"L_p, p = {p}", images(2, 2), 2, 2, "lp", p, family="L_p")
    yield Case("L_p without p", images(3, 2), 3, 2, "lp", family="L_p")
    for kind in ("max", "avg", "lp"):
        dark = -1 / 16 - np.abs(images(2, 2))
        yield Case(f"all pixels below 0, {kind}", dark, 2, 2, kind, family="negative pixels")
    for kind in ("max", "avg", "l2"):
        yield Case(f"several images and channels, {kind}", images(3, 2, *counts(rng)), 3, 2, kind,
                   family="several images and channels")
    for kind in ("max", "avg"):
        yield Case(f"F = 2, S = 3, {kind}", images(2, 3), 2, 3, kind, family="S larger than F")
    yield Case("F = 1, S = 1", images(1, 1), 1, 1, "max", family="windows of one pixel")
    yield Case("F = 1, S = 2", images(1, 2), 1, 2, "avg", family="windows of one pixel")
    for rows, columns in ((7, 6), (6, 7), (5, 5)):
        yield Case(f"{rows} x {columns} pixels, F = 2, S = 2", different(rng, 1, 2, rows, columns),
                   2, 2, "max", family="windows that do not fit: ValueError")
    yield Case("a window larger than the image", different(rng, 1, 1, 3, 6), 4, 2, "avg",
               family="windows that do not fit: ValueError")


def _routes(
    rng: np.random.Generator, size: int, stride: int, n: int = 1, c: int = 1
) -> list[Array]:
    """A gradient without zeros, and x without equal pixels."""
    rows, columns = sides(rng, size, stride)
    places = (rows - size) // stride + 1, (columns - size) // stride + 1
    grad = rng.choice([-1, 1], (n, c, *places)) * rng.integers(1, 32, (n, c, *places)) / 16
    return [grad, different(rng, n, c, rows, columns)]


def _below(rng: np.random.Generator, x: Array) -> Array:
    """x without its signs, and below 0: the pixel of largest size is the smallest."""
    down: Array = -1 / 16 - rng.permutation(x.size).reshape(x.shape) / 16
    return down


def route_cases(rng: np.random.Generator) -> Iterator[Case]:
    """Cases of every family for the way back through max pooling."""
    for size in (2, 3):
        yield Case(f"F = S = {size}", *_routes(rng, size, size), size, size,
                   family="windows side by side")
    for size, stride in ((3, 2), (3, 1), (2, 1)):
        yield Case(f"F = {size}, S = {stride}", *_routes(rng, size, stride), size, stride,
                   family="overlapping windows")
    grad, _ = _routes(rng, 3, 1)
    peak = different(rng, 1, 1, grad.shape[2] + 2, grad.shape[3] + 2)
    peak[0, 0, 2, 2] = 100.0
    yield Case("one pixel wins many windows", grad, peak, 3, 1, family="overlapping windows")
    yield Case("F = 2, S = 3", *_routes(rng, 2, 3), 2, 3, family="S larger than F")
    yield Case("F = 1, S = 2", *_routes(rng, 1, 2), 1, 2, family="S larger than F")
    for size, stride in ((2, 2), (3, 2)):
        yield Case(f"several images and channels, F = {size}",
                   *_routes(rng, size, stride, *counts(rng)), size, stride,
                   family="several images and channels")
    for size, stride in ((2, 2), (3, 2)):
        grad, x = _routes(rng, size, stride)
        yield Case(f"all pixels below 0, F = {size}", grad, _below(rng, x), size, stride,
                   family="negative pixels")
    for size in (2, 3):
        grad, x = _routes(rng, size, size, 1, 2)
        yield Case(f"equal pixels, F = S = {size}", np.abs(grad), np.full_like(x, rng.integers(5)),
                   size, size, family="equal pixels")
    grad, x = _routes(rng, 2, 2)
    pairs = np.maximum(x, float(np.sort(x.ravel())[-x.size // 3]))
    yield Case("some windows with equal pixels", grad, pairs, 2, 2, family="equal pixels")
    grad, x = _routes(rng, 3, 2, *counts(rng))
    x = np.where(rng.random(x.shape) < 0.8, 0.0, np.abs(x))
    yield Case("many zeros, as after a ReLU", np.abs(grad), x, 3, 2,
               family="equal pixels and overlap")
    grad, x = _routes(rng, 3, 1)
    yield Case("a plain area", np.abs(grad), np.zeros_like(x), 3, 1,
               family="equal pixels and overlap")


def average_cases(rng: np.random.Generator) -> Iterator[Case]:
    """Cases of every family for the way back through average pooling."""
    for size in (2, 3):
        yield Case(f"F = S = {size}", *_routes(rng, size, size), size, size,
                   family="windows side by side")
    for size, stride in ((3, 2), (3, 1), (2, 1)):
        yield Case(f"F = {size}, S = {stride}", *_routes(rng, size, stride), size, stride,
                   family="overlapping windows")
    yield Case("F = 2, S = 3", *_routes(rng, 2, 3), 2, 3, family="S larger than F")
    yield Case("F = 2, S = 4", *_routes(rng, 2, 4), 2, 4, family="S larger than F")
    for size, stride in ((2, 2), (3, 2)):
        yield Case(f"several images and channels, F = {size}",
                   *_routes(rng, size, stride, *counts(rng)), size, stride,
                   family="several images and channels")
    yield Case("windows of one pixel", *_routes(rng, 1, 1), 1, 1, family="windows of one pixel")


def _tiled(rng: np.random.Generator, pixels: Array, *shape: int) -> Array:
    """(n, c, rows, columns) windows side by side, each with the same pixels in its own order."""
    size = int(np.sqrt(len(pixels)))
    windows = rng.permuted(np.tile(pixels, (int(np.prod(shape)), 1)), axis=1)
    n, c, rows, columns = shape
    split = windows.reshape(n, c, rows, columns, size, size)
    return split.transpose(0, 1, 2, 4, 3, 5).reshape(n, c, rows * size, columns * size)


def _uneven(rng: np.random.Generator, count: int) -> Array:
    """Pixels of which one is much larger, one is 0, and no two are equal."""
    small = rng.choice(np.arange(1, 12), count - 2, replace=False)
    return np.concatenate([[0, small.sum() + rng.integers(2, 9)], small]) / 4


def stochastic_cases(rng: np.random.Generator) -> Iterator[Case]:
    """Cases of every family; 1,500 windows with the same pixels where chance is judged."""
    many = 1500 + int(rng.integers(100))
    for shape, where in (((1, 1, 40, 41), "places"), ((1, many, 1, 1), "channels"),
                         ((many, 1, 1, 1), "images")):
        yield Case(f"many {where}, F = S = 2", _tiled(rng, _uneven(rng, 4), *shape), 2, 2,
                   generator(rng), True, family=f"chances: many {where}")
    yield Case("many places, F = S = 3", _tiled(rng, _uneven(rng, 9), 1, 1, 38, 41), 3, 3,
               generator(rng), True, family="chances: many places")
    x = np.abs(different(rng, *counts(rng), *sides(rng, 3, 2)))
    yield Case("overlapping windows, training", x, 3, 2, generator(rng), True,
               family="overlapping windows")
    yield Case("overlapping windows, not training", x, 3, 2, generator(rng), False,
               family="overlapping windows")
    for training in (True, False):
        zeros = np.abs(different(rng, 2, 1, *sides(rng, 2, 2)))
        zeros[:, :, :2, :2] = 0
        yield Case(f"a window of zeros, training {training}", zeros, 2, 2, generator(rng),
                   training, family="windows of zeros")
        yield Case(f"nothing but zeros, training {training}", np.zeros((1, 2, 4, 2)), 2, 2,
                   generator(rng), training, family="windows of zeros")
    for size in (2, 3):
        x = np.abs(different(rng, *counts(rng), *sides(rng, size, size)))
        yield Case(f"not training, F = S = {size}", x, size, size, generator(rng), False,
                   family="not training")
    single = np.zeros((2, 2, 4, 6))
    single[:, :, ::2, 1::2] = rng.integers(1, 9, (2, 2, 2, 3))
    yield Case("one pixel above 0 in each window", single, 2, 2, generator(rng), True,
               family="only one pixel can be drawn")
    yield Case("windows of one pixel", np.abs(different(rng, 1, 2, 3, 4)), 1, 1, generator(rng),
               True, family="only one pixel can be drawn")


def pyramid_cases(rng: np.random.Generator) -> Iterator[Case]:
    """Cases of every family for the pyramid."""
    def images(rows: int, columns: int, n: int = 1, c: int = 1) -> Array:
        return different(rng, n, c, rows, columns)

    for rows, columns in ((8, 8), (4, 12)):
        yield Case(f"{rows} x {columns}, levels 1, 2, 4", images(rows, columns), [1, 2, 4],
                   family="levels that divide the image")
    odd = rng.permutation([5, 7, 9, 11, 13])[:4].tolist()
    for rows, columns in (odd[:2], odd[2:]):
        yield Case(f"{rows} x {columns}, levels 1, 2, 4", images(rows, columns), [1, 2, 4],
                   family="regions that overlap")
    yield Case("7 x 5, level 3", images(7, 5), [3], family="regions that overlap")
    rows, columns = odd[:2]
    for n, c in ((2, 3), (3, 2)):
        yield Case(f"{n} images, {c} channels", images(rows, columns, n, c), [1, 3],
                   family="several images and channels")
    dark = -1 / 16 - np.abs(images(odd[1], odd[2], 1, 2))
    yield Case("all pixels below 0", dark, [1, 2], family="negative pixels")
    yield Case("below 0, level 3", -1 / 16 - np.abs(images(6, 9)), [3], family="negative pixels")
    for levels in ([3, 1], [2, 5, 1]):
        yield Case(f"levels {levels}", images(odd[2], odd[3], 1, 2), levels,
                   family="levels in another order")
    yield Case("level 1 alone", images(odd[0], odd[1], 2, 3), [1], family="the largest of all")
    yield Case("a region for each pixel", images(4, 4, 2, 2), [4], family="one pixel each")


def region_cases(rng: np.random.Generator) -> Iterator[Case]:
    """Cases of every family for the regions of fractional pooling."""
    def call(n_in: int, n_out: int) -> tuple[int, int, Function]:
        return n_in, n_out, generator(rng)

    for n_out, more in ((int(rng.integers(7, 12)), 3), (int(rng.integers(12, 20)), 5)):
        yield Case(f"{n_out + more} pixels, {n_out} regions", *call(n_out + more, n_out),
                   family="ones and twos")
        yield Case(f"{2 * n_out - 2} pixels, {n_out} regions", *call(2 * n_out - 2, n_out),
                   family="ones and twos")
    for n_out, share in ((400, 1 / 2), (900, 1 / 4), (600, 3 / 4)):
        more = int(share * n_out) + int(rng.integers(20))
        yield Case(f"{n_out + more} pixels, {n_out} regions", *call(n_out + more, n_out),
                   family="is the order drawn?")
    for n in (5, int(rng.integers(8, 12))):
        yield Case(f"{n} pixels, {n} regions", *call(n, n), family="ones only, twos only")
        yield Case(f"{2 * n} pixels, {n} regions", *call(2 * n, n), family="ones only, twos only")
    n = int(rng.integers(5, 12))
    for n_in, n_out in ((n, n + 1), (2 * n + 1, n), (3 * n, n)):
        yield Case(f"{n_in} pixels, {n_out} regions", *call(n_in, n_out),
                   family="no such regions: ValueError")


def field_cases(rng: np.random.Generator) -> Iterator[Case]:
    """Cases of every family for the receptive field of a stack."""
    def drawn(count: int, strides: list[int], paddings: list[int]) -> list[tuple[int, int, int]]:
        return [(int(rng.integers(2, 8)), int(rng.choice(strides)), int(rng.choice(paddings)))
                for _ in range(count)]

    for count in (2, 4):
        yield Case(f"{count} layers, stride 1, no padding", drawn(count, [1], [0]),
                   family="stride 1")
    for count in (1, 2, 3):
        yield Case(f"{count} layers with strides", drawn(count, [2, 3], [0]), family="strides")
    conv, pool = (int(rng.choice([3, 5, 7])), 1, 0), (2, 2, 0)
    yield Case("convolutions and pools", [conv, pool, conv, pool, (3, 1, 0)],
               family="convolutions and pools")
    yield Case("a pool first", [pool, conv, pool, (3, 1, 0)], family="convolutions and pools")
    for count in (2, 3):
        yield Case(f"{count} layers with padding", drawn(count, [1], [1, 2]), family="padding")
        yield Case(f"{count} layers with padding and strides", drawn(count, [2, 3], [1, 2]),
                   family="padding and strides")
    yield Case("unlike the other way round", [(7, 2, 3), (3, 2, 1), (3, 1, 1), (2, 3, 0)],
               family="padding and strides")
    yield Case("F = 1 with stride 2", [(1, 2, 0), (3, 1, 1), (1, 1, 0)], family="F = 1")
    yield Case("F = 1 with stride 1", [(1, 1, 0), (1, 1, 0)], family="F = 1")
    yield Case("no layer", [], family="no layer")
    yield Case("one layer", drawn(1, [2, 3], [1, 2]), family="one layer")
