"""Moving images: shifts, turns, inverses, and values between the pixels."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from course_lib.arrays import Array
from course_lib.images import affine_points, interpolate, warp_affine

IDENTITY = np.eye(3)
RAMP = np.arange(20.0).reshape(4, 5)
both = pytest.mark.parametrize("mode", ["bilinear", "nearest"])
images2d = arrays(
    np.float64, st.tuples(st.integers(1, 5), st.integers(1, 6)), elements=st.floats(-5, 5)
)
points = arrays(np.float64, (3, 2), elements=st.floats(-7, 7))


def shift(right: float, down: float) -> Array:
    return np.array([[1, 0, right], [0, 1, down], [0, 0, 1]])


def turn(degrees: float, x: float, y: float) -> Array:
    """A turn about (x, y), from x towards y: clockwise on the screen."""
    cos, sin = np.cos(np.deg2rad(degrees)), np.sin(np.deg2rad(degrees))
    about_origin = np.array([[cos, -sin, 0], [sin, cos, 0], [0, 0, 1]])
    return np.asarray(shift(x, y) @ about_origin @ shift(-x, -y))


@both
@given(image=images2d)
def test_the_identity_changes_nothing(mode, image) -> None:
    np.testing.assert_array_equal(warp_affine(image, IDENTITY, mode), image)


@both
@given(image=images2d, right=st.integers(-7, 7), down=st.integers(-7, 7))
def test_a_shift_by_whole_pixels_moves_and_fills(mode, image, right, down) -> None:
    height, width = image.shape
    wide = np.pad(image, ((height + 7,) * 2, (width + 7,) * 2), constant_values=9.0)
    wanted = np.roll(wide, (down, right), axis=(0, 1))
    wanted = wanted[height + 7 : 2 * height + 7, width + 7 : 2 * width + 7]
    np.testing.assert_array_equal(warp_affine(image, shift(right, down), mode, 9.0), wanted)


def test_a_positive_shift_goes_right_and_down() -> None:
    moved = warp_affine(RAMP, shift(1, 2))
    np.testing.assert_array_equal(moved[2:, 1:], RAMP[:2, :4])
    assert not moved[:2].any() and not moved[:, 0].any()


def test_half_a_pixel_is_the_mean_of_two() -> None:
    moved = warp_affine(np.array([[2.0, 4, 8]]), shift(0.5, 0))
    np.testing.assert_array_equal(moved, [[1, 3, 6]])
    np.testing.assert_array_equal(
        warp_affine(np.array([[2.0, 4, 8]]), shift(-0.5, 0), fill=10), [[3, 6, 9]]
    )


def test_nearest_takes_the_right_one_of_two_that_are_as_near() -> None:
    """x' = 0, 1, 2 come from -0.5, 0.5, 1.5."""
    row = np.array([[2.0, 4, 8]])
    np.testing.assert_array_equal(warp_affine(row, shift(0.5, 0), "nearest"), [[2, 4, 8]])
    np.testing.assert_array_equal(warp_affine(row, shift(-0.5, 0), "nearest", -1), [[4, 8, -1]])


@both
@pytest.mark.parametrize(("degrees", "quarters"), [(90, -1), (180, 2), (270, 1)])
def test_quarter_turns_about_the_middle(mode, degrees, quarters) -> None:
    image = np.random.default_rng(3).random((2, 5, 5))
    turned = warp_affine(image, turn(degrees, 2, 2), mode)
    np.testing.assert_allclose(turned, np.rot90(image, quarters, axes=(1, 2)), atol=1e-12)


@both
def test_a_mirror_image(mode) -> None:
    mirror = np.array([[-1.0, 0, 4], [0, 1, 0], [0, 0, 1]])
    np.testing.assert_array_equal(warp_affine(RAMP, mirror, mode), RAMP[:, ::-1])


def test_twice_as_large() -> None:
    twice = np.diag([2.0, 2.0, 1.0])
    image = np.array([[1.0, 3, 0], [5, 7, 0], [0, 0, 0]])
    np.testing.assert_array_equal(
        warp_affine(image, twice), [[1, 2, 3], [3, 4, 5], [5, 6, 7]]
    )
    np.testing.assert_array_equal(
        warp_affine(image, twice, "nearest"), [[1, 3, 3], [5, 7, 7], [5, 7, 7]]
    )


@pytest.mark.parametrize("degrees", [10, 45, 77])
def test_there_and_back_again(degrees) -> None:
    """A smooth image comes back up to the blur of interpolating twice."""
    y, x = np.mgrid[:41, :41] - 20
    bell = np.exp(-(x**2 + 2 * y**2) / 60)
    there = turn(degrees, 20, 20) @ np.diag([1.2, 0.9, 1])
    back = warp_affine(warp_affine(bell, there), np.linalg.inv(there))
    assert np.abs(warp_affine(bell, there) - bell).max() > 0.1
    np.testing.assert_allclose(back[10:31, 10:31], bell[10:31, 10:31], atol=0.03)


@given(st.floats(-2, 2), st.floats(-2, 2), st.floats(-5, 5), points)
def test_a_slanted_plane_is_interpolated_exactly(across, down, level, at) -> None:
    y, x = np.mgrid[:9, :9].astype(float)
    plane = across * x + down * y + level
    inside = 4 + at / 2
    np.testing.assert_allclose(
        interpolate(plane, inside[:, 0], inside[:, 1]),
        across * inside[:, 0] + down * inside[:, 1] + level, atol=1e-12,
    )


@given(images2d, points, st.floats(-2, 2))
def test_bilinear_values_are_linear_in_the_image_and_its_surroundings(image, at, fill) -> None:
    x, y = at.T
    plain = interpolate(image, x, y)
    around = interpolate(np.zeros_like(image), x, y, fill=fill)
    np.testing.assert_allclose(
        interpolate(3 * image, x, y, fill=fill), 3 * plain + around, atol=1e-12
    )


@both
@given(image=images2d, at=points, fill=st.floats(-5, 5))
def test_no_value_leaves_the_range_of_image_and_fill(mode, image, at, fill) -> None:
    values = interpolate(image, at[:, 0], at[:, 1], mode, fill)
    assert values.max() <= max(image.max(), fill) + 1e-12
    assert values.min() >= min(image.min(), fill) - 1e-12


@both
def test_far_away_is_the_fill(mode) -> None:
    x, y = np.array([-1e300, 1e18, 2.0, -1.0]), np.array([0.0, 0.0, -1e9, 1.0])
    np.testing.assert_array_equal(interpolate(RAMP, x, y, mode, 0.5), [0.5] * 4)


def test_points_may_have_any_shape() -> None:
    x, y = np.full((2, 3, 4), 1.0), np.full((2, 3, 4), 2.0)
    np.testing.assert_array_equal(interpolate(RAMP, x, y), np.full((2, 3, 4), 11.0))
    np.testing.assert_array_equal(interpolate(RAMP, np.float64(1), np.float64(2)), 11)
    assert interpolate(np.stack([RAMP, RAMP]), x, y).shape == (2, 2, 3, 4)


def test_points_move_with_the_image() -> None:
    """One bright pixel lies afterwards where affine_points says."""
    image = np.zeros((6, 8))
    image[2, 1] = 1
    matrix = np.array([[0.0, 2, 1], [1, 0, 2], [0, 0, 1]])
    assert affine_points(np.array([1.0, 2.0]), matrix).tolist() == [5, 3]
    assert warp_affine(image, matrix)[3, 5] == 1


@given(points, points)
def test_points_compose_as_the_matrices_do(at, numbers) -> None:
    first, second = (np.vstack([m, [0, 0, 1]]) for m in (numbers.T, numbers[::-1].T + 1))
    np.testing.assert_allclose(
        affine_points(affine_points(at, first), second), affine_points(at, second @ first),
        rtol=1e-9, atol=1e-9,
    )


def test_the_matrix_may_hold_whole_numbers() -> None:
    whole = [[1, 0, 1], [0, 1, 0], [0, 0, 1]]
    np.testing.assert_array_equal(warp_affine(RAMP, whole), warp_affine(RAMP, shift(1, 0)))
    assert warp_affine(RAMP.astype(np.float32), whole).dtype == np.float32
