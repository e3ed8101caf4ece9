"""Draws for the exercises of lecture 08a: fixed families of cases, sizes from `rng`.

The public check calls them with a fixed generator, the grader with one of its own. So whoever
passes here has met every family. A window is drawn first and the image is built around it, so
that every family holds what its name says on every draw.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from course_lib.checks.cases import Case

__all__ = ["fix_probes", "parameter_probes", "size_probes", "stride_probes", "trace_probes",
           "visit_probes"]

MISFIT = "a stride that does not fit: ValueError"
TOO_LARGE = "a window larger than the padded input: ValueError"


def draw(rng: np.random.Generator, low: int, high: int) -> int:
    """A whole number from low to high, both included."""
    return int(rng.integers(low, high + 1))


def image_for(kernel_size: int, stride: int, padding: int, places: int) -> int:
    """The n_in for which the window has that many places."""
    return (places - 1) * stride + kernel_size - 2 * padding


def size_probes(rng: np.random.Generator) -> Iterator[Case]:
    """Sizes that fit, by every argument, and sizes that do not."""
    for kernel_size in (3, 4):
        n_in = draw(rng, 8, 20)
        yield Case(f"{n_in} pixels, window {kernel_size}", n_in, kernel_size, family="stride 1")
    for family, stride, padding in (
        ("stride 2 and 3", 2, 0), ("stride 2 and 3", 3, 0), ("long strides", 5, 0),
        ("padding", 1, 1), ("padding", 1, 2), ("padding", 1, 3),
        ("stride and padding together", 2, 1), ("stride and padding together", 3, 2),
        ("stride and padding together", 4, 3),
    ):
        kernel_size = draw(rng, 2, 7)
        n_in = image_for(kernel_size, stride, padding, draw(rng, 7, 11))
        yield Case(f"{n_in} pixels, window {kernel_size}, stride {stride}, padding {padding}",
                   n_in, kernel_size, stride, padding, family=family)
    for kernel_size, stride in ((2, 1), (6, 2)):
        n_in = image_for(kernel_size, stride, 0, draw(rng, 4, 9))
        yield Case(f"{n_in} pixels, even window {kernel_size}, stride {stride}", n_in, kernel_size,
                   stride, family="even windows")
    for stride in (1, 3):
        n_in = image_for(1, stride, 0, draw(rng, 4, 7))
        yield Case(f"{n_in} pixels, window 1, stride {stride}", n_in, 1, stride,
                   family="a window of one pixel")
    for stride, padding in ((1, 0), (3, 1), (2, 2)):
        n_in = draw(rng, 4, 9)
        yield Case(f"{n_in} pixels, window {n_in + 2 * padding}, stride {stride}, one place", n_in,
                   n_in + 2 * padding, stride, padding,
                   family="a window as large as the padded input")
    stride, kernel_size = draw(rng, 2, 4), draw(rng, 5, 11)
    n_in = image_for(kernel_size, stride, 2, draw(rng, 80, 120))
    yield Case(f"a large image of {n_in} pixels", n_in, kernel_size, stride, 2,
               family="large images")
    for stride, padding in ((2, 0), (3, 0), (2, 1), (3, 2), (5, 1)):
        kernel_size = draw(rng, 2, 5)
        n_in = image_for(kernel_size, stride, padding, draw(rng, 4, 6)) + draw(rng, 1, stride - 1)
        yield Case(f"{n_in} pixels, window {kernel_size}, stride {stride}, padding {padding}: "
                   "pixels are left", n_in, kernel_size, stride, padding, family=MISFIT)
    yield from _rounded(rng)
    yield from _too_large(rng)


def _rounded(rng: np.random.Generator) -> Iterator[Case]:
    for rounding in ("floor", "ceil"):
        for stride, padding, left in ((2, 0, 1), (3, 0, 1), (3, 1, 2), (4, 2, 3)):
            # As long as this, one more window still begins on the image: libraries agree on ceil.
            kernel_size = stride + padding + draw(rng, 0, 3)
            n_in = image_for(kernel_size, stride, padding, draw(rng, 4, 8)) + left
            yield Case(f"{n_in} pixels, window {kernel_size}, stride {stride}, padding {padding}, "
                       f"{rounding}", n_in, kernel_size, stride, padding, rounding,
                       family=f"rounding: {rounding}")
        for stride in (2, 3):
            kernel_size = draw(rng, 4, 6)
            n_in = image_for(kernel_size, stride, 1, draw(rng, 4, 8))
            yield Case(f"{n_in} pixels, window {kernel_size}, stride {stride} fits, {rounding}",
                       n_in, kernel_size, stride, 1, rounding,
                       family="rounding where nothing is left over")
    n_in, kernel_size = draw(rng, 2, 5), draw(rng, 6, 9)
    yield Case(f"{n_in} pixels, window {kernel_size}, floor: too large", n_in, kernel_size, 2, 0,
               "floor", family=TOO_LARGE)


def _too_large(rng: np.random.Generator) -> Iterator[Case]:
    n_in = draw(rng, 2, 5)
    # Here the division comes out even all the same, and the quotient plus one is 0 or less.
    for stride, padding, missing in ((1, 0, 1), (2, 0, 2), (3, 0, 6), (2, 1, 4)):
        kernel_size = n_in + 2 * padding + missing
        yield Case(f"{n_in} pixels, window {kernel_size}, stride {stride}, padding {padding}: "
                   "too large", n_in, kernel_size, stride, padding, family=TOO_LARGE)


def stride_probes(rng: np.random.Generator) -> Iterator[Case]:
    """(n_in, kernel_size, padding) by what n_in - F + 2P is: prime, rich in divisors, 1, 0."""
    rich, prime = [12, 18, 20, 24, 30, 36, 40], [7, 11, 13, 17, 19, 23]
    for family, spans, padding in (
        ("many strides fit", rich, 0), ("many strides fit", rich, 1), ("many strides fit", rich, 2),
        ("only two strides fit", prime, 0), ("only two strides fit", prime, 1),
        ("one pixel to move", [1], 0), ("one pixel to move", [1], 1),
        ("one place only", [0], 0), ("one place only", [0], 2),
        ("large images", [120, 144, 180, 216, 240], 3),
    ):
        kernel_size = draw(rng, 6, 9)       # larger than both borders together
        span = int(rng.choice(spans))
        n_in = span + kernel_size - 2 * padding
        yield Case(f"{n_in} pixels, window {kernel_size}, padding {padding}: {span} to move", n_in,
                   kernel_size, padding, family=family)
    for padding, missing in ((0, 1), (0, 4), (1, 2)):
        n_in = draw(rng, 3, 8)
        kernel_size = n_in + 2 * padding + missing
        yield Case(f"{n_in} pixels, window {kernel_size}, padding {padding}", n_in, kernel_size,
                   padding, family=TOO_LARGE)


def fix_probes(rng: np.random.Generator) -> Iterator[Case]:
    """(n_in, kernel_size, stride) by how many pixels are missing."""
    for stride in (1, 2, 3):
        kernel_size = draw(rng, 3, 6)
        n_in = image_for(kernel_size, stride, 0, draw(rng, 4, 7))
        yield Case(f"{n_in} pixels, window {kernel_size}, stride {stride}: fits", n_in,
                   kernel_size, stride, family="a stride that fits already")
    for family, stride, missing in (
        ("one pixel is missing", 2, 1), ("one pixel is missing", 3, 1),
        ("one pixel is missing", 5, 1), ("two pixels are missing", 3, 2),
        ("two pixels are missing", 5, 2), ("more pixels are missing", 4, 3),
        ("more pixels are missing", 6, 4), ("more pixels are missing", 7, 5),
    ):
        kernel_size = draw(rng, 2, 6)
        n_in = image_for(kernel_size, stride, 0, draw(rng, 4, 7)) - missing
        yield Case(f"{n_in} pixels, window {kernel_size}, stride {stride}: {missing} missing", n_in,
                   kernel_size, stride, family=family)
    n_in = draw(rng, 2, 4)
    for stride, missing in ((1, 2), (2, 3), (3, 4), (2, 5)):
        yield Case(f"{n_in} pixels, window {n_in + missing}, stride {stride}", n_in, n_in + missing,
                   stride, family="a window larger than the image")
    yield Case(f"{n_in} pixels, window {n_in}, stride 4", n_in, n_in, 4,
               family="a window as large as the image")
    for stride, missing in ((4, 3), (5, 4)):
        n_in = image_for(7, stride, 0, draw(rng, 50, 60)) - missing
        yield Case(f"a large image of {n_in} pixels, stride {stride}", n_in, 7, stride,
                   family="large images")


def visit_probes(rng: np.random.Generator) -> Iterator[Case]:
    """(n_in, kernel_size, stride, padding): windows that overlap, touch, and leave gaps."""
    for family, kernel, stride, padding, left in (
        ("stride 1", (3, 4), 1, 0, 0), ("stride 1", (5, 6), 1, 0, 0),
        ("stride 2 and 3", (3, 4), 2, 0, 0), ("stride 2 and 3", (4, 5), 3, 0, 0),
        ("a stride longer than the window", (2, 3), 4, 0, 0),
        ("a stride longer than the window", (1, 1), 3, 0, 0),
        ("padding", (3, 4), 1, 1, 0), ("padding", (5, 6), 1, 2, 0),
        ("stride and padding together", (3, 5), 2, 1, 0),
        ("stride and padding together", (5, 7), 3, 2, 0),
        ("pixels left over", (3, 4), 2, 0, 1), ("pixels left over", (4, 5), 3, 0, 2),
        ("pixels left over", (3, 5), 3, 1, 2),
    ):
        kernel_size = draw(rng, *kernel)
        n_in = image_for(kernel_size, stride, padding, draw(rng, 4, 7)) + left
        yield Case(f"{n_in} pixels, window {kernel_size}, stride {stride}, padding {padding}", n_in,
                   kernel_size, stride, padding, family=family)
    n_in = draw(rng, 4, 8)
    yield Case(f"{n_in} pixels, one window over all of them", n_in, n_in, 2, 0,
               family="a window as large as the image")


def parameter_probes(rng: np.random.Generator) -> Iterator[Case]:
    """(channels, filters, kernel_size, bias, places), all of different sizes."""
    def sizes() -> tuple[int, int, int]:
        kernel_size, channels, filters = rng.choice(np.arange(2, 10), 3, replace=False).tolist()
        return channels, filters, kernel_size

    for channels in (1, draw(rng, 2, 4), draw(rng, 20, 30)):
        _, filters, kernel_size = sizes()
        yield Case(f"{filters} square filters on {channels} channels", channels, filters,
                   kernel_size, family="square filters" if channels > 1 else "one channel")
    channels, filters, _ = sizes()
    for sides in ((3, 5), (4, 1)):
        yield Case(f"{filters} filters of {sides}", channels, filters, sides,
                   family="filters that are no squares")
    yield Case("square filters without biases", channels, filters, 5, False,
               family="without biases")
    yield Case("filters of 2 x 7 without biases", channels, filters, (2, 7), False,
               family="without biases")
    yield Case("one filter", channels, 1, draw(rng, 3, 5), family="one filter")
    yield Case("filters of one pixel", channels, filters, 1, family="filters of one pixel")
    places = rng.choice(np.arange(6, 30), 6, replace=False).tolist()
    for bias, rows, cols in (
        (True, places[0], places[1]), (True, places[2], places[3]), (True, 1, 1),
        (False, places[4], places[5]),
    ):
        channels, filters, kernel_size = sizes()
        yield Case(f"filters of their own at {rows} x {cols} places, bias {bias}", channels,
                   filters, kernel_size, bias, (rows, cols), family="filters at each place")
    side = draw(rng, 100, 300)
    yield Case(f"a dense layer on {side} x {side} pixels", 3, draw(rng, 50, 99), side,
               family="filters as large as the image")


def trace_probes(rng: np.random.Generator) -> Iterator[Case]:
    """A volume and layers that fit it; the last three do not."""
    for family, count, strides, paddings in (
        ("one layer", 1, [1], [0]), ("two layers", 2, [1], [0]), ("two layers", 2, [1], [0]),
        ("several layers", 4, [1], [0, 1]), ("strides", 2, [2, 3], [0]),
        ("strides", 3, [2], [0]), ("padding", 3, [1], [1, 2]),
        ("strides and padding together", 3, [1, 2, 3], [1, 2]),
    ):
        volume, layers = _chain(rng, count, strides, paddings)
        yield Case(f"{volume} through {layers}", volume, layers, family=family)
    volume, layers = _chain(rng, 1, [1], [0])
    yield Case(f"{volume} through nothing", volume, [], family="no layers")
    for place in (0, 1, 2):
        (channels, rows, cols), layers = _chain(rng, max(2, place + 1), [1], [0])
        filters, kernel_size, _, _ = layers[place]
        layers[place] = (filters, kernel_size, max(rows, cols) + 7, 0)   # longer than any image
        volume = (channels, rows, cols)
        yield Case(f"{volume}: layer {place} does not fit", volume, layers, family=MISFIT)


def _chain(
    rng: np.random.Generator, count: int, strides: list[int], paddings: list[int]
) -> tuple[tuple[int, int, int], list[tuple[int, int, int, int]]]:
    """(C, H, W) with H != W, and layers (K, F, S, P), built from the last one backwards."""
    rows, cols = rng.choice(np.arange(6, 12), 2, replace=False).tolist()
    filters = rng.choice(np.arange(2, 12), count + 1, replace=False).tolist()
    layers = []
    for each in filters[1:]:
        stride, padding = int(rng.choice(strides)), int(rng.choice(paddings))
        kernel_size = draw(rng, 3, 5)
        layers.append((each, kernel_size, stride, padding))
        rows, cols = (image_for(kernel_size, stride, padding, side) for side in (rows, cols))
    return (filters[0], rows, cols), layers[::-1]
