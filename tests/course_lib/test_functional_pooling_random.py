"""Pooling that draws: frequencies, means and laws, over many draws."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from course_lib import functional as F
from course_lib.functional.pooling_random import window_starts

DRAWS = 20_000


def rng(seed: int = 0) -> np.random.Generator:
    return np.random.default_rng(seed)


def test_stochastic_pooling_draws_in_proportion() -> None:
    """One window many times over: every frequency within four standard deviations."""
    window = np.array([[1.0, 0, 3], [4, 2, 0]])
    x = np.broadcast_to(window, (DRAWS, 1, 2, 3))
    y, chosen = F.stochastic_pool2d(x, (2, 3), rng=rng())
    assert chosen is not None
    found = np.bincount(chosen.ravel(), minlength=6) / DRAWS
    wanted = window.ravel() / window.sum()
    assert (found[wanted == 0] == 0).all()
    assert (np.abs(found - wanted) <= 4 * np.sqrt(wanted * (1 - wanted) / DRAWS)).all()
    np.testing.assert_array_equal(y.ravel(), window.ravel()[chosen.ravel()])
    evaluated, nothing = F.stochastic_pool2d(x[:1], (2, 3), training=False)
    assert nothing is None
    assert evaluated.item() == pytest.approx((window**2).sum() / window.sum())
    assert y.mean() == pytest.approx(evaluated.item(), abs=4 * y.std() / DRAWS**0.5)


def test_every_window_draws_for_itself() -> None:
    x = np.ones((3, 4, 20, 20))
    _, chosen = F.stochastic_pool2d(x, 2, rng=rng())
    assert chosen is not None
    rows, columns = np.divmod(chosen, 20)
    place = (rows % 2) * 2 + columns % 2
    counts = np.bincount(place.ravel(), minlength=4)
    assert (np.abs(counts - 300) <= 4 * np.sqrt(1200 * 0.25 * 0.75)).all()
    for axis in range(4):
        assert len(np.unique(place, axis=axis).swapaxes(0, axis)) > 1


@given(st.integers(1, 3), st.integers(1, 3), st.integers(0, 2**32 - 1))
def test_stochastic_pooling_takes_pixels_of_its_window(f, s, seed) -> None:
    """And hands each gradient to the pixel that was taken, where overlaps add up."""
    x = np.abs(rng(seed).standard_normal((2, 3, 7, 8)))
    y, chosen = F.stochastic_pool2d(x, f, s, rounding="floor", rng=rng(seed))
    assert chosen is not None
    np.testing.assert_array_equal(y.ravel(), np.take_along_axis(
        x.reshape(6, 56), chosen.reshape(6, -1), axis=1
    ).ravel())
    first_rows, first_columns = np.ix_(np.arange(y.shape[2]) * s, np.arange(y.shape[3]) * s)
    rows, columns = np.divmod(chosen, 8)
    assert ((rows >= first_rows) & (rows - first_rows < f)).all()
    assert ((columns >= first_columns) & (columns - first_columns < f)).all()
    g = rng(seed + 1).standard_normal(y.shape)
    grad = F.stochastic_pool2d_backward(g, x, chosen, f, s, rounding="floor")
    np.testing.assert_allclose(grad.sum(axis=(2, 3)), g.sum(axis=(2, 3)), atol=1e-12)
    hit = np.zeros((6, 56), dtype=bool)
    np.put_along_axis(hit, chosen.reshape(6, -1), True, axis=1)
    assert not grad.reshape(6, 56)[~hit].any()


@pytest.mark.parametrize("training", [True, False])
def test_a_window_of_zeros_gives_0(training) -> None:
    x = np.zeros((1, 2, 4, 6))
    y, chosen = F.stochastic_pool2d(x, 2, training=training, rng=rng())
    assert not y.any()
    grad = F.stochastic_pool2d_backward(np.ones_like(y), x, chosen, 2, training=training)
    assert np.isfinite(grad).all()
    if training:
        assert grad.sum() == y.size and grad[0, 0, 0, 0] == 1


@pytest.mark.parametrize(("number", "pixel"), [(0.0, 1), (1 - 2**-53, 2)])
def test_no_random_number_draws_a_pixel_of_0(number, pixel) -> None:
    """Neither the smallest nor the largest that there is."""
    class Always(np.random.Generator):
        def random(self, size):  # type: ignore[override]
            return np.full(size, number)

    x = np.array([[[[0.0, 0.7], [0.3, 0.0]]]])
    _, chosen = F.stochastic_pool2d(x, 2, rng=Always(np.random.PCG64(0)))
    assert chosen is not None and chosen.item() == pixel


@given(st.integers(1, 40), st.integers(1, 4), st.data())
def test_the_starts_of_fractional_windows(n_in, f, data) -> None:
    """In order, all inside, the first at 0, the last at the end; steps rounded down or up."""
    n_out = data.draw(st.integers(1, max(1, n_in - f + 1)))
    f = min(f, n_in)
    u = data.draw(st.floats(0, 1, exclude_max=True))
    starts = window_starts(n_in, f, n_out, np.array(u))
    assert starts[-1] == n_in - f
    assert starts.shape == (n_out,)
    if n_out == 1:
        return
    step = (n_in - f) / (n_out - 1)
    assert starts[0] == 0
    assert set(np.diff(starts)) <= {np.floor(step), np.ceil(step)}


@given(st.integers(3, 30), st.data())
def test_windows_of_two_with_steps_of_one_or_two_see_every_pixel(n_in, data) -> None:
    n_out = data.draw(st.integers(-(-n_in // 2), n_in - 1))
    starts = window_starts(n_in, 2, n_out, np.array(data.draw(st.floats(0, 0.99))))
    assert set(np.r_[starts, starts + 1]) == set(range(n_in))


def test_fractional_pooling_draws_for_every_channel_and_axis() -> None:
    x = np.broadcast_to(np.arange(121.0).reshape(11, 11), (4, 5, 11, 11))
    y, chosen = F.fractional_max_pool2d(x, 2, 8, rng=rng())
    np.testing.assert_array_equal(y, chosen)                 # the pixels are their own numbers
    rows, columns = chosen[:, :, :, 0] // 11, chosen[:, :, 0, :] % 11
    for starts in (rows, columns):
        for axis in (0, 1):                                  # over images, over channels
            assert (starts != np.take(starts, [0], axis)).any()
    assert (rows != columns).any()


@given(st.integers(0, 2**32 - 1))
def test_fractional_pooling_hands_on_all_of_the_gradient(seed) -> None:
    x = rng(seed).integers(0, 3, (2, 3, 7, 8)).astype(float)
    y, chosen = F.fractional_max_pool2d(x, 2, (5, 6), rng=rng(seed))
    g = rng(seed + 1).standard_normal(y.shape)
    grad = F.fractional_max_pool2d_backward(g, x, chosen, 2, (5, 6))
    np.testing.assert_allclose(grad.sum(axis=(2, 3)), g.sum(axis=(2, 3)), atol=1e-12)


@pytest.mark.parametrize("draw", [
    lambda seed: F.stochastic_pool2d(np.ones((1, 1, 8, 8)), 2, rng=rng(seed)),
    lambda seed: F.fractional_max_pool2d(np.ones((1, 4, 9, 9)), 2, 6, rng=rng(seed)),
])
def test_one_seed_one_draw(draw) -> None:
    """To the bit; another seed gives another draw."""
    np.testing.assert_array_equal(draw(1)[1], draw(1)[1])
    assert not np.array_equal(draw(1)[1], draw(2)[1])
