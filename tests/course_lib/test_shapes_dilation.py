"""Sizes with dilation, with one-sided and named paddings, and of the transposed convolution."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from course_lib.shapes import (
    border,
    dilated_size,
    output_size,
    transposed_output_size,
    valid_strides,
)


def test_w_n21_a_filter_of_3_sees_3_5_and_9_pixels() -> None:
    assert [dilated_size(3, dilation) for dilation in (1, 2, 4)] == [3, 5, 9]
    assert [output_size(9, 3, dilation=dilation) for dilation in (1, 2, 4)] == [7, 5, 1]


def test_r_n18_one_sided_padding_repairs_what_symmetric_padding_cannot() -> None:
    """10 pixels, F = 3, S = 2: the deck's advice to add padding holds for one side only."""
    assert output_size(10, 3, 2, (0, 1)) == output_size(10, 3, 2, (1, 0)) == 5
    for both in range(5):
        with pytest.raises(ValueError, match="Stride 2 does not fit"):
            output_size(10, 3, 2, both)


def test_w_n05_an_even_filter_shrinks_the_image_by_one_less_than_itself() -> None:
    """The deck's 2 * floor(n / 2) is right for odd n only; n - 1 is right always."""
    for n in range(1, 8):
        lost = 20 - output_size(20, n, padding="valid")
        assert lost == n - 1
        assert (lost == 2 * (n // 2)) == (n % 2 == 1)


def test_same_adds_the_odd_pixel_at_the_end() -> None:
    assert border("same", 3) == (1, 1)
    assert border("same", 4) == (1, 2)
    assert border("same", 3, dilation=4) == (4, 4)
    assert border("same", 2, dilation=3) == (1, 2)
    assert border("valid", 7, stride=3) == (0, 0)


small = st.integers(1, 7)


@given(st.integers(1, 30), small, small)
def test_same_keeps_every_size(n_in, size, dilation) -> None:
    assert output_size(n_in, size, padding="same", dilation=dilation) == n_in


@given(st.integers(1, 30), small, small, st.integers(0, 3), small)
def test_a_dilated_filter_has_the_places_of_one_as_wide(n_in, size, dilation, padding, stride):
    width = dilated_size(size, dilation)
    assume(width <= n_in + 2 * padding)
    for rounding in ("floor", "ceil"):
        dilated = output_size(n_in, size, stride, padding, dilation=dilation, rounding=rounding)
        assert dilated == output_size(n_in, width, stride, padding, rounding=rounding)
    assert valid_strides(n_in, size, padding, dilation=dilation) == valid_strides(
        n_in, width, padding
    )


@given(st.integers(1, 30), small, st.integers(0, 3), st.integers(0, 3), small)
def test_one_sided_padding_counts_by_its_sum(n_in, size, before, after, stride) -> None:
    assume(size <= n_in + before + after)
    wide = output_size(n_in + before + after, size, stride, rounding="floor")
    assert output_size(n_in, size, stride, (before, after), rounding="floor") == wide


@given(st.integers(1, 20), small, small, st.integers(0, 3), small, st.integers(0, 6))
def test_transposed_sizes_solve_output_size(n_in, size, stride, padding, dilation, extra) -> None:
    """Going up and down again returns; output_padding names the pixel that "floor" dropped."""
    assume(extra < stride)
    assume((n_in - 1) * stride - 2 * padding + dilated_size(size, dilation) > 0)
    n_out = transposed_output_size(
        n_in, size, stride, padding, output_padding=extra, dilation=dilation
    )
    back = output_size(n_out, size, stride, padding, dilation=dilation, rounding="floor")
    assert back == n_in
