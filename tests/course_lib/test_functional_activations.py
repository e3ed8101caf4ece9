"""Laws and values of the activation functions and of softmax."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from course_lib import functional as F

ELEMENTWISE = ["step", "sigmoid", "tanh", "relu", "leaky_relu", "elu", "selu"]
large = st.floats(-1000, 1000)
logits = arrays(np.float64, st.tuples(st.integers(1, 3), st.integers(1, 5)), elements=large)

# f at -1, 0 and 2; the closed forms of the decks' gallery (table A, R-11, R-16 to R-21, W-145)
E = np.e
VALUES = [
    ("step", {}, (0, 0, 1)),
    ("sigmoid", {}, (1 / (1 + E), 1 / 2, 1 / (1 + E**-2))),
    ("tanh", {}, (-(E**2 - 1) / (E**2 + 1), 0, (E**4 - 1) / (E**4 + 1))),
    ("relu", {}, (0, 0, 2)),
    ("leaky_relu", {}, (-0.1, 0, 2)),
    ("leaky_relu", {"negative_slope": 0.25}, (-0.25, 0, 2)),
    ("elu", {}, (1 / E - 1, 0, 2)),
    ("elu", {"alpha": 2.0}, (2 / E - 2, 0, 2)),
    ("selu", {}, (1.0507009873554805 * 1.6732632423543772 * (1 / E - 1), 0, 2.101401974710961)),
]

# f' at -1, 0 and 2, with the derivative from the left at a kink
DERIVATIVES = [
    ("relu", {}, (0, 0, 1)),
    ("leaky_relu", {}, (0.1, 0.1, 1)),
    ("elu", {"alpha": 2.0}, (2 / E, 2, 1)),
    ("selu", {}, (1.7580993408473766 / E, 1.7580993408473766, 1.0507009873554805)),
]


@pytest.mark.parametrize(("name", "settings", "values"), VALUES)
def test_values(name, settings, values) -> None:
    y = getattr(F, name)(np.array([-1.0, 0.0, 2.0]), **settings)
    np.testing.assert_allclose(y, values, rtol=1e-12, atol=1e-15)


@pytest.mark.parametrize(("name", "settings", "values"), DERIVATIVES)
def test_derivatives_and_their_side_at_a_kink(name, settings, values) -> None:
    x = np.array([-1.0, 0.0, 2.0])
    grad = getattr(F, f"{name}_backward")(np.ones(3), x, **settings)
    np.testing.assert_allclose(grad, values, rtol=1e-12)


@pytest.mark.parametrize("name", ELEMENTWISE)
def test_one_number_in_one_number_out(name) -> None:
    f = getattr(F, name)
    for number in (0.5, -2, np.float64(0.5)):
        y = f(number)
        assert np.ndim(y) == 0
        assert float(y) == f(np.array([number], dtype=float))[0]


@pytest.mark.parametrize("name", [*ELEMENTWISE, "softmax", "log_softmax"])
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_no_warning_at_large_numbers(name, dtype) -> None:
    x = np.array([-1000, -100, -1, 0, 1, 100, 1000], dtype=dtype)
    with np.errstate(over="raise", invalid="raise", divide="raise"):
        y = getattr(F, name)(x)
        assert np.isfinite(y).all()
        if name != "step":
            of_output = name in ("sigmoid", "tanh", "softmax", "log_softmax")
            grad = getattr(F, f"{name}_backward")(np.ones_like(x), y if of_output else x)
            assert np.isfinite(grad).all()


@given(st.lists(large, min_size=2, max_size=9, unique=True))
def test_sigmoid_is_monotone_between_0_and_1_and_symmetric(numbers) -> None:
    """Table B, R-n27: f_log(z) = 1 - f_log(-z)."""
    z = np.sort(np.array(numbers))
    y = F.f_log(z)
    assert ((y >= 0) & (y <= 1)).all()
    assert (np.diff(y) >= 0).all()
    np.testing.assert_allclose(y, 1 - F.f_log(-z), atol=2e-15)
    np.testing.assert_allclose(F.tanh(z), 2 * F.f_log(2 * z) - 1, atol=1e-14)


def test_sigmoid_keeps_its_digits_far_out() -> None:
    np.testing.assert_allclose(F.sigmoid(np.array([-40.0, -700.0])), np.exp([-40.0, -700.0]))


@given(logits, large)
def test_softmax_does_not_see_a_shift(x, shift) -> None:
    np.testing.assert_allclose(F.softmax(x + shift), F.softmax(x), rtol=1e-9, atol=1e-12)
    np.testing.assert_allclose(
        F.log_softmax(x + shift), F.log_softmax(x), rtol=1e-9, atol=1e-9
    )


@given(logits)
def test_softmax_is_a_distribution_in_the_order_of_the_logits(x) -> None:
    y = F.softmax(x)
    assert (y >= 0).all()
    np.testing.assert_allclose(y.sum(axis=-1), 1, rtol=1e-12)
    assert (np.take_along_axis(y, x.argmax(axis=-1)[:, None], -1)[:, 0] == y.max(axis=-1)).all()


@given(logits)
def test_log_softmax_is_the_logarithm_of_softmax(x) -> None:
    np.testing.assert_allclose(np.exp(F.log_softmax(x)), F.softmax(x), rtol=1e-9, atol=1e-300)


@given(logits)
def test_softmax_gradients_sum_to_zero(x) -> None:
    """A shift of all logits changes nothing, so the gradient has no part along it."""
    g = np.cos(np.arange(x.size)).reshape(x.shape)
    np.testing.assert_allclose(
        F.softmax_backward(g, F.softmax(x)).sum(axis=-1), 0, atol=1e-12
    )
    np.testing.assert_allclose(
        F.log_softmax_backward(g, F.log_softmax(x)).sum(axis=-1), 0, atol=1e-12
    )


def test_softmax_along_another_axis() -> None:
    x = np.random.default_rng(0).standard_normal((2, 3, 5))
    for axis in (0, 1, 2, -1, -2):
        for f in (F.softmax, F.log_softmax):
            moved = np.moveaxis(f(np.moveaxis(x, axis, -1)), -1, axis)
            np.testing.assert_allclose(f(x, axis=axis), moved, rtol=1e-12)


def test_maxout_makes_relu_and_the_absolute_value() -> None:
    """Table A, R-19: with pieces x and 0 it is ReLU, with x and -x it is |x|."""
    x = np.linspace(-2, 2, 9)[:, None]
    np.testing.assert_allclose(F.maxout(x, np.array([[[1.0]], [[0.0]]])), F.relu(x))
    np.testing.assert_allclose(F.maxout(x, np.array([[[1.0]], [[-1.0]]])), np.abs(x))


def test_of_equal_pieces_the_first_takes_the_gradient() -> None:
    x, weight = np.array([[2.0]]), np.array([[[3.0]], [[3.0]]])
    grad_x, grad_weight, grad_bias = F.maxout_backward(np.array([[5.0]]), x, weight)
    np.testing.assert_array_equal(grad_x, [[15.0]])
    np.testing.assert_array_equal(grad_weight, [[[10.0]], [[0.0]]])
    np.testing.assert_array_equal(grad_bias, [[5.0], [0.0]])
