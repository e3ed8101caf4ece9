"""Grey values and grids: quantising, sampling, equalising, borders."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from course_lib.images import equalize_histogram, pad2d, quantize, sample

MODES = {  # ours -> numpy.pad's
    "zero": "constant", "wrap": "wrap", "clamp": "edge", "mirror": "symmetric", "reflect": "reflect"
}
shapes = st.tuples(st.integers(1, 6), st.integers(1, 7))
floats = arrays(np.float64, shapes, elements=st.floats(0, 1))
singles = arrays(np.float32, shapes, elements=st.floats(0, 1, width=32))
bytes_ = arrays(np.uint8, shapes)
levels = st.integers(2, 256)


def test_a_ramp_with_four_levels() -> None:
    ramp = np.arange(13) / 12
    wanted = [0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3]  # 1/6, 1/2 and 5/6 lie halfway: up
    np.testing.assert_allclose(quantize(ramp, 4), np.array(wanted) / 3)


@given(st.one_of(floats, singles, bytes_), levels)
def test_quantising_twice_changes_nothing(image, n) -> None:
    once = quantize(image, n)
    np.testing.assert_array_equal(quantize(once, n), once)
    assert once.dtype == image.dtype and once.shape == image.shape


@given(floats, levels)
def test_every_value_goes_to_the_nearest_level(image, n) -> None:
    grey = np.arange(n) / (n - 1)
    y = quantize(image, n)
    assert np.isin(y, grey).all()
    distance = np.abs(image[..., None] - grey)
    np.testing.assert_allclose(np.abs(image - y), distance.min(axis=-1), atol=1e-15)


@given(bytes_, levels)
def test_bytes_go_to_the_levels_of_floats_rounded(image, n) -> None:
    y = quantize(image, n).astype(int)
    exact = np.floor(np.arange(256) * (n - 1) / 255 + 0.5)[image] * 255 / (n - 1)
    assert (np.abs(y - exact) <= 0.5 + 1e-9).all()
    assert len(np.unique(y)) <= n


@given(bytes_)
def test_256_levels_are_all_that_a_byte_has(image) -> None:
    np.testing.assert_array_equal(quantize(image, 256), image)


@given(st.one_of(floats, bytes_), levels)
def test_quantising_keeps_order_black_and_white(image, n) -> None:
    order = np.argsort(image.ravel(), kind="stable")
    assert (np.diff(quantize(image, n).ravel()[order].astype(float)) >= 0).all()
    top = np.array([0, 255], dtype=np.uint8) if image.dtype == np.uint8 else np.array([0.0, 1.0])
    np.testing.assert_array_equal(quantize(top, n), top)


def test_a_half_goes_up() -> None:
    np.testing.assert_array_equal(quantize(np.array([0.5, 0.4999999]), 2), [1, 0])
    np.testing.assert_array_equal(quantize(np.array([127, 128], dtype=np.uint8), 2), [0, 255])
    assert quantize(np.array([128], dtype=np.uint8), 3) == 128  # the level 127.5, halves up


@given(floats, st.integers(1, 3), st.integers(1, 3))
def test_sampling_twice_is_sampling_with_the_product(image, first, second) -> None:
    np.testing.assert_array_equal(
        sample(sample(image, first), second), sample(image, first * second)
    )


def test_sampling_keeps_every_step_th_pixel_from_the_first_on() -> None:
    image = np.arange(35).reshape(5, 7).astype(np.uint8)
    np.testing.assert_array_equal(sample(image, 3), [[0, 3, 6], [21, 24, 27]])
    np.testing.assert_array_equal(sample(image, (4, 5)), [[0, 5], [28, 33]])
    np.testing.assert_array_equal(sample(image, (np.int64(4), 5)), [[0, 5], [28, 33]])


def test_stripes_finer_than_the_grid_turn_into_something_else() -> None:
    """Aliasing: black and white columns in turn become one flat white."""
    stripes = np.tile([1.0, 0.0], (4, 4))
    np.testing.assert_array_equal(sample(stripes, 2), np.ones((2, 4)))


def test_equalising_by_hand() -> None:
    """Shares 2/6, 3/6, 6/6; minus 2/6 and divided by 4/6."""
    image = np.array([[0.1, 0.1, 0.2], [0.3, 0.3, 0.3]])
    np.testing.assert_allclose(equalize_histogram(image), [[0, 0, 0.25], [1, 1, 1]])
    small = (image * 10).astype(np.uint8)
    np.testing.assert_array_equal(equalize_histogram(small), [[0, 0, 64], [255, 255, 255]])


@given(floats)
def test_equalising_twice_changes_nothing(image) -> None:
    once = equalize_histogram(image)
    np.testing.assert_array_equal(equalize_histogram(once), once)


@given(floats)
def test_only_the_order_of_the_grey_values_counts(image) -> None:
    coarse = np.round(image * 64) / 64  # so that square roots stay apart
    assume(len(np.unique(coarse)) > 1)
    np.testing.assert_array_equal(
        equalize_histogram(np.sqrt(coarse) / 2), equalize_histogram(coarse)
    )


@given(st.one_of(floats, bytes_))
def test_equalising_keeps_the_order_and_uses_the_whole_range(image) -> None:
    y = equalize_histogram(image)
    order = np.argsort(image.ravel(), kind="stable")
    assert (np.diff(y.ravel()[order].astype(float)) >= 0).all()
    if len(np.unique(image)) > 1:
        assert y.min() == 0
        assert y.max() == (255 if image.dtype == np.uint8 else 1)


def test_a_flat_histogram_stays_as_it_is() -> None:
    image = np.arange(256, dtype=np.uint8).reshape(8, 32)
    np.testing.assert_array_equal(equalize_histogram(image), image)


@pytest.mark.parametrize("value", [0.0, 0.25, 1.0])
def test_an_image_of_one_grey_value_stays_as_it_is(value) -> None:
    image = np.full((3, 4), value)
    answer = equalize_histogram(image)
    np.testing.assert_array_equal(answer, image)
    assert not np.shares_memory(answer, image)


# Borders.


@pytest.mark.parametrize(
    ("mode", "row"),
    [
        ("zero", [0, 0, 1, 2, 3, 4, 0, 0]),
        ("wrap", [3, 4, 1, 2, 3, 4, 1, 2]),
        ("clamp", [1, 1, 1, 2, 3, 4, 4, 4]),
        ("mirror", [2, 1, 1, 2, 3, 4, 4, 3]),
        ("reflect", [3, 2, 1, 2, 3, 4, 3, 2]),
    ],
)
def test_the_rows_of_the_docstring(mode, row) -> None:
    line = np.array([[1.0, 2, 3, 4]])
    np.testing.assert_array_equal(pad2d(line, (0, 2), mode), [row])
    np.testing.assert_array_equal(pad2d(line.T, (2, 0), mode), np.transpose([row]))


@given(st.one_of(floats, bytes_), st.integers(0, 15), st.integers(0, 15),
       st.sampled_from(list(MODES)))
def test_borders_of_any_width_equal_those_of_numpy(image, rows, columns, mode) -> None:
    y = pad2d(image, (rows, columns), mode)
    np.testing.assert_array_equal(y, np.pad(image, ((rows,) * 2, (columns,) * 2), MODES[mode]))
    assert y.dtype == image.dtype


@given(floats, st.integers(0, 4), st.sampled_from(list(MODES)))
def test_the_image_is_in_the_middle(image, p, mode) -> None:
    y = pad2d(image, p, mode)
    height, width = image.shape
    np.testing.assert_array_equal(y[p : p + height, p : p + width], image)


@given(floats, st.integers(0, 4), st.integers(0, 4))
def test_two_borders_of_zeros_or_edges_are_one_wide_border(image, p, q) -> None:
    for mode in ("zero", "clamp"):
        twice = pad2d(pad2d(image, p, mode), q, mode)
        np.testing.assert_array_equal(twice, pad2d(image, p + q, mode))


@given(floats, st.integers(0, 9), st.integers(0, 9))
def test_a_wrapped_border_is_the_rolled_image(image, down, right) -> None:
    height, width = image.shape
    y = pad2d(image, (down, right), "wrap")[:height, :width]
    np.testing.assert_array_equal(y, np.roll(image, (down, right), axis=(0, 1)))


@given(floats, st.integers(0, 4), st.data())
def test_a_border_of_zeros_is_adjoint_to_cutting_it_off(image, p, data) -> None:
    padded = pad2d(image, p)
    c = data.draw(arrays(np.float64, padded.shape, elements=st.integers(-5, 5).map(float)))
    height, width = image.shape
    cut = c[p : p + height, p : p + width]
    np.testing.assert_allclose((padded * c).sum(), (image * cut).sum(), atol=1e-12)


@given(floats, st.integers(0, 9), st.sampled_from(["wrap", "clamp", "mirror", "reflect"]))
def test_a_border_brings_no_new_values_and_no_new_order(image, p, mode) -> None:
    assert np.isin(pad2d(image, p, mode), image).all()
    np.testing.assert_array_equal(
        pad2d(image[::-1, ::-1], p, mode), pad2d(image, p, mode)[::-1, ::-1]
    )
