"""The playground: what a network makes of the plane, the picture, networks of any kind."""

from __future__ import annotations

from itertools import pairwise
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from matplotlib.colors import to_rgb

from course_lib import functional as F
from course_lib import layers, models
from course_lib.data.points import make_blobs
from course_lib.widgets import (
    Playground,
    decisions,
    playground,
    playground_figure,
    playground_plot,
    playground_records,
)
from tests.course_lib.figures import colliding_texts, smallest_font, texts
from tests.course_lib.messages import Message, check, unread_raises

POINTS = np.array([(-1.0, 0.0), (-1.0, 1.0), (1.0, 0.0), (1.0, 1.0)])
LABELS = [0, 0, 1, 1]


def net(forward: Any) -> Any:
    return SimpleNamespace(forward=forward)


def answer(forward: Any, labels: Any = LABELS) -> Any:
    return decisions(net(forward), POINTS, labels)


KINDS = [
    lambda x: np.stack([0 * x[:, 0], 9 * x[:, 0]], axis=1),
    lambda x: 9 * x[:, :1],
    lambda x: 9 * x[:, 0],
    lambda x: (x[:, 0] > 0) * 1.0,
    lambda x: x[:, 0] > 0,
]


@pytest.mark.parametrize("forward", KINDS)
def test_logits_scores_and_chances_are_understood(forward: Any) -> None:
    got = answer(forward)
    assert got.problem == ""
    assert got.words.startswith("4 of 4 points are right (100 %).")
    left, right = got.chances[:, 0], got.chances[:, -1]
    assert (left[:, 0] > 0.99).all() and (right[:, 1] > 0.99).all()


def test_rows_go_up_and_columns_go_right() -> None:
    up = answer(lambda x: 9 * x[:, 1] - 4.5, [0, 1, 0, 1])
    assert up.chances[0, 0, 1] < 0.1 and up.chances[-1, 0, 1] > 0.9
    assert not up.wrong.any()


def test_the_wrong_points_are_counted_and_known() -> None:
    got = answer(lambda x: 9 * x[:, 0], [0, 1, 1, 1])
    assert got.wrong.tolist() == [False, True, False, False]
    assert got.words.startswith("3 of 4 points are right (75 %).")


def test_the_weights_of_an_mlp_are_drawn_and_those_of_others_are_not() -> None:
    rng = np.random.default_rng(0)
    got = decisions(models.mlp((2, 4, 2), rng=rng), POINTS, LABELS)
    assert [matrix.shape for matrix in got.matrices] == [(4, 2), (2, 4)]
    wide = decisions(models.mlp((2, 17, 2), rng=rng), POINTS, LABELS)
    assert wide.words.endswith("A layer has more than 16 neurons, so no lines are drawn.")
    assert answer(KINDS[0]).words.endswith(
        "cannot be read as layers from two inputs on, so the lines of its neurons are not drawn."
    )


def test_dropout_is_off_while_looking_and_on_again_afterwards() -> None:
    rng = np.random.default_rng(0)
    model = layers.Sequential(layers.Linear(2, 2, rng=rng), layers.Dropout(0.9, rng=rng))
    model.train()
    first, second = (decisions(model, POINTS, LABELS).chances for _ in range(2))
    np.testing.assert_array_equal(first, second)
    assert model.training


def boom(x: Any) -> Any:
    raise KeyError("W")


def not_written(x: Any) -> Any:
    raise NotImplementedError


PROBLEMS = [
    (boom, "Your boom raised KeyError: 'W'"),
    (not_written, "Your not_written is not written yet."),
    (lambda x: None, "Your forward must return numbers of shape (3604, K); got NoneType."),
    (lambda x: x[:3], "Your forward must return numbers of shape (3604, K); got shape (3, 2)."),
    (lambda x: x * np.nan, "Your forward returned nan or infinity in 7208 of 7208 numbers."),
]


@pytest.mark.parametrize(("forward", "problem"), PROBLEMS, ids=[text for _, text in PROBLEMS])
def test_whatever_the_network_does_ends_in_one_sentence(forward: Any, problem: str) -> None:
    got = answer(forward)
    assert (got.problem, got.chances) == (problem, None)
    assert problem in " ".join(texts(playground_figure(net(forward), POINTS, LABELS)))


def test_too_few_outputs_and_no_network_are_said() -> None:
    assert answer(KINDS[0], [0, 1, 2, 2]).problem == (
        "The network must tell 3 classes apart, as the labels do; it gives 2 numbers a point."
    )
    assert decisions(len, POINTS, LABELS).problem == (
        "network expects an object with forward(x); got builtin_function_or_method."
    )


@pytest.mark.parametrize("sizes", [(2, 4, 2), (2, 8, 5, 3), (2, 20, 2)])
def test_the_picture_can_be_read(sizes: Any) -> None:
    points, labels = make_blobs(40, sizes[-1], rng=np.random.default_rng(0))
    model = models.mlp(sizes, rng=np.random.default_rng(3))
    fig = playground_figure(model, points, labels)
    assert colliding_texts(fig) == []
    assert smallest_font(fig) >= 7
    lines = len(fig.axes[1].lines) if len(fig.axes) > 1 else 0
    assert lines == (0 if 20 in sizes else sum(a * b for a, b in pairwise(sizes)))


def test_thickness_is_size_and_dashes_are_the_sign() -> None:
    model = models.mlp((2, 1), rng=np.random.default_rng(0))
    model.layers[1].weight.data[...] = [[2.0, -1.0]]
    thick, thin = playground_figure(model, POINTS, LABELS).axes[1].lines
    assert (thick.get_color(), thick.get_linestyle()) == ("#0072B2", "-")
    assert (thin.get_color(), thin.get_linestyle()) == ("#D55E00", "--")
    assert thick.get_linewidth() - 0.3 == pytest.approx(2 * (thin.get_linewidth() - 0.3))


def test_where_it_cannot_tell_the_plane_is_white() -> None:
    chances = np.array([[[0.5, 0.5], [0.0, 1.0]]])
    white, sure = playground_plot._colours(chances)[0]
    np.testing.assert_allclose(white, 1.0)
    np.testing.assert_allclose(sure, 1 - 0.45 * (1 - np.array(to_rgb("#D55E00"))))


# The widget


def unpacked(sent: Any) -> Any:
    return np.frombuffer(sent["data"], "<f4").reshape(sent["shape"])


def trained(widget: Playground, pulls: int = 3) -> Playground:
    for pull in range(1, pulls + 1):
        widget.set_state({"pull": pull, "hundred_at_once": True, "seq": pull})
    return widget


def test_nothing_is_trained_before_the_browser_asks() -> None:
    widget = Playground(POINTS, LABELS)
    assert (widget.count, widget.error) == (0, "")
    assert widget.words.startswith("Step 0. ")
    widget.set_state({"learning_rate": 0.1, "seq": 1})
    assert (widget.count, widget.answered) == (0, 1)


def test_the_network_learns_the_points() -> None:
    points, labels = make_blobs(60, 3, rng=np.random.default_rng(0))
    widget = trained(Playground(points, labels, (6,)))
    assert widget.count == 300
    assert "60 of 60 points are right (100 %)." in widget.words
    assert widget.wrong == []
    assert [sent["shape"] for sent in widget.matrices] == [[6, 2], [3, 6]]


def test_a_short_request_makes_at_least_one_step() -> None:
    widget = Playground(POINTS, LABELS)
    widget.set_state({"pull": 1, "seq": 1})
    assert widget.count >= 1


def test_the_picture_has_a_class_and_a_strength_for_every_place() -> None:
    widget = trained(Playground(POINTS, LABELS))
    winner, sure = unpacked(widget.picture)
    assert winner.shape == (48, 48)
    assert set(np.unique(winner)) == {0.0, 1.0}
    assert sure.min() >= 0 and sure.max() <= 1
    assert (winner[:, 0] == 0).all() and (winner[:, -1] == 1).all()


def test_on_the_boundary_both_classes_are_equally_likely() -> None:
    widget = Playground(POINTS, LABELS, network=net(lambda x: 2 * x[:, 0] - x[:, 1] - 0.1))
    line = unpacked(widget.boundary[0]).astype(float)
    np.testing.assert_allclose(2 * line[:, 0] - line[:, 1], 0.1, atol=2e-2)


def test_other_sliders_make_another_network() -> None:
    widget = trained(Playground(POINTS, LABELS, (5, 3)))
    assert [sent["shape"] for sent in widget.matrices] == [[5, 2], [3, 5], [2, 3]]
    first = unpacked(widget.matrices[0])
    widget.set_state({"fresh": 1, "seq": 4})
    assert widget.count == 0
    assert (unpacked(widget.matrices[0]) != first).all()
    assert [sent["shape"] for sent in widget.matrices] == [[5, 2], [3, 5], [2, 3]]
    widget.set_state({"depth": 1, "neurons": 7, "seq": 5})
    assert [sent["shape"] for sent in widget.matrices] == [[7, 2], [2, 7]]
    widget.set_state({"depth": 0, "activation": "ReLU", "seq": 6})
    assert [sent["shape"] for sent in widget.matrices] == [[2, 2]]


def test_without_an_activation_the_network_is_a_matrix() -> None:
    widget = Playground(POINTS, LABELS, activation="none")
    x = np.random.default_rng(0).normal(size=(5, 2))
    y = widget.network.forward(x) - widget.network.forward(0 * x)
    np.testing.assert_allclose(widget.network.forward(2 * x) - widget.network.forward(0 * x), 2 * y)


def test_a_network_of_ones_own_is_trained_in_place() -> None:
    mine = models.mlp((2, 3, 1), rng=np.random.default_rng(0))
    widget = trained(Playground(POINTS, LABELS, network=mine))
    assert widget.own and widget.network is mine
    assert "4 of 4 points are right" in widget.words


class Mine:
    """A learner's perceptron with a step of its own."""

    def __init__(self) -> None:
        self.W = np.zeros((2, 1))

    def forward(self, x: Any) -> Any:
        return F.sigmoid(x @ self.W)

    def learn(self, points: Any, labels: Any) -> float:
        error = self.forward(points) - labels[:, None]
        self.W -= points.T @ error
        return float((error**2).mean())


def test_a_step_of_ones_own_is_used() -> None:
    mine = Mine()
    widget = trained(Playground(POINTS, LABELS, network=mine, learn=mine.learn))
    assert widget.count == 300 and "4 of 4 points are right" in widget.words
    np.testing.assert_allclose(unpacked(widget.matrices[0]), mine.W.T, rtol=1e-6)


SILENT = net(KINDS[0])
FAILURES = [
    (dict(network=SILENT),
     "This network cannot be trained here: it has no backward and parameters(). Pass learn=, your "
     "function of (points, labels) that makes one step."),
    (dict(network=SILENT, learn=lambda x, y: np.nan),
     "The loss is nan: the weights have grown too large. Start again with a smaller learning "
     "rate."),
    (dict(network=SILENT, learn=lambda x, y: 1 / 0),
     "This cannot be shown: ZeroDivisionError: division by zero"),
    (dict(network=net(boom), learn=lambda x, y: 1.0), "Your boom raised KeyError: 'W'"),
]


@pytest.mark.parametrize(("settings", "sentence"), FAILURES, ids=[text for _, text in FAILURES])
def test_whatever_training_does_is_shown(settings: Any, sentence: str) -> None:
    widget = Playground(POINTS, LABELS, **settings)
    widget.set_state({"pull": 1, "seq": 1})
    assert (widget.error, widget.answered) == (sentence, 1)


def test_nonsense_from_the_browser_becomes_a_sentence_and_the_next_good_one_clears_it() -> None:
    widget = Playground(POINTS, LABELS)
    widget.set_state({"activation": "sine", "seq": 1})
    assert widget.error == "activation expects one of tanh, ReLU, sigmoid, none; got sine."
    widget.set_state({"activation": "ReLU", "seq": 2})
    assert (widget.error, widget.answered) == ("", 2)


def asked(**settings: Any) -> None:
    widget = Playground(POINTS, LABELS, **settings)
    widget.pull = 1
    widget._train()


MESSAGES = [
    Message(
        lambda: Playground(POINTS, LABELS, activation="sine"), ValueError,
        "activation expects one of tanh, ReLU, sigmoid, none; got sine.",
    ),
    *(Message(lambda settings=settings: asked(**settings), ValueError, sentence)
      for settings, sentence in FAILURES[:2]),
    Message(
        lambda: playground_figure(net(boom), POINTS, [0, 1, 2, 7]), ValueError,
        "labels expects whole numbers from 0 to 6; got [0, 1, 2, 7].",
    ),
]


@pytest.mark.parametrize("message", MESSAGES, ids=lambda message: message.text[:50])
def test_message(message: Message) -> None:
    check(message)


def test_every_complaint_is_read_above() -> None:
    assert unread_raises([playground, playground_plot, playground_records], MESSAGES) == []
