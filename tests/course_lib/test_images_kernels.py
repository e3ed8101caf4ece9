"""The named kernels, their factors, and the Gabor bank."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from course_lib.arrays import Array
from course_lib.images import convolve1d, correlate, gabor_bank, kernel, pad2d, separate_kernel

NAMES = ["box", "edge", "gaussian", "laplacian", "sharpen", "sobel_x", "sobel_y"]
IDENTITY = np.array([[0.0, 0, 0], [0, 1, 0], [0, 0, 0]])
BANK = {"size": 15, "thetas": np.arange(4) * np.pi / 4, "wavelength": 6.0, "sigma": 3.0}

# 002:345-367 and 003:173-179, as printed.
PRINTED = {
    "edge": [[-1, -1, -1], [-1, 8, -1], [-1, -1, -1]],
    "sharpen": [[0, -1, 0], [-1, 5, -1], [0, -1, 0]],
    "sobel_x": [[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]],
    "sobel_y": [[-1, -2, -1], [0, 0, 0], [1, 2, 1]],
    "laplacian": [[0, 1, 0], [1, -4, 1], [0, 1, 0]],
}


@pytest.mark.parametrize("name", PRINTED)
def test_kernels_are_those_of_the_decks(name) -> None:
    np.testing.assert_array_equal(kernel(name), PRINTED[name])


def test_t_n17_box_and_gaussian() -> None:
    np.testing.assert_allclose(9 * kernel("box"), np.ones((3, 3)))
    np.testing.assert_array_equal(16 * kernel("gaussian"), [[1, 2, 1], [2, 4, 2], [1, 2, 1]])


def test_t_n17_sums() -> None:
    sums = {name: round(float(kernel(name).sum()), 12) for name in NAMES}
    assert sums == {
        "box": 1, "edge": 0, "gaussian": 1, "laplacian": 0, "sharpen": 1, "sobel_x": 0, "sobel_y": 0
    }


def test_t_n17_sharpen_is_the_image_minus_its_laplacian() -> None:
    np.testing.assert_array_equal(kernel("sharpen"), IDENTITY - kernel("laplacian"))


def test_edge_is_nine_times_the_image_minus_the_sum_around() -> None:
    np.testing.assert_allclose(kernel("edge"), 9 * IDENTITY - 9 * kernel("box"), atol=1e-15)


def test_i_n07_the_sobel_kernels_are_each_others_transposes() -> None:
    np.testing.assert_array_equal(kernel("sobel_y"), kernel("sobel_x").T)


@pytest.mark.parametrize("name", NAMES)
@given(value=st.floats(-10, 10))
def test_a_flat_image_keeps_its_brightness_or_vanishes(name, value) -> None:
    y = correlate(np.full((4, 5), value), kernel(name))
    np.testing.assert_allclose(y, value * round(kernel(name).sum()), atol=1e-13)


@pytest.mark.parametrize("name", NAMES)
def test_every_call_makes_a_new_array(name) -> None:
    first = kernel(name)
    first[:] = 7
    assert not np.array_equal(kernel(name), first)
    assert first.dtype == np.float64


@pytest.mark.parametrize("size", [1, 2, 3, 4, 5, 9])
def test_box_and_gaussian_of_any_size(size) -> None:
    for name in ("box", "gaussian"):
        k = kernel(name, size)
        assert k.shape == (size, size)
        assert k.sum() == pytest.approx(1)
        np.testing.assert_allclose(k, k[::-1, ::-1].T, rtol=1e-12)
    np.testing.assert_allclose(kernel("gaussian", 5)[2] * 256, [6, 24, 36, 24, 6])


@pytest.mark.parametrize("name", ["box", "gaussian", "sobel_x", "sobel_y"])
def test_i_n07_kernels_of_rank_1_are_separated(name) -> None:
    image = np.random.default_rng(1).random((7, 9))
    column, row = separate_kernel(kernel(name))
    np.testing.assert_allclose(np.outer(column, row), kernel(name), atol=1e-14)
    in_two_steps = correlate(correlate(image, column[:, np.newaxis]), row)
    np.testing.assert_allclose(in_two_steps, correlate(image, kernel(name)), atol=1e-13)


def test_i_n07_the_factors_of_the_sobel_kernel() -> None:
    column, row = separate_kernel(kernel("sobel_x"))
    np.testing.assert_allclose(column / column[0], [1, 2, 1])
    np.testing.assert_allclose(row / row[2], [-1, 0, 1], atol=1e-14)


@given(arrays(np.float64, 4, elements=st.floats(-5, 5)),
       arrays(np.float64, 3, elements=st.floats(-5, 5)),
       st.sampled_from([np.float32, np.float64]))
def test_every_outer_product_is_separated(a, b, dtype) -> None:
    product = np.outer(a, b).astype(dtype)
    column, row = separate_kernel(product)
    assert (column.shape, row.shape) == ((4,), (3,))
    assert column.dtype == row.dtype == dtype
    np.testing.assert_allclose(np.outer(column, row), product, rtol=1e-4, atol=1e-5)
    np.testing.assert_allclose(np.linalg.norm(column), np.linalg.norm(row), rtol=1e-5)
    assert column.sum() + row.sum() >= 0


@given(arrays(np.float64, (3, 5), elements=st.integers(-5, 5).map(float)))
def test_other_kernels_are_refused_with_their_rank(k) -> None:
    rank = np.linalg.matrix_rank(k)
    if rank > 1:
        with pytest.raises(ValueError, match=f"got rank {rank} "):
            separate_kernel(k)
    else:
        np.testing.assert_allclose(np.outer(*separate_kernel(k)), k, atol=1e-12)


def test_a_kernel_of_whole_numbers_is_separated_in_floats() -> None:
    column, row = separate_kernel([[2, 4], [1, 2]])
    np.testing.assert_allclose(np.outer(column, row), [[2, 4], [1, 2]])


def stripes(theta: float, size: int = 15, wavelength: float = 6.0) -> Array:
    """Stripes that change along theta, brightest through the middle."""
    y, x = np.mgrid[:size, :size] - size // 2
    u = x * np.cos(theta) + y * np.sin(theta)
    return np.asarray(0.5 + 0.5 * np.cos(2 * np.pi * u / wavelength))


def test_the_shape_of_a_bank() -> None:
    bank = gabor_bank(**BANK)
    assert bank.shape == (4, 15, 15)
    assert bank.dtype == np.float64


@given(st.sampled_from([3, 7, 11]), st.floats(2, 12), st.floats(0.5, 6), st.floats(-4, 4),
       st.floats(-4, 4), st.floats(0.3, 2))
def test_every_filter_has_sum_0(size, wavelength, sigma, theta, phase, aspect) -> None:
    bank = gabor_bank(size, [theta], wavelength, sigma, phase=phase, aspect=aspect)
    np.testing.assert_allclose(bank.sum(axis=(1, 2)), 0, atol=1e-12)


def test_without_the_removal_an_even_filter_answers_to_brightness() -> None:
    y, x = np.mgrid[-3:4, -3:4]
    raw = np.exp(-(x**2 + y**2) / (2 * 2.0**2)) * np.cos(2 * np.pi * x / 8)
    assert raw.sum() > 1
    bell = np.exp(-(x**2 + y**2) / (2 * 2.0**2))
    filtered = gabor_bank(7, [0], 8, 2)[0]
    np.testing.assert_allclose(filtered, raw - raw.sum() / bell.sum() * bell, atol=1e-14)


@pytest.mark.parametrize("index", range(4))
def test_each_filter_answers_most_to_its_own_stripes(index) -> None:
    bank = gabor_bank(**BANK)
    answers = [(one * stripes(BANK["thetas"][index])).sum() for one in bank]
    assert int(np.argmax(answers)) == index
    assert sorted(answers)[-2] < 0.2 * max(answers)


def test_theta_0_is_made_for_vertical_stripes() -> None:
    middle = gabor_bank(9, [0], 4, 2)[0]
    np.testing.assert_allclose(middle, middle[::-1], atol=1e-14)
    assert middle[4, 4] > 0 > middle[4, 2]
    assert middle[2, 4] > 0


def test_phase_makes_even_and_odd_filters() -> None:
    even, odd = (gabor_bank(9, [0.7], 5, 2, phase=phase)[0] for phase in (0, np.pi / 2))
    np.testing.assert_allclose(even, even[::-1, ::-1], atol=1e-14)
    np.testing.assert_allclose(odd, -odd[::-1, ::-1], atol=1e-14)


def test_half_a_turn_gives_the_same_even_filter_and_a_quarter_the_rotated_one() -> None:
    first, quarter, half = gabor_bank(9, [0.4, 0.4 + np.pi / 2, 0.4 + np.pi], 5, 2, aspect=0.5)
    np.testing.assert_allclose(first, half, atol=1e-14)
    np.testing.assert_allclose(np.rot90(first, -1), quarter, atol=1e-14)


def test_a_small_aspect_makes_long_stripes() -> None:
    round_one, long = (gabor_bank(15, [0], 5, 2, aspect=aspect)[0] for aspect in (1, 0.4))
    assert abs(long[0, 7]) > abs(round_one[0, 7])


def test_an_edge_is_found_where_it_is() -> None:
    image = np.zeros((9, 11))
    image[:, 6:] = 1
    odd = gabor_bank(5, [0], 5, 1.5, phase=np.pi / 2)[0]
    answers = np.abs(correlate(pad2d(image, 2, "clamp"), odd))
    assert set(answers.argmax(axis=1)) <= {5, 6}
    np.testing.assert_allclose(answers[:, :3], 0, atol=1e-12)


def test_a_row_of_binomials_comes_from_boxes_of_two() -> None:
    two = np.array([0.5, 0.5])
    row = convolve1d(convolve1d(two, two, "full"), two, "full")
    np.testing.assert_allclose(kernel("gaussian", 4), np.outer(row, row))
