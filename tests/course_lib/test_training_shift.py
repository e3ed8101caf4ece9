"""Batch norm, and batch norm with the shift put back: what lecture 14 says of them."""

import numpy as np
import pytest

from course_lib.data import load_digits8x8
from course_lib.training import TrainingDiverged, compare_shifts
from course_lib.training.shift import KINDS, Noise


@pytest.fixture(scope="module")
def runs():
    digits = load_digits8x8()
    x = (digits.x_train - digits.x_train.mean()) / digits.x_train.std()
    return {run.name: run for run in compare_shifts(x, digits.y_train, epochs=2)}


def test_with_noise_numbers_shift_most_and_it_still_learns_much_faster_than_plain(runs):
    moved = {name: np.ptp(run.net) for name, run in runs.items()}
    assert moved["batch norm"] < moved["plain"] < moved["batch norm, then noise"]
    plain, norm, noisy = (runs[name].loss[-10:].mean() for name in KINDS)
    assert norm < noisy < norm + 0.3
    assert noisy < plain - 1


def test_each_step_leaves_a_loss_and_a_mean(runs):
    assert len({len(run.loss) for run in runs.values()} | {len(r.net) for r in runs.values()}) == 1


def test_noise_is_for_training_only_and_its_way_back_has_its_scale():
    layer, x = Noise(np.random.default_rng(0)), np.ones((2, 3))
    y = layer.forward(x)
    assert np.array_equal(y[0], y[1]) and not np.allclose(y, x)
    assert np.array_equal(layer.backward(x)[0], layer.scale)
    assert np.array_equal(layer.eval().forward(x), x)


def test_numbers_that_are_none_are_refused():
    with pytest.raises(TrainingDiverged):
        compare_shifts(np.full((64, 1, 2, 2), np.nan), np.zeros(64, int), epochs=1)
