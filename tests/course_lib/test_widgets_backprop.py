"""Backpropagation step by step: the records, the picture, the widget."""

from __future__ import annotations

import numpy as np
import pytest

from course_lib import functional as F
from course_lib.graph import MLPGraph, layered
from course_lib.widgets import BackpropStepper, backprop_step_figure, backprop_steps
from course_lib.widgets.backprop_records import BACKWARD_CODE
from tests.course_lib.figures import colliding_texts, smallest_font, texts

NODES, EDGES = layered([2, 2, 1])
W = {
    (3, 0): -1.0, (3, 1): 2.0, (3, 2): -1.0, (4, 0): 0.5, (4, 1): -0.5, (4, 2): 0.5,
    (5, 0): -0.5, (5, 3): 1.5, (5, 4): -1.0,
}
NET = (NODES, EDGES, W, [2, 3], [1])


def test_the_steps_go_forward_and_back() -> None:
    assert [(step.line, step.node) for step in backprop_steps(*NET)] == [
        (None, None), (2, 3), (2, 4), (2, 5), (4, None), (7, 5), (8, 5), (10, 5),
        (6, 4), (8, 4), (10, 4), (6, 3), (8, 3), (10, 3), (11, None),
    ]


def test_the_arithmetic_is_spelled_out() -> None:
    sentences = [step.sentence for step in backprop_steps(*NET)]
    assert sentences[3:9] == [
        "net_5 = −0.4811, a_5 = f(net_5) = 0.382",
        "e = 1/2 [(0.382 − 1)²] = 0.191",
        "s_5 = y − t = 0.382 − 1 = −0.618",
        "δ_5 = f′(net_5) s_5 = f′(−0.4811)*(−0.618) = 0.2361*(−0.618) = −0.1459",
        "g_50 = δ_5 = −0.1459; g_53 = δ_5*a_3 = −0.1459*0.5 = −0.07295; "
        "g_54 = δ_5*a_4 = −0.1459*0.7311 = −0.1067",
        "s_4 = w_54*δ_5 = (−1)*(−0.1459) = 0.1459",
    ]
    assert sentences[-1] == "9 derivatives from one walk forward and one back"


@pytest.mark.parametrize("sizes", [[2, 2, 1], [3, 2, 4, 2], [2, 3]])
def test_the_last_step_knows_what_the_library_computes(sizes) -> None:
    nodes, edges = layered(sizes)
    edges = edges if len(sizes) == 2 else [*edges, (1, nodes[-1])]
    rng = np.random.default_rng(5)
    w, x, t = rng.normal(size=(len(nodes) + 1,) * 2), rng.normal(size=sizes[0]), np.ones(sizes[-1])
    graph = MLPGraph(nodes, edges)
    y, net, a = graph.forward(x, w, F.tanh)
    slope = lambda z: 1 - np.tanh(z) ** 2  # noqa: E731
    gradients, delta = graph.backward(y - t, net, a, w, slope)
    last = backprop_steps(nodes, edges, w, x, t, F.tanh, slope)[-1]
    assert last.delta == pytest.approx(delta)
    assert last.gradients == pytest.approx(gradients)
    assert (last.net, last.a) == (pytest.approx(net), pytest.approx(a))


def test_a_skip_connection_by_hand() -> None:
    # x = 1, a_2 = 1, y = 1*1 + 2*1 = 3; so the error is felt as 3 - 0, and twice that at 2.
    steps = backprop_steps([1, 2, 3], [(1, 2), (2, 3), (1, 3)],
                           {(2, 0): 0, (2, 1): 1, (3, 0): 0, (3, 1): 1, (3, 2): 2}, [1], [0],
                           lambda z: z, lambda z: 1.0)
    assert steps[-1].delta == {3: 3.0, 2: 6.0}


def test_nothing_is_known_before_its_time() -> None:
    steps = backprop_steps(*NET)
    assert steps[0].net == {} and set(steps[0].a) == {1, 2}
    assert steps[4].delta == {} and set(steps[4].net) == {3, 4, 5}
    assert set(steps[8].delta) == {5} and set(steps[9].delta) == {4, 5}


def test_gradients_take_the_place_of_weights_but_not_while_a_neuron_asks() -> None:
    asking = set(texts(backprop_step_figure(*NET, 11)))
    assert {"$w_{53}$ = 1.5", "$g_{54}$ = −0.107", "δ=−0.146"} <= asking
    assert "▶ 6     s_i ← Σ w_ki δ_k, k in Succ(i)" in asking
    end = texts(backprop_step_figure(*NET, -1))
    assert sum(text.startswith("$g_") for text in end) == 9
    assert not any(text.startswith("$w_") for text in end)


def test_a_large_graph_writes_only_what_is_near() -> None:
    nodes, edges = layered([4, 5, 3])
    w = np.ones((13, 13))
    steps = backprop_steps(nodes, edges, w, [1, 2, 3, 4], [0, 0, 0])
    asking = next(k for k, step in enumerate(steps) if step.line == 6)
    written = texts(backprop_step_figure(nodes, edges, w, [1, 2, 3, 4], [0, 0, 0], asking))
    assert sum(text.startswith(("$w_", "$g_")) for text in written) == 5 + 3


@pytest.mark.parametrize("step", [0, 3, 7, 11, 13, -1])
def test_the_picture_can_be_read(step) -> None:
    fig = backprop_step_figure(*NET, step)
    assert colliding_texts(fig) == []
    assert smallest_font(fig) >= 7


def test_the_widget_shows_line_words_and_arithmetic() -> None:
    widget = BackpropStepper(*NET)
    assert len(BACKWARD_CODE) == 11
    for number, step in enumerate(widget.steps):
        widget.slider.value = number
        assert step.words in widget.words.value
        assert step.sentence in widget.words.value
        assert f'alt="Step {number} of 14 of backpropagation. {step.words}' in widget.picture.value
    assert widget.error == ""
    widget.step = 8
    assert "Line 6: s_i ← Σ w_ki δ_k" in widget.words.value
