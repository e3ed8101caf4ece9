"""Every complaint of course_lib.optim, word for word."""

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
from tests.course_lib.test_optim_schedules import weights


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
        lambda: Adam(weights(1), betas=0.9), ValueError,
        "betas is a pair (beta1, beta2); got 0.9.",
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
