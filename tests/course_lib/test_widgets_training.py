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
    LiveTraining,
    TrainingLog,
    gradient_flow,
    live_training,
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


def test_validation_is_drawn_as_it_is_and_noise_is_calmed() -> None:
    values = np.random.default_rng(0).normal(size=50)
    np.testing.assert_array_equal(training_log.calmed("validation", values), values)
    np.testing.assert_array_equal(training_log.calmed("training", values[:40]), values[:40])
    assert training_log.calmed("training", values).std() < values.std() / 2


# The widget


def steps_of(model: Any, epochs: int = 3, lr: float = 0.1) -> Any:
    x, y = data()
    loader = DataLoader(x, y, 10, rng=np.random.default_rng(2))
    return train(model, loader, optim.SGD(model.parameters(), lr), epochs=epochs)


def unpacked(sent: Any) -> Any:
    return np.frombuffer(sent["data"], "<f4").reshape(sent["shape"])


def test_nothing_is_trained_before_the_browser_asks() -> None:
    widget = LiveTraining(steps_of(network()))
    assert (widget.count, widget.words, widget.error) == (0, "No step yet.", "")


def test_the_browser_asks_and_some_steps_are_done() -> None:
    widget = LiveTraining(steps_of(network(), epochs=10**6))
    widget.set_state({"pull": 1, "seq": 1})
    first = widget.count
    assert first >= 1 and widget.answered == 1 and not widget.finished
    widget.set_state({"pull": 2, "seq": 2})
    assert widget.count > first
    widget.set_state({"seq": 3})  # no more asked for: none done
    assert widget.count == len(widget.record.steps) and widget.answered == 3


def test_an_epoch_at_a_time() -> None:
    widget = LiveTraining(steps_of(network()), validation=data(), model=network())
    counts = []
    for pull in range(1, 5):
        widget.set_state({"pull": pull, "epoch_at_once": True, "seq": pull})
        counts.append(widget.count)
    assert counts == [6, 12, 18, 18]
    assert widget.finished and widget.words.startswith("Finished. Step 18, epoch 3: loss ")
    assert [number for number, *_ in widget.record.validation] == [6, 12, 18]


def test_every_curve_is_sent_with_its_last_point() -> None:
    model = network()
    widget = LiveTraining(steps_of(model, epochs=150), model, validation=data())
    widget.run()
    assert set(widget.panels) == {"loss", "accuracy", "gradient"}
    assert [row["name"] for row in widget.panels["gradient"]] == ["fc1", "fc2", "fc3"]
    for panel in widget.panels.values():
        for row in panel:
            x, raw, line = (unpacked(row[key]) for key in ("x", "raw", "line"))
            assert len(x) == len(raw) == len(line) <= 401
            assert x[-1] == 900
    losses = widget.panels["loss"][0]
    assert unpacked(losses["raw"])[-1] == pytest.approx(widget.record.losses[-1])


def test_run_trains_the_network_to_the_end() -> None:
    model = network()
    before = model.layers[1].weight.data.copy()
    log = LiveTraining(steps_of(model)).run()
    assert len(log.steps) == 18
    assert (model.layers[1].weight.data != before).any()


def test_an_interruption_keeps_what_was_seen() -> None:
    def interrupted() -> Any:
        yield 3.0
        yield 2.0
        raise KeyboardInterrupt

    widget = LiveTraining(interrupted())
    assert widget.run().losses == [3.0, 2.0]
    assert widget.words == "Stopped. Step 2, epoch 1: loss 2.5 over the last 2 steps."
    assert widget.error == ""


def test_a_generator_of_losses_will_do() -> None:
    widget = LiveTraining([3.0, np.float32(2), 1])
    widget.run()
    assert widget.record.losses == [3.0, 2.0, 1.0]
    assert set(widget.panels) == {"loss"}


def test_divergence_is_said_and_what_came_before_is_shown() -> None:
    model = network()
    widget = LiveTraining(steps_of(model, lr=1e200), model)
    widget.set_state({"pull": 1, "seq": 1})
    assert widget.error.startswith("The loss is nan: the weights have grown too large.")
    assert widget.finished and widget.words.startswith("Stopped. Step ")
    assert "loss" in widget.panels
    widget.set_state({"pull": 2, "seq": 2})
    assert widget.error.startswith("The loss is nan")  # it stays true


def breaks() -> Any:
    yield 1.0
    raise KeyError("W")


def says_words() -> Any:
    yield "loss 3"


@pytest.mark.parametrize(
    ("steps", "sentence"),
    [
        (breaks, "This training cannot be shown: KeyError: 'W'"),
        (says_words,
         "LiveTraining expects a generator of Steps or of losses; it gave str."),
    ],
)
def test_whatever_a_step_raises_is_shown(steps: Any, sentence: str) -> None:
    widget = LiveTraining(steps())
    widget.set_state({"pull": 1, "seq": 1})
    assert widget.error == sentence
    assert widget.finished
    ran = LiveTraining(steps())
    ran.run()
    assert ran.error == sentence


def test_large_networks_are_not_measured_at_every_step(monkeypatch: Any) -> None:
    monkeypatch.setattr(live_training, "_MANY_WEIGHTS", 3)
    model = network()
    widget = LiveTraining(steps_of(model, epochs=30), model)
    widget.run()
    row = widget.record.flow.get("fc1", [np.nan])
    assert np.isnan(row).any()


MESSAGES = [
    Message(
        lambda: LiveTraining(3), TypeError,
        "steps expects the generator that training.train(...) gives; got int.",
    ),
    Message(
        lambda: LiveTraining([], validation=data()), ValueError,
        "validation needs the network: LiveTraining(steps, model, ...).",
    ),
    Message(
        lambda: live_training._step_of("loss 3", 1), TypeError,
        "LiveTraining expects a generator of Steps or of losses; it gave str.",
    ),
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
    modules = [live_training, network_parts, training_log, training_plot]
    assert unread_raises(modules, MESSAGES) == []
