"""Curves of a training: the log, what is found inside a network, the picture."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from course_lib import layers, models, optim
from course_lib.data import DataLoader
from course_lib.training import Step, fit, train
from course_lib.widgets import (
    TrainingLog,
    gradient_flow,
    live_training_figure,
    network_parts,
    training_log,
    training_plot,
)
from course_lib.widgets.network_parts import layer_matrices, weight_parts
from tests.course_lib.figures import colliding_texts, smallest_font, texts
from tests.course_lib.messages import Message, check, unread_raises


def data(n: int = 60) -> tuple[Any, Any]:
    x = np.random.default_rng(0).normal(size=(n, 2))
    return x, (x[:, 0] > 0).astype(int)


def network(activation: Any = layers.ReLU, depth: int = 2) -> Any:
    rng = np.random.default_rng(1)
    return models.mlp((2, *[5] * depth, 2), activation, rng=rng, dtype=np.float64)


def log_of(model: Any, epochs: int = 8) -> TrainingLog:
    x, y = data()
    log = TrainingLog()
    loader = DataLoader(x, y, 10, rng=np.random.default_rng(2))
    for step in train(model, loader, optim.SGD(model.parameters(), 0.1), epochs=epochs):
        log.add(step, gradient_flow(model))
        if step.ends_epoch:
            log.validation.append((step.number, step.loss, step.accuracy))
    return log


# What is inside a network


def test_the_librarys_layers_are_found_by_name() -> None:
    model = network()
    found = weight_parts(model)
    assert [part.name for part in found] == ["fc1", "fc2", "fc3"]
    assert found[0].weight is model.layers[1].weight.data


class Dense:
    """As a learner writes it: plain arrays, W the other way round."""

    def __init__(self, n_in: int, n_out: int) -> None:
        self.W = np.arange(1.0, n_in * n_out + 1).reshape(n_in, n_out)
        self.b = np.zeros(n_out)
        self.dW = np.full_like(self.W, 2.0)

    def forward(self, x: Any) -> Any:
        return x @ self.W + self.b


class Mine:
    def __init__(self) -> None:
        self.layers = [Dense(2, 3), Dense(3, 1)]
        self.again = self.layers[0]

    def forward(self, x: Any) -> Any:
        for layer in self.layers:
            x = layer.forward(x)
        return x


def test_a_learners_own_layers_are_found_too() -> None:
    mine = Mine()
    assert [part.name for part in weight_parts(mine)] == ["layers.0", "layers.1"]
    assert gradient_flow(mine) == {"layers.0": 2.0, "layers.1": 2.0}
    assert [m.shape for m in layer_matrices(mine, 2)] == [(3, 2), (1, 3)]
    np.testing.assert_array_equal(layer_matrices(mine, 2)[0], mine.layers[0].W.T)


def test_what_is_no_chain_of_matrices_gives_none() -> None:
    assert layer_matrices(network(), 3) == []
    convolution = layers.Conv2d(2, 3, 3, rng=np.random.default_rng(0))
    assert layer_matrices(convolution, 2) == []
    assert layer_matrices(SimpleNamespace(forward=lambda x: x), 2) == []


def test_a_network_that_holds_itself_ends() -> None:
    mine = Mine()
    mine.owner = mine  # type: ignore[attr-defined]
    assert len(weight_parts(mine)) == 2


def test_the_flow_is_the_root_of_the_mean_square() -> None:
    part = SimpleNamespace(weight=SimpleNamespace(data=np.ones((1, 2)), grad=np.array([[3.0, 4]])))
    assert gradient_flow(SimpleNamespace(only=part)) == {"only": pytest.approx(12.5**0.5)}


# The log


def test_the_log_keeps_every_step_and_every_layer() -> None:
    log = log_of(network())
    assert len(log.losses) == len(log.accuracies) == 48
    assert {name: len(row) for name, row in log.flow.items()} == {"fc1": 48, "fc2": 48, "fc3": 48}
    assert log.words.startswith("Step 48, epoch 8: loss ")
    assert log.words.endswith(" %.")


def test_a_vanishing_gradient_is_said() -> None:
    log = log_of(network(layers.Sigmoid, depth=9), epochs=1)
    assert "The gradient of fc1 is only " in log.words
    assert log.words.endswith("of that of fc10: little flows there.")


def test_a_layer_that_turns_up_late_has_no_past() -> None:
    log = TrainingLog()
    step = Step(1, 1, 1, 1, 1, 0.5, np.nan, 0.1)
    log.add(step)
    log.add(step, {"late": 2.0})
    assert log.flow["late"][1] == 2.0 and np.isnan(log.flow["late"][0])
    assert log.words == "Step 1, epoch 1: loss 0.5 over the last 2 steps."
    assert TrainingLog().words == "No step yet."


def test_the_drawn_mean_is_that_of_twenty_steps() -> None:
    values = np.random.default_rng(0).normal(size=50)
    means = training_log.smoothed(values)
    assert means[0] == values[0]
    assert means[30] == pytest.approx(values[11:31].mean())
    assert means[-1] == pytest.approx(training_log.recent(list(values)))


# The picture


def test_the_picture_of_a_log_has_three_panels() -> None:
    fig = live_training_figure(log_of(network()))
    titles = [ax.get_title() for ax in fig.axes]
    assert titles == ["loss", "accuracy", "gradient of each layer (root mean square)"]
    assert {"training", "validation", "fc1", "fc3"} <= set(texts(fig))
    assert colliding_texts(fig) == []
    assert smallest_font(fig) >= 7


def test_a_history_a_list_of_steps_and_a_dict_will_do() -> None:
    rng = np.random.default_rng(0)
    history = fit(network(), data(), epochs=2, rng=rng, show="nothing", validation=data())
    fig = live_training_figure(history)
    assert [ax.get_title() for ax in fig.axes] == ["loss", "accuracy"]
    assert any(text.startswith("At the end: training loss ") for text in texts(fig))
    assert len(live_training_figure(log_of(network()).steps).axes) == 2
    assert len(live_training_figure({"loss": [3.0, 2.0, 0.1]}).axes) == 1


def test_where_there_are_no_classes_no_accuracy_is_drawn() -> None:
    step = Step(1, 1, 1, 1, 1, 0.5, np.nan, 0.1)
    assert [ax.get_title() for ax in live_training_figure([step]).axes] == ["loss"]


MESSAGES = [
    Message(
        lambda: live_training_figure(iter([])), TypeError,
        "history expects a TrainingLog, a training.History, a list of Steps or a dict name -> "
        "numbers; got list_iterator. For a generator say list(train(...)).",
    ),
    Message(
        lambda: live_training_figure({}), ValueError,
        "history expects at least one step or epoch; got none.",
    ),
]


@pytest.mark.parametrize("message", MESSAGES, ids=lambda message: message.text[:50])
def test_message(message: Message) -> None:
    check(message)


def test_every_complaint_is_read_above() -> None:
    assert unread_raises([network_parts, training_log, training_plot], MESSAGES) == []
