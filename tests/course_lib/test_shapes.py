"""Sizes: the numbers of the decks, the strict rule and its message, the two roundings."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from course_lib.shapes import (
    fix_padding,
    output_size,
    sizes,
    transposed_output_size,
    valid_strides,
)
from tests.course_lib.messages import Message, check, unread_raises

# Statement of a deck (table B), then n_in, F, S, P and the size that it gives.
DECK_SIZES = [
    ("R-n07 C1", 32, 5, 1, 0, 28),
    ("R-n07 P1", 28, 2, 2, 0, 14),
    ("R-n07 C2", 14, 5, 1, 0, 10),
    ("R-n07 P2", 10, 2, 2, 0, 5),
    ("R-n13", 5, 3, 1, 0, 3),
    ("R-n14", 5, 3, 1, 0, 3),
    ("R-n15", 5, 3, 2, 1, 3),
    ("R-n16", 5, 3, 1, 1, 5),
    ("R-n19 taken literally", 7, 3, 2, 1, 4),
    ("R-n19 with the border in the 7", 5, 3, 2, 1, 3),
    ("R-n24", 28, 2, 2, 0, 14),
    ("R-n29 stride 1", 5, 3, 1, 1, 5),
    ("R-n29 stride 2", 5, 3, 2, 1, 3),
    ("W-n08", 7, 3, 2, 0, 3),
    ("W-n10 AlexNet", 55, 3, 2, 0, 27),
    ("W-n10 AlexNet", 27, 3, 2, 0, 13),
    ("W-n10 AlexNet", 13, 3, 2, 0, 6),
    ("T-n03", 7, 3, 1, 0, 5),
    ("T-n04", 7, 3, 2, 0, 3),
    ("T-n06", 32, 5, 1, 0, 28),
    ("T-n06", 28, 5, 1, 0, 24),
    ("T-n06", 24, 5, 1, 0, 20),
    ("T-n07", 7, 3, 1, 1, 7),
    ("T-n10", 32, 5, 1, 2, 32),
    ("T-n23 F3 S1 P1", 32, 3, 1, 1, 32),
    ("T-n23 F5 S1 P2", 32, 5, 1, 2, 32),
    ("T-n23 F1 S1 P0", 32, 1, 1, 0, 32),
    ("T-n24, odd side", 31, 5, 2, 0, 14),
    ("T-n24, odd side", 31, 5, 2, 1, 15),
    ("T-n24, odd side", 31, 5, 2, 2, 16),
    ("T-n25", 7, 3, 2, 0, 3),
    ("T-n26", 32, 5, 1, 0, 28),
    ("I-n10, filter of 2", 4, 2, 1, 0, 3),
    ("I-n10, filter of 2", 4, 2, 2, 0, 2),
    ("B-n02", 256, 5, 1, 0, 252),
    ("B-n04", 256, 5, 1, 2, 256),
    ("B.3 AlexNet 227", 227, 11, 4, 0, 55),
    ("B.3 VGG pool", 224, 2, 2, 0, 112),
]

# Sizes that the strict rule refuses: table B, then n_in, F, S, P, the exact quotient plus 1 and
# the legal strides. R-n18, T-n24: no padding on both sides repairs stride 2.
REFUSED = [
    ("R-n17, C-30", 10, 3, 2, 0, "4.5", "1 and 7"),
    ("R-n18, P=1", 10, 3, 2, 1, "5.5", "1, 3 and 9"),
    ("R-n18, P=2", 10, 3, 2, 2, "6.5", "1 and 11"),
    ("R-n18, P=3", 10, 3, 2, 3, "7.5", "1 and 13"),
    ("R-n18, P=4", 10, 3, 2, 4, "8.5", "1, 3, 5 and 15"),
    ("T-n05, T-40", 7, 3, 3, 0, "2.33333", "1, 2 and 4"),
    ("T-n24, P=0", 32, 5, 2, 0, "14.5", "1, 3, 9 and 27"),
    ("T-n24, P=1", 32, 5, 2, 1, "15.5", "1 and 29"),
    ("T-n24, P=2", 32, 5, 2, 2, "16.5", "1 and 31"),
    ("T-n25", 8, 3, 2, 0, "3.5", "1 and 5"),
    ("I-n10, filter of 3", 4, 3, 2, 0, "1.5", "1"),
    ("B.3 AlexNet 224", 224, 11, 4, 0, "54.25", "1, 3, 71 and 213"),
    ("B.3 ResNet conv1", 224, 7, 2, 3, "112.5", "1 and 223"),
]

# Published networks that round: table B.3, then n_in, F, S, P, rounding and the size.
ROUNDED = [
    ("AlexNet one-tower conv1", 224, 11, 4, 2, "floor", 55),
    ("ResNet conv1", 224, 7, 2, 3, "floor", 112),
    ("ResNet max pool", 112, 3, 2, 1, "floor", 56),
    ("GoogLeNet max pool", 112, 3, 2, 0, "ceil", 56),
    ("GoogLeNet max pool", 56, 3, 2, 0, "ceil", 28),
    ("ResNet projection", 56, 1, 2, 0, "floor", 28),
    ("a last window beyond the image", 4, 1, 5, 0, "ceil", 1),
    ("a last window in the border", 4, 1, 3, 1, "ceil", 2),
]


@pytest.mark.parametrize(("row", "n_in", "size", "stride", "padding", "n_out"), DECK_SIZES)
def test_sizes_of_the_decks(row, n_in, size, stride, padding, n_out) -> None:
    assert output_size(n_in, size, stride, padding) == n_out


@pytest.mark.parametrize(("row", "n_in", "size", "stride", "padding", "exact", "legal"), REFUSED)
def test_a_stride_that_does_not_fit_is_refused_with_the_legal_ones(
    row, n_in, size, stride, padding, exact, legal
) -> None:
    text = (
        f"Stride {stride} does not fit: ({n_in} - {size} + 2*{padding})/{stride} + 1 = {exact} is "
        f"not whole. Legal strides for n_in={n_in}, kernel_size={size}, padding={padding}: "
        f"{legal}. (Or say rounding='floor' or rounding='ceil'.)"
    )
    check(Message(lambda: output_size(n_in, size, stride, padding), ValueError, text))


@pytest.mark.parametrize(("row", "n_in", "size", "stride", "padding", "rounding", "n_out"), ROUNDED)
def test_roundings(row, n_in, size, stride, padding, rounding, n_out) -> None:
    assert output_size(n_in, size, stride, padding, rounding=rounding) == n_out


MESSAGES = [
    Message(
        lambda: output_size(3, 5, 1, 0), ValueError,
        "A window of 5 is larger than an input of 3 with padding 0 on both sides (3). "
        "Use a smaller window or a padding of at least 1.",
    ),
    Message(
        lambda: output_size(3, 6, 1, 1, rounding="floor"), ValueError,
        "A window of 6 is larger than an input of 3 with padding 1 on both sides (5). "
        "Use a smaller window or a padding of at least 2.",
    ),
    Message(lambda: output_size(7, 3, 0), ValueError, "stride must be at least 1; got 0."),
    Message(lambda: output_size(7, 3, -2), ValueError, "stride must be at least 1; got -2."),
    Message(lambda: output_size(7, 0), ValueError, "kernel_size must be at least 1; got 0."),
    Message(lambda: output_size(7, 3, 1, -1), ValueError, "padding must be at least 0; got -1."),
    Message(lambda: output_size(0, 3), ValueError, "n_in must be at least 1; got 0."),
    Message(lambda: fix_padding(7, 3, 0), ValueError, "stride must be at least 1; got 0."),
    Message(lambda: output_size(7.0, 3), TypeError, "n_in is a whole number; got 7.0."),
    Message(lambda: output_size(7, True), TypeError, "kernel_size is a whole number; got True."),
    Message(
        lambda: output_size(7, 3, rounding="round"), ValueError,
        "rounding is 'strict', 'floor' or 'ceil'; got 'round'.",
    ),
    Message(
        lambda: valid_strides(2, 3), ValueError,
        "A window of 3 is larger than an input of 2 with padding 0 on both sides (2). "
        "Use a smaller window or a padding of at least 1.",
    ),
    Message(
        lambda: output_size(10, 3, 2), ValueError,
        "Stride 2 does not fit: (10 - 3 + 2*0)/2 + 1 = 4.5 is not whole. Legal strides for "
        "n_in=10, kernel_size=3, padding=0: 1 and 7. "
        "(Or say rounding='floor' or rounding='ceil'.)",
    ),
    Message(
        lambda: output_size(8, 3, dilation=4), ValueError,
        "A window of 9 (3 pixels at dilation 4) is larger than an input of 8 with padding 0 on "
        "both sides (8). Use a smaller window or a padding of at least 1.",
    ),
    Message(
        lambda: output_size(3, 6, padding=(0, 1)), ValueError,
        "A window of 6 is larger than an input of 3 with padding 0 before, 1 after (4). "
        "Use a smaller window or a padding of at least 2.",
    ),
    Message(
        lambda: output_size(10, 3, 3, (1, 2), dilation=2), ValueError,
        "Stride 3 does not fit: (10 - 5 + 1 + 2)/3 + 1 = 3.66667 is not whole. Legal strides for "
        "n_in=10, kernel_size=3, padding=(1, 2), dilation=2: 1, 2, 4 and 8. "
        "(Or say rounding='floor' or rounding='ceil'.)",
    ),
    Message(
        lambda: output_size(10, 3, 2, "same"), ValueError,
        "padding='same' keeps the size, which only stride 1 can; got stride 2. "
        "Give the padding in pixels.",
    ),
    Message(
        lambda: output_size(10, 3, 1, "full"), ValueError,
        "padding is a number of pixels, 'same' or 'valid'; got 'full'.",
    ),
    Message(
        lambda: output_size(10, 3, 1, (1, 2, 3)), ValueError,
        "padding along one axis is a pair (before, after); got (1, 2, 3).",
    ),
    Message(
        lambda: valid_strides(10, 3, dilation=0), ValueError, "dilation must be at least 1; got 0.",
    ),
    Message(
        lambda: transposed_output_size(3, 3, 2, 1, output_padding=2), ValueError,
        "output_padding must be below the stride or the dilation; got 2 with stride 2 and "
        "dilation 1.",
    ),
    Message(
        lambda: transposed_output_size(2, 3, 1, 2), ValueError,
        "Padding 2 cuts everything away: (2 - 1)*1 - 2*2 + 3 + 0 = 0 pixels are left. "
        "Use a smaller padding.",
    ),
    Message(
        lambda: transposed_output_size(2, 3, 1, -1), ValueError,
        "padding must be at least 0; got -1.",
    ),
]


@pytest.mark.parametrize("message", MESSAGES, ids=lambda m: m.text[:60])
def test_message(message) -> None:
    check(message)


def test_every_message_is_read() -> None:
    assert unread_raises([sizes], MESSAGES) == []


def test_a_padding_of_the_size_that_the_message_names_is_enough() -> None:
    for n_in in range(1, 5):
        for size in range(n_in + 1, 10):
            needed = (size - n_in + 1) // 2
            assert output_size(n_in, size, 1, needed) >= 1
            with pytest.raises(ValueError, match=f"padding of at least {needed}"):
                output_size(n_in, size, 1, needed - 1)


def test_valid_strides_of_the_decks() -> None:
    assert valid_strides(10, 3) == [1, 7]      # R-n18
    assert valid_strides(7, 3) == [1, 2, 4]    # T-n03 to T-n05
    assert valid_strides(5, 5) == [1]          # one place, whatever the stride


@pytest.mark.parametrize(
    ("row", "n_in", "size", "stride", "padding", "n_out"),
    [
        ("R-n17, R-n18", 10, 3, 2, (0, 1), 5),
        ("T-n05", 7, 3, 3, (1, 1), 3),
        ("T-n24", 32, 5, 2, (0, 1), 15),
        ("T-n25", 8, 3, 2, (0, 1), 4),
        ("fits already", 7, 3, 2, (0, 0), 3),
        ("larger than the input", 3, 6, 2, (1, 2), 1),
    ],
)
def test_the_least_padding_with_which_a_stride_fits(
    row, n_in, size, stride, padding, n_out
) -> None:
    assert fix_padding(n_in, size, stride) == padding
    assert output_size(n_in, size, stride, padding) == n_out


@given(st.integers(1, 30), st.integers(1, 9), st.integers(1, 6))
def test_no_smaller_padding_would_do(n_in, size, stride) -> None:
    before, after = fix_padding(n_in, size, stride)
    assert output_size(n_in, size, stride, (before, after)) >= 1
    assert after - before in (0, 1)
    for total in range(before + after):
        with pytest.raises(ValueError, match=r"larger than|does not fit"):
            output_size(n_in, size, stride, (0, total))


@given(st.integers(1, 30), st.integers(1, 9), st.integers(0, 3))
def test_the_valid_strides_are_those_that_are_not_refused(n_in, size, padding) -> None:
    assume(size <= n_in + 2 * padding)
    accepted = []
    for stride in range(1, max(n_in - size + 2 * padding, 1) + 1):
        try:
            output_size(n_in, size, stride, padding)
        except ValueError:
            continue
        accepted.append(stride)
    assert valid_strides(n_in, size, padding) == accepted


@given(st.integers(1, 30), st.integers(1, 9), st.integers(1, 6), st.integers(0, 3))
def test_floor_counts_the_windows_that_fit(n_in, size, stride, padding) -> None:
    places = range(0, n_in + 2 * padding - size + 1, stride)
    assume(len(places) > 0)
    assert output_size(n_in, size, stride, padding, rounding="floor") == len(places)
    assert isinstance(output_size(np.int64(n_in), size, stride, padding, rounding="ceil"), int)


@given(st.integers(1, 30), st.integers(1, 9), st.integers(1, 6), st.integers(0, 3))
def test_ceil_sees_every_pixel_unless_the_stride_jumps_over_it(n_in, size, stride, padding) -> None:
    assume(size <= n_in + 2 * padding)
    up = output_size(n_in, size, stride, padding, rounding="ceil")
    down = output_size(n_in, size, stride, padding, rounding="floor")
    assert up - down in (0, 1)
    last = (up - 1) * stride
    assert last < n_in + padding or up == down, "no window begins beyond the image"
    if stride <= size:
        assert last + size >= n_in + padding, "every pixel lies in a window"
