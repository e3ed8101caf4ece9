"""The forward pass step by step: the records, the picture, the widget, the learner's own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from matplotlib.patches import FancyArrowPatch

from course_lib import functional as F
from course_lib.graph import MLPGraph, forward_graph, layered
from course_lib.widgets import GraphStepper, graph_step_figure, graph_steps
from course_lib.widgets.graph_records import PSEUDO_CODE
from tests.course_lib.figures import colliding_texts, smallest_font, texts

NODES = [1, 2, 3, 4, 5]
EDGES = [(1, 3), (1, 4), (2, 3), (2, 4), (3, 5), (4, 5), (1, 5)]  # with a skip connection
W = {
    (3, 0): -0.5, (3, 1): 1, (3, 2): 1, (4, 0): -1.5, (4, 1): 1, (4, 2): 1,
    (5, 0): -0.5, (5, 1): 0.25, (5, 3): 1, (5, 4): -2,
}
X = [1, 0]


def stepper(**options: Any) -> GraphStepper:
    return GraphStepper(NODES, EDGES, W, X, **options)


def test_the_steps_follow_the_pseudo_code_of_the_deck() -> None:
    steps = graph_steps(NODES, EDGES, W, X)
    assert [(step.line, step.node) for step in steps] == [
        (None, None), (2, 1), (2, 2), (5, 3), (6, 3), (5, 4), (6, 4), (5, 5), (6, 5), (9, 5),
        (11, None),
    ]


def test_every_line_that_computes_is_one_of_the_pseudo_code() -> None:
    assert len(PSEUDO_CODE) == 11  # RWTH 000:214-230
    for step in graph_steps(NODES, EDGES, W, X)[1:]:
        assert step.line is not None
        assert not PSEUDO_CODE[step.line - 1].startswith(("for", "end"))


def test_the_arithmetic_is_spelled_out() -> None:
    sentences = [step.sentence for step in graph_steps(NODES, EDGES, W, X)]
    assert sentences == [
        "topological order: 1, 2, 3, 4, 5",
        "a_1 = x[0] = 1",
        "a_2 = x[1] = 0",
        "net_3 = w_30 + w_31*a_1 + w_32*a_2 = −0.5 + 1*1 + 1*0 = 0.5",
        "a_3 = f(net_3) = sigmoid(0.5) = 0.6225",
        "net_4 = w_40 + w_41*a_1 + w_42*a_2 = −1.5 + 1*1 + 1*0 = −0.5",
        "a_4 = f(net_4) = sigmoid(−0.5) = 0.3775",
        "net_5 = w_50 + w_51*a_1 + w_53*a_3 + w_54*a_4 = "
        "−0.5 + 0.25*1 + 1*0.6225 + (−2)*0.3775 = −0.3826",
        "a_5 = f(net_5) = sigmoid(−0.3826) = 0.4055",
        "y[0] = a_5 = 0.4055",
        "y = [0.4055]",
    ]


def test_the_words_say_what_happens() -> None:
    words = [step.words for step in graph_steps(NODES, EDGES, W, X)]
    assert words[3] == "Neuron 3 adds its bias and what neurons 1 and 2 send."
    assert words[7] == "Neuron 5 adds its bias and what neurons 1, 3 and 4 send."
    [single] = [s.words for s in graph_steps([1, 2], [(1, 2)], {(2, 0): 0, (2, 1): 1}, [3])
                if s.line == 5]
    assert single == "Neuron 2 adds its bias and what neuron 1 sends."


@pytest.mark.parametrize("f", [F.sigmoid, F.relu, F.tanh, lambda net: net])
@pytest.mark.parametrize("sizes", [[2, 2, 1], [1, 4], [3, 2, 3, 2], [2]])
def test_the_last_step_knows_what_forward_graph_returns(
    sizes: list[int], f: Callable[[Any], Any]
) -> None:
    nodes, edges = layered(sizes)
    rng = np.random.default_rng(3)
    w, x = rng.normal(size=(len(nodes) + 1,) * 2), rng.normal(size=sizes[0])
    y, net, a = MLPGraph(nodes, edges).forward(x, w, f)
    last = graph_steps(nodes, edges, w, x, f)[-1]
    np.testing.assert_allclose(last.y, y)
    assert last.net == pytest.approx(net)
    assert last.a == pytest.approx(a)


def test_each_step_knows_what_came_before_and_no_more() -> None:
    steps = graph_steps(NODES, EDGES, W, X)
    assert steps[0].a == {}
    assert (steps[3].net, steps[3].a) == ({3: 0.5}, {1: 1.0, 2: 0.0})
    assert set(steps[4].a) == {1, 2, 3}
    assert steps[8].y == []
    assert len(steps[9].y) == 1


def test_indices_of_two_digits_are_kept_apart() -> None:
    steps = graph_steps([1, 12], [(1, 12)], {(12, 0): 0, (12, 1): 2}, [3])
    assert steps[2].sentence == "net_12 = w_12,0 + w_12,1*a_1 = 0 + 2*3 = 6"


def test_the_picture_has_the_graph_the_code_and_the_words() -> None:
    fig = graph_step_figure(NODES, EDGES, W, X, 3)
    written = texts(fig)
    assert "▶ 5     net_i ← w_i0 + Σ w_ij a_j, j in Pred(i)" in written
    assert "Neuron 3 adds its bias and what neurons 1 and 2 send." in written
    assert "net_3 = w_30 + w_31*a_1 + w_32*a_2 = −0.5 + 1*1 + 1*0 = 0.5" in written
    assert {"net=0.5", "a=1", "a=0", "$w_{31}$ = 1"} <= set(written)
    assert sum("▶" in text for text in written) == 1


def test_the_first_picture_marks_no_line_and_knows_no_number() -> None:
    written = texts(graph_step_figure(NODES, EDGES, W, X, 0))
    assert not any("▶" in text or text.startswith(("net=", "a=")) for text in written)


@pytest.mark.parametrize(("step", "thick"), [(0, 0), (1, 0), (3, 2), (4, 0), (7, 3), (9, 0)])
def test_what_a_neuron_adds_up_is_drawn_thick(step: int, thick: int) -> None:
    graph = graph_step_figure(NODES, EDGES, W, X, step).axes[0]
    arrows = [patch for patch in graph.patches if isinstance(patch, FancyArrowPatch)]
    assert sum(arrow.get_linewidth() > 2 for arrow in arrows) == thick


def test_a_large_graph_writes_only_the_weights_of_the_current_neuron() -> None:
    nodes, edges = layered([4, 5, 3])
    w = np.ones((13, 13))
    written = texts(graph_step_figure(nodes, edges, w, [1, 2, 3, 4], 5))
    assert sum(text.startswith("$w_") for text in written) == 5


@pytest.mark.parametrize("step", [0, 3, 7, 8, -1])
def test_the_picture_can_be_read(step: int) -> None:
    fig = graph_step_figure(NODES, EDGES, W, X, step, forward=forward_graph)
    assert colliding_texts(fig) == []
    assert smallest_font(fig) >= 7


# The widget


def test_back_and_next_move_and_stop_at_the_ends() -> None:
    widget = stepper()
    widget.back.click()
    assert widget.step == 0
    widget.next.click()
    widget.next.click()
    assert widget.step == 2
    widget.back.click()
    assert widget.step == 1
    widget.step = len(widget.steps) - 1
    widget.next.click()
    assert widget.step == len(widget.steps) - 1
    assert widget.error == ""


def test_every_step_shows_its_line_its_words_and_its_arithmetic() -> None:
    widget = stepper()
    for number, step in enumerate(widget.steps):
        widget.slider.value = number
        assert step.words in widget.words.value
        assert step.sentence in widget.words.value
        assert f'alt="Step {number} of 10 of the forward pass. {step.words}' in widget.picture.value
    widget.step = 3
    assert "Line 5: net_i ← w_i0 + Σ w_ij a_j" in widget.words.value


def test_the_browser_can_move_it() -> None:
    widget = stepper()
    widget.slider.set_state({"value": 4})
    assert "sigmoid(0.5)" in widget.words.value


def test_where_no_widget_can_be_shown_one_line_is_left() -> None:
    assert repr(stepper()) == "GraphStepper at step 0 of 10 (run this cell to use it)"


def test_every_control_has_a_name() -> None:
    widget = stepper()
    controls = [widget.back, widget.next, widget.play_button, widget.slider]
    assert [control.description for control in controls] == ["Back", "Next", "Play", "Step"]
    assert widget.play.layout.display == "none"  # its own buttons have none


def test_play_moves_the_slider_over_all_steps() -> None:
    widget = stepper()
    assert (widget.play.min, widget.play.max) == (widget.slider.min, widget.slider.max) == (0, 10)
    linked = {(*link.source, *link.target) for link in widget._links}
    assert (widget.play, "value", widget.slider, "value") in linked
    assert (widget.play, "playing", widget.play_button, "value") in linked


def test_a_broken_step_becomes_a_sentence_and_the_next_good_one_clears_it() -> None:
    widget = stepper()
    good = widget.steps[2]
    widget.steps[2] = None  # type: ignore[call-overload]
    widget.step = 2
    assert widget.error.startswith("This step cannot be shown: AttributeError: ")
    assert widget.error in widget.message.value.replace("&#x27;", "'")
    assert 'role="alert"' in widget.message.value
    widget.steps[2] = good
    widget.step = 3
    assert widget.error == ""
    assert widget.message.value == ""


def test_words_of_a_learner_cannot_become_html() -> None:
    def forward(*_: Any) -> Any:
        raise ValueError("<script>alert(1)</script>")

    widget = stepper(forward=forward)
    assert "<script>" not in widget.message.value + widget.words.value + widget.picture.value


# The learner's own function


def right(x: Any, inputs: Any, outputs: Any, order: Any, pred: Any, w: Any, f: Any) -> Any:
    return forward_graph(x, inputs, outputs, order, pred, w, f)


def forgets_the_bias(
    x: Any, inputs: Any, outputs: Any, order: Any, pred: Any, w: Any, f: Any
) -> Any:
    without = {key: 0.0 if key[1] == 0 else value for key, value in w.items()}
    return forward_graph(x, inputs, outputs, order, pred, without, f)


def test_a_right_function_agrees_at_every_step() -> None:
    remarks = [step.remark for step in graph_steps(NODES, EDGES, W, X, forward=right)]
    assert remarks[0] == ""
    assert remarks[1] == "Yours agrees: a_1 = 1."
    assert remarks[3] == "Yours agrees: net_3 = 0.5."
    assert remarks[9] == "Yours agrees: y[0] = 0.4055."
    assert remarks[10] == "Your y agrees."


def test_a_wrong_function_is_compared_step_by_step() -> None:
    remarks = [step.remark for step in graph_steps(NODES, EDGES, W, X, forward=forgets_the_bias)]
    assert remarks[1] == "Yours agrees: a_1 = 1."
    assert remarks[3] == "Your net_3 is 1; expected 0.5."
    assert remarks[4] == "Your a_3 is 0.7311; expected 0.6225."
    assert remarks[10] == "Your y differs in entry 0."


def test_the_remark_is_in_the_picture_and_in_the_widget() -> None:
    remark = "Your net_3 is 1; expected 0.5."
    assert remark in texts(graph_step_figure(NODES, EDGES, W, X, 3, forward=forgets_the_bias))
    widget = stepper(forward=forgets_the_bias)
    widget.step = 3
    assert remark in widget.words.value


def changing_what_it_gets(
    x: Any, inputs: Any, outputs: Any, order: Any, pred: Any, w: Any, f: Any
) -> Any:
    answer = forward_graph(x, inputs, outputs, order, pred, w, f)
    x[:] = 0
    for thing in (inputs, outputs, order, pred, w):
        thing.clear()
    return answer


def test_a_function_that_changes_its_arguments_changes_nothing_here() -> None:
    w = dict(W)
    steps = graph_steps(NODES, EDGES, w, X, forward=changing_what_it_gets)
    assert steps[-1].remark == "Your y agrees."
    assert w == W


def not_written(*_: Any) -> Any:
    raise NotImplementedError


def breaks(*_: Any) -> Any:
    raise KeyError(3)


def silent(*_: Any) -> Any:
    raise RuntimeError


PROBLEMS = [
    (not_written, "Your not_written is not written yet; this is the library's version."),
    (breaks, "Your breaks raised KeyError: 3"),
    (silent, "Your silent raised RuntimeError without a message."),
    (lambda *_: None, "Your <lambda> must return y, net, a (net and a as dicts); got NoneType."),
    (lambda *_: (1, 2),
     "Your <lambda> must return y, net, a (net and a as dicts); got tuple of 2."),
    (lambda *_: ([0.5], [1], {}),
     "Your <lambda> must return y, net, a (net and a as dicts); got list of 1 for net."),
    (lambda *_: ([0.5, 1], {}, {}),
     "Your <lambda> must return y, net, a (net and a as dicts); got y of shape (2,), not (1,)."),
]


@pytest.mark.parametrize(("forward", "sentence"), PROBLEMS, ids=[text for _, text in PROBLEMS])
def test_whatever_the_function_does_ends_in_one_sentence(forward: Any, sentence: str) -> None:
    widget = stepper(forward=forward)
    assert widget.error == sentence
    widget.next.click()
    assert widget.error == sentence  # it stays true
    assert "a_1 = x[0] = 1" in widget.words.value  # and the reference can be stepped through


def test_the_plain_picture_says_it_too() -> None:
    written = texts(graph_step_figure(NODES, EDGES, W, X, 3, forward=not_written))
    assert PROBLEMS[0][1] in written


def test_missing_and_strange_entries_are_named() -> None:
    def forward(*_: Any) -> Any:
        return [None], {3: "much", 4: np.ones(2)}, {1: 1.0, 2: np.nan}

    remarks = [step.remark for step in graph_steps(NODES, EDGES, W, X, forward=forward)]
    assert remarks[2] == "Your a_2 is nan; expected 0."
    assert remarks[3] == "Your net_3 is no number but str; expected 0.5."
    assert remarks[4] == "Your a has no entry for neuron 3."
    assert remarks[5] == "Your net_4 is no number but ndarray; expected −0.5."
    assert remarks[9] == "Your y[0] is no number but NoneType; expected 0.4055."
