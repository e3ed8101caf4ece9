"""Schedules, clipping and plain gradient descent, by hand; every complaint of course_lib.optim."""

from __future__ import annotations

import numpy as np
import pytest

from course_lib.layers import Linear, Parameter
from course_lib.optim import (
    SGD,
    Adam,
    CosineAnnealingLR,
    Optimizer,
    ReduceLROnPlateau,
    RMSprop,
    Schedule,
    StepLR,
    adam,
    clip_grad_norm,
    clip_grad_value,
    clipping,
    descent,
    gradient_descent,
    optimizer,
    scaled,
    schedules,
    settings,
    sgd,
)
from tests.course_lib.messages import Message, check, unread_raises


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


def step_of(kind: type[Optimizer]) -> None:
    made = kind(weights(1), 0.1, 0.0)
    made.step()


def loaded(state, *lengths: int) -> None:
    SGD(weights(*lengths), 0.1).load_state_dict(state)


MESSAGES = [
    Message(lambda: SGD(weights(1), 0.0), ValueError, "lr must be above 0; got 0.0."),
    Message(lambda: Adam(weights(1), float("nan")), ValueError, "lr must be above 0; got nan."),
    Message(
        lambda: SGD(weights(1), 0.1, 1.0), ValueError,
        "momentum must be at least 0 and below 1; got 1.0.",
    ),
    Message(
        lambda: SGD(weights(1), 0.1, weight_decay=-1), ValueError,
        "weight_decay must be at least 0; got -1.",
    ),
    Message(
        lambda: Adam(weights(1), betas=(0.9, 1.0)), ValueError,
        "beta2 must be at least 0 and below 1; got 1.0.",
    ),
    Message(
        lambda: RMSprop(weights(1), alpha=1.5), ValueError,
        "alpha must be at least 0 and below 1; got 1.5.",
    ),
    Message(lambda: Adam(weights(1), "fast"), TypeError, "lr is a number; got 'fast'."),
    Message(
        lambda: SGD(weights(1), 0.1, nesterov=True), ValueError,
        "SGD with nesterov=True expects a momentum above 0; got 0.",
    ),
    Message(
        lambda: SGD(Linear(1, 2, rng=np.random.default_rng(0)), 0.1), TypeError,
        "SGD expects a list of Parameters; got Linear(weight (2, 1), bias (2,)). "
        "Did you mean network.parameters()?",
    ),
    Message(
        lambda: Adam([], 0.1), ValueError,
        "Adam got no parameters. Does the network have any?",
    ),
    Message(
        lambda: SGD(weights(1) * 2, 0.1), ValueError,
        "SGD expects every Parameter once; one is there twice.",
    ),
    Message(
        lambda: step_of(Optimizer), NotImplementedError,
        "Optimizer has no _change. Define _change(self, grad, memory).",
    ),
    Message(
        lambda: loaded(Adam(weights(3)).state_dict(), 3), ValueError,
        "SGD expects the state of the same kind of optimiser for 1 parameters; it differs at "
        "0.exp_avg, 0.exp_avg_sq, 0.momentum_buffer.",
    ),
    Message(
        lambda: loaded(SGD(weights(4)).state_dict(), 3), ValueError,
        "SGD expects 0.momentum_buffer of shape (3,); got (4,). Is it the state of another "
        "network?",
    ),
    Message(
        lambda: StepLR(weights(1), 3), TypeError,
        "StepLR expects an optimiser; got [Parameter(1,)]. "
        "Did you mean optim.SGD(network.parameters(), ...)?",
    ),
    Message(
        lambda: Schedule(SGD(weights(1))).step(), NotImplementedError,
        "Schedule has no lr_at. Define lr_at(self, epoch).",
    ),
    Message(
        lambda: StepLR(SGD(weights(1)), 0), ValueError, "step_size must be at least 1; got 0.",
    ),
    Message(
        lambda: CosineAnnealingLR(SGD(weights(1)), 5, -0.1), ValueError,
        "eta_min must be at least 0; got -0.1.",
    ),
    Message(
        lambda: ReduceLROnPlateau(SGD(weights(1)), "best"), ValueError,
        "ReduceLROnPlateau expects mode 'min' or 'max'; got 'best'.",
    ),
    Message(
        lambda: ReduceLROnPlateau(SGD(weights(1)), factor=1), ValueError,
        "factor must be above 0 and below 1; got 1.",
    ),
    Message(
        lambda: clip_grad_norm(weights(1), -1), ValueError, "max_norm must be above 0; got -1.",
    ),
    Message(
        lambda: clip_grad_norm(broken(), 1), ValueError,
        "clip_grad_norm expects finite gradients; their norm is nan. "
        "Take a smaller learning rate.",
    ),
    Message(
        lambda: gradient_descent(lambda w: w, [1.0, np.inf], 0.1), ValueError,
        "gradient_descent expects a finite start; got [ 1. inf].",
    ),
    Message(
        lambda: gradient_descent(lambda w: w[:1], [1.0, 2.0], 0.1), ValueError,
        "gradient_descent expects grad(w) of shape (2,); got (1,).",
    ),
    Message(
        lambda: gradient_descent(lambda w: w, np.array([1, 2]), 0.1), TypeError,
        "gradient_descent expects w_init in float64 or float32; got int64. "
        "Did you mean np.asarray(w_init, dtype=float)?",
    ),
]


def broken() -> list[Parameter]:
    (weight,) = weights(2)
    weight.grad[...] = [1, np.nan]
    return [weight]


@pytest.mark.parametrize("message", MESSAGES, ids=lambda m: m.text[:60])
def test_message(message: Message) -> None:
    check(message)


def test_every_message_is_read() -> None:
    modules = (adam, clipping, descent, optimizer, scaled, schedules, settings, sgd)
    assert unread_raises(modules, MESSAGES) == []


def test_a_refused_state_changes_nothing() -> None:
    optimizer = SGD(weights(3), 0.1)
    optimizer.parameters[0].grad[...] = 1
    optimizer.step()
    before = optimizer.state_dict()
    with pytest.raises(ValueError, match="of another network"):
        optimizer.load_state_dict(SGD(weights(4)).state_dict())
    for key, value in optimizer.state_dict().items():
        np.testing.assert_array_equal(value, before[key])
