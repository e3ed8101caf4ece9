"""The drawn MLP: inputs left, outputs right, every weight and number where it belongs."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from matplotlib.figure import Figure
from matplotlib.patches import Circle, FancyArrowPatch, Rectangle, RegularPolygon

from course_lib.graph import layered
from course_lib.plots import draw_graph
from course_lib.plots.graph_layout import columns_by_longest_path, curve, place
from tests.course_lib.figures import colliding_texts, smallest_font, texts

XOR = [1, 2, 3, 4, 5], [(1, 3), (1, 4), (2, 3), (2, 4), (3, 5), (4, 5)]
SKIP = [1, 2, 3, 4, 5, 6, 7], [(1, 3), (2, 3), (3, 4), (4, 5), (1, 5), (2, 4), (2, 6), (3, 6)]
W = {
    (3, 0): -0.5, (3, 1): 1, (3, 2): 1, (4, 0): -1.5, (4, 1): 1, (4, 2): 1,
    (5, 0): -0.5, (5, 3): 1, (5, 4): -2,
}
GAP = (1.7, 1.15)


def shapes(fig: Figure, kind: type) -> list[Any]:
    return [patch for patch in fig.axes[0].patches if type(patch) is kind]


def arrows(fig: Figure) -> list[FancyArrowPatch]:
    return shapes(fig, FancyArrowPatch)


@pytest.mark.parametrize(
    ("graph", "columns"),
    [
        (XOR, [[1, 2], [3, 4], [5]]),
        (SKIP, [[1, 2, 7], [3], [4], [5, 6]]),
        (([1, 2], [(1, 2)]), [[1], [2]]),
        (([4], []), [[4]]),
        (([1, 2, 3, 4], [(1, 2), (2, 3), (1, 4)]), [[1], [2], [3, 4]]),
        (layered([2, 3, 1]), [[1, 2], [3, 4, 5], [6]]),
    ],
)
def test_columns_follow_the_longest_path_and_outputs_are_last(
    graph: tuple[list[int], list[tuple[int, int]]], columns: list[list[int]]
) -> None:
    assert columns_by_longest_path(*graph) == columns


@pytest.mark.parametrize("seed", range(20))
def test_no_arrow_of_a_random_graph_runs_through_a_neuron(seed: int) -> None:
    rng = np.random.default_rng(seed)
    nodes = list(range(1, 9))
    edges = [(j, i) for i in nodes for j in range(1, i) if rng.random() < 0.35]
    layout = place(nodes, edges, None, gap=GAP)
    for edge, control in layout.arrows.items():
        for node, at in layout.positions.items():
            if node not in edge:
                nearest = np.hypot(*(curve(control, 101) - at).T).min()
                assert nearest > layout.radius, (edge, node)


def test_arrows_go_from_left_to_right() -> None:
    layout = place(*SKIP, None, gap=GAP)
    for j, i in SKIP[1]:
        assert layout.positions[j][0] < layout.positions[i][0]


def test_connections_that_skip_a_column_are_curved_and_others_straight() -> None:
    layout = place(*SKIP, None, gap=GAP)
    curved = {
        edge
        for edge, (start, control, end) in layout.arrows.items()
        if not np.allclose(control, (start + end) / 2)
    }
    assert curved == {(1, 5), (2, 4), (2, 6), (3, 6)}


def test_every_edge_has_an_arrow_and_every_neuron_its_number() -> None:
    fig = draw_graph(*SKIP)
    assert len(arrows(fig)) == len(SKIP[1])
    assert set("1234567") <= set(texts(fig))


def test_kinds_differ_in_shape_and_the_legend_names_them() -> None:
    fig = draw_graph(*XOR)
    assert len(shapes(fig, Rectangle)) == 2
    assert len(shapes(fig, Circle)) == 2
    assert len(shapes(fig, RegularPolygon)) == 1
    assert texts(fig)[-3:] == ["input", "hidden", "output"]


def test_the_legend_names_only_what_is_there() -> None:
    written = texts(draw_graph([1, 2], [(1, 2)]))
    assert "hidden" not in written
    assert "input" in written


def test_weights_are_named_target_first() -> None:
    fig = draw_graph([1, 2], [(1, 2)], w={(2, 1): 0.5, (1, 2): 99, (2, 0): -3})
    assert "$w_{21}$ = 0.5" in texts(fig)
    assert "$w_{20}$ = −3" in texts(fig)
    assert not any("99" in text for text in texts(fig))


def test_weights_may_be_an_array_or_words() -> None:
    w = np.zeros((3, 3))
    w[2, 1], w[2, 0] = 0.25, 7
    assert {"$w_{21}$ = 0.25", "$w_{20}$ = 7"} <= set(texts(draw_graph([1, 2], [(1, 2)], w=w)))
    assert "shared" in texts(draw_graph([1, 2], [(1, 2)], w={(2, 1): "shared"}))


def test_indices_of_two_digits_are_kept_apart() -> None:
    fig = draw_graph([1, 12], [(1, 12)], w={(12, 1): 2})
    assert "$w_{12,1}$ = 2" in texts(fig)


def test_values_are_an_activation_or_a_pair() -> None:
    fig = draw_graph([1, 2, 3], [(1, 2), (2, 3)], values={1: 1.0, 2: (0.5, 0.62246), 3: (-1, None)})
    written = texts(fig)
    assert {"a=1", "net=0.5", "a=0.622", "net=−1"} <= set(written)
    assert sum(text.startswith("a=") for text in written) == 2


@pytest.mark.parametrize(
    ("highlight", "thick"),
    [(None, 0), (3, 0), ((1, 3), 1), ([4, (1, 4), (2, 4)], 2), ({3, (1, 3)}, 1), ([], 0)],
)
def test_highlighted_arrows_are_thick(highlight: Any, thick: int) -> None:
    widths = [arrow.get_linewidth() for arrow in arrows(draw_graph(*XOR, highlight=highlight))]
    assert sum(width > 2 for width in widths) == thick


def test_a_highlighted_neuron_has_a_second_outline() -> None:
    assert len(shapes(draw_graph(*XOR, highlight=3), Circle)) == 3
    assert len(shapes(draw_graph(*XOR, highlight=[3, 4]), Circle)) == 4


def test_a_graph_with_a_cycle_is_drawn_when_its_columns_are_given() -> None:
    fig = draw_graph([1, 2, 3], [(1, 2), (2, 3), (3, 2)], layers=[[1], [2], [3]])
    assert len(arrows(fig)) == 3


def test_a_graph_can_be_drawn_into_axes() -> None:
    fig = Figure(figsize=(8, 4))
    left, right = fig.subplots(1, 2)
    assert draw_graph(*XOR, ax=left, title="one") is fig
    assert draw_graph(*SKIP, ax=right) is fig
    assert "one" in texts(fig)


@pytest.mark.parametrize(
    "fig",
    [
        pytest.param(lambda: draw_graph(*XOR, w=W), id="2-2-1 with weights"),
        pytest.param(
            lambda: draw_graph(*XOR, w=W, values=dict.fromkeys(XOR[0], (-0.123, 0.456))),
            id="2-2-1 with all numbers",
        ),
        pytest.param(lambda: draw_graph(*SKIP, title="skip"), id="skip connections"),
        pytest.param(lambda: draw_graph(*layered([8, 6, 4])), id="8-6-4"),
        pytest.param(
            lambda: draw_graph(*layered([3, 3, 2]), w=np.full((9, 9), -0.25)), id="3-3-2 weights"
        ),
    ],
)
def test_no_words_cover_each_other_and_all_can_be_read(fig: Any) -> None:
    drawn = fig()
    assert colliding_texts(drawn) == []
    assert smallest_font(drawn) >= 7
