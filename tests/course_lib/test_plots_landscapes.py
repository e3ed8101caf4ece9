"""Landscapes: the curve and the contour lines of f, and the paths of a descent on them."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from course_lib.plots import contours, curve, panels
from tests.course_lib.figures import colliding_texts, smallest_font, texts

PATH = np.array([[2.0, 1.0], [1.0, -0.5], [0.5, 0.25]])


def bowl(w: Any) -> float:
    assert np.shape(w) == (2,), "one point at a time"
    return float(w[0] ** 2 + 20 * w[1] ** 2)


def side_by_side() -> Any:
    fig, (left, right) = panels(2)
    curve(np.square, (-3, 3), {"rate 0.1": [2.0, 1.0]}, title="a curve", ax=left)
    contours(bowl, ((-3, 3), (-2, 2)), {"rate 0.1": PATH}, title="a bowl", ax=right)
    return fig


READABLE = {
    "curve": lambda: curve(np.square, (-3, 3), {"one": [2, 1], "two": [-2, -1]}, title="t"),
    "contours": lambda: contours(bowl, (-3, 3), {"one": PATH, "two": -PATH}, title="t"),
    "side by side": side_by_side,
}


@pytest.mark.parametrize("draw", READABLE.values(), ids=READABLE.keys())
def test_no_words_cover_each_other_and_all_can_be_read(draw: Any) -> None:
    fig = draw()
    assert colliding_texts(fig) == []
    assert smallest_font(fig) >= 7


def drawn(fig: Any, name: str) -> Any:
    (line,) = [line for line in fig.axes[0].lines if line.get_label() == name]
    return line


def test_a_path_on_a_curve_lies_on_it_and_names_itself() -> None:
    fig = curve(np.square, (-3, 3), {"rate 0.1": [2.0, -1.0, 4.0]})
    line = drawn(fig, "rate 0.1")
    np.testing.assert_array_equal(line.get_ydata()[:2], [4, 1])
    assert np.isnan(line.get_ydata()[2]), "what lies outside the span is not drawn"
    np.testing.assert_array_equal(
        drawn(curve(np.square, (-3, 3), {"a": [[2.0], [1.0]]}), "a").get_xdata(), [2, 1]
    )


def test_a_path_on_contours_goes_through_its_points_and_the_first_is_filled() -> None:
    fig = contours(bowl, (-3, 3), {"rate 0.1": PATH})
    line = drawn(fig, "rate 0.1")
    np.testing.assert_array_equal(np.column_stack(line.get_data()), PATH)
    start = fig.axes[0].lines[-1]
    assert start.get_xydata().tolist() == [[2.0, 1.0]]
    assert start.get_markerfacecolor() == line.get_color() != line.get_markerfacecolor()


def test_paths_differ_by_more_than_colour() -> None:
    fig = contours(bowl, (-3, 3), {"one": PATH, "two": -PATH})
    one, two = drawn(fig, "one"), drawn(fig, "two")
    assert one.get_marker() != two.get_marker() and one.get_linestyle() != two.get_linestyle()


def test_several_paths_have_a_legend_and_one_needs_none() -> None:
    for draw, path in ((curve, [2.0, 1.0]), (contours, PATH)):
        f = np.square if draw is curve else bowl
        assert "one" not in texts(draw(f, (-3, 3), {"one": path}))
        assert {"one", "two"} <= set(texts(draw(f, (-3, 3), {"one": path, "two": path})))


def test_a_flat_function_has_no_lines_and_no_legend_without_paths() -> None:
    fig = contours(lambda w: 1.0, (-1, 1))
    assert not fig.axes[0].collections and fig.axes[0].get_legend() is None
    assert curve(lambda w: 1.0, (-1, 1)).axes[0].get_ylim() == (0.0, 2.0)


def test_panels_come_row_by_row() -> None:
    fig, axes = panels(2, 2)
    assert len(axes) == 4 and fig.axes == axes
    places = [(axes[k].get_subplotspec().rowspan.start, axes[k].get_subplotspec().colspan.start)
              for k in range(4)]
    assert places == [(0, 0), (0, 1), (1, 0), (1, 1)]
