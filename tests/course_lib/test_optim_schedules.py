"""Schedules, clipping and plain gradient descent, by hand."""

from __future__ import annotations

import numpy as np
import pytest

from course_lib.layers import Parameter
from course_lib.optim import (
    SGD,
    CosineAnnealingLR,
    Optimizer,
    ReduceLROnPlateau,
    StepLR,
    clip_grad_norm,
    clip_grad_value,
    gradient_descent,
)


def weights(*lengths: int) -> list[Parameter]:
    return [Parameter(np.ones(length)) for length in lengths]


def rates(schedule, optimizer: Optimizer, *metrics: float) -> list[float]:
    """The rate after each epoch."""
    found = []
    for metric in metrics:
        schedule.step(metric) if isinstance(schedule, ReduceLROnPlateau) else schedule.step()
        found.append(optimizer.lr)
    return found


def test_a_staircase() -> None:
    sgd = SGD(weights(1), 1.0)
    assert rates(StepLR(sgd, 2, 0.5), sgd, *range(5)) == [1, 0.5, 0.5, 0.25, 0.25]


def test_half_a_cosine() -> None:
    sgd = SGD(weights(1), 1.0)
    found = rates(CosineAnnealingLR(sgd, 4, 0.2), sgd, *range(4))
    above, below = 0.6 + 0.4 * 0.5**0.5, 0.6 - 0.4 * 0.5**0.5
    assert found == pytest.approx([above, 0.6, below, 0.2])


def test_a_plateau() -> None:
    sgd = SGD(weights(1), 1.0)
    schedule = ReduceLROnPlateau(sgd, factor=0.5, patience=1)
    assert rates(schedule, sgd, 3, 2, 2, 2, 2, 2, 1) == [1, 1, 1, 0.5, 0.5, 0.25, 0.25]


def test_epochs_after_a_cut_do_not_count() -> None:
    sgd = SGD(weights(1), 1.0)
    schedule = ReduceLROnPlateau(sgd, factor=0.5, patience=1, cooldown=2)
    assert rates(schedule, sgd, *[2] * 8) == [1, 1, 0.5, 0.5, 0.5, 0.5, 0.25, 0.25]


def test_a_smallest_rate() -> None:
    sgd = SGD(weights(1), 1.0)
    schedule = ReduceLROnPlateau(sgd, "max", 0.5, 0, min_lr=0.3)
    assert rates(schedule, sgd, 1, 1, 1, 1) == [1, 0.5, 0.3, 0.3]


@pytest.mark.parametrize(
    "make",
    [lambda o: StepLR(o, 2), lambda o: CosineAnnealingLR(o, 9),
     lambda o: ReduceLROnPlateau(o, patience=1, cooldown=1)],
)
def test_a_restored_schedule_goes_on(make) -> None:
    metrics = (3, 2, 2, 2, 2, 2, 2, 2)
    straight, first, second = (SGD(weights(1), 1.0) for _ in range(3))
    wanted = rates(make(straight), straight, *metrics)
    begun = make(first)
    assert rates(begun, first, *metrics[:5]) == wanted[:5]
    resumed = make(second)
    second.load_state_dict(first.state_dict())
    resumed.load_state_dict(begun.state_dict())
    assert all(isinstance(value, np.ndarray) for value in begun.state_dict().values())
    assert rates(resumed, second, *metrics[5:]) == wanted[5:]


def test_a_long_gradient_keeps_its_direction() -> None:
    first, second = weights(2, 1)
    first.grad[...], second.grad[...] = [3, 0], [-4]
    assert clip_grad_norm([first, second], 1.0) == 5
    np.testing.assert_allclose(first.grad, [0.6, 0], rtol=1e-6)
    np.testing.assert_allclose(second.grad, [-0.8], rtol=1e-6)
    assert clip_grad_norm([first, second], 2.0) == pytest.approx(1, rel=1e-6)
    np.testing.assert_allclose(second.grad, [-0.8], rtol=1e-6)


def test_large_float32_gradients_do_not_overflow() -> None:
    weight = Parameter(np.ones(3, dtype=np.float32))
    weight.grad[...] = 1e30
    assert clip_grad_norm([weight], 1.0) == pytest.approx(3**0.5 * 1e30)
    np.testing.assert_allclose(weight.grad, 3**-0.5, rtol=1e-5)
    assert weight.grad.dtype == np.float32


def test_large_entries_are_cut() -> None:
    (weight,) = weights(3)
    weight.grad[...] = [3, -4, 0.5]
    clip_grad_value([weight], 2)
    assert weight.grad.tolist() == [2, -2, 0.5]


def test_descent_on_a_parabola() -> None:
    """f(w) = w^2 with lr 1/4 halves w at each step."""
    w, path, status = gradient_descent(lambda w: 2 * w, 1.0, 0.25, tol=0.01)
    assert status == "converged"
    np.testing.assert_array_equal(path, 0.5 ** np.arange(9))
    assert w == path[-1]
    assert 2 * path[-2] > 0.01 >= 2 * path[-1]


def test_descent_keeps_count_and_the_start() -> None:
    start = np.array([[1.0, 2.0, 3.0]])
    result = gradient_descent(lambda w: w, start, 0.5, tol=0, max_iter=4)
    assert result.status == "max_iter"
    assert result.path.shape == (5, 1, 3)
    np.testing.assert_array_equal(result.path[0], start)
    assert gradient_descent(lambda w: w, start, 0.5, max_iter=0).path.shape == (1, 1, 3)
    np.testing.assert_array_equal(start, [[1, 2, 3]])


def test_descent_at_a_minimum_does_not_move() -> None:
    result = gradient_descent(lambda w: 2 * w, np.zeros(2), 0.1, tol=0)
    assert (result.status, len(result.path)) == ("converged", 1)


@pytest.mark.parametrize("lr", [0.09, 0.11])
def test_the_steepest_direction_decides_what_rate_is_stable(lr) -> None:
    """E = (w0^2 + 20 w1^2) / 2 is stable below 2/20 (SEEDS E4.4)."""
    result = gradient_descent(lambda w: w * [1, 20], np.ones(2), lr, tol=1e-3, max_iter=10_000)
    assert result.status == ("converged" if lr < 0.1 else "diverged")
    assert np.isfinite(result.path).all() and np.isfinite(result.w).all()


def test_a_gradient_that_is_no_number_is_divergence() -> None:
    result = gradient_descent(lambda w: w * np.nan, np.ones(1), 0.1)
    assert (result.status, len(result.path)) == ("diverged", 1)


def test_a_gradient_function_may_change_what_it_gets() -> None:
    def grad(w):
        w *= 2
        return w

    np.testing.assert_array_equal(
        gradient_descent(grad, np.ones(1), 0.25, max_iter=2).path[:, 0], [1, 0.5, 0.25]
    )
