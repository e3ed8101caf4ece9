"""Draws for the exercises of lecture 11: fixed families of cases, numbers and sizes from `rng`.

The public check calls them with a fixed generator, the grader with one of its own. So whoever
passes here has met every family. Numbers are sixteenths, so that sums are exact in any order.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from course_lib.arrays import Array
from course_lib.checks.cases import Case

__all__ = ["deform_probes", "dilate_probes", "grouped_probes", "one_by_one_probes",
           "separable_probes", "separate_probes", "upsample_probes"]

MEMORY = "float32 and other memory orders"


def numbers(rng: np.random.Generator, *shape: int) -> Array:
    """Sixteenths from -2 to 2 without 0: exact in float32, with sums that do not round."""
    return rng.integers(1, 33, shape) * rng.choice([-1, 1], shape) / 16


def _biases(rng: np.random.Generator, count: int) -> Array:
    """Different quarters between 1/4 and 6."""
    return rng.choice(np.arange(1, 25), count, replace=False) / 4


def _sides(rng: np.random.Generator, least: int, most: int) -> tuple[int, int]:
    """Rows and columns, which differ."""
    rows, cols = rng.choice(np.arange(least, most + 1), 2, replace=False)
    return int(rows), int(cols)


def dilate_probes(rng: np.random.Generator) -> Iterator[Case]:
    """Kernels and filters without zeros, so that every zero in the answer was put there."""
    for size in (3, 5):
        yield Case(f"{size} x {size}, D = 1", numbers(rng, size, size), 1, family="dilation 1")
    for dilation in (2, 3):
        yield Case(f"3 x 3, D = {dilation}", numbers(rng, 3, 3), dilation,
                   family="square kernels, dilation 2 and 3")
    rows, cols = _sides(rng, 2, 5)
    for dilation in (2, 3):
        yield Case(f"{rows} x {cols}, D = {dilation}", numbers(rng, rows, cols), dilation,
                   family="rectangular kernels")
    size = int(rng.choice([2, 4]))
    yield Case(f"{size} x {size}, D = 2", numbers(rng, size, size), 2, family="even kernels")
    yield Case("one row, D = 3", numbers(rng, 1, int(rng.integers(3, 6))), 3,
               family="one row, one column, one weight")
    yield Case("one column, D = 2", numbers(rng, int(rng.integers(3, 6)), 1), 2,
               family="one row, one column, one weight")
    yield Case("one weight, D = 4", numbers(rng, 1, 1), 4,
               family="one row, one column, one weight")
    far = int(rng.integers(5, 8))
    yield Case(f"3 x 2, D = {far}", numbers(rng, 3, 2), far, family="large dilations")
    filters, channels = _sides(rng, 2, 5)
    for dilation in (2, 3):
        yield Case(f"{filters} filters of {channels} channels, D = {dilation}",
                   numbers(rng, filters, channels, 3, 2), dilation,
                   family="filters with channels")
    yield Case("a stack of three kernels, D = 2", numbers(rng, 3, 2, 4), 2,
               family="filters with channels")


def one_by_one_probes(rng: np.random.Generator) -> Iterator[Case]:
    """Channels, filters, rows and columns all differ, unless the family says otherwise."""
    few, many = (int(n) for n in np.sort(rng.choice([2, 3, 4, 5], 2, replace=False)))
    for family, images, channels, filters in (
        ("fewer channels come out", 1, many, few), ("fewer channels come out", 2, 6, few),
        ("more channels come out", 1, few, many), ("more channels come out", 1, few, 6),
        ("as many filters as channels", 1, many, many),
        ("as many filters as channels", 2, few, few),
        ("one channel, one filter", 1, 1, many), ("one channel, one filter", 1, many, 1),
        ("batches", 3, few, many), ("batches", int(rng.integers(4, 6)), many, few),
    ):
        rows, cols = _sides(rng, 3, 7)
        yield Case(f"{images} x {channels} x {rows} x {cols}, {filters} filters",
                   numbers(rng, images, channels, rows, cols), numbers(rng, filters, channels),
                   _biases(rng, filters), family=family)
    yield Case("one pixel: a dense layer", numbers(rng, int(rng.integers(2, 4)), 5, 1, 1),
               numbers(rng, 4, 5), _biases(rng, 4), family="one pixel")
    x, weight = numbers(rng, 2, few, 4, 6), numbers(rng, many, few)
    yield Case("biases of 0", x, weight, np.zeros(many), family="biases zero and negative")
    yield Case("negative biases", x, weight, -20 - _biases(rng, many),
               family="biases zero and negative")
    yield Case("float32", x.astype(np.float32), weight.astype(np.float32),
               _biases(rng, many).astype(np.float32), family=MEMORY)
    yield Case("stored column by column", np.asfortranarray(x), np.asfortranarray(weight),
               _biases(rng, many), family=MEMORY)


def _group_sizes(rng: np.random.Generator) -> tuple[int, int]:
    """Channels and filters of one group: 2 or 3, and they differ."""
    channels, filters = rng.permutation([2, 3])
    return int(channels), int(filters)


def _grouped(
    rng: np.random.Generator, groups: int, channels: int, filters: int, *,
    images: int = 1, kernel: tuple[int, int] = (3, 2),
) -> tuple[Array, Array, Array, int]:
    """x, weight, bias, groups: `channels` and `filters` are those of one group."""
    rows, cols = _sides(rng, 5, 8)
    return (numbers(rng, images, groups * channels, rows, cols),
            numbers(rng, groups * filters, channels, *kernel), _biases(rng, groups * filters),
            groups)


def grouped_probes(rng: np.random.Generator) -> Iterator[Case]:
    """Groups of several sizes, and those that cannot be."""
    for groups, family in ((1, "one group"), (2, "2 and 3 groups"), (3, "2 and 3 groups"),
                           (4, "many groups"), (5, "many groups")):
        channels, filters = _group_sizes(rng)
        yield Case(f"{groups} x ({channels} channels, {filters} filters)",
                   *_grouped(rng, groups, channels, filters), family=family)
    for multiplier in (1, 2, 3):
        groups = int(rng.integers(3, 6))
        yield Case(f"depthwise, {groups} channels, {multiplier} filters for each",
                   *_grouped(rng, groups, 1, multiplier), family="depthwise")
    yield Case("one filter a group", *_grouped(rng, 3, 2, 1), family="one filter a group")
    yield Case("as many channels as filters", *_grouped(rng, 2, 2, 2),
               family="as many channels as filters")
    yield Case("as many channels as filters, 3 groups", *_grouped(rng, 3, 2, 2),
               family="as many channels as filters")
    yield Case("a batch", *_grouped(rng, 2, 2, 3, images=int(rng.integers(3, 6))),
               family="batches")
    for kernel in ((1, 1), (1, 3), (3, 1), (4, 2)):
        yield Case(f"filters of {kernel[0]} x {kernel[1]}",
                   *_grouped(rng, 2, 3, 2, kernel=kernel), family="filters of other sizes")
    x, weight, bias, groups = _grouped(rng, 2, 3, 2)
    yield Case("biases of 0", x, weight, 0 * bias, groups, family="biases zero and negative")
    yield Case("negative biases", x, weight, -20 - bias, groups,
               family="biases zero and negative")
    yield Case("float32", *(a.astype(np.float32) for a in (x, weight, bias)), groups,
               family=MEMORY)
    yield Case("stored column by column", np.asfortranarray(x), np.asfortranarray(weight), bias,
               groups, family=MEMORY)
    yield from _no_groups(rng)


def _no_groups(rng: np.random.Generator) -> Iterator[Case]:
    rows, cols = _sides(rng, 5, 8)
    for groups, channels in ((2, 5), (3, 4)):
        family = "channels that cannot be divided"
        yield Case(f"{channels} channels in {groups} groups", numbers(rng, 2, channels, rows, cols),
                   numbers(rng, 2 * groups, channels // groups, 2, 2),
                   _biases(rng, 2 * groups), groups, family=family)
    for groups, filters in ((2, 3), (3, 5)):
        family = "filters that cannot be divided"
        yield Case(f"{filters} filters in {groups} groups",
                   numbers(rng, 1, 2 * groups, rows, cols), numbers(rng, filters, 2, 2, 2),
                   _biases(rng, filters), groups, family=family)
    family = "filters for another number of channels"
    for what, groups, wanted, depth in (("all channels", 2, 4, 4), ("one channel", 2, 6, 1),
                                        ("one channel, again,", 3, 6, 1)):
        yield Case(f"filters of {what} with {groups} groups",
                   numbers(rng, 1, wanted, rows, cols), numbers(rng, 2 * groups, depth, 2, 2),
                   _biases(rng, 2 * groups), groups, family=family)


def separable_probes(rng: np.random.Generator) -> Iterator[Case]:
    """A filter for each channel, then a mixture of channels."""
    few, many = (int(n) for n in np.sort(rng.choice([2, 3, 4, 5], 2, replace=False)))
    for family, images, channels, filters, kernel in (
        ("fewer channels come out", 1, many, few, (3, 3)),
        ("more channels come out", 1, few, many, (3, 3)),
        ("as many filters as channels", 1, many, many, (3, 3)),
        ("as many filters as channels", 1, few, few, (3, 2)),
        ("one channel, one filter", 1, 1, many, (3, 2)),
        ("one channel, one filter", 1, many, 1, (2, 3)),
        ("rectangular filters", 1, few, many, (2, 4)),
        ("rectangular filters", 1, many, few, (4, 1)),
        ("depthwise filters of one weight", 1, few, many, (1, 1)),
        ("batches", int(rng.integers(3, 5)), few, many, (3, 2)),
        ("batches", 2, many, few, (2, 2)),
    ):
        rows, cols = _sides(rng, 5, 8)
        yield Case(f"{images} x {channels} x {rows} x {cols}, {filters} out, "
                   f"{kernel[0]} x {kernel[1]}",
                   numbers(rng, images, channels, rows, cols), numbers(rng, channels, *kernel),
                   numbers(rng, filters, channels), _biases(rng, filters), family=family)
    arrays = (numbers(rng, 2, few, 6, 5), numbers(rng, few, 3, 2), numbers(rng, many, few))
    yield Case("biases of 0", *arrays, np.zeros(many), family="biases zero and negative")
    yield Case("negative biases", *arrays, -20 - _biases(rng, many),
               family="biases zero and negative")
    yield Case("float32", *(a.astype(np.float32) for a in (*arrays, _biases(rng, many))),
               family=MEMORY)


def _vector(rng: np.random.Generator, size: int) -> Array:
    """Whole numbers, none of them 0, and neither is their sum."""
    while True:
        made = rng.integers(1, 6, size) * rng.choice([-1, 1], size)
        if made.sum() != 0:
            return made.astype(float)


def _of_rank(rng: np.random.Generator, rank: int, rows: int, cols: int) -> Array:
    """A kernel of that rank, and clearly so."""
    while True:
        columns = np.stack([_vector(rng, rows) for _ in range(rank)], axis=1)
        kernel = columns @ np.stack([_vector(rng, cols) for _ in range(rank)])
        sizes = np.linalg.svd(kernel, compute_uv=False)
        if sizes[rank - 1] > 0.1 * sizes[0]:
            return np.asarray(kernel)


def separate_probes(rng: np.random.Generator) -> Iterator[Case]:
    """Kernels that are a product, and kernels that are not."""
    for size in (3, 5):
        kernel = np.outer(*(np.abs(_vector(rng, size)) for _ in range(2)))
        yield Case(f"positive, {size} x {size}", kernel / kernel.sum(),
                   family="positive kernels")
    yield Case("both signs", np.outer(_vector(rng, 3), _vector(rng, 3)), family="both signs")
    yield Case("both signs, 4 x 4", np.outer(_vector(rng, 4), _vector(rng, 4)),
               family="both signs")
    for title, difference in (("a difference of columns", (-1, 0, 1)),
                              ("another difference", (1, -3, 2))):
        yield Case(title, np.outer(_vector(rng, 3), difference).astype(float),
                   family="kernels that sum to zero")
    zeros = _vector(rng, 3), _vector(rng, 4)
    for vector in zeros:
        vector[0] = 0.0
    yield Case("the first row is 0", np.outer(zeros[0], _vector(rng, 4)),
               family="zeros in the first row or column")
    yield Case("the first column is 0", np.outer(_vector(rng, 3), zeros[1]),
               family="zeros in the first row or column")
    yield Case("both are 0", np.outer(*zeros), family="zeros in the first row or column")
    rows, cols = _sides(rng, 2, 6)
    yield Case(f"{rows} x {cols}", np.outer(_vector(rng, rows), _vector(rng, cols)),
               family="rectangular kernels")
    yield Case("one row", _vector(rng, 4)[None], family="one row or one column")
    yield Case("one column", _vector(rng, 3)[:, None], family="one row or one column")
    for scale in (1e-4, 1e4):
        yield Case(f"times {scale:g}", scale * np.outer(_vector(rng, 3), _vector(rng, 3)),
                   family="small and large numbers")
    for size in (3, 4):
        yield Case(f"{size} x {size} of rank 2", _of_rank(rng, 2, size, size), family="rank 2")
    yield Case("3 x 5 of rank 2", _of_rank(rng, 2, 3, 5), family="rank 2")
    yield Case("3 x 3 of rank 3", _of_rank(rng, 3, 3, 3), family="rank 3")
    yield Case("4 x 3 of rank 3", _of_rank(rng, 3, 4, 3), family="rank 3")
    for rows, cols in ((3, 3), (2, 4)):
        yield Case(f"small numbers, {rows} x {cols} of rank 2",
                   1e-4 * _of_rank(rng, 2, rows, cols), family="small and large numbers")


def deform_probes(rng: np.random.Generator) -> Iterator[Case]:
    """Offsets of quarters of a pixel. Rows, columns, places and kernel sides differ."""

    def case(title: str, family: str, kernel: tuple[int, int], offsets: Any) -> Case:
        places = _sides(rng, 3, 6)
        image = numbers(rng, places[0] + kernel[0] - 1, places[1] + kernel[1] - 1)
        shape = (*places, *kernel, 2)
        given = offsets(shape) if callable(offsets) else np.broadcast_to(offsets, shape).copy()
        return Case(title, image, numbers(rng, *kernel), given.astype(float), family=family)

    def drawn(step: float, reach: int) -> Any:
        return lambda shape: step * rng.integers(-reach, reach + 1, shape)

    down, right = (int(n) for n in rng.choice([-1, 1, 2], 2, replace=False))
    yield case("3 x 2, offsets of 0", "offsets of zero", (3, 2), 0)
    yield case("2 x 4, offsets of 0", "offsets of zero", (2, 4), 0)
    yield case(f"all moved by ({down}, {right})", "one whole shift for all", (3, 2),
               (down, right))
    yield case("all moved down", "one whole shift for all", (2, 3), (1, 0))
    yield case("all half a pixel", "half pixels", (3, 3), (0.5, 0.5))
    yield case("half a pixel to the right", "half pixels", (2, 3), (0, 0.5))
    yield case("each by whole pixels", "whole pixels, each its own", (3, 2), drawn(1, 1))
    yield case("each by a fraction", "fractions, each its own", (3, 2), drawn(0.25, 5))
    yield case("each by a fraction, 2 x 3", "fractions, each its own", (2, 3), drawn(0.25, 3))
    yield case("far across the border", "outside the image", (2, 2), drawn(0.5, 9))
    yield case("all beyond the image", "outside the image", (2, 3), (20, -20))
    yield case("just across the upper border", "outside the image", (3, 2), (-0.75, 0))
    yield case("one weight", "one weight", (1, 1), drawn(0.25, 4))


def upsample_probes(rng: np.random.Generator) -> Iterator[Case]:
    """Images of different sides laid out with kernels that are not their own mirror image."""
    for title, family, kernel, stride in (
        ("stride 2, 2 x 2", "kernels side by side", (2, 2), 2),
        ("stride 3, 3 x 3", "kernels side by side", (3, 3), 3),
        ("stride 2, 3 x 3", "kernels that overlap", (3, 3), 2),
        ("stride 2, 4 x 4", "kernels that overlap", (4, 4), 2),
        ("stride 3, 5 x 5", "kernels that overlap", (5, 5), 3),
        ("stride 1, 3 x 3", "stride 1", (3, 3), 1),
        ("stride 1, 2 x 4", "stride 1", (2, 4), 1),
        ("stride 3, 2 x 2", "gaps between kernels", (2, 2), 3),
        ("stride 4, 1 x 2", "gaps between kernels", (1, 2), 4),
        ("stride 2, 3 x 4", "rectangular kernels", (3, 4), 2),
        ("stride 3, 4 x 2", "rectangular kernels", (4, 2), 3),
    ):
        yield Case(title, numbers(rng, *_sides(rng, 2, 5)), numbers(rng, *kernel), stride,
                   family=family)
    yield Case("one pixel", numbers(rng, 1, 1), numbers(rng, 3, 2), 2, family="one pixel")
    yield Case("one row of pixels", numbers(rng, 1, 4), numbers(rng, 3, 3), 2, family="one pixel")
