"""Dropout, by its frequencies and means: never by one draw."""

from __future__ import annotations

import numpy as np
import pytest

from course_lib import functional as F

SHAPE = (200, 300)
N = 200 * 300


def rng(seed: int = 0) -> np.random.Generator:
    return np.random.default_rng(seed)


@pytest.mark.parametrize("p", [0.1, 0.5, 0.8])
def test_a_share_of_p_is_switched_off_and_the_mean_stays(p) -> None:
    """Within four standard deviations of 60,000 draws."""
    y, mask = F.dropout(np.ones(SHAPE), p, rng=rng())
    assert mask.dtype == bool and mask.shape == SHAPE
    assert (~mask).mean() == pytest.approx(p, abs=4 * np.sqrt(p * (1 - p) / N))
    assert y.mean() == pytest.approx(1, abs=4 * np.sqrt(p / (1 - p) / N))
    np.testing.assert_allclose(y, np.where(mask, 1 / (1 - p), 0))


def test_every_value_draws_for_itself() -> None:
    """No row and no column is switched off as one; neighbours do not go together."""
    _, mask = F.dropout(np.ones(SHAPE), rng=rng())
    for axis, length in ((0, 200), (1, 300)):
        shares = mask.mean(axis=axis)
        assert np.abs(shares - 0.5).max() < 5 * 0.5 / length**0.5
    for axis in (0, 1):
        same = mask == np.roll(mask, 1, axis=axis)
        assert same.mean() == pytest.approx(0.5, abs=4 * 0.5 / N**0.5)


def test_p_of_0_and_evaluation_change_nothing() -> None:
    x = rng(1).standard_normal((3, 4))
    for y, mask in (F.dropout(x, 0.0, rng=rng()), F.dropout(x, 0.9, training=False)):
        np.testing.assert_array_equal(y, x)
        assert mask.all()


def test_the_gradient_takes_the_same_way() -> None:
    x, g = rng(2).standard_normal((2, 40, 50))
    _, mask = F.dropout(x, 0.3, rng=rng(3))
    grad = F.dropout_backward(g, mask, 0.3)
    np.testing.assert_allclose(grad, np.where(mask, g / 0.7, 0))
    np.testing.assert_array_equal(F.dropout_backward(g, mask, 0.3, training=False), g)


def test_one_seed_one_mask() -> None:
    x = np.ones((20, 30))
    masks = [F.dropout(x, rng=rng(seed))[1] for seed in (1, 1, 2)]
    np.testing.assert_array_equal(masks[0], masks[1])
    assert not np.array_equal(masks[0], masks[2])


def test_a_generator_goes_on() -> None:
    """Two calls with one generator give two masks."""
    generator = rng()
    first, second = (F.dropout(np.ones((20, 30)), rng=generator)[1] for _ in range(2))
    assert not np.array_equal(first, second)
