"""A training that was stopped, by whatever, goes on to the same weights; or says why not."""

from __future__ import annotations

import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from course_lib import layers, optim
from course_lib.data import DataLoader
from course_lib.models import read_state, save_weights, write_state
from course_lib.training import EarlyStopping, History, fit
from tests.course_lib import training_run
from tests.course_lib.messages import raised_by
from tests.course_lib.training_run import CHECKPOINT, EPOCHS, EVERY, WEIGHTS, X, Y, network, run
from tools.notebooks import ROOT

PER_EPOCH = 10
AS_IT_WAS = (
    " Go on with the network, the data and the settings that it was written with, or delete it."
)


def timeless(history: History) -> History:
    return replace(history, epochs=[replace(epoch, seconds=0.0) for epoch in history.epochs])


def expect_equal(net: layers.Layer, other: layers.Layer) -> None:
    for name, array in net.state_dict().items():
        np.testing.assert_array_equal(array, other.state_dict()[name], err_msg=name)


def program(folder: Path, how: str, kill_at: int) -> int:
    command = [sys.executable, "-m", "tests.course_lib.training_run", str(folder), how]
    return subprocess.run([*command, str(kill_at)], cwd=ROOT, check=False).returncode


@pytest.mark.parametrize("how", ["plain", "fast"])
def test_a_killed_training_goes_on_to_the_same_weights(how: str, tmp_path: Path) -> None:
    killed, whole = tmp_path / "killed", tmp_path / "whole"
    killed.mkdir()
    whole.mkdir()
    assert program(killed, how, 6) == program(killed, how, 15) == -signal.SIGKILL
    stored = read_state(killed / CHECKPOINT)
    assert not (killed / WEIGHTS).exists()
    assert int(stored["optimizer/steps"]) == EVERY * ((6 - 1) // EVERY + (15 - 1) // EVERY)
    assert program(killed, how, 0) == program(whole, how, 0) == 0
    ends = [read_state(folder / WEIGHTS) for folder in (killed, whole)]
    assert ends[0].keys() == ends[1].keys()
    for name, array in ends[0].items():
        np.testing.assert_array_equal(array, ends[1][name], err_msg=name)


@pytest.mark.parametrize("every", [1, EVERY, PER_EPOCH, 17])
def test_going_on_from_any_step_gives_the_same_history(every: int, tmp_path: Path) -> None:
    path = tmp_path / CHECKPOINT
    whole, history = run()
    steps = []

    class Stop(Exception):
        pass

    def stopping(images, *, rng):
        steps.append(1)
        if len(steps) == 19:
            raise Stop
        return training_run.random_shift(images, 1, rng=rng)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(training_run, "Shaking", lambda at: stopping)
        with pytest.raises(Stop):
            run(path, every=every)
    assert int(read_state(path)["optimizer/steps"]) == 18 // every * every
    rest, again = run(path, every=every)
    assert timeless(again) == timeless(history)
    assert len(again) == EPOCHS and len(again.step_losses) == EPOCHS * PER_EPOCH
    expect_equal(rest, whole)


def test_a_finished_training_is_not_done_again(tmp_path: Path) -> None:
    first, history = run(tmp_path / CHECKPOINT)
    before = (tmp_path / CHECKPOINT).read_bytes()
    second, again = run(tmp_path / CHECKPOINT)
    assert again == history
    assert (tmp_path / CHECKPOINT).read_bytes() == before
    expect_equal(first, second)


def test_a_training_that_stopped_early_is_not_taken_up_again(tmp_path: Path) -> None:
    rule = EarlyStopping(1, least=100)      # nothing ever gets better by that much
    first, history = run(tmp_path / CHECKPOINT, epochs=5, early_stopping=rule)
    second, again = run(tmp_path / CHECKPOINT, epochs=5, early_stopping=rule)
    assert (len(history), history.ending, history.best) == (2, "stopped early", 1)
    assert again == history
    expect_equal(first, second)


def test_a_finished_training_can_be_prolonged(tmp_path: Path) -> None:
    run(tmp_path / CHECKPOINT, epochs=1)
    longer, history = run(tmp_path / CHECKPOINT, epochs=3)
    expect_equal(longer, run()[0])
    assert len(history) == 3


def test_only_the_checkpoint_lies_in_the_folder(tmp_path: Path) -> None:
    run(tmp_path / CHECKPOINT)
    assert [path.name for path in tmp_path.iterdir()] == [CHECKPOINT]


@pytest.mark.parametrize("kind", [np.random.MT19937, np.random.Philox, np.random.SFC64])
def test_every_kind_of_generator_is_stored(kind, tmp_path: Path) -> None:
    def trained(epochs: int, path: Path | None) -> layers.Layer:
        net = network(np.random.default_rng(1))
        loader = DataLoader(X, Y, 32, rng=np.random.Generator(kind(3)))
        fit(net, loader, epochs=epochs, checkpoint=path, resume=True, show="nothing")
        return net

    trained(1, tmp_path / CHECKPOINT)
    expect_equal(trained(2, tmp_path / CHECKPOINT), trained(2, None))


# ---- refused, and everything as it was ---------------------------------------------------------


def other_network(path: Path) -> None:
    net = layers.Sequential(layers.Flatten(), layers.Linear(
        64, 10, rng=np.random.default_rng(0), dtype=np.float32))
    optimizer = optim.Adam(net.parameters(), 0.01)
    loader = DataLoader(X, Y, 32, rng=np.random.default_rng(0))
    fit(net, loader, epochs=1, optimizer=optimizer, checkpoint=path, show="nothing",
        schedule=optim.StepLR(optimizer, 1), validation=(X, Y), early_stopping=EarlyStopping())


def with_plain(path: Path, old: str, new: str) -> None:
    state = read_state(path)
    text = state["plain"].tobytes().decode()
    assert old in text
    state["plain"] = np.frombuffer(text.replace(old, new).encode(), np.uint8)
    write_state(path, state)


def as_run(path: Path, **settings) -> None:
    run(path, epochs=1, **settings)


SPOILED = {
    "another network": (
        other_network, "it has another number of random generators."),
    "weights only": (
        lambda path: save_weights(path, network(np.random.default_rng(0))),
        "it has no 'plain'."),
    "another format": (
        lambda path: (as_run(path), with_plain(path, '"format": 1', '"format": 2')),
        "it has format 2, and this library reads 1."),
    "another batch size": (
        lambda path: (as_run(path), with_plain(path, '"batch_size": 32', '"batch_size": 64')),
        "it was written with batches of 64, and these have 32."),
    "no early stopping": (
        lambda path: as_run(path, early_stopping=None), "only one of the two stops early."),
    "another generator": (
        lambda path: (as_run(path), with_plain(path, "PCG64", "MT19937")),
        "state must be for a PCG64 RNG"),
}


@pytest.mark.parametrize("name", SPOILED)
def test_another_trainings_checkpoint_is_refused(name: str, tmp_path: Path) -> None:
    spoil, why = SPOILED[name]
    spoil(tmp_path / CHECKPOINT)
    before = (tmp_path / CHECKPOINT).read_bytes()
    error = raised_by(lambda: run(tmp_path / CHECKPOINT))
    assert type(error) is ValueError
    assert str(error) == f"{CHECKPOINT} is no checkpoint of this training: {why}{AS_IT_WAS}"
    assert (tmp_path / CHECKPOINT).read_bytes() == before


def wider(path: Path) -> None:
    state = read_state(path)
    write_state(path, {**state, "model/fc.weight": np.ones((10, 65), np.float32)})


def fewer(path: Path) -> None:
    state = read_state(path)
    write_state(path, {**state, "loader/order": np.arange(299)})


REFUSED = {
    "weights": (wider, "Sequential expects fc.weight of shape (10, 64); got (10, 65). "
                       "Is it the state of another network?"),
    "samples": (fewer, "The stored epoch has 299 samples; this loader has 300. "
                       "Go on with the data that the training began with."),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_refused_leaves_everything_as_it_was(name: str, tmp_path: Path) -> None:
    path = tmp_path / CHECKPOINT
    run(path, epochs=1)
    REFUSED[name][0](path)
    rng, apart = np.random.default_rng(1), np.random.default_rng(2)
    net = network(rng)
    weights, optimizer = net.state_dict(), optim.Adam(net.parameters(), 0.5)
    loader = DataLoader(X, Y, 32, rng=apart)
    states = optimizer.state_dict(), loader.state_dict()
    error = raised_by(lambda: fit(
        net, loader, epochs=EPOCHS, optimizer=optimizer, checkpoint=path, resume=True,
        schedule=optim.StepLR(optimizer, 1), validation=(X, Y), early_stopping=EarlyStopping(),
        show="nothing",
    ))
    assert str(error) == (
        f"{CHECKPOINT} is no checkpoint of this training: {REFUSED[name][1]}{AS_IT_WAS}"
    )
    np.testing.assert_equal(net.state_dict(), weights)
    np.testing.assert_equal((optimizer.state_dict(), loader.state_dict()), states)


def test_a_truncated_checkpoint_is_refused(tmp_path: Path) -> None:
    path = tmp_path / CHECKPOINT
    run(path, epochs=1)
    path.write_bytes(path.read_bytes()[:-9])
    error = raised_by(lambda: run(path))
    assert type(error) is ValueError
    assert str(error).startswith("read_state expects a safetensors file with numbers that NumPy")
    assert str(error).endswith("Is it complete? Download or write it again.")
