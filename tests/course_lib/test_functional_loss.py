"""Laws and values of the losses."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from course_lib import functional as F

large = arrays(np.float64, (3, 5), elements=st.floats(-1000, 1000))
classes = arrays(np.int64, (3,), elements=st.integers(0, 4))
chances = arrays(np.float64, (3, 5), elements=st.floats(0, 1))
smoothing = st.floats(0, 1)


@given(large, classes, smoothing, st.floats(-1000, 1000))
def test_cross_entropy_does_not_see_a_shift_of_all_logits(logits, targets, s, shift) -> None:
    """Each row by its own shift; loss and gradient are finite at logits of 1000."""
    shifted = logits + np.array([[shift], [-shift], [0.0]])
    for f in (
        lambda x: F.cross_entropy(x, targets, label_smoothing=s, reduction="none"),
        lambda x: F.cross_entropy_backward(1.0, x, targets, label_smoothing=s),
    ):
        assert np.isfinite(f(logits)).all()
        np.testing.assert_allclose(f(shifted), f(logits), rtol=1e-9, atol=1e-9)


@given(large, classes, smoothing)
def test_the_gradient_of_cross_entropy_sums_to_0(logits, targets, s) -> None:
    """In each row, as that of a shift must."""
    grad = F.cross_entropy_backward(1.0, logits, targets, label_smoothing=s)
    np.testing.assert_allclose(grad.sum(axis=1), 0, atol=1e-12)


def test_cross_entropy_where_softmax_rounds_to_0() -> None:
    logits = np.array([[1000.0, 0, -1000]])
    for target, loss in enumerate([0, 1000, 2000]):
        assert F.cross_entropy(logits, np.array([target])) == loss
    grad = F.cross_entropy_backward(1.0, logits, np.array([2]))
    np.testing.assert_array_equal(grad, [[1, 0, -1]])


def test_a_class_that_is_ruled_out_by_minus_infinity_costs_nothing() -> None:
    """Unless it is the target, or smoothing asks for it."""
    logits, targets = np.array([[1.0, -np.inf, 1.0]]), np.array([0])
    assert F.cross_entropy(logits, targets) == np.log(2)
    np.testing.assert_array_equal(
        F.cross_entropy_backward(1.0, logits, targets), [[-0.5, 0, 0.5]]
    )
    assert F.cross_entropy(logits, np.array([1])) == np.inf
    assert F.cross_entropy(logits, targets, label_smoothing=0.1) == np.inf


@given(large, classes)
def test_cross_entropy_is_minus_the_log_of_the_targets_chance(logits, targets) -> None:
    chance = F.log_softmax(logits)[np.arange(3), targets]
    np.testing.assert_allclose(F.cross_entropy(logits, targets), -chance.mean(), atol=1e-12)


def test_equal_logits_cost_the_log_of_the_number_of_classes() -> None:
    for n_classes in (2, 10, 1000):
        loss = F.cross_entropy(np.zeros((4, n_classes)), np.array([0, 1, 1, 0]))
        assert float(loss) == pytest.approx(np.log(n_classes))


def test_label_smoothing_asks_for_a_mixture() -> None:
    """The least loss is at logits whose softmax is the smoothed target."""
    wanted = np.full((1, 4), 0.2 / 4)
    wanted[0, 1] += 0.8
    grad = F.cross_entropy_backward(1.0, np.log(wanted), np.array([1]), label_smoothing=0.2)
    np.testing.assert_allclose(grad, 0, atol=1e-12)


def test_class_weights_count_samples_several_times() -> None:
    logits = np.random.default_rng(1).standard_normal((3, 2))
    targets, weight = np.array([0, 1, 1]), np.array([2.0, 1.0])
    twice, classes_twice = logits[[0, 0, 1, 2]], targets[[0, 0, 1, 2]]
    for reduction in ("mean", "sum"):
        assert F.cross_entropy(logits, targets, weight, reduction) == pytest.approx(
            F.cross_entropy(twice, classes_twice, reduction=reduction)
        )


@given(st.floats(-1000, 1000), st.floats(0, 1))
def test_binary_cross_entropy_is_cross_entropy_of_two_classes(z, t) -> None:
    both = np.array([[0.0, z], [0.0, z]])
    e0, e1 = F.cross_entropy(both, np.array([0, 1]), reduction="none")
    loss = F.binary_cross_entropy_with_logits(np.array([z]), np.array([t]))
    assert float(loss) == pytest.approx((1 - t) * e0 + t * e1, rel=1e-9, abs=1e-9)


@given(large, chances)
def test_binary_cross_entropy_of_large_logits_is_finite(z, t) -> None:
    assert np.isfinite(F.binary_cross_entropy_with_logits(z, t, "none")).all()
    grad = F.binary_cross_entropy_with_logits_backward(1.0, z, t, "sum")
    assert (np.abs(grad) <= 1).all()
    flipped = F.binary_cross_entropy_with_logits(-z, 1 - t, "none")
    np.testing.assert_allclose(
        F.binary_cross_entropy_with_logits(z, t, "none"), flipped, rtol=1e-9, atol=1e-9
    )


def test_values_of_mse_and_l1() -> None:
    """The mean goes over all six values, not over the two samples."""
    y, t = np.array([[1.0, 2, 3], [4, 5, 6]]), np.array([[1.0, 0, 0], [4, 5, 0]])
    assert F.mse_loss(y, t) == (4 + 9 + 36) / 6
    assert F.l1_loss(y, t) == (2 + 3 + 6) / 6
    assert F.mse_loss(y, t, "sum") == 49
    np.testing.assert_array_equal(F.l1_loss(y, t, "none"), [[0, 2, 3], [0, 0, 6]])
    np.testing.assert_allclose(F.mse_loss_backward(6.0, y, t), 2 * (y - t))
    np.testing.assert_array_equal(F.l1_loss_backward(6.0, y, t), [[0, 1, 1], [0, 0, 1]])


def test_values_of_hinge() -> None:
    logits, targets = np.array([[3.0, 1.5, 2.5], [0, 0, 0], [9, 0, 1]]), np.array([0, 1, 0])
    np.testing.assert_array_equal(F.hinge(logits, targets, reduction="none"), [0.5, 2, 0])
    assert F.hinge(logits, targets) == 2.5 / 3
    grad = F.hinge_backward(1.0, logits, targets, reduction="sum")
    np.testing.assert_array_equal(grad, [[-1, 0, 1], [1, -2, 1], [0, 0, 0]])


def test_a_lead_of_exactly_the_margin_costs_nothing_and_pulls_nothing() -> None:
    logits, targets = np.array([[2.0, 1.0]]), np.array([0])
    assert F.hinge(logits, targets) == 0
    assert not F.hinge_backward(1.0, logits, targets).any()


LOSSES = {
    "cross_entropy": np.array([1, 0, 4]),
    "hinge": np.array([1, 0, 4]),
    "binary_cross_entropy_with_logits": np.linspace(0, 1, 15).reshape(3, 5),
    "mse_loss": np.linspace(-1, 1, 15).reshape(3, 5),
    "l1_loss": np.linspace(-1, 1, 15).reshape(3, 5),
}


@pytest.mark.parametrize("name", LOSSES)
def test_reductions_agree(name) -> None:
    """mean = sum / number; with "none" a batch is its samples."""
    loss, backward = getattr(F, name), getattr(F, f"{name}_backward")
    y, targets = np.random.default_rng(3).standard_normal((3, 5)), LOSSES[name]
    apart = loss(y, targets, reduction="none")
    assert loss(y, targets, reduction="sum") == pytest.approx(apart.sum())
    assert loss(y, targets) == pytest.approx(apart.mean())
    for n in range(3):
        single = loss(y[n : n + 1], targets[n : n + 1], reduction="none")
        np.testing.assert_allclose(single[0], apart[n])
    ones = np.ones_like(apart)
    np.testing.assert_allclose(
        backward(1.0, y, targets), backward(ones, y, targets, reduction="none") / apart.size
    )
    np.testing.assert_allclose(
        backward(2.5, y, targets, reduction="sum"), 2.5 * backward(1.0, y, targets) * apart.size
    )


@pytest.mark.parametrize("name", LOSSES)
def test_a_plain_1_keeps_float32(name) -> None:
    y = np.ones((3, 5), dtype=np.float32)
    targets = LOSSES[name]
    if targets.dtype == np.float64:
        targets = targets.astype(np.float32)
    for g in (1.0, 1, np.float32(1)):
        assert getattr(F, f"{name}_backward")(g, y, targets).dtype == np.float32
