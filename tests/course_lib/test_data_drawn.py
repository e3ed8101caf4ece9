"""Data drawn on demand: sizes, balance, seeds, and classes that can be told apart."""

from __future__ import annotations

import numpy as np
import pytest

from course_lib import data
from course_lib.data.strokes import DRAWINGS, draw_strokes

MAKERS = {
    "digits": (data.make_digits, 10, (1, 28, 28)),
    "shapes": (data.make_shapes, 5, (3, 16, 16)),
    "moons": (data.make_moons, 2, (2,)),
    "spirals": (data.make_spirals, 3, (2,)),
    "blobs": (data.make_blobs, 3, (2,)),
}
EVERY = pytest.mark.parametrize(("make", "n_classes", "shape"), MAKERS.values(), ids=MAKERS)


def rng(seed: int = 0) -> np.random.Generator:
    return np.random.default_rng(seed)


@EVERY
def test_any_number_balanced_and_in_random_order(make, n_classes, shape) -> None:
    for n in (n_classes, 37, 300):
        x, y = make(n, rng=rng(n))
        assert x.shape == (n, *shape) and y.shape == (n,) and y.dtype == np.int64
        assert x.dtype == (np.float32 if len(shape) == 3 else np.float64)
        counts = np.bincount(y, minlength=n_classes)
        assert counts.max() - counts.min() <= 1
    assert len(set(np.diff(y).tolist())) > 2


@EVERY
def test_the_same_seed_gives_the_same(make, n_classes, shape) -> None:
    (x, y), (again, y_again), (other, _) = (make(50, rng=rng(seed)) for seed in (1, 1, 2))
    assert np.array_equal(x, again) and np.array_equal(y, y_again)
    assert not np.array_equal(x, other)


@pytest.mark.parametrize("size", [8, 20, 33])
def test_pictures_of_other_sizes(size: int) -> None:
    for make in (data.make_digits, data.make_shapes):
        x, _ = make(20, size, rng=rng())
        assert x.shape[-2:] == (size, size)
        assert x.min() >= 0 and x.max() <= 1
        assert x.std(axis=(1, 2, 3)).min() > 0.04


def accuracy_of_neighbours(x: np.ndarray, y: np.ndarray, n_train: int) -> float:
    """How often the nearest training sample has the right label."""
    flat = x.reshape(len(x), -1)
    train, test = flat[:n_train], flat[n_train:]
    distance = (train**2).sum(axis=1) - 2 * test @ train.T
    return float((y[:n_train][distance.argmin(axis=1)] == y[n_train:]).mean())


def test_digits_can_be_told_apart_and_vary() -> None:
    x, y = data.make_digits(1200, rng=rng())
    assert accuracy_of_neighbours(x, y, 1000) > 0.85
    ones = x[y == 1].reshape((y == 1).sum(), -1)
    assert len(np.unique(ones, axis=0)) == len(ones)


def test_drawn_digits_help_to_read_real_ones() -> None:
    x, y = data.make_digits(2000, rng=rng())
    real = data.enlarged_digits()
    both = np.concatenate([x, real.x_test]), np.concatenate([y, real.y_test])
    assert accuracy_of_neighbours(*both, 2000) > 0.5     # by chance 0.1


def test_distortion_and_printed_do_what_they_say() -> None:
    plain, y = data.make_digits(200, distortion=0, printed=1, rng=rng())
    assert len(np.unique(plain[y == 4].reshape((y == 4).sum(), -1), axis=0)) <= 8    # fonts
    bent, y = data.make_digits(200, printed=1, rng=rng())
    assert len(np.unique(bent[y == 4].reshape((y == 4).sum(), -1), axis=0)) == (y == 4).sum()


@pytest.mark.parametrize("label", range(10))
def test_strokes_stay_inside_the_margin_and_are_soft(label: int) -> None:
    assert len(DRAWINGS[label]) >= 2
    for seed in range(20):
        image = draw_strokes(label, 32, rng=rng(seed))
        assert image.dtype == np.float32 and image.max() == 1
        assert image[[0, -1]].max() == image[:, [0, -1]].max() == 0
        assert 0.02 < image.mean() < 0.35
        assert ((image > 0.01) & (image < 0.99)).any()


def test_moons_lie_on_two_half_circles() -> None:
    x, y = data.make_moons(500, noise=0, rng=rng())
    middle = np.where(y[:, None] == 0, [0, 0], [1, 0.5])
    np.testing.assert_allclose(np.hypot(*(x - middle).T), 1)
    assert (x[y == 0, 1] >= 0).all() and (x[y == 1, 1] <= 0.5).all()


def test_spirals_wind_and_blobs_do_not() -> None:
    x, y = data.make_spirals(600, noise=0, turns=0.75, rng=rng())
    radius, angle = np.hypot(*x.T), np.arctan2(x[:, 1], x[:, 0])
    expected = 2 * np.pi * (0.75 * radius + y / 3)
    np.testing.assert_allclose(np.exp(1j * angle), np.exp(1j * expected), atol=1e-9)
    assert radius.min() >= 0.1 and radius.max() <= 1
    x, y = data.make_blobs(3000, n_classes=4, spread=0.5, rng=rng())
    middles = [x[y == label].mean(axis=0) for label in range(4)]
    np.testing.assert_allclose(middles, [[2, 0], [0, 2], [-2, 0], [0, -2]], atol=0.1)
    assert x[y == 0].std(axis=0) == pytest.approx([0.5, 0.5], abs=0.05)


def test_shapes_differ_from_their_ground_in_some_channel() -> None:
    x, y = data.make_shapes(400, 24, rng=rng())
    contrast = (np.quantile(x, 0.98, axis=(2, 3)) - np.quantile(x, 0.02, axis=(2, 3))).max(axis=1)
    assert contrast.min() > 0.35
    assert len(data.SHAPE_NAMES) == len(set(y.tolist())) == 5
