"""Case generators of lecture 07, for the public probes (fixed seed) and the hidden ones.

Every family is yielded whatever the seed. Rows and columns differ, no kernel is its own mirror
image, and no numbers are equal by chance, so a mixed-up axis or a lost flip shows.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from course_lib.arrays import Array
from course_lib.checks.cases import Case

MODES = ("zero", "wrap", "clamp", "mirror", "reflect")
FIXED_KERNELS = ("sharpen", "edge", "sobel_x", "sobel_y")


def _quarters(rng: np.random.Generator, *shape: int) -> Array:
    """Different multiples of 1/4, so sums are exact: signs mixed, no zero, in any order."""
    count = int(np.prod(shape))
    pool = np.concatenate([np.arange(-4 * count, 0), np.arange(1, 4 * count + 1)])
    return rng.choice(pool, count, replace=False).reshape(shape) / 4


def _kernel(rng: np.random.Generator, *shape: int) -> Array:
    """A kernel whose numbers grow, so that no flip leaves it as it is; its sum is not 0 or 1."""
    count = int(np.prod(shape))
    steps = rng.integers(1, 4, count)
    first = float(rng.integers(-3, 0))
    made: Array = ((first + np.cumsum(steps)) / 4 + 0.125).reshape(shape)
    return made if abs(made.sum()) > 0.2 and abs(made.sum() - 1) > 0.1 else made + 0.25


def _two_sizes(rng: np.random.Generator, low: int, high: int) -> tuple[int, int]:
    small, large = sorted(int(n) for n in rng.choice(np.arange(low, high), 2, replace=False))
    return small, large


def convolve1d_probes(rng: np.random.Generator) -> Iterator[Case]:
    """A row and a kernel in all modes: odd, even, alone, longer than x; flipped or not."""
    short, long = _two_sizes(rng, 8, 13)
    for size, n in ((3, short), (5, long)):
        x, k = _quarters(rng, n), _kernel(rng, size)
        yield Case(f"{n} numbers, kernel of {size}", x, k, family="valid")
        yield Case(f"{n} numbers, kernel of {size}, same", x, k, mode="same", family="same")
        yield Case(f"{n} numbers, kernel of {size}, full", x, k, mode="full", family="full")
    for size, n in ((2, long), (4, short)):
        x, k = _quarters(rng, n), _kernel(rng, size)
        for mode in ("valid", "same", "full"):
            yield Case(f"{n} numbers, even kernel of {size}, {mode}", x, k, mode=mode,
                       family="even kernels")
        for mode in ("valid", "same", "full"):
            yield Case(f"{n} numbers, kernel of {size}, {mode}, no flip", x, k, mode=mode,
                       flip=False, family="without the flip")
    few = int(rng.integers(3, 6))
    for flip in (True, False):
        yield Case(f"{few} numbers, kernel of {short}, full, flip {flip}", _quarters(rng, few),
                   _kernel(rng, short), mode="full", flip=flip, family="a kernel longer than x")
    for mode in ("valid", "same", "full"):
        yield Case(f"a kernel of one number, {mode}", _quarters(rng, short), np.array([-1.5]),
                   mode=mode, family="a kernel of one, and one as long as x")
    yield Case("a kernel as long as x", _quarters(rng, short), _kernel(rng, short),
               family="a kernel of one, and one as long as x")
    whole = rng.permutation(np.arange(1, 30))[:long]
    for mode in ("valid", "full"):
        yield Case(f"whole numbers, fractions in the kernel, {mode}", whole, _kernel(rng, 3),
                   mode=mode, family="whole numbers")
    for width, height in ((short, 2.0), (long, 0.5)):
        box = np.full(width, height)
        yield Case(f"a box of {width} on itself", box, box, mode="full", family="two boxes")


def seen_at_probes(rng: np.random.Generator) -> Iterator[Case]:
    """Places inside, beside and far beyond a row of pixels, for all five rules."""
    for mode in MODES:
        small, large = _two_sizes(rng, 5, 12)
        inside = int(rng.integers(1, small - 1))
        for title, k, n, family in (
            ("inside", inside, small, "inside"),
            ("the first pixel", 0, large, "inside"),
            ("the last pixel", large - 1, large, "inside"),
            ("one before", -1, small, "just outside"), ("one behind", large, large, "just outside"),
            ("two before", -2, large, "further out"), ("two behind", small + 1, small,
                                                         "further out"),
            ("three behind", large + 2, large, "further out"),
            ("as far before as allowed", 1 - small, small, "as far as allowed"),
            ("as far behind as allowed", 2 * large - 2, large, "as far as allowed"),
            ("one before two pixels", -1, 2, "two pixels"),
            ("one behind two pixels", 2, 2, "two pixels"),
        ):
            yield Case(f"{mode}: {title}, k = {k}, n = {n}", k, n, mode, family=family)


def pad2d_probes(rng: np.random.Generator) -> Iterator[Case]:
    """All five rules on images whose rows and columns differ, with and without channels."""
    for mode in MODES:
        rows, columns = _two_sizes(rng, 4, 8)
        for shape in ((rows, columns), (columns, rows)):
            image = _quarters(rng, *shape)
            title = f"{shape[0]} x {shape[1]}, {mode}"
            yield Case(f"{title}, border 1", image, 1, mode, family="a border of 1")
            p = int(rng.integers(2, 4))
            yield Case(f"{title}, border {p}", image, p, mode, family="borders of 2 and 3")
        channels = int(rng.choice([3, 4]))
        yield Case(f"{channels} channels, {mode}", _quarters(rng, channels, columns, rows), 2, mode,
                   family="channels")
        yield Case(f"no border, {mode}", _quarters(rng, rows, columns), 0, mode, family="no border")
        yield Case(f"no border, {channels} channels, {mode}", _quarters(rng, channels, rows, 3), 0,
                   mode, family="no border")
        yield Case(f"bytes, {mode}", rng.integers(0, 256, (columns, rows)).astype(np.uint8), 2,
                   mode, family="whole numbers")
        yield Case(f"as wide as allowed, {mode}", _quarters(rng, rows, rows + 2), rows - 1, mode,
                   family="as wide as allowed")
        yield Case(f"two rows, {mode}", _quarters(rng, 2, columns), 1, mode,
                   family="as wide as allowed")
    image = _quarters(rng, 3, 5)
    yield Case("no rule named, border 1", image, 1, family="the rule left out")
    yield Case("no rule named, border 2", image, 2, family="the rule left out")


def filter2d_probes(rng: np.random.Generator) -> Iterator[Case]:
    """An image and a kernel that differ in everything that could be mixed up."""
    rows, columns = _two_sizes(rng, 6, 10)
    for shape in ((rows, columns), (columns, rows)):
        yield Case(f"{shape[0]} x {shape[1]}, kernel 3 x 3", _quarters(rng, *shape),
                   _kernel(rng, 3, 3), family="square kernels")
        for size in ((2, 4), (3, 1), (1, 5), (4, 3)):
            yield Case(f"{shape[0]} x {shape[1]}, kernel {size[0]} x {size[1]}",
                       _quarters(rng, *shape), _kernel(rng, *size), family="rectangular kernels")
        yield Case(f"a kernel of {shape[0]} x {shape[1]} on an image as large",
                   _quarters(rng, *shape), _kernel(rng, *shape),
                   family="a kernel as large as the image")
        whole = rng.permutation(np.arange(1, 150))[: rows * columns].reshape(shape)
        yield Case(f"whole numbers, {shape[0]} x {shape[1]}", whole, _kernel(rng, 3, 3),
                   family="images of whole numbers")
        yield Case(f"a kernel of one number on {shape[0]} x {shape[1]}", _quarters(rng, *shape),
                   np.array([[-2.5]]), family="a kernel of one number")
        bytes_ = rng.integers(1, 256, shape).astype(np.uint8)
        yield Case(f"bytes, {shape[0]} x {shape[1]}", bytes_, _kernel(rng, 2, 2),
                   family="images of whole numbers")
        flat = _kernel(rng, 3, 3)
        yield Case(f"{shape[0]} x {shape[1]}, a kernel that sums to 0", _quarters(rng, *shape),
                   flat - flat.mean(), family="kernels that sum to 0")


def kernel_probes(rng: np.random.Generator) -> Iterator[Case]:
    """Every name, in every size that it has, and requests that cannot be met."""
    for name in FIXED_KERNELS:
        yield Case(name, name, family="3 x 3 kernels")
        yield Case(f"{name}, size 3 said", name, 3, family="3 x 3 kernels")
        wrong = int(rng.choice([2, 4, 5, 7]))
        yield Case(f"{name} of size {wrong}", name, wrong, family="sizes that there are not")
    small, large = sorted(int(n) for n in rng.choice([5, 7, 9, 11], 2, replace=False))
    even, wider = sorted(int(n) for n in rng.choice([4, 6, 8], 2, replace=False))
    for name in ("box", "gaussian"):
        yield Case(f"{name}, no size", name, family="box and gaussian of 3")
        yield Case(f"{name} of 3", name, 3, family="box and gaussian of 3")
        for size in (small, large):
            yield Case(f"{name} of {size}", name, size, family="larger odd sizes")
        for size in (2, even, wider):
            yield Case(f"{name} of {size}", name, size, family="even sizes")
        yield Case(f"{name} of 1", name, 1, family="a single number")
    for name in rng.choice(["blur", "laplace", "prewitt", "scharr", "emboss"], 2, replace=False):
        yield Case(f"the unknown name {str(name)!r}", str(name), family="unknown names")


def sobel_probes(rng: np.random.Generator) -> Iterator[Case]:
    """Steps in eight directions, ramps, noise, and places where nothing changes."""
    rows, columns = _two_sizes(rng, 5, 9)
    dark, bright = sorted(rng.choice(np.arange(1, 20), 2, replace=False) / 4)
    y, x = np.mgrid[:columns, :rows]
    at_x, at_y = int(rng.integers(2, rows - 2)), int(rng.integers(2, columns - 2))
    for title, there in (
        ("brighter to the right", x >= at_x), ("brighter to the left", x < at_x),
        ("brighter below", y >= at_y), ("brighter above", y < at_y),
    ):
        yield Case(f"a step, {title}", np.where(there, bright, dark), family="straight steps")
    middle = (rows + columns) // 2 - 1
    for title, there in (
        ("lower right", x + y >= middle), ("upper left", x + y < middle),
        ("lower left", y - x >= 1), ("upper right", y - x < 1),
    ):
        yield Case(f"an edge, brighter to the {title}", np.where(there, bright, dark),
                   family="slanted edges")
    for index in range(2):
        slope_x, slope_y = rng.choice([-1, 1], 2) * (rng.choice(6, 2, replace=False) + 1) / 4
        yield Case(f"ramp {index + 1}", slope_x * x + slope_y * y, family="ramps")
    for shape in ((rows, columns), (columns, rows)):
        yield Case(f"random numbers, {shape[0]} x {shape[1]}", _quarters(rng, *shape),
                   family="random numbers")
        yield Case(f"bytes, {shape[0]} x {shape[1]}",
                   rng.integers(0, 256, shape).astype(np.uint8), family="whole numbers")
    yield Case("3 x 3, the smallest image", _quarters(rng, 3, 3), family="the smallest images")
    yield Case("3 rows only", _quarters(rng, 3, columns), family="the smallest images")
    yield Case("one grey everywhere", np.full((rows, columns), dark), family="flat areas")
    spot = np.full((9, 8), dark)
    spot[2, 2] = bright
    yield Case("one bright spot on a flat area", spot, family="flat areas")


def gabor_probes(rng: np.random.Generator) -> Iterator[Case]:
    """Sizes, directions, wavelengths and widths that differ from each other."""
    small, large = sorted(int(n) for n in rng.choice([5, 7, 9, 11, 13], 2, replace=False))

    def widths() -> tuple[float, float]:
        return float(rng.integers(12, 26)) / 4, float(rng.integers(5, 14)) / 4

    yield Case(f"size {small}, upright stripes", small, [0.0], *widths(), family="one direction")
    yield Case(f"size {large}, one slanted direction", large, [float(rng.uniform(0.3, 1.2))],
               *widths(), family="one direction")
    for size in (small, large):
        count = int(rng.integers(3, 6))
        thetas = np.sort(rng.uniform(0.1, 3.0, count))
        yield Case(f"size {size}, {count} directions", size, thetas, *widths(),
                   family="several directions")
    yield Case("negative and large angles", small, [-0.7, 2.4, 4.0], *widths(),
               family="negative and large angles")
    yield Case("four directions as a list", large, [0.0, np.pi / 4, np.pi / 2, 3 * np.pi / 4],
               *widths(), family="four directions")
    wavelength, _ = widths()
    yield Case("a narrow bell", large, [0.4, 1.9], wavelength, 1.0, family="narrow and wide bells")
    yield Case("a wide bell", small, [0.4, 1.9], wavelength, 6.0, family="narrow and wide bells")
    yield Case("a wave wider than the bell", large, [0.9], 14.5, 1.75,
               family="long and short waves")
    yield Case("a short wave", large, [0.9, -0.4], 2.5, 1.75, family="long and short waves")
