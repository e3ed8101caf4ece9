"""Bars, curves, volumes and connections: what each drawing must say without colour."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from matplotlib.figure import Figure
from matplotlib.patches import FancyArrowPatch, Polygon

from course_lib.plots import bars, draw_connectivity, draw_volume, lines
from tests.course_lib.figures import colliding_texts, smallest_font, texts

LOCAL = np.array([[0 <= j - i < 3 for j in range(7)] for i in range(5)])
SHARED = np.array([[j - i + 1 if 0 <= j - i < 3 else 0 for j in range(7)] for i in range(5)])
T = np.linspace(0, 1, 30)

READABLE = {
    "bars": lambda: bars(["dense", "conv"], [122304, 156], log=True, units="parameters"),
    "grouped bars": lambda: bars(["a", "b"], {"weights": [10, 12], "biases": [3, 1]}, title="t"),
    "lines": lambda: lines(T, {"sin": np.sin(T), "cos": np.cos(T)}, xlabel="x", ylabel="y"),
    "volumes": lambda: draw_volume(
        [(32, 32, 3), (28, 28, 6)], labels=["input", "maps"], steps=["6 filters"], window=(5, 5)
    ),
    "many volumes": lambda: draw_volume([(224, 224, 3), (56, 56, 128), (7, 7, 512), (1, 1, 10)]),
    "connections": lambda: draw_connectivity(
        [LOCAL, np.ones((5, 7)), SHARED], titles=["local", "full", "shared"], highlight=2
    ),
}


@pytest.mark.parametrize("draw", READABLE.values(), ids=READABLE.keys())
def test_no_words_cover_each_other_and_all_can_be_read(draw: Any) -> None:
    fig = draw()
    assert colliding_texts(fig) == []
    assert smallest_font(fig) >= 7


def test_every_bar_says_its_number_and_the_axis_its_unit() -> None:
    written = texts(bars(["dense", "conv"], [122304, 156], log=True, units="parameters"))
    assert {"dense", "conv", " 122,304", " 156", "parameters (logarithmic axis)"} <= set(written)


def test_bars_keep_their_order_from_top_to_bottom() -> None:
    [ax] = bars(["first", "second"], [1, 2]).axes
    heights = [ax.transData.transform((0, label.get_position()[1]))[1]
               for label in ax.get_yticklabels()]
    assert heights[0] > heights[1]


def test_bar_lengths_are_the_values() -> None:
    [ax] = bars(["a", "b"], {"one": [1, 2], "two": [3, 4]}).axes
    assert [bar.get_width() for bar in ax.patches] == [1, 2, 3, 4]


def test_series_of_bars_differ_in_hatch() -> None:
    [ax] = bars(["a"], {"one": [1], "two": [2], "three": [3]}).axes
    assert len({bar.get_hatch() for bar in ax.patches}) == 3


def test_the_smallest_bar_is_seen_on_a_logarithmic_axis() -> None:
    [ax] = bars(["a", "b"], [1, 1_000_000], log=True).axes
    left, right = ax.get_xlim()
    assert left < 1
    assert right > 1_000_000


def test_curves_differ_in_marker_and_line_style() -> None:
    [ax] = lines(T, {str(k): T * k for k in range(8)}).axes
    drawn = ax.get_lines()
    assert len({line.get_marker() for line in drawn}) == 8
    assert len({str(line._dash_pattern) for line in drawn}) == 8


def test_curves_carry_the_values_and_their_names() -> None:
    fig = lines([1, 2, 3], {"error": [4, 5, 6]}, xlabel="epoch", ylabel="E", title="Training")
    [line] = fig.axes[0].get_lines()
    np.testing.assert_array_equal(line.get_xydata(), [[1, 4], [2, 5], [3, 6]])
    assert {"error", "epoch", "E", "Training"} <= set(texts(fig))


def test_one_curve_needs_no_legend() -> None:
    assert lines([1, 2], [3, 4]).axes[0].get_legend() is None


def test_counted_things_have_whole_ticks() -> None:
    [ax] = lines([1, 2, 3], [1, 2, 3]).axes
    assert all(float(tick).is_integer() for tick in ax.get_xticks())


@pytest.mark.parametrize("draw", [bars, lines])
def test_charts_can_be_drawn_into_axes(draw: Any) -> None:
    fig = Figure()
    assert draw([1, 2], [3, 4], ax=fig.add_subplot()) is fig


def test_volumes_say_width_height_and_depth_in_this_order() -> None:
    written = texts(draw_volume([(32, 16, 3), (28, 12, 6)], labels=["in", "out"], steps=["conv"]))
    assert written == ["32 × 16 × 3\nin", "28 × 12 × 6\nout", "conv"]


def test_larger_volumes_are_drawn_larger() -> None:
    [ax] = draw_volume([(32, 16, 3), (8, 4, 3)]).axes
    fronts = [patch.get_xy() for patch in ax.patches if isinstance(patch, Polygon)][::3]
    (wide, tall), (narrow, short) = (np.ptp(front, axis=0) for front in fronts)
    assert wide == pytest.approx(2 * narrow)  # square roots of 32 and 8
    assert tall == pytest.approx(2 * short)
    assert wide > tall


def test_the_lines_of_a_window_stand_for_the_first_arrow() -> None:
    shapes = [(8, 8, 3), (6, 6, 4), (4, 4, 5)]
    arrows = [
        sum(isinstance(patch, FancyArrowPatch) for patch in fig.axes[0].patches)
        for fig in (draw_volume(shapes), draw_volume(shapes, window=(3, 3)))
    ]
    assert arrows == [2, 1]


def test_every_connection_is_one_line() -> None:
    fig = draw_connectivity([LOCAL, np.ones((5, 7))], titles=["local", "full"])
    assert [len(ax.get_lines()) for ax in fig.axes] == [15, 35]
    assert {"local\n15 connections", "full\n35 connections"} <= set(texts(fig))


def test_a_connection_runs_from_its_input_below_to_its_output_above() -> None:
    [ax] = draw_connectivity(np.array([[0, 0, 1], [0, 0, 0]])).axes
    [line] = ax.get_lines()
    np.testing.assert_array_equal(line.get_xydata(), [[1.0, 0], [-0.5, 1]])


def test_shared_weights_differ_in_line_style_and_have_names() -> None:
    fig = draw_connectivity(SHARED, names=("pixels", "feature map"))
    [ax] = fig.axes
    styles = {str(line._dash_pattern) for line in ax.get_lines()}
    assert len(styles) == 3
    assert {"weight 1", "weight 2", "weight 3", "pixels", "feature map"} <= set(texts(fig))


def test_the_highlighted_output_has_thick_connections() -> None:
    [ax] = draw_connectivity(LOCAL, highlight=1).axes
    assert sum(line.get_linewidth() > 2 for line in ax.get_lines()) == 3


def test_a_mask_may_be_nested_lists() -> None:
    assert len(draw_connectivity([[1, 0], [1, 1]]).axes) == 1


def test_words_under_a_long_row_of_boxes_grow_with_it() -> None:
    short, long = (draw_volume([(8, 8, 4)] * count) for count in (2, 9))
    few, many = ({text.get_fontsize() for text in fig.axes[0].texts} for fig in (short, long))
    assert few == {11} and many == {11 * 1.6}
