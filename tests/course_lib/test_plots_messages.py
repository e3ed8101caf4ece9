"""Every complaint of course_lib.plots, word for word."""

from __future__ import annotations

import numpy as np
import pytest
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from course_lib import plots
from course_lib.plots import (
    canvas,
    charts,
    connections,
    display,
    graph_layout,
    graphs,
    images,
    landscapes,
    volumes,
)
from tests.course_lib.messages import Message, check, unread_raises

ALT = (
    "alt expects a sentence of at least 20 characters that says what the figure shows; "
    "got {}. Write what you would say on the telephone, for example "
    'alt="The error falls from 2 to 0.1 in 20 epochs."'
)
IMAGE = (
    "image_grid expects images of shape (rows, cols), (1, rows, cols), (rows, cols, 3) or "
    "(3, rows, cols); got shape {}. Did you mean image_grid([image]) or image_grid(volume[0])?"
)


def figure() -> Figure:
    return plots.lines([1], [1])


def loose_axes() -> Axes:
    ax = Figure().add_subplot()
    ax.remove()
    return ax


MESSAGES = [
    Message(lambda: plots.show(figure(), alt="a plot"), ValueError, ALT.format("'a plot'")),
    Message(lambda: plots.show(figure(), alt="x" * 40), ValueError, ALT.format(repr("x" * 40))),
    Message(lambda: plots.show(figure(), alt=" " * 40), ValueError, ALT.format(repr(" " * 40))),
    Message(lambda: plots.show(figure(), alt=None), ValueError, ALT.format("None")),
    Message(
        lambda: plots.show(figure().axes[0], alt="The error falls from 2 to 1."), TypeError,
        "show expects a matplotlib Figure; got Axes. Did you mean show(ax.figure, alt=...)?",
    ),
    Message(
        lambda: plots.draw_graph([1, 2, 3], [(1, 2), (2, 3), (3, 2)]), ValueError,
        "The edges contain the cycle 2 -> 3 -> 2, so no order exists. Remove one of its edges.",
    ),
    Message(
        lambda: plots.draw_graph([1, 2, 3], [(1, 2)], layers=[[1], [2]]), ValueError,
        "layers expects every node in exactly one column; got [[1], [2]] for the nodes [1, 2, 3].",
    ),
    Message(
        lambda: plots.draw_graph([1, 2], [(1, 2)], ax=loose_axes()), ValueError,
        "ax belongs to no figure; make a new one, for example fig.add_subplot().",
    ),
    Message(lambda: plots.image_grid([[1, 2, 3]]), ValueError, IMAGE.format("(3,)")),
    Message(
        lambda: plots.image_grid(np.zeros((2, 5, 8, 8))), ValueError, IMAGE.format("(5, 8, 8)")
    ),
    Message(lambda: plots.image_grid([np.zeros((0, 3))]), ValueError, IMAGE.format("(0, 3)")),
    Message(
        lambda: plots.image_grid([]), ValueError,
        "image_grid expects at least one image; got an empty list.",
    ),
    Message(
        lambda: plots.image_grid(np.eye(2), ["a", "b"]), ValueError,
        "image_grid expects one title per image; got 2 titles for 1 images.",
    ),
    Message(
        lambda: plots.image_grid(np.zeros((28, 28)), numbers=True), ValueError,
        "image_grid can write numbers into at most 20 x 20 pixels; got shape (28, 28). "
        "Cut a piece out first, for example image[:10, :10].",
    ),
    Message(
        lambda: plots.image_grid([np.zeros((2, 2, 3))], numbers=True), ValueError,
        "image_grid writes numbers into grey images only; got a colour image of shape (2, 2, 3). "
        "Pass its channels one by one, for example image[..., 0].",
    ),
    Message(
        lambda: plots.bars(["a", "b"], [1, 2, 3]), ValueError,
        "bars expects one value per label; got 2 labels and values of shape (3,).",
    ),
    Message(
        lambda: plots.bars(["a"], {"one": [1], "two": [1, 2]}), ValueError,
        "bars expects one value per label; got 1 labels and two of shape (2,).",
    ),
    Message(
        lambda: plots.bars(["a", "b"], [1, 0], log=True), ValueError,
        "bars with log=True expects positive values; got 0. Use log=False.",
    ),
    Message(
        lambda: plots.lines([1, 2], {str(k): [1, 2] for k in range(9)}), ValueError,
        "lines can tell 1 to 8 series apart; got 9. Split them over several figures.",
    ),
    Message(
        lambda: plots.lines([1, 2, 3], {"error": [1, 2]}), ValueError,
        "lines expects x and every curve as 1-D arrays of one length; got x of shape (3,) and "
        "error of shape (2,).",
    ),
    Message(
        lambda: plots.draw_volume([(32, 32)]), ValueError,
        "draw_volume expects a list of volumes (W, H, D) with sides of at least 1; "
        "got [(32, 32)]. Did you mean draw_volume([(32, 32, 3)])?",
    ),
    Message(
        lambda: plots.draw_volume((32, 32, 3)), ValueError,
        "draw_volume expects a list of volumes (W, H, D) with sides of at least 1; "
        "got [32, 32, 3]. Did you mean draw_volume([(32, 32, 3)])?",
    ),
    Message(
        lambda: plots.draw_volume([(8, 8, 1), (6, 6, 2)], steps=["a", "b"]), ValueError,
        "draw_volume expects 1 steps for 2 volumes; got 2.",
    ),
    Message(
        lambda: plots.draw_volume([(8, 8, 1)], window=(9, 3)), ValueError,
        "draw_volume expects a window that fits into the first volume (8, 8, 1); got (9, 3).",
    ),
    Message(
        lambda: plots.draw_connectivity(np.ones(3)), ValueError,
        "draw_connectivity expects masks of shape (n_out, n_in), target first; got shape (3,).",
    ),
    Message(
        lambda: plots.draw_connectivity(np.eye(3), highlight=3), ValueError,
        "highlight expects an output from 0 to 2; got 3.",
    ),
    Message(
        lambda: plots.draw_connectivity(np.eye(3), titles=["a", "b"]), ValueError,
        "draw_connectivity expects one title per mask; got 2 titles for 1 masks.",
    ),
    Message(
        lambda: plots.panels(5), ValueError,
        "panels expects 1 to 4 columns; got 5. Use more rows.",
    ),
    Message(
        lambda: plots.curve(np.square, (2, 1)), ValueError,
        "curve expects span as (low, high) with low < high; got (2, 1).",
    ),
    Message(
        lambda: plots.contours(np.sum, ((0, 1), (1, 1))), ValueError,
        "contours expects span as (low, high) with low < high; got (1, 1).",
    ),
    Message(
        lambda: plots.contours(np.sum, 3), ValueError,
        "contours expects span as (low, high) with low < high; got 3.",
    ),
    Message(
        lambda: plots.curve(np.square, (0, 1), {"steps": [[0, 1]]}), ValueError,
        "curve expects every path as points of shape (T, 1); got (1, 2).",
    ),
    Message(
        lambda: plots.contours(np.sum, (0, 1), {"steps": [0, 1]}), ValueError,
        "contours expects every path as points of shape (T, 2); got (2,).",
    ),
]


@pytest.mark.parametrize("message", MESSAGES, ids=lambda message: message.text[:50])
def test_message(message: Message) -> None:
    check(message)


def test_every_complaint_is_read_above() -> None:
    modules = [canvas, charts, connections, display, graph_layout, graphs, images,
               landscapes, volumes]
    assert unread_raises(modules, MESSAGES) == []


def test_exports_are_sorted_and_complete() -> None:
    assert plots.__all__ == sorted(plots.__all__)
    assert all(hasattr(plots, name) for name in plots.__all__)
