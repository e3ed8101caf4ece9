"""Weights at the start: their variance, their fan-in, and what they do to a deep stack."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from course_lib import functional as F
from course_lib import init
from course_lib.init import fans, he, lecun, normal, uniform, xavier, zeros
from tests.course_lib.messages import Message, check, unread_raises


def rng(seed: int = 0) -> np.random.Generator:
    return np.random.default_rng(seed)


LARGE = (200, 300)
CONV = (40, 20, 5, 3)   # fan_in 300, fan_out 600; with 4 groups 300 and 150

# Rule, shape, groups, and the variance.
VARIANCES = [
    (lecun, LARGE, 1, 1 / 300),
    (lecun, CONV, 1, 1 / 300),
    (he, LARGE, 1, 2 / 300),
    (he, CONV, 1, 2 / 300),
    (he, CONV, 4, 2 / 300),
    (xavier, LARGE, 1, 2 / 500),
    (xavier, CONV, 1, 2 / 900),
    (xavier, CONV, 4, 2 / 450),
]


@pytest.mark.parametrize("distribution", ["normal", "uniform"])
@pytest.mark.parametrize(("rule", "shape", "groups", "variance"), VARIANCES)
def test_variance(rule, shape, groups, variance, distribution) -> None:
    weight = rule(shape, distribution, groups=groups, rng=rng())
    assert weight.shape == shape
    assert weight.var() == pytest.approx(variance, rel=0.05)
    assert abs(weight.mean()) < 0.02 * weight.std()
    beyond = np.abs(weight) > np.sqrt(3 * variance)
    assert beyond.any() == (distribution == "normal"), "uniform numbers have a bound"


def test_zeros_normal_and_uniform_ask_for_no_fan() -> None:
    assert not zeros((4,)).any()
    assert normal(LARGE, 0.3, rng=rng()).std() == pytest.approx(0.3, rel=0.02)
    drawn = uniform(LARGE, 0.3, rng=rng())
    assert 0.299 < np.abs(drawn).max() < 0.3
    assert drawn.std() == pytest.approx(0.3 / np.sqrt(3), rel=0.02)


@pytest.mark.parametrize("rule", [zeros, normal, uniform, lecun, xavier, he])
def test_every_rule_takes_what_a_layer_gives(rule) -> None:
    """Same keywords, float32 is the rounded float64, and the seed decides."""
    double = rule((6, 2, 3, 3), groups=2, rng=rng(5), dtype=np.float64)
    single = rule((6, 2, 3, 3), groups=2, rng=rng(5), dtype=np.float32)
    assert (double.dtype, single.dtype) == (np.float64, np.float32)
    np.testing.assert_array_equal(single, double.astype(np.float32))
    other = rule((6, 2, 3, 3), groups=2, rng=rng(6))
    assert np.array_equal(double, other) == (rule is zeros)


@pytest.mark.parametrize(
    ("shape", "groups", "fan_in", "fan_out"),
    [
        ((300, 784), 1, 784, 300),
        ((96, 3, 11, 11), 1, 363, 11_616),
        ((16, 3, 5), 1, 15, 80),
        ((256, 48, 5, 5), 2, 1_200, 3_200),
        ((64, 1, 3, 3), 64, 9, 9),
    ],
)
def test_fans(shape, groups, fan_in, fan_out) -> None:
    assert fans(shape, groups) == (fan_in, fan_out)


@given(st.integers(1, 4), st.integers(1, 3), st.integers(1, 3), st.integers(1, 3))
def test_fans_count_the_products_that_a_convolution_adds_up(groups, share, depth, size) -> None:
    """A middle pixel: all its inputs at 1 through weights of 1; and one input pixel outwards."""
    weight = np.ones((groups * share, depth, size, size))
    x = np.ones((1, groups * depth, 2 * size, 2 * size))
    fan_in, fan_out = fans(weight.shape, groups)
    assert F.conv2d(x, weight, groups=groups)[0, 0, 0, 0] == fan_in
    single = np.zeros((1, groups * depth, 2 * size - 1, 2 * size - 1))
    single[0, 0, size - 1, size - 1] = 1
    assert F.conv2d(single, weight, groups=groups).sum() == fan_out


def second_moments(rule, activation, depth: int = 25) -> list[float]:
    """The mean square of the activations layer by layer, in a stack of wide linear layers.

    A single net wanders around the expected value by about sqrt(depth / width).
    """
    draw = rng(3)
    a = draw.standard_normal((50, 400))
    moments = []
    for _ in range(depth):
        a = activation(F.linear(a, rule((400, 400), rng=draw)))
        moments.append(float(np.mean(a**2)))
    return moments


def test_he_keeps_the_second_moment_through_relu() -> None:
    assert all(0.4 < moment < 2.5 for moment in second_moments(he, F.relu))


def test_small_numbers_vanish_and_large_ones_explode_through_relu() -> None:
    assert second_moments(normal, F.relu)[-1] < 1e-30
    assert second_moments(lambda shape, rng: normal(shape, 0.2, rng=rng), F.relu)[-1] > 1e15


def test_lecun_keeps_the_second_moment_through_selu() -> None:
    assert all(0.5 < moment < 2 for moment in second_moments(lecun, F.selu))


def test_xavier_keeps_tanh_alive() -> None:
    moments = second_moments(xavier, F.tanh)
    assert moments[-1] > 0.01
    assert second_moments(normal, F.tanh)[-1] < 1e-15


def test_zero_weights_keep_neurons_alike() -> None:
    """Equal weights get equal gradients, so a step cannot make them differ."""
    draw = rng(1)
    x, weight, g = draw.standard_normal((5, 3)), zeros((4, 3)), np.ones((5, 4))
    _, grad_weight, _ = F.linear_backward(g, x, weight)
    assert np.ptp(grad_weight, axis=0).max() == 0


MESSAGES = [
    Message(
        lambda: he((3, 4), rng=0), TypeError,
        "rng is a random generator; got 0. Did you mean rng=np.random.default_rng(0)?",
    ),
    Message(
        lambda: he((3,), rng=rng()), ValueError,
        "A fan-in needs a weight of shape (n_out, n_in) or (K, C/groups, F_h, F_w), and groups "
        "that divide K; got (3,) and groups=1. For a bias take init.zeros.",
    ),
    Message(
        lambda: xavier((3, 4), groups=2, rng=rng()), ValueError,
        "A fan-in needs a weight of shape (n_out, n_in) or (K, C/groups, F_h, F_w), and groups "
        "that divide K; got (3, 4) and groups=2. For a bias take init.zeros.",
    ),
    Message(lambda: zeros((3, 0)), ValueError, "A length in shape must be at least 1; got 0."),
    Message(
        lambda: lecun((3, 4), "gauss", rng=rng()), ValueError,
        "distribution is 'normal' or 'uniform'; got 'gauss'.",
    ),
    Message(
        lambda: he((3, 4), rng=rng(), dtype=int), TypeError,
        "dtype is float64 or float32; got int64.",
    ),
    Message(
        lambda: normal((3, 4), -1.0, rng=rng()), ValueError,
        "std must be above 0; got -1.0.",
    ),
    Message(
        lambda: uniform((3, 4), float("nan"), rng=rng()), ValueError,
        "bound must be above 0; got nan.",
    ),
]


@pytest.mark.parametrize("message", MESSAGES, ids=lambda m: m.text[:60])
def test_message(message) -> None:
    check(message)


def test_every_message_is_read() -> None:
    assert unread_raises([init], MESSAGES) == []
