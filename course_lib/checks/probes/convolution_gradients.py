"""Draws for the exercises of lecture 09: fixed families of cases, numbers and sizes from `rng`.

The public check calls them with a fixed generator, the grader with one of its own. So whoever
passes here has met every family. Numbers are sixteenths, so that sums are exact in any order.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from course_lib.arrays import Array
from course_lib.checks.cases import Case

__all__ = ["bias_probes", "column_probes", "graph_probes", "image_probes", "input_probes",
           "matrix_probes", "unpad_probes", "weight_probes"]


def numbers(rng: np.random.Generator, *shape: int) -> Array:
    """Sixteenths between -2 and 2, none of them 0: exact in float32, sums that do not round."""
    return rng.integers(1, 33, shape) * rng.choice([-1, 1], shape) / 16


def different(rng: np.random.Generator, *shape: int) -> Array:
    """Different quarters between -3 and 3, none of them 0: no kernel is its own mirror image."""
    quarters = np.concatenate([np.arange(-12, 0), np.arange(1, 13)])
    return rng.choice(quarters, shape, replace=False) / 4


@dataclass(frozen=True)
class Layer:
    """What one convolutional layer saw: x (N, C, H, W), weight, and the gradient by its output."""

    title: str
    family: str
    x: Array
    weight: Array
    grad_output: Array
    settings: dict[str, Any] = field(default_factory=dict)

    @property
    def image_size(self) -> tuple[int, ...]:
        """(H, W), before padding."""
        return self.x.shape[2:]

    @property
    def kernel_size(self) -> tuple[int, ...]:
        """(F_h, F_w)."""
        return self.weight.shape[2:]


def _layer(
    rng: np.random.Generator, title: str, family: str, *, images: int = 2, channels: int = 3,
    filters: int = 4, kernel: tuple[int, ...] = (), stride: int = 1, padding: int = 0,
) -> Layer:
    """A layer that fits. Rows and columns differ: of the kernel, the image and the map."""
    places = np.sort(rng.choice([2, 3, 4], 2, replace=False)) + padding
    chosen = np.sort(rng.choice([2, 3, 4], 2, replace=False)) if not kernel else np.array(kernel)
    image = (places - 1) * stride + chosen - 2 * padding
    if image[0] == image[1]:
        places = places[::-1]
        image = (places - 1) * stride + chosen - 2 * padding
    if not kernel and rng.integers(2):
        image, chosen, places = image[::-1], chosen[::-1], places[::-1]
    settings = {"stride": stride} if stride > 1 else {}
    if padding:
        settings["padding"] = padding
    return Layer(
        title, family, numbers(rng, images, channels, *image),
        numbers(rng, filters, channels, *chosen), numbers(rng, images, filters, *places), settings,
    )


def _layers(rng: np.random.Generator) -> Iterator[Layer]:
    """The families that patches and gradients have in common."""
    for k in (1, 2):
        yield _layer(rng, f"gray image {k}, one filter", "one image, one channel, one filter",
                     images=1, channels=1, filters=1)
    for channels, filters in ((2, 5), (3, 2)):
        yield _layer(rng, f"{channels} channels, {filters} filters", "channels and filters",
                     images=1, channels=channels, filters=filters)
    yield _layer(rng, "a large batch", "batches", images=int(rng.integers(5, 8)), channels=2)
    yield _layer(rng, "as many images as filters", "batches", images=3, channels=2, filters=3)
    yield _layer(rng, "a column as kernel", "kernels of one row or column", kernel=(3, 1))
    yield _layer(rng, "a row as kernel", "kernels of one row or column", kernel=(1, 3))
    for stride in (2, 3):
        yield _layer(rng, f"stride {stride}", "stride 2 and 3", stride=stride)
    yield _layer(rng, "stride 4, wider than the kernel", "pixels that no window sees",
                 kernel=(2, 3), stride=4)
    for padding in (1, 2):
        yield _layer(rng, f"padding {padding}", "padding 1 and 2", padding=padding)
    for stride, padding in ((2, 1), (3, 2)):
        yield _layer(rng, f"stride {stride} and padding {padding}", "stride and padding together",
                     stride=stride, padding=padding)
    yield _layer(rng, "a kernel of one pixel", "a kernel of one pixel", kernel=(1, 1))
    one = _layer(rng, "", "")
    size = int(rng.integers(3, 6))
    yield Layer("one place only", "a kernel as large as the image",
                numbers(rng, 2, 3, size, size + 1), numbers(rng, 4, 3, size, size + 1),
                numbers(rng, 2, 4, 1, 1))
    x, weight, g = (part.astype(np.float32) for part in (one.x, one.weight, one.grad_output))
    yield Layer("float32", "float32 and other memory orders", x, weight, g)
    x, weight, g = (np.asfortranarray(part) for part in (one.x, one.weight, one.grad_output))
    yield Layer("stored column by column", "float32 and other memory orders", x, weight, g)


def image_probes(rng: np.random.Generator) -> Iterator[Case]:
    """Arguments of im2col."""
    for layer in _layers(rng):
        yield Case(layer.title, layer.x, layer.kernel_size, family=layer.family, **layer.settings)


def column_probes(rng: np.random.Generator) -> Iterator[Case]:
    """Arguments of col2im: columns that no image gave, so nothing can be undone."""
    for layer in _layers(rng):
        size = layer.x.shape[1] * int(np.prod(layer.kernel_size))
        n_places = int(np.prod(layer.grad_output.shape[2:]))
        columns = numbers(rng, len(layer.x), size, n_places).astype(layer.x.dtype)
        yield Case(layer.title, columns, layer.image_size, layer.kernel_size,
                   family=layer.family, **layer.settings)


def weight_probes(rng: np.random.Generator) -> Iterator[Case]:
    """Arguments of conv_weight_gradient."""
    for layer in _layers(rng):
        yield Case(layer.title, layer.grad_output, layer.x, layer.kernel_size,
                   family=layer.family, **layer.settings)


def input_probes(rng: np.random.Generator) -> Iterator[Case]:
    """Arguments of conv_input_gradient."""
    for layer in _layers(rng):
        yield Case(layer.title, layer.grad_output, layer.weight, layer.image_size,
                   family=layer.family, **layer.settings)


def bias_probes(rng: np.random.Generator) -> Iterator[Case]:
    """Arguments of conv_bias_gradient."""
    rows, cols, images, filters = (int(n) for n in rng.permutation([2, 3, 4, 5]))
    for title, family, shape in (
        ("one image, one filter", "one image, one filter", (1, 1, rows, cols)),
        ("one image, several filters", "several filters", (1, filters, rows, cols)),
        ("several images, one filter", "batches", (images, 1, rows, cols)),
        ("several images and filters", "batches", (images, filters, rows, cols)),
        ("a larger batch", "batches", (filters + 4, images, cols, rows)),
        ("as many filters as images, rows and columns", "equal sizes", (3, 3, 3, 3)),
        ("maps of one pixel", "maps of one pixel", (images, filters, 1, 1)),
        ("maps of one row", "maps of one row", (images, filters, 1, cols)),
    ):
        yield Case(title, numbers(rng, *shape), family=family)
    yield Case("filters that cancel out", np.array([[[[1.0, -1.0]], [[2.0, 0.5]]]]),
               family="sums of 0")
    yield Case("float32", numbers(rng, images, filters, rows, cols).astype(np.float32),
               family="float32")


def unpad_probes(rng: np.random.Generator) -> Iterator[Case]:
    """Arguments of unpad."""
    rows, cols = (int(n) for n in rng.choice([1, 2, 4, 5], 2, replace=False))
    for k, (images, channels) in enumerate(((1, 1), (2, 3), (5, 2))):
        yield Case(f"padding 0, {images} x {channels}",
                   numbers(rng, images, channels, rows + k, cols), 0, family="padding 0")
    for padding in (1, 2, 3):
        for images, channels in ((1, 1), (2, 4)):
            x = numbers(rng, images, channels, rows + 2 * padding, cols + 2 * padding)
            family = "padding 3" if padding == 3 else "padding 1 and 2"
            yield Case(f"padding {padding}, {images} x {channels}", x, padding, family=family)
    yield Case("one pixel is left", numbers(rng, 3, 2, 5, 5), 2, family="one pixel is left")
    yield Case("one row is left", numbers(rng, 2, 3, 3, 6), 1, family="one pixel is left")


def matrix_probes(rng: np.random.Generator) -> Iterator[Case]:
    """Arguments of conv_matrix: kernels that are not their own mirror image."""
    low, high = sorted(int(n) for n in rng.choice([5, 6, 7, 8], 2, replace=False))

    def case(title: str, family: str, kernel: tuple[int, int], image: tuple[int, int],
             stride: int = 1) -> Case:
        settings: dict[str, Any] = {"stride": stride} if stride > 1 else {}
        return Case(title, different(rng, *kernel), image, family=family, **settings)

    yield case("3 x 3 on a square image", "square kernels and images", (3, 3), (low, low))
    yield case("2 x 2 on a square image", "square kernels and images", (2, 2), (high, high))
    yield case("a wide image", "rectangular images", (2, 2), (low, high))
    yield case("a high image", "rectangular images", (3, 3), (high, low))
    yield case("a wide kernel", "rectangular kernels", (2, 4), (low, low))
    yield case("a high kernel", "rectangular kernels", (3, 2), (low, high))
    yield case("a single row", "kernels of one row or column", (1, 3), (low, high))
    yield case("a single column", "kernels of one row or column", (3, 1), (high, low))
    for stride in (2, 3):
        rows, cols = (int(n) for n in rng.choice([1, 2, 3], 2, replace=False))
        yield case(f"stride {stride}", "stride 2 and 3", (3, 2),
                   (3 + rows * stride, 2 + cols * stride), stride)
    yield case("one place only", "a kernel as large as the image", (3, 4), (3, 4))
    yield case("one number", "a kernel of one pixel", (1, 1), (2, int(rng.integers(3, 5))))
    holed = different(rng, 3, 3)
    holed[0, 0] = holed[1, 2] = 0.0
    yield Case("zeros inside the kernel", holed, (low, low + 1), family="zeros inside the kernel")


def graph_probes(rng: np.random.Generator) -> Iterator[Case]:
    """Arguments of conv1d_graph: x, t, w, f."""
    def case(title: str, family: str, n_in: int, size: int) -> Case:
        t = float(numbers(rng, 1)[0]) * 3
        return Case(title, numbers(rng, n_in), t, different(rng, size),
                    numbers(rng, n_in - size + 1), family=family)

    n = int(rng.integers(7, 10))
    for k in (1, 2):
        yield case(f"two weights, {n + k} inputs", "two weights", n + k, 2)
    for size in (3, 4):
        yield case(f"{size} weights", "longer kernels", n + size, size)
    yield case("one weight", "one weight", n, 1)
    yield case("one place only", "a kernel as long as the input", 4, 4)
    x, w, f = numbers(rng, 5), different(rng, 2), numbers(rng, 4)
    hit = float(f @ np.correlate(x, w, "valid"))
    yield Case("the target is hit", x, hit, w, f, family="no error")
    w, t = np.array([1, -3, 2]), int(rng.integers(2, 9))
    yield Case("x and w are whole numbers", rng.integers(1, 9, n), t, w, numbers(rng, n - 2),
               family="whole numbers")
    yield Case("w and f are whole numbers", numbers(rng, n), t, w + 1, rng.integers(1, 5, n - 2),
               family="whole numbers")
    # The error ends in .3 or .7, so no gradient is whole unless it is that of a multiple of ten.
    yield Case("all but the target are whole numbers", rng.integers(1, 4, n), t + 0.3, w,
               rng.integers(1, 4, n - 2), family="whole numbers")
