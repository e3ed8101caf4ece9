"""Laws of the normalisation layers: statistics, running averages, who shares what with whom."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from course_lib import functional as F
from course_lib.arrays import Array

seeds = st.integers(0, 2**32 - 1)
places = st.floats(-1000, 1000)
scales = st.floats(0.1, 1000)


def images(seed: int, shape: tuple[int, ...] = (4, 6, 5, 3)) -> Array:
    return np.random.default_rng(seed).standard_normal(shape)


def running(channels: int = 6) -> tuple[Array, Array]:
    return np.zeros(channels), np.ones(channels)


def trained(x: Array, **settings) -> Array:
    return F.batch_norm(x, *running(x.shape[1]), training=True, **settings)[0]


# The layer, and the axes of (N, C, H, W) along which values share a mean.
LAYERS = [
    (trained, (0, 2, 3)),
    (lambda x, **s: F.layer_norm(x, x.shape[1:], **s), (1, 2, 3)),
    (lambda x, **s: F.layer_norm(x, x.shape[-1], **s), (3,)),
    (F.instance_norm, (2, 3)),
]
every_layer = pytest.mark.parametrize(("layer", "axes"), LAYERS)


@every_layer
@given(seed=seeds, place=places, scale=scales)
def test_mean_0_and_variance_1(layer, axes, seed, place, scale) -> None:
    """Wherever the values lay before, and however far apart (eps is too small to be seen)."""
    y = layer(scale * images(seed) + place, eps=1e-12)
    np.testing.assert_allclose(y.mean(axis=axes), 0, atol=1e-6)
    np.testing.assert_allclose(y.var(axis=axes), 1, atol=1e-6)


@every_layer
def test_the_variance_that_eps_leaves(layer, axes) -> None:
    """var / (var + eps), with eps inside the root and var divided by the number of values."""
    x = images(0)
    y, var = layer(x, eps=0.5), x.var(axis=axes)
    np.testing.assert_allclose(y.var(axis=axes), var / (var + 0.5))


@every_layer
def test_values_that_are_all_equal_become_0(layer, axes) -> None:
    np.testing.assert_array_equal(layer(np.full((4, 6, 5, 3), 7.0)), 0)


@every_layer
@given(seed=seeds, place=places, scale=scales)
def test_place_and_scale_of_the_input_do_not_matter(layer, axes, seed, place, scale) -> None:
    x = images(seed)
    np.testing.assert_allclose(layer(scale * x + place, eps=1e-12), layer(x, eps=1e-12), atol=1e-6)


@given(seed=seeds, groups=st.sampled_from([1, 2, 3, 6]))
def test_group_norm_lies_between_layer_norm_and_instance_norm(seed, groups) -> None:
    x = images(seed)
    y = F.group_norm(x, groups, eps=1e-12)
    parts = y.reshape(4, groups, -1)
    np.testing.assert_allclose(parts.mean(axis=2), 0, atol=1e-9)
    np.testing.assert_allclose(parts.var(axis=2), 1, atol=1e-9)
    np.testing.assert_allclose(F.group_norm(x, 1), F.layer_norm(x, (6, 5, 3)), atol=1e-12)
    np.testing.assert_allclose(F.group_norm(x, 6), F.instance_norm(x), atol=1e-12)


def test_weight_and_bias_scale_and_shift_afterwards() -> None:
    x, weight, bias = images(1), images(2, (6,)), images(3, (6,))
    shape = (6, 1, 1)
    y = F.batch_norm(x, *running(), weight, bias, training=True)[0]
    np.testing.assert_allclose(y, trained(x) * weight.reshape(shape) + bias.reshape(shape))
    y = F.batch_norm(x, *running(), weight, bias)[0]
    plain = F.batch_norm(x, *running())[0]
    np.testing.assert_allclose(y, plain * weight.reshape(shape) + bias.reshape(shape))
    weights = images(4, (6, 5, 3))
    np.testing.assert_allclose(F.layer_norm(x, (6, 5, 3), weights),
                               F.layer_norm(x, (6, 5, 3)) * weights)


def test_the_running_statistics() -> None:
    """Mean and unbiased variance, mixed in with momentum; y uses the biased one."""
    x = np.array([[1.0, 10], [3, 20], [8, 60]])
    old_mean, old_var = np.array([1.0, -1]), np.array([4.0, 9])
    y, mean, var = F.batch_norm(x, old_mean, old_var, training=True, momentum=0.25)
    np.testing.assert_allclose(mean, [0.75 * 1 + 0.25 * 4, 0.75 * -1 + 0.25 * 30])
    np.testing.assert_allclose(var, [0.75 * 4 + 0.25 * 13, 0.75 * 9 + 0.25 * 700])
    np.testing.assert_allclose(y[:, 0], (x[:, 0] - 4) / np.sqrt(26 / 3 + 1e-5))


def test_evaluation_uses_the_running_statistics_and_keeps_them() -> None:
    x = images(5)
    mean, var = images(6, (6,)), np.abs(images(7, (6,)))
    y, new_mean, new_var = F.batch_norm(x, mean, var, eps=0.1)
    shape = (6, 1, 1)
    np.testing.assert_allclose(y, (x - mean.reshape(shape)) / np.sqrt(var.reshape(shape) + 0.1))
    np.testing.assert_array_equal(new_mean, mean)
    np.testing.assert_array_equal(new_var, var)
    assert not np.shares_memory(new_mean, mean) and not np.shares_memory(new_var, var)


def test_the_running_statistics_come_to_those_of_the_data() -> None:
    rng = np.random.default_rng(8)
    mean, var = running(2)
    for _ in range(400):
        batch = rng.normal([3, -2], [1, 5], (64, 2))
        _, mean, var = F.batch_norm(batch, mean, var, training=True)
    np.testing.assert_allclose(mean, [3, -2], atol=0.5)
    np.testing.assert_allclose(var, [1, 25], rtol=0.3)


def test_momentum_at_its_ends() -> None:
    x = images(9)
    _, mean, var = F.batch_norm(x, *running(), training=True, momentum=0)
    np.testing.assert_array_equal((mean, var), running())
    _, mean, var = F.batch_norm(x, *running(), training=True, momentum=1)
    np.testing.assert_allclose(mean, x.mean(axis=(0, 2, 3)))
    np.testing.assert_allclose(var, x.var(axis=(0, 2, 3), ddof=1))


def test_only_batch_norm_in_training_mixes_samples() -> None:
    x = images(10)
    other = x.copy()
    other[0] += images(11, (6, 5, 3))
    assert not np.allclose(trained(x)[1:], trained(other)[1:])
    for layer, _ in LAYERS[1:]:
        np.testing.assert_array_equal(layer(x)[1:], layer(other)[1:])
    np.testing.assert_array_equal(
        F.batch_norm(x, *running())[0][1:], F.batch_norm(other, *running())[0][1:]
    )


@every_layer
def test_the_gradient_has_no_part_that_cannot_matter(layer, axes) -> None:
    """Neither along the mean nor, but for eps, along x_hat: place and scale do not matter."""
    x, g = images(12), images(13)
    grad = {
        (0, 2, 3): lambda: F.batch_norm_backward(g, x, *running(), training=True, eps=1e-12)[0],
        (1, 2, 3): lambda: F.layer_norm_backward(g, x, (6, 5, 3), eps=1e-12)[0],
        (3,): lambda: F.layer_norm_backward(g, x, 3, eps=1e-12)[0],
        (2, 3): lambda: F.instance_norm_backward(g, x, eps=1e-12)[0],
    }[axes]()
    assert np.abs(grad).max() > 0.01
    np.testing.assert_allclose(grad.sum(axis=axes), 0, atol=1e-9)
    np.testing.assert_allclose((grad * layer(x, eps=1e-12)).sum(axis=axes), 0, atol=1e-6)


def test_statistics_of_one_kind_in_float32_and_float64_meet_in_float64() -> None:
    x = images(14).astype(np.float32)
    y, mean, var = F.batch_norm(x, *running(), training=True)
    assert (y.dtype, mean.dtype, var.dtype) == (np.float32, np.float64, np.float64)
    narrow = [array.astype(np.float32) for array in running()]
    assert {a.dtype for a in F.batch_norm(x, *narrow, training=True)} == {np.dtype(np.float32)}
