"""The kernel playground: filtered images, words, the spreadsheet, the learner's own function."""

from __future__ import annotations

import csv
import io
import re
from typing import Any

import numpy as np
import pytest
from numpy.lib.stride_tricks import sliding_window_view

from course_lib.images import convolve2d, correlate
from course_lib.widgets import (
    KernelPlayground,
    filtered,
    kernel_csv,
    kernel_playground,
    kernel_playground_figure,
    kernel_plot,
    kernel_records,
    named_kernels,
)
from tests.course_lib.figures import colliding_texts, smallest_font, texts
from tests.course_lib.messages import Message, check, unread_raises

IMAGE = np.random.default_rng(0).uniform(size=(9, 12))
SOBEL = [[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]]


def test_the_kernel_slides_as_it_is_written() -> None:
    y = filtered(IMAGE, SOBEL).y
    windows = sliding_window_view(IMAGE, (3, 3))
    np.testing.assert_allclose(y[1:-1, 1:-1], (windows * SOBEL).sum(axis=(2, 3)))
    assert y.shape == IMAGE.shape


def test_the_sum_of_the_kernel_is_put_in_words() -> None:
    assert filtered(IMAGE, "sobel_x").words.startswith("The kernel's numbers add up to 0: where")
    assert filtered(IMAGE, "gaussian 5 x 5").words == (
        "The kernel's numbers add up to 1: the brightness stays."
    )
    for weight, word in ((2, "brighter"), (0.5, "darker"), (-1, "negative")):
        assert filtered(IMAGE, [[weight]]).words.endswith(f"the image gets {word}.")
    assert not filtered(IMAGE, [[0]]).signed


def test_colour_becomes_grey() -> None:
    colour = np.stack([IMAGE, IMAGE, IMAGE])
    np.testing.assert_allclose(filtered(colour, "identity").y, IMAGE)
    np.testing.assert_allclose(filtered(IMAGE[None], "identity").y, IMAGE)


@pytest.mark.parametrize("name", named_kernels())
def test_the_picture_can_be_read(name: str) -> None:
    fig = kernel_playground_figure(IMAGE, name)
    assert colliding_texts(fig) == []
    assert smallest_font(fig) >= 7
    assert {"image", "kernel", "filtered"} <= set(texts(fig))
    scale = fig.axes[2].images[0].norm
    if filtered(IMAGE, name).signed:
        assert scale.vmin == -scale.vmax


# The spreadsheet


def sheet(**options: Any) -> list[list[str]]:
    return list(csv.reader(io.StringIO(kernel_csv(IMAGE, SOBEL, side=6, **options))))


def value(cells: dict[str, float], formula: str) -> float:
    """What a spreadsheet program makes of a sum of products."""
    products = formula.removeprefix("=").replace("$", "").split("+")
    return sum(float(np.prod([cells[name] for name in term.split("*")])) for term in products)


def test_the_formulas_of_the_sheet_give_the_numbers_of_the_sheet() -> None:
    rows, plain = sheet(), sheet(formulas=False)
    cells = {
        f"{chr(ord('A') + c)}{r + 1}": float(text)
        for r, row in enumerate(rows) for c, text in enumerate(row)
        if re.fullmatch(r"-?\d+(\.\d+)?", text)
    }
    formulas, numbers = rows[-4:], plain[-4:]
    assert all(cell.startswith("=") for row in formulas for cell in row)
    expected = correlate(np.round(255 * IMAGE[:6, :6]), np.array(SOBEL, float), "valid")
    got = [[value(cells, cell) for cell in row] for row in formulas]
    np.testing.assert_allclose(got, expected)
    np.testing.assert_allclose([[float(cell) for cell in row] for row in numbers], expected)


def test_columns_beyond_z_have_two_letters_and_the_separator_can_be_chosen() -> None:
    assert [kernel_records._letter(c) for c in (0, 25, 26, 51, 52)] == ["A", "Z", "AA", "AZ", "BA"]
    assert ";" in kernel_csv(IMAGE, SOBEL, separator=";").splitlines()[1]


# The learner's own


def forgets(image: Any, kernel: Any) -> Any:
    return correlate(image, np.abs(kernel), "same")


def breaks(image: Any, kernel: Any) -> Any:
    raise KeyError("k")


OWN = [
    (lambda i, k: correlate(i, k, "same"), "Your <lambda> agrees at every pixel.", ""),
    (lambda i, k: correlate(i, k), "Your <lambda> agrees at every pixel.", ""),
    (lambda i, k: convolve2d(i, k),
     "Your <lambda> flips the kernel: a true convolution, not a correlation.", ""),
    (lambda i, k: convolve2d(i, k, "same"),
     "Your <lambda> flips the kernel: a true convolution, not a correlation.", ""),
    (forgets, "Your forgets differs at 99 of 108 pixels.", ""),
    (breaks, "", "Your breaks raised KeyError: 'k'"),
    (lambda i, k: i[:3],
     "", "Your <lambda> must return shape (9, 12), or (7, 10) without the border; got (3, 12)."),
    (lambda i, k: None,
     "", "Your <lambda> must return numbers of shape (rows, columns); got NoneType."),
]


@pytest.mark.parametrize(("convolve", "remark", "problem"), OWN)
def test_the_learners_function_is_compared(convolve: Any, remark: str, problem: str) -> None:
    got = filtered(IMAGE, SOBEL, convolve=convolve)
    assert (got.remark, got.problem) == (remark, problem)
    widget = KernelPlayground(IMAGE, SOBEL, convolve=convolve)
    assert (widget.remark, widget.error) == (remark, problem)


# The widget


def test_the_browser_edits_a_number_and_is_answered() -> None:
    widget = KernelPlayground(IMAGE)
    assert widget.kernel == named_kernels()["sobel_x"] and widget.signed
    widget.set_state({"kernel": [[0, 0, 0], [0, 2, 0], [0, 0, 0]], "seq": 1})
    assert (widget.answered, widget.error, widget.signed) == (1, "", False)
    assert widget.words.endswith("add up to 2: the image gets brighter.")


def test_the_photograph_is_there_without_a_network() -> None:
    assert KernelPlayground().image["shape"] == [256, 256]


def test_nonsense_from_the_browser_becomes_a_sentence_and_the_next_good_one_clears_it() -> None:
    widget = KernelPlayground(IMAGE)
    widget.set_state({"kernel": [[1, 2]], "seq": 1})
    assert widget.error == "kernel expects shape (F, F) with F 1, 3, 5 or 7; got shape (1, 2)."
    widget.set_state({"kernel": [[1]], "seq": 2})
    assert (widget.error, widget.answered) == ("", 2)


MESSAGES = [
    Message(
        lambda: KernelPlayground(np.zeros((2, 3, 4))), ValueError,
        "image expects shape (H, W), (1, H, W) or (3, H, W) with sides up to 512; "
        "got shape (2, 3, 4).",
    ),
    Message(
        lambda: filtered(IMAGE * np.nan, SOBEL), ValueError,
        "image expects finite numbers; got nan or infinity among them.",
    ),
    Message(
        lambda: filtered(IMAGE, "blur"), ValueError,
        "kernel expects one of identity, box, gaussian, sharpen, edge, laplacian, sobel_x, "
        "sobel_y, box 5 x 5, gaussian 5 x 5; got 'blur'.",
    ),
    Message(
        lambda: filtered(IMAGE, np.eye(4)), ValueError,
        "kernel expects shape (F, F) with F 1, 3, 5 or 7; got shape (4, 4).",
    ),
    Message(
        lambda: filtered(IMAGE, [[np.inf]]), ValueError,
        "kernel expects finite numbers; got nan or infinity among them.",
    ),
    Message(
        lambda: kernel_csv(IMAGE, SOBEL, side=2), ValueError,
        "side expects at least the kernel's 3 rows; got 2.",
    ),
]


@pytest.mark.parametrize("message", MESSAGES, ids=lambda message: message.text[:50])
def test_message(message: Message) -> None:
    check(message)


def test_every_complaint_is_read_above() -> None:
    assert unread_raises([kernel_playground, kernel_plot, kernel_records], MESSAGES) == []
