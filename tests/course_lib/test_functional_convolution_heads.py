"""Heads that do not mind larger images (SEEDS: C-42, C-44, W-n23)."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from course_lib import functional as F
from tests.course_lib.test_functional_convolution_matrix import normal, seeds

side = st.integers(1, 5)


@given(side, side, side, seeds)
def test_c_42_a_fully_connected_layer_is_a_convolution_as_large_as_the_image(
    channels, height, width, seed
) -> None:
    x, weight, bias = normal(
        seed, (2, channels, height, width), (4, channels * height * width), (4,)
    )
    filters = F.fc_to_conv(weight, (channels, height, width))
    y = F.conv2d(x, filters, bias)
    assert y.shape == (2, 4, 1, 1)
    np.testing.assert_allclose(y[:, :, 0, 0], F.linear(x.reshape(2, -1), weight, bias), atol=1e-12)


@given(side, side, seeds)
def test_on_a_larger_image_it_answers_at_every_place(down, right, seed) -> None:
    x, weight = normal(seed, (2, 3, 4 + down, 2 + right), (5, 24))
    y = F.conv2d(x, F.fc_to_conv(weight, (3, 4, 2)))
    assert y.shape == (2, 5, down + 1, right + 1)
    crop = x[:, :, down : down + 4, right : right + 2].reshape(2, -1)
    np.testing.assert_allclose(y[:, :, down, right], F.linear(crop, weight), atol=1e-12)


def test_w_n23_after_flattening_it_is_a_1_by_1_convolution() -> None:
    """A volume of 1 x 1 x 4 and 3 filters of 1 x 1 x 4."""
    x, weight = normal(1, (2, 4), (3, 4))
    filters = F.fc_to_conv(weight, (4, 1, 1))
    assert filters.shape == (3, 4, 1, 1)
    y = F.conv2d(x[:, :, np.newaxis, np.newaxis], filters)
    np.testing.assert_allclose(y[:, :, 0, 0], F.linear(x, weight), atol=1e-12)


@given(side, side, seeds)
def test_c_44_after_averaging_any_size_fits(height, width, seed) -> None:
    x, weight, bias = normal(seed, (2, 3, height, width), (4, 3), (4,))
    y = F.gap_head(x, weight, bias)
    assert y.shape == (2, 4)
    tiled = np.tile(x, (1, 1, 3, 2))                            # the same means
    np.testing.assert_allclose(F.gap_head(tiled, weight, bias), y, atol=1e-12)


@given(seeds)
def test_averaging_before_or_after_a_1_by_1_convolution_is_the_same(seed) -> None:
    """The class maps of Network in Network: each is a map of evidence for its class."""
    x, weight, bias = normal(seed, (2, 3, 4, 5), (4, 3), (4,))
    maps = F.conv2d(x, weight[:, :, np.newaxis, np.newaxis], bias)
    np.testing.assert_allclose(
        maps.mean(axis=(2, 3)), F.gap_head(x, weight, bias), atol=1e-12
    )


def test_every_pixel_of_a_map_gets_the_same_gradient() -> None:
    x, weight = normal(2, (2, 3, 4, 5), (4, 3))
    grad_x, _, _ = F.gap_head_backward(np.ones((2, 4)), x, weight)
    np.testing.assert_allclose(grad_x, np.broadcast_to(grad_x[:, :, :1, :1], x.shape))
    np.testing.assert_allclose(grad_x.sum(axis=(2, 3)), np.tile(weight.sum(axis=0), (2, 1)))


def test_b_3_parameters_of_two_heads_after_vgg_16() -> None:
    """Table B.3: 123,642,856 for 25088-4096-4096-1000, and 513,000 after averaging."""
    dense = sum((n_in + 1) * n_out for n_in, n_out in [(25088, 4096), (4096, 4096), (4096, 1000)])
    assert dense == 123_642_856
    weight, bias = np.zeros((1000, 512)), np.zeros(1000)
    assert F.gap_head(np.zeros((1, 512, 7, 7)), weight, bias).shape == (1, 1000)
    assert weight.size + bias.size == 513_000
