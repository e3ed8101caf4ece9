"""The transposed convolution is the adjoint of conv2d, and lays filters down."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from course_lib import functional as F
from course_lib.shapes import dilated_size, transposed_output_size
from tests.course_lib.test_functional_convolution_matrix import convolutions, normal, seeds


def rests(setting) -> tuple[int, ...]:
    """The pixels at the end of the image that no window reaches: PyTorch's output_padding."""
    kernel, s = setting.weight[2:], setting.settings
    return tuple(
        (n + 2 * p - dilated_size(f, d)) % stride
        for n, f, stride, p, d in zip(
            setting.x[2:], kernel, s["stride"], s["padding"], s["dilation"], strict=True
        )
    )


@given(convolutions(), seeds)
def test_it_is_the_adjoint_of_conv2d(setting, seed) -> None:
    """<conv2d(x, w), g> = <x, conv_transpose2d(g, w)>, whatever the settings."""
    x, weight = normal(seed, setting.x, setting.weight)
    y = F.conv2d(x, weight, **setting.settings)
    (g,) = normal(seed + 1, y.shape)
    settings = {key: setting.settings[key] for key in ("stride", "padding", "dilation")}
    back = F.conv_transpose2d(g, weight, output_padding=rests(setting), **settings)
    assert back.shape == x.shape
    np.testing.assert_allclose((y * g).sum(), (x * back).sum(), rtol=1e-9, atol=1e-9)
    grad_x, _, _ = F.conv2d_backward(g, x, weight, **setting.settings)
    np.testing.assert_allclose(back, grad_x, atol=1e-12)


@given(st.integers(1, 3), st.integers(1, 4), seeds)
def test_c_61_it_is_the_full_convolution_with_the_filter(filter_size, image, seed) -> None:
    """T-n19: multiplying by the transposed matrix correlates with the rotated filter, in full."""
    g, weight = normal(seed, (2, 1, image, image + 1), (1, 1, filter_size, filter_size))
    matrix = F.convolution_matrix(weight, (image + filter_size - 1, image + filter_size))
    y = F.conv_transpose2d(g, weight)
    np.testing.assert_allclose(g.reshape(2, -1) @ matrix, y.reshape(2, -1), atol=1e-12)
    full = F.conv2d(g, weight[:, :, ::-1, ::-1], padding=filter_size - 1)
    np.testing.assert_allclose(y, full, atol=1e-12)


def test_each_pixel_lays_down_the_filter_and_overlaps_add_up() -> None:
    x = np.array([[[[1.0, 10]]]])
    weight = np.array([[[[1.0, 2, 3]]]])
    np.testing.assert_array_equal(F.conv_transpose2d(x, weight).ravel(), [1, 12, 23, 30])
    np.testing.assert_array_equal(
        F.conv_transpose2d(x, weight, stride=(1, 2)).ravel(), [1, 2, 13, 20, 30]
    )
    np.testing.assert_array_equal(
        F.conv_transpose2d(x, weight, stride=(1, 4)).ravel(), [1, 2, 3, 0, 10, 20, 30]
    )
    np.testing.assert_array_equal(
        F.conv_transpose2d(x, weight, padding=(0, 1)).ravel(), [12, 23]
    )
    np.testing.assert_array_equal(
        F.conv_transpose2d(x, weight, dilation=(1, 2)).ravel(), [1, 10, 2, 20, 3, 30]
    )


def test_output_padding_adds_pixels_at_the_end_that_see_the_bias_only() -> None:
    x, weight = np.ones((1, 1, 2, 2)), np.ones((1, 1, 1, 1))
    y = F.conv_transpose2d(x, weight, np.array([7.0]), stride=3, output_padding=(1, 2))
    assert y.shape == (1, 1, 5, 6)
    np.testing.assert_array_equal(y[0, 0, 0], [8, 7, 7, 8, 7, 7])
    np.testing.assert_array_equal(y[0, 0, 4], [7] * 6)


def test_it_does_not_undo_conv2d() -> None:
    """Only the shape returns; for the numbers one would need the inverse."""
    x, weight = normal(3, (1, 1, 5, 6), (1, 1, 3, 3))
    back = F.conv_transpose2d(F.conv2d(x, weight), weight)
    assert back.shape == x.shape
    assert not np.allclose(back, x)


@pytest.mark.parametrize(("stride", "extra"), [(2, 0), (2, 1), (3, 2)])
def test_one_size_for_every_output_padding(stride, extra) -> None:
    y = F.conv_transpose2d(
        np.ones((1, 1, 4, 5)), np.ones((1, 1, 3, 3)), None, stride, 1, extra
    )
    wanted = [transposed_output_size(n, 3, stride, 1, output_padding=extra) for n in (4, 5)]
    assert list(y.shape[2:]) == wanted


def test_doubling_with_a_constant_filter_repeats_every_pixel() -> None:
    (x,) = normal(4, (2, 1, 3, 4))
    y = F.conv_transpose2d(x, np.ones((1, 1, 2, 2)), stride=2)
    np.testing.assert_array_equal(y, x.repeat(2, axis=2).repeat(2, axis=3))
