"""The decks' worked numbers and claims on layers and networks, each with its id in table B."""

from __future__ import annotations

import ast

import numpy as np
import pytest

from course_lib import functional as F
from course_lib.layers import Flatten, Linear, ReLU, Residual, Sequential
from course_lib.shapes import count_params, output_size
from tests.course_lib.published import CHEAP, conv, digits, lenet, linear

INPUTS = [
    ("R-n06", (1, 28, 28), 784),
    ("I-n01", (3, 32, 32), 3_072),
    ("I-n02", (3, 128, 128), 49_152),
]


@pytest.mark.parametrize(("row", "image", "n_inputs"), INPUTS, ids=[row[0] for row in INPUTS])
def test_an_image_as_a_row_of_inputs(row, image, n_inputs) -> None:
    batch = np.zeros((2, *image), dtype=np.float32)
    assert Flatten().forward(batch).shape == (2, n_inputs)
    assert Sequential(Flatten(), Linear(n_inputs, 3, **CHEAP)).forward(batch).shape == (2, 3)


def test_r_n20_filters_of_ones_own_at_every_place() -> None:
    """28 x 28 is what LeNet-5 makes of 32 x 32. An image of 28 x 28 itself gives 24 x 24."""
    filters = count_params(conv(1, 6, 5))
    assert filters == 156
    assert filters * output_size(32, 5) ** 2 == 122_304
    assert filters * output_size(28, 5) ** 2 == 89_856
    assert 122_304 / filters == 28 * 28 == 784


def test_b_n11_five_layers_with_weights() -> None:
    """R-n07: and what each of them learns, with 84 units and with the 100 of the slide."""
    counts = [count_params(part) for part in lenet(84).layers if count_params(part)]
    assert counts == [156, 2_416, 48_120, 10_164, 850]
    counts = [count_params(part) for part in lenet(100).layers if count_params(part)]
    assert counts == [156, 2_416, 48_120, 12_100, 1_010]


def test_r_n32_output_neurons_have_a_bias_too() -> None:
    """The slide gives one to hidden neurons; its count, 10 * 100 + 10, and its formula say more."""
    output = digits(784).layers[-1]
    assert count_params(output) - count_params(output, bias=False) == 10


def test_r_n23_one_formula_for_every_convolution() -> None:
    """(W - F + 2P) / S + 1, and F * F * D * K weights plus K biases: RWTH, TUM and Bonn agree."""
    fits = [
        (n, f, s, p) for n in (5, 8, 11, 32) for f in (1, 2, 3, 5) for s in (1, 2, 3)
        for p in (0, 1, 2) if (n - f + 2 * p) % s == 0
    ]
    assert len(fits) >= 80
    for n, f, s, p in fits:
        rwth = (n - f + 2 * p) // s + 1
        y = F.conv2d(np.zeros((1, 2, n, n)), np.zeros((3, 2, f, f)), None, s, p)
        assert y.shape == (1, 3, rwth, rwth)
        assert output_size(n, f, s, p) == rwth
        if p == 0:
            assert rwth == (n - f) // s + 1     # TUM 002:603
        if s == 1:
            assert rwth == n - f + 1 + 2 * p    # Bonn 004:303
    assert count_params(conv(4, 6, 5)) == 5 * 5 * 4 * 6 + 6


def test_w_n16_what_is_learned_is_the_difference_to_x() -> None:
    """y = x + R(x), so R(x) = y - x. The deck writes F for y and H for R, He et al. H and F."""
    rng = np.random.default_rng(16)
    body = Linear(5, 5, rng=rng)
    x = rng.standard_normal((3, 5))
    y = Residual(body).forward(x)
    np.testing.assert_allclose(y - x, body.forward(x))
    assert not np.allclose(y + x, body.forward(x))


def test_w_n17_where_the_missing_bracket_belongs() -> None:
    """x' = h(g(x) + H(x)): the sum goes through h, not g(x) alone. Printed without the last )."""
    rng = np.random.default_rng(17)
    g, residual = Linear(4, 6, rng=rng), Linear(4, 6, rng=rng)
    x = rng.standard_normal((3, 4))
    y = Residual(residual, shortcut=g, activation=ReLU()).forward(x)
    np.testing.assert_allclose(y, F.relu(g.forward(x) + residual.forward(x)))
    assert not np.allclose(y, F.relu(g.forward(x)) + residual.forward(x))


def test_w_n26_linear_layers_alone_stay_linear() -> None:
    """So a dense layer represents linear relations only; an activation between two changes that."""
    rng = np.random.default_rng(26)
    first, second = Linear(3, 7, rng=rng), Linear(7, 2, rng=rng)
    x, z = rng.standard_normal((2, 1, 3))

    def bend(network: Sequential) -> float:
        """0 for affine maps: the value in the middle of x and z is the mean of both values."""
        middle, ends = network.forward((x + z) / 2), network.forward(x) + network.forward(z)
        return float(np.abs(middle - ends / 2).max())

    assert bend(Sequential(first, second)) < 1e-14
    assert bend(Sequential(first, ReLU(), second)) > 1e-3


def test_i_n08_the_printed_layer_lacks_a_comma() -> None:
    printed = 'layers.Conv2D(filters=16, kernel_size=(5, 5), strides=(1,1) activation="relu")'
    with pytest.raises(SyntaxError):
        ast.parse(printed)
    ast.parse(printed.replace("(1,1) ", "(1,1), "))


def test_i_n14_a_convolution_in_place_of_a_dense_layer() -> None:
    assert count_params(conv(3, 16, 5)) == 1_216
    dense = sum((n_in + 1) * n_out for n_in, n_out in ((49_152, 4_096), (4_096, 10)))
    assert dense == 201_371_658
    assert dense // 1_216 == 165_601


def test_b_n07_one_window_pooled_in_three_ways() -> None:
    """The deck shows the results in its drawing only."""
    window = np.array([[10.0, 23], [8, 35]])[np.newaxis, np.newaxis]
    assert F.max_pool2d(window, 2).item() == 35
    assert F.avg_pool2d(window, 2).item() == 19
    assert F.lp_pool2d(window, 2).item() == pytest.approx(43.795, abs=5e-4)


# B.3: n_in, F, S, P, the exact quotient plus 1, rounding and the published size.
ROUNDED = [
    ("B.3 AlexNet one tower", 224, 11, 4, 2, 55.25, "floor", 55),
    ("B.3 ResNet pool", 112, 3, 2, 1, 56.5, "floor", 56),
    ("B.3 ResNet projection", 56, 1, 2, 0, 28.5, "floor", 28),
]


@pytest.mark.parametrize(
    ("row", "n", "f", "s", "p", "exact", "rounding", "size"), ROUNDED, ids=[r[0] for r in ROUNDED]
)
def test_published_networks_round(row, n, f, s, p, exact, rounding, size) -> None:
    assert (n - f + 2 * p) / s + 1 == exact
    with pytest.raises(ValueError, match="not whole"):
        output_size(n, f, s, p)
    assert output_size(n, f, s, p, rounding=rounding) == size


def test_b_3_numbers_for_exercises() -> None:
    """B.3 pyramid, B.3 separable, B.3 VGG head, B.3 SELU, B.3 GAP head."""
    assert 256 * sum(n * n for n in (1, 2, 4)) == 5_376
    for size in ((13, 13), (9, 17)):
        x = np.zeros((1, 256, *size), dtype=np.float32)
        assert F.spatial_pyramid_pool2d(x, (1, 2, 4)).shape == (1, 5_376)
    assert count_params(Sequential(conv(1, 1, (3, 1)), conv(1, 1, (1, 3))), bias=False) == 6
    vgg_head = ((25_088, 4_096), (4_096, 4_096), (4_096, 1000))
    head = sum((n_in + 1) * n_out for n_in, n_out in vgg_head)
    assert head == 123_642_856
    assert count_params(linear(512, 1000)) == 513_000
    assert F.selu(np.array(1.0)) == pytest.approx(1.0507009873554805, rel=1e-15)
    assert F.selu(np.array(-1e3)) == pytest.approx(-1.0507009873554805 * 1.6732632423543772)
