"""Median and bilateral filter: what they keep and what they remove."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from course_lib.images import bilateral_filter, correlate, kernel, median_filter, pad2d

images2d = arrays(
    np.float64, st.tuples(st.integers(1, 6), st.integers(1, 7)),
    elements=st.floats(0, 1).map(lambda x: round(x, 6)),
)
bytes_ = arrays(np.uint8, st.tuples(st.integers(1, 6), st.integers(1, 7)))
STEP = np.tile([0.0, 0, 0, 1, 1, 1], (5, 1))


def test_one_wrong_pixel_disappears_under_a_median_and_is_smeared_by_a_box() -> None:
    image = np.full((5, 6), 0.5)
    image[2, 3] = 1.0
    np.testing.assert_array_equal(median_filter(image), np.full((5, 6), 0.5))
    assert (correlate(image, kernel("box"), "same")[1:4, 2:5] > 0.5).all()


@pytest.mark.parametrize("size", [1, 3, 5])
def test_an_edge_stays_where_it_is_and_as_sharp(size) -> None:
    np.testing.assert_array_equal(median_filter(STEP, size), STEP)


@given(st.one_of(images2d, bytes_), st.sampled_from([1, 3, 5]))
def test_the_definition_of_the_median(image, size) -> None:
    padded = pad2d(image, size // 2, "mirror")
    y = median_filter(image, size)
    for (row, column), value in np.ndenumerate(y):
        window = np.sort(padded[row : row + size, column : column + size].ravel())
        assert value == window[size * size // 2]
    assert y.dtype == image.dtype


@given(images2d)
def test_the_median_follows_every_rising_curve(image) -> None:
    np.testing.assert_array_equal(median_filter(image**3 + 2), median_filter(image) ** 3 + 2)


@given(images2d)
def test_the_median_of_the_negative_is_the_negative_of_the_median(image) -> None:
    np.testing.assert_array_equal(median_filter(-image), -median_filter(image))


def test_the_median_is_not_linear() -> None:
    a, b = np.array([[0.0, 0, 1]]), np.array([[1.0, 0, 0]])
    assert not np.array_equal(
        median_filter(a, 3, "zero") + median_filter(b, 3, "clamp"), median_filter(a + b, 3)
    )


@given(images2d, st.sampled_from([1, 3, 5]), st.floats(0.5, 3), st.floats(0.05, 2))
def test_a_bilateral_value_lies_between_its_neighbours(image, size, space, likeness) -> None:
    y = bilateral_filter(image, size, space, likeness)
    assert y.shape == image.shape
    assert y.min() >= image.min() - 1e-12
    assert y.max() <= image.max() + 1e-12


@given(images2d, st.floats(-3, 3))
def test_brightness_added_before_or_after_is_the_same(image, more) -> None:
    np.testing.assert_allclose(
        bilateral_filter(image + more, 3, 1, 0.3), bilateral_filter(image, 3, 1, 0.3) + more,
        atol=1e-12,
    )


@given(images2d, st.floats(0.1, 9))
def test_contrast_scales_with_sigma_range(image, factor) -> None:
    np.testing.assert_allclose(
        bilateral_filter(image * factor, 3, 1, 0.3 * factor),
        bilateral_filter(image, 3, 1, 0.3) * factor, atol=1e-12,
    )


@given(images2d)
def test_with_a_large_sigma_range_it_is_a_gaussian_blur(image) -> None:
    line = np.exp(-(np.arange(-2, 3.0) ** 2) / (2 * 1.5**2))
    weights = np.outer(line, line) / line.sum() ** 2
    np.testing.assert_allclose(
        bilateral_filter(image, 5, 1.5, 1e6), correlate(pad2d(image, 2, "mirror"), weights),
        atol=1e-9,
    )


@given(images2d)
def test_with_a_small_sigma_range_it_is_the_image(image) -> None:
    np.testing.assert_allclose(bilateral_filter(image, 5, 1.5, 1e-8), image, atol=1e-12)


def test_noise_is_smoothed_and_the_edge_kept() -> None:
    noisy = STEP + 0.05 * np.random.default_rng(4).standard_normal(STEP.shape)
    bilateral = bilateral_filter(noisy, 5, 2.0, 0.2)
    blurred = correlate(pad2d(noisy, 2, "mirror"), kernel("gaussian", 5))
    assert np.abs(bilateral - STEP).max() < np.abs(noisy - STEP).max()
    assert np.abs(bilateral - STEP).max() < 0.1 < np.abs(blurred - STEP).max()


@pytest.mark.parametrize("padding", ["zero", "wrap", "clamp", "mirror", "reflect"])
def test_beyond_the_border_lies_what_pad2d_says(padding) -> None:
    image = np.random.default_rng(5).random((4, 6))
    padded = pad2d(image, 1, padding)
    inside = np.s_[1:-1, 1:-1]
    np.testing.assert_array_equal(median_filter(image, 3, padding), median_filter(padded)[inside])
    np.testing.assert_allclose(
        bilateral_filter(image, 3, 1, 0.2, padding), bilateral_filter(padded, 3, 1, 0.2)[inside]
    )
