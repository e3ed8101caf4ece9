"""Draws for the exercises of lecture 08b: fixed families of cases, numbers and sizes from `rng`.

The public check calls them with a fixed generator, the grader with one of its own. So whoever
passes here has met every family. Numbers are sixteenths, so that sums are exact in any order.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from course_lib.arrays import Array
from course_lib.checks.cases import Case
from course_lib.checks.values import Function

__all__ = ["gap_probes", "illegal_probes", "layer_probes", "matrix_probes",
           "neuron_probes", "work_probes"]


def numbers(rng: np.random.Generator, *shape: int) -> Array:
    """Sixteenths between -2 and 2: exact in float32 as well, with sums that do not round."""
    return rng.integers(-32, 33, shape) / 16


def biases(rng: np.random.Generator, count: int) -> Array:
    """Different quarters between -3 and 3, none of them 0."""
    quarters = np.concatenate([np.arange(-12, 0), np.arange(1, 13)])
    return rng.choice(quarters, count, replace=False) / 4


def layer_arguments(
    rng: np.random.Generator, images: int, channels: int, filters: int,
    stride: int = 1, padding: int = 0,
) -> tuple[Array, Array, Array]:
    """x, weight, bias of a layer that fits: rows and columns differ, of filter, image and map."""
    kernel = np.sort(rng.choice([2, 3, 4], 2, replace=False))
    places = np.sort(rng.choice([3, 4, 5], 2, replace=False)) + 2 * padding
    image = (places - 1) * stride + kernel - 2 * padding
    order = rng.permutation(2)
    rows, cols = image[order]
    tall, wide = kernel[order]
    x = numbers(rng, images, channels, rows, cols)
    return x, numbers(rng, filters, channels, tall, wide), biases(rng, filters)


def _one_layer(rng: np.random.Generator, **sizes: int) -> tuple[Array, Array, Array]:
    filters = int(rng.integers(4, 6))
    return layer_arguments(rng, **{"images": 1, "channels": 3, "filters": filters, **sizes})


def layer_probes(rng: np.random.Generator) -> Iterator[Case]:
    """The families that the loops and the windows have in common."""
    for title in ("one gray image, one filter", "another gray image, another filter"):
        yield Case(title, *_one_layer(rng, channels=1, filters=1),
                   family="one channel, one filter")
    for channels in (2, 3):
        yield Case(f"{channels} channels, several filters", *_one_layer(rng, channels=channels),
                   family="several channels and filters")
    yield Case("as many filters as columns", numbers(rng, 1, 2, 5, 7), numbers(rng, 5, 2, 2, 3),
               biases(rng, 5), family="several channels and filters")
    x, weight, bias = _one_layer(rng, images=int(rng.integers(6, 8)), channels=2)
    yield Case("a batch of images", x, weight, bias, family="a batch, and a batch of one")
    yield Case("a batch of one", x[-1:], weight, bias, family="a batch, and a batch of one")
    x, weight, bias = _one_layer(rng, images=int(rng.integers(2, 4)), padding=1)
    yield Case("another batch, padding 1", x, weight, bias, padding=1,
               family="a batch, and a batch of one")
    x = numbers(rng, 1, 3, int(rng.integers(5, 7)), int(rng.integers(9, 11)))
    for what, kernel in (("higher than wide", (3, 1)), ("wider than high", (1, 3))):
        yield Case(f"filters {what}", x, numbers(rng, 4, 3, *kernel), biases(rng, 4),
                   family="rectangular filters")
    for stride in (2, 3):
        yield Case(f"stride {stride}", *_one_layer(rng, stride=stride), stride=stride,
                   family="stride 2 and 3")
    for padding in (1, 2):
        yield Case(f"padding {padding}", *_one_layer(rng, padding=padding), padding=padding,
                   family="padding 1 and 2")
    yield Case("stride 2 and padding 1", *_one_layer(rng, stride=2, padding=1),
               stride=2, padding=1, family="stride and padding together")
    yield Case("stride 3 and padding 2", *_one_layer(rng, stride=3, padding=2),
               stride=3, padding=2, family="stride and padding together")
    x, weight, bias = _one_layer(rng)
    yield Case("all biases zero", x, weight, 0 * bias, family="bias zero")
    x, weight, bias = (array.astype(np.float32) for array in _one_layer(rng, padding=1))
    yield Case("float32", x, weight, bias, padding=1, family="float32 and other memory orders")
    x, weight, bias = _one_layer(rng)
    yield Case("arrays stored column by column", np.asfortranarray(x), np.asfortranarray(weight),
               bias, family="float32 and other memory orders")


def illegal_probes(rng: np.random.Generator) -> Iterator[Case]:
    """Layers that do not exist, and images of whole numbers."""
    x, weight, bias = _one_layer(rng)
    yield Case("gray images, filters for RGB", x[:, :1], weight, bias, family="depth mismatch")
    yield Case("RGB images, filters for gray", x, weight[:, :1], bias, family="depth mismatch")
    yield Case("three channels against two", x, weight[:, :2], bias, family="depth mismatch")
    for stride in (2, 3, 4):
        x, weight, bias = _one_layer(rng, stride=stride)
        yield Case(f"stride {stride} leaves columns over", x[:, :, :, :-1], weight, bias,
                   stride=stride, family="a stride that does not fit")
    x, weight, bias = _one_layer(rng, stride=2)
    yield Case("stride 2 leaves a row over", x[:, :, :-1], weight, bias,
               stride=2, family="a stride that does not fit")
    yield Case("a filter larger than the image", weight[:1], x[:1], bias[:1],
               family="a filter larger than the image")
    for padding in (0, 1):
        x, weight, bias = _one_layer(rng, padding=padding)
        yield Case(f"an image of whole numbers, padding {padding}",
                   rng.integers(0, 256, x.shape), weight, bias, padding=padding,
                   family="images of whole numbers")


def neuron_probes(rng: np.random.Generator) -> Iterator[Case]:
    """One neuron of a layer at a place off the diagonal; borders where there is padding."""
    for family, sizes in (
        ("one channel", dict(channels=1)),
        ("several channels", dict(channels=2)), ("several channels", dict(channels=3)),
        ("stride 2 and 3", dict(stride=2)), ("stride 2 and 3", dict(stride=3)),
        ("padding 1 and 2", dict(padding=1)), ("padding 1 and 2", dict(padding=2)),
        ("stride and padding together", dict(stride=2, padding=1)),
        ("stride and padding together", dict(stride=3, padding=2)),
    ):
        x, weight, bias = _one_layer(rng, filters=1, **sizes)
        given: dict[str, Any] = {k: value for k, value in sizes.items() if k != "channels"}
        for row, col in ((0, 2), (2, 1)):
            title = ", ".join(f"{key} {value}" for key, value in sizes.items())
            yield Case(f"{title}, place ({row}, {col})", x[0], weight[0], float(bias[0]),
                       row, col, family=family, **given)
    x, weight, _ = _one_layer(rng, filters=1)
    yield Case("bias 0", x[0], weight[0], 0.0, 1, 0, family="bias zero")
    yield Case("a large negative bias", x[0], weight[0], -250.0, 1, 2,
               family="a negative net input")
    yield Case("another large negative bias", x[0], weight[0], -300.5, 2, 0,
               family="a negative net input")
    x, weight, _ = (array.astype(np.float32) for array in _one_layer(rng, filters=1))
    yield Case("float32, stored column by column", np.asfortranarray(x[0]), weight[0], 1.5, 0, 2,
               family="float32 and other memory orders")


def sizes_1d(rng: np.random.Generator) -> Iterator[tuple[str, int, int]]:
    """Family, n_in and kernel size of one-dimensional convolutions without padding."""
    long, longer = sorted(int(n) for n in rng.choice(np.arange(9, 16), 2, replace=False))
    yield "a window of three", long, 3
    yield "a window of three", longer, 3
    yield "an even window", long, int(rng.choice([2, 4]))
    yield "a wide window", longer, int(rng.choice([5, 6, 7]))
    yield "two places only", longer, longer - 1
    yield "a window as long as the input", long, long
    yield "a window of one", longer, 1


def matrix_probes(rng: np.random.Generator) -> Iterator[Case]:
    """Kernels that are not their own mirror image, and do not sum to 1."""
    for family, n_in, kernel_size in sizes_1d(rng):
        kernel = np.sort(biases(rng, kernel_size)) + 0.125  # no whole numbers, and no 0
        yield Case(f"{n_in} inputs, kernel of {kernel_size}", kernel, n_in, family=family)
    yield Case("a kernel that sums to zero", np.array([-1.0, 0.25, 0.75]),
               int(rng.integers(5, 9)), family="a kernel that sums to zero")


def work_probes(rng: np.random.Generator) -> Iterator[Case]:
    """Shapes of layers that fit."""
    for family, sizes in (
        ("one filter, one channel", dict(channels=1, filters=1)),
        ("one filter", dict(filters=1)), ("many channels", dict(channels=20)),
        ("several filters", dict()), ("several filters", dict(channels=2)),
        ("stride 2 and 3", dict(stride=2)), ("stride 2 and 3", dict(stride=3)),
        ("padding 1 and 2", dict(padding=1)), ("padding 1 and 2", dict(padding=2)),
        ("stride and padding together", dict(stride=2, padding=1)),
    ):
        x, weight, _ = _one_layer(rng, **sizes)
        given: dict[str, Any] = {k: sizes[k] for k in ("stride", "padding") if k in sizes}
        title = ", ".join(f"{key} {value}" for key, value in sizes.items()) or "three channels"
        yield Case(title, x.shape[1:], weight.shape, family=family, **given)
    side, other = (int(n) for n in rng.choice(np.arange(5, 12), 2, replace=False))
    yield Case("a filter as large as the image", (3, side, other), (7, 3, side, other),
               family="a filter as large as the image")


def gap_probes(rng: np.random.Generator) -> Iterator[Case]:
    """Layers that keep a shift, and layers that do not."""
    filters = numbers(rng, 2, 3, 3, 3)
    rows, cols = (int(n) for n in rng.choice([9, 10, 11, 12], 2, replace=False))
    down, across = (int(n) for n in rng.choice([1, 2, 3], 2, replace=False))
    for shift in ((down, across), (-down, across)):
        x = numbers(rng, 2, 3, rows, cols)
        x[1] *= 4  # so the largest difference is not in the first image
        yield Case(f"wrapped borders, shift {shift}",
                   Function("wrapped_conv2d_layer", filters, biases(rng, 2)), x, shift,
                   family="wrapped borders")
        yield Case(f"zero padding, shift {shift}",
                   Function("conv2d_layer", filters, biases(rng, 2), padding=1), x, shift,
                   family="zero padding")
        yield Case(f"no padding, shift {shift}", Function("conv2d_layer", filters, biases(rng, 2)),
                   x, shift, family="no padding")
        yield Case(f"dense layer, shift {shift}",
                   Function("dense_layer", numbers(rng, 20, 20)), numbers(rng, 1, 1, 4, 5), shift,
                   family="dense layer")
        odd = numbers(rng, 1, 3, 9, 13)
        yield Case(f"stride 2, shift {shift}",
                   Function("conv2d_layer", filters, biases(rng, 2), stride=2), odd, shift,
                   family="stride 2")
    x = numbers(rng, 1, 3, rows, cols)
    yield Case("an activation alone", Function("relu"), x, (down, across), family="entry by entry")
    padded = Function("conv2d_layer", filters, biases(rng, 2), padding=1)
    yield Case("a margin narrower than the shift", padded, x, (2, -2), margin=1,
               family="a margin around the interior")
    for margin, moved in ((1, (-1, -1)), (2, (-2, -1))):
        # The differences lie below and on the right, where the output ends before the input.
        yield Case(f"no padding, margin {margin}",
                   Function("conv2d_layer", filters, biases(rng, 2)), x, moved, margin=margin,
                   family="a margin around the interior")
    for title, spot in (("left", (1, 0)), ("right", (1, 2)), ("up", (0, 1)), ("down", (2, 1))):
        looking = np.zeros((1, 3, 3, 3))
        looking[:, :, spot[0], spot[1]] = rng.integers(1, 9, 3) / 4
        yield Case(f"a filter that looks {title}",
                   Function("conv2d_layer", looking, biases(rng, 1), padding=1), x, (1, 1),
                   margin=2, family="a margin around the interior")
    dense = Function("dense_layer", numbers(rng, 30, 30))
    yield Case("a dense layer with a margin", dense, numbers(rng, 1, 1, 5, 6), (1, 2), margin=1,
               family="a margin around the interior")
