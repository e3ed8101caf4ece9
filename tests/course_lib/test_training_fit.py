"""fit: what it tells, when it stops, what it leaves behind."""

from __future__ import annotations

import importlib

import numpy as np
import pytest

from course_lib import data, layers, optim
from course_lib.training import EarlyStopping, Epoch, History, evaluate, fit, train
from tests.course_lib.test_training import RNG, X, Y, expect_equal, loader, network

X_VAL = RNG.standard_normal((30, 6))
Y_VAL = RNG.integers(0, 3, 30)
VALIDATION = X_VAL, Y_VAL
fitting = importlib.import_module("course_lib.training.fitting")


def quiet(net, source=None, **settings):
    settings = {"epochs": 3, "show": "nothing"} | settings
    return fit(net, loader() if source is None else source, **settings)


def numbers(n: int, seconds: float = 1.0, **changed) -> Epoch:
    values = dict(loss=0.5, accuracy=0.25, validation_loss=0.75, validation_accuracy=0.5,
                  learning_rate=0.1) | changed
    return Epoch(n, **values, seconds=seconds)


# ---- it is train, to the end -------------------------------------------------------------------


@pytest.mark.parametrize("fast", [False, True])
def test_fit_takes_the_steps_of_train(fast: bool) -> None:
    one, two = network(), network()
    steps = list(train(one, loader(), optim.Adam(one.parameters()), epochs=3, fast=fast))
    history = quiet(two, fast=fast)
    expect_equal(one, two)
    assert history.step_losses == [step.loss for step in steps]
    assert not two.training and history.ending == "finished" and history.best is None


def test_an_epoch_is_the_mean_over_its_samples_and_a_test_after_it() -> None:
    one, two = network(), network()
    history = quiet(two, validation=VALIDATION)
    scores = []
    for step in train(one, loader(), optim.Adam(one.parameters()), epochs=3):
        if step.batch == 1:
            seen = []
        seen.append(step)
        if step.ends_epoch:
            scores.append((
                np.average([s.loss for s in seen], weights=[s.size for s in seen]),
                np.average([s.accuracy for s in seen], weights=[s.size for s in seen]),
                *evaluate(one, *VALIDATION),
            ))
    found = zip(history.loss, history.accuracy, history.validation_loss,
                history.validation_accuracy, strict=True)
    np.testing.assert_allclose(list(found), scores, rtol=1e-12)
    assert [epoch.number for epoch in history] == [1, 2, 3]
    assert history.learning_rate == [1e-3] * 3
    assert len(history) == 3 and history[0].number == 1
    assert all(seconds >= 0 for seconds in history.seconds)


def test_all_kinds_of_data_are_taken() -> None:
    one, two, three = network(), network(), network()
    dataset = data.Dataset("", X, Y, X_VAL, Y_VAL, ("a", "b", "c"))
    quiet(one)
    quiet(two, (X, Y), batch_size=16, rng=np.random.default_rng(4))
    quiet(three, dataset, batch_size=16, rng=np.random.default_rng(4))
    expect_equal(one, two)
    expect_equal(one, three)


def test_validation_by_a_loader_takes_its_samples_and_not_its_chance() -> None:
    rng = np.random.default_rng(7)
    net = network()
    held = data.DataLoader(*VALIDATION, augment=data.Augmentation(shift=1), rng=rng)
    before = rng.bit_generator.state
    history = quiet(net, validation=held)
    assert rng.bit_generator.state == before
    assert history[-1].validation_loss == evaluate(net, *VALIDATION).loss


def test_without_validation_there_is_nan() -> None:
    assert np.isnan(quiet(network()).validation_loss).all()


# ---- schedules ---------------------------------------------------------------------------------


def test_a_schedule_moves_on_after_every_epoch() -> None:
    net = network()
    optimizer = optim.SGD(net.parameters(), 1.0)
    history = quiet(net, optimizer=optimizer, schedule=optim.StepLR(optimizer, 2, 0.1), epochs=4)
    np.testing.assert_allclose(history.learning_rate, [1, 1, 0.1, 0.1], rtol=1e-12)


@pytest.mark.parametrize("validation", [None, VALIDATION])
def test_a_plateau_is_seen_in_the_validation_or_else_the_training(validation) -> None:
    net = network()
    optimizer = optim.SGD(net.parameters(), 1e-9)   # so small that nothing gets better
    plateau = optim.ReduceLROnPlateau(optimizer, factor=0.5, patience=0, threshold=0.5)
    seen = []
    step = plateau.step
    plateau.step = lambda metric: seen.append(metric) or step(metric)
    history = quiet(net, optimizer=optimizer, schedule=plateau, validation=validation)
    assert seen == (history.validation_loss if validation else history.loss)


# ---- early stopping ----------------------------------------------------------------------------


def scores(monkeypatch, losses: list[float], watch: str = "loss") -> list[dict]:
    """Let the validation losses be these, or the accuracies 1 - loss; returns the weights after.

    The other one stays as it is, so whoever looks at it sees no epoch that is better.
    """
    states: list[dict] = []
    given = iter(losses)

    def score(learner, x, y):
        states.append(learner.model.state_dict())
        loss = next(given)
        return fitting.Score(loss, 0.5) if watch == "loss" else fitting.Score(0.5, 1 - loss)

    monkeypatch.setattr("course_lib.training.learner.Learner.score", score)
    return states


@pytest.mark.parametrize("watch", ["loss", "accuracy"])
@pytest.mark.parametrize(
    ("losses", "patience", "least", "epochs", "best", "ending"),
    [
        ([0.5, 0.4, 0.6, 0.7, 0.1], 2, 0.0, 4, 2, "stopped early"),
        ([0.5, 0.4, 0.6, 0.3, 0.4], 2, 0.0, 5, 4, "finished"),
        ([0.5, 0.5, 0.5, 0.5, 0.5], 3, 0.0, 4, 1, "stopped early"),
        ([0.50, 0.45, 0.41, 0.0, 0.0], 2, 0.1, 3, 1, "stopped early"),
        ([0.5, 0.4, 0.3, 0.2, 0.1], 1, 0.0, 5, 5, "finished"),
    ],
)
def test_it_stops_early_and_the_best_weights_come_back(
    losses, patience, least, epochs, best, ending, watch, monkeypatch
) -> None:
    states = scores(monkeypatch, losses, watch)
    net = network()
    history = quiet(
        net, epochs=5, validation=VALIDATION,
        early_stopping=EarlyStopping(patience, watch, least),
    )
    assert (len(history), history.best, history.ending) == (epochs, best, ending)
    np.testing.assert_equal(net.state_dict(), states[best - 1])


# ---- Ctrl-C ------------------------------------------------------------------------------------


def interrupting(at: int):
    calls = []

    def augment(x, *, rng):
        calls.append(1)
        if len(calls) == at:
            raise KeyboardInterrupt
        return x

    return data.DataLoader(X, Y, 16, augment=augment, rng=np.random.default_rng(4))


def test_ctrl_c_returns_the_history_so_far() -> None:
    one, two = network(), network()
    history = quiet(one, interrupting(7))
    whole = quiet(two)
    assert history.ending == "interrupted" and not one.training
    assert [epoch.loss for epoch in history] == whole.loss[:1]
    assert history.step_losses == whole.step_losses[:6]
    assert str(history).splitlines()[-1] == "interrupted in epoch 2, after 6 steps"


def test_ctrl_c_between_two_steps_leaves_the_network_ready_too(monkeypatch) -> None:
    def interrupt(display, step):
        raise KeyboardInterrupt

    monkeypatch.setattr("course_lib.training.display.Display.step", interrupt)
    net = network()
    history = quiet(net)
    assert (history.ending, len(history.step_losses), net.training) == ("interrupted", 1, False)


def test_ctrl_c_gives_the_best_weights_too(monkeypatch) -> None:
    states = scores(monkeypatch, [0.3, 0.6, 0.7])
    net = network()
    history = quiet(net, interrupting(11), validation=VALIDATION, early_stopping=EarlyStopping())
    assert (len(history), history.best) == (2, 1)
    np.testing.assert_equal(net.state_dict(), states[0])


# ---- what is seen ------------------------------------------------------------------------------


def test_lines_are_one_for_each_epoch(capsys) -> None:
    fit(network(), loader(), epochs=2, show="lines", validation=VALIDATION)
    out, err = capsys.readouterr()
    lines = out.splitlines()
    assert len(lines) == 2 and err == ""
    assert lines[0].startswith("epoch 1/2  loss ")
    for word in ("accuracy", "validation loss", "validation accuracy"):
        assert f"  {word} " in lines[1]


def test_the_bar_counts_all_steps(capsys) -> None:
    fit(network(), loader(), epochs=2, validation=VALIDATION)
    shown = capsys.readouterr().err
    assert "epoch 2" in shown and "8/8" in shown
    assert "loss " in shown and "accuracy " in shown and "| validation " in shown


def test_the_bar_leaves_out_accuracies_that_there_are_not(capsys) -> None:
    fit(network(), loader(y=X[:, :3]), epochs=1, loss="mse_loss",
        validation=(X_VAL, X_VAL[:, :3]))
    shown = capsys.readouterr().err
    assert "accuracy" not in shown and "%" not in shown.rpartition("loss ")[2]


def test_nothing_is_nothing(capsys) -> None:
    quiet(network())
    assert capsys.readouterr() == ("", "")


def test_a_history_is_a_table() -> None:
    history = History([numbers(1), numbers(2, 12.34, loss=0.25, learning_rate=1e-3)], best=2)
    assert str(history).splitlines() == [
        "epoch    loss  accuracy  val. loss  val. acc.   rate  seconds",
        "    1  0.5000   25.00 %     0.7500    50.00 %    0.1      1.0",
        "    2  0.2500   25.00 %     0.7500    50.00 %  0.001     12.3",
        "finished; the weights are those of epoch 2",
    ]


def test_the_table_leaves_out_what_there_is_not() -> None:
    nan = float("nan")
    epoch = numbers(1, accuracy=nan, validation_loss=nan, validation_accuracy=nan)
    assert str(History([epoch])).splitlines() == [
        "epoch    loss  rate  seconds", "    1  0.5000   0.1      1.0", "finished",
    ]


def test_a_network_that_fast_cannot_run_says_so_and_runs_plain() -> None:
    class Odd(layers.Layer):
        def forward(self, x):
            return 2 * x

        def backward(self, grad_output):
            return 2 * grad_output

    one, two = (layers.Sequential(network(), Odd()) for _ in range(2))
    quiet(one)
    with pytest.warns(UserWarning, match="^Training runs plain, not fast: .*Odd"):
        quiet(two, fast=True)
    expect_equal(one, two)
