"""The deformable convolution by laws: what it must be where another function says so."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from course_lib import functional as F
from course_lib.arrays import Array
from course_lib.gradcheck import check_gradient
from tests.course_lib.test_functional_convolution_matrix import convolutions, normal, seeds


def offsets(weight: Array, y: Array, down: Array | float, right: Array | float) -> Array:
    """The same two offsets for every pixel of every patch."""
    offset = np.zeros((len(y), 2 * weight.shape[2] * weight.shape[3], *y.shape[2:]))
    offset[:, ::2] = down
    offset[:, 1::2] = right
    return offset


@given(convolutions(), seeds)
def test_offsets_of_zero_give_conv2d(setting, seed) -> None:
    x, weight = normal(seed, setting.x, setting.weight)
    (bias,) = normal(seed + 1, weight.shape[:1])
    y = F.conv2d(x, weight, bias, **setting.settings)
    deformed = F.deform_conv2d(x, offsets(weight, y, 0, 0), weight, bias, **setting.settings)
    np.testing.assert_allclose(deformed, y, atol=1e-12)


@given(convolutions(), seeds)
def test_offsets_of_zero_give_the_gradients_of_conv2d(setting, seed) -> None:
    x, weight = normal(seed, setting.x, setting.weight)
    y = F.conv2d(x, weight, **setting.settings)
    (g,) = normal(seed + 1, y.shape)
    grads = F.deform_conv2d_backward(g, x, offsets(weight, y, 0, 0), weight, **setting.settings)
    wanted = F.conv2d_backward(g, x, weight, **setting.settings)
    for k, grad in zip((0, 2, 3), wanted, strict=True):
        np.testing.assert_allclose(grads[k], grad, atol=1e-12)


@given(st.integers(-3, 3), st.integers(-3, 3), seeds)
def test_whole_offsets_shift_the_image(down, right, seed) -> None:
    """... into which zeros come from beyond its border."""
    x, weight = normal(seed, (2, 3, 6, 5), (4, 3, 3, 2))
    y = F.conv2d(x, weight)
    far = np.pad(x, ((0, 0), (0, 0), (3, 3), (3, 3)))
    shifted = far[:, :, 3 + down : 9 + down, 3 + right : 8 + right]
    np.testing.assert_allclose(
        F.deform_conv2d(x, offsets(weight, y, down, right), weight),
        F.conv2d(shifted, weight),
        atol=1e-12,
    )


@given(st.floats(0, 1), st.floats(0, 1), seeds)
def test_fractions_mix_the_four_shifts_around_them(down, right, seed) -> None:
    x, weight = normal(seed, (1, 2, 5, 6), (3, 2, 2, 3))
    y = F.conv2d(x, weight)

    def at(rows: float, columns: float) -> Array:
        return F.deform_conv2d(x, offsets(weight, y, rows, columns), weight)

    mixed = (
        (1 - down) * (1 - right) * at(0, 0)
        + (1 - down) * right * at(0, 1)
        + down * (1 - right) * at(1, 0)
        + down * right * at(1, 1)
    )
    np.testing.assert_allclose(at(down, right), mixed, atol=1e-12)


def test_each_pixel_of_each_patch_has_its_own_offset() -> None:
    """Channel 2 (i F_w + j) is the way down of pixel (i, j), the next one its way to the right."""
    x = np.arange(20.0).reshape(1, 1, 4, 5)
    weight = np.array([[[[1.0, 100]]]])
    offset = np.zeros((1, 4, 4, 4))
    assert F.deform_conv2d(x, offset, weight)[0, 0, 1, 2] == 7 + 100 * 8
    offset[0, 2, 1, 2] = 2                                     # pixel (0, 1): two rows down
    assert F.deform_conv2d(x, offset, weight)[0, 0, 1, 2] == 7 + 100 * 18
    offset[0, 1, 1, 2] = -0.5                                  # pixel (0, 0): half a pixel left
    assert F.deform_conv2d(x, offset, weight)[0, 0, 1, 2] == 6.5 + 100 * 18
    np.testing.assert_array_equal(                             # the other places stay
        F.deform_conv2d(x, offset, weight)[0, 0, 0], F.conv2d(x, weight)[0, 0, 0]
    )


def test_dilation_is_a_deformation() -> None:
    """Offsets that spread the 3 x 3 pixels by one more each way: the filter of W-n21 at D = 2."""
    x, weight = normal(5, (2, 3, 7, 8), (4, 3, 3, 3))
    y = F.conv2d(x, weight, padding=1)
    offset = np.zeros((2, 3, 3, 2, *y.shape[2:]))
    offset[:, :, :, 0] = np.array([-1, 0, 1]).reshape(1, 3, 1, 1, 1)
    offset[:, :, :, 1] = np.array([-1, 0, 1]).reshape(1, 1, 3, 1, 1)
    np.testing.assert_allclose(
        F.deform_conv2d(x, offset.reshape(2, 18, *y.shape[2:]), weight, padding=1),
        F.conv2d(x, weight, padding=2, dilation=2),
        atol=1e-12,
    )


@pytest.mark.parametrize("far", [1e3, -1e3, 1e300, -1e300])
def test_far_away_the_image_is_0_and_flat(far) -> None:
    x, weight = normal(6, (1, 2, 4, 5), (3, 2, 2, 2))
    offset = offsets(weight, F.conv2d(x, weight), far, -far)
    y = F.deform_conv2d(x, offset, weight, np.array([1.0, 2, 3]))
    np.testing.assert_array_equal(y, np.broadcast_to([[[1]], [[2]], [[3]]], y.shape))
    grad_x, grad_offset, grad_weight, _ = F.deform_conv2d_backward(
        np.ones_like(y), x, offset, weight
    )
    assert not grad_x.any()
    assert not grad_offset.any()
    assert not grad_weight.any()


def test_gradients_where_points_leave_the_image() -> None:
    """Half of the points lie outside, or between the last pixels and the zeros beyond."""
    rng = np.random.default_rng(7)
    x, weight, bias = rng.standard_normal((2, 3, 4, 5)), rng.standard_normal((2, 3, 3, 2)), None
    offset = rng.uniform(-4, 4, (2, 12, 4, 6))
    check = check_gradient(
        lambda x, offset, weight: F.deform_conv2d(x, offset, weight, bias, padding=1),
        lambda g, *args: F.deform_conv2d_backward(g, *args, padding=1)[:3],
        (x, offset, weight),
        rng=rng,
    )
    assert check.ok, str(check)


def test_on_a_grid_line_the_slope_is_the_one_downwards_and_to_the_right() -> None:
    x = np.array([[[[0.0, 1, 10], [100, 0, 0]]]])
    g = np.zeros((1, 1, 2, 3))
    g[0, 0, 0, 1] = 1
    _, grad_offset, _, _ = F.deform_conv2d_backward(
        g, x, np.zeros((1, 2, 2, 3)), np.ones((1, 1, 1, 1))
    )
    np.testing.assert_array_equal(grad_offset[0, :, 0, 1], [0 - 1, 10 - 1])


def test_each_image_has_its_own_offsets() -> None:
    x, weight, offset = normal(8, (3, 2, 5, 4), (4, 2, 2, 3), (3, 12, 4, 2))
    singles = [F.deform_conv2d(x[n : n + 1], offset[n : n + 1], weight) for n in range(3)]
    np.testing.assert_allclose(
        F.deform_conv2d(x, offset, weight), np.concatenate(singles), atol=1e-12
    )


@pytest.mark.parametrize("wide", range(3))
def test_a_wider_argument_widens_the_answer(wide) -> None:
    args = [a.astype(np.float32) for a in normal(9, (1, 2, 5, 4), (1, 12, 4, 2), (4, 2, 2, 3))]
    args[wide] = args[wide].astype(np.float64)
    y = F.deform_conv2d(*args)
    assert y.dtype == np.float64
    grad_x, grad_offset, _, _ = F.deform_conv2d_backward(y, *args)
    assert grad_x.dtype == grad_offset.dtype == np.float64
