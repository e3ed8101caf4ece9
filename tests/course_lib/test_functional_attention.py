"""Laws of attention, of squash and of routing."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from course_lib import functional as F
from course_lib.arrays import Array
from course_lib.gradcheck import check_gradient

attend = F.scaled_dot_product_attention
seeds = st.integers(0, 2**32 - 1)


def random_arrays(seed: int, *shapes: tuple[int, ...]) -> tuple[Array, ...]:
    rng = np.random.default_rng(seed)
    return tuple(rng.standard_normal(shape) for shape in shapes)


@given(seeds, st.floats(0, 1000), st.booleans())
def test_the_weights_of_each_query_sum_to_1(seed, scale, causal) -> None:
    """Also at scores so large that softmax is 0 or 1."""
    q, k = random_arrays(seed, (3, 5), (4, 5))
    weights = attend(q, k, np.eye(4), is_causal=causal, scale=scale)
    assert (weights >= 0).all()
    np.testing.assert_allclose(weights.sum(axis=1), 1)
    if causal:
        assert not np.triu(weights, 1).any()


@given(seeds)
def test_values_are_averaged_by_the_weights(seed) -> None:
    q, k, v = random_arrays(seed, (3, 5), (4, 5), (4, 6))
    weights = attend(q, k, np.eye(4))
    np.testing.assert_allclose(attend(q, k, v), weights @ v)
    scores = np.array([[a @ b for b in k] for a in q]) / np.sqrt(5)
    np.testing.assert_allclose(weights, F.softmax(scores))


@given(seeds, st.permutations(range(4)))
def test_the_order_of_the_keys_does_not_matter_and_that_of_the_queries_is_kept(seed, order) -> None:
    """Self-attention without positions is permutation equivariant."""
    (x,) = random_arrays(seed, (4, 5))
    y, permuted = attend(x, x, x), attend(x[order], x[order], x[order])
    np.testing.assert_allclose(permuted, y[order], atol=1e-12)


def test_a_query_that_may_look_at_one_key_takes_its_value() -> None:
    q, k, v = random_arrays(1, (3, 5), (4, 5), (4, 6))
    mask = np.zeros((3, 4), dtype=bool)
    mask[[0, 1, 2], [2, 0, 3]] = True
    np.testing.assert_allclose(attend(q, k, v, mask), v[[2, 0, 3]])


def test_hidden_keys_and_values_matter_to_nothing() -> None:
    q, k, v = random_arrays(2, (3, 5), (4, 5), (4, 6))
    mask = np.array([True, True, False, True]) & np.ones((3, 1), dtype=bool)
    loud_k, loud_v = k.copy(), v.copy()
    loud_k[2], loud_v[2] = 1e6, 1e6
    np.testing.assert_array_equal(attend(q, loud_k, loud_v, mask), attend(q, k, v, mask))
    (g,) = random_arrays(3, (3, 6))
    _, grad_k, grad_v = F.scaled_dot_product_attention_backward(g, q, k, v, mask)
    assert not grad_k[2].any() and not grad_v[2].any()


def test_a_batch_and_its_heads_are_apart() -> None:
    q, k, v = random_arrays(4, (2, 3, 4, 5), (2, 3, 6, 5), (2, 3, 6, 7))
    (g,) = random_arrays(5, (2, 3, 4, 7))
    y = attend(q, k, v, is_causal=True)
    grads = F.scaled_dot_product_attention_backward(g, q, k, v, is_causal=True)
    for n, h in np.ndindex(2, 3):
        one = (q[n, h], k[n, h], v[n, h])
        np.testing.assert_allclose(y[n, h], attend(*one, is_causal=True))
        singles = F.scaled_dot_product_attention_backward(g[n, h], *one, is_causal=True)
        for grad, single in zip(grads, singles, strict=True):
            np.testing.assert_allclose(grad[n, h], single, atol=1e-12)


@given(seeds, st.floats(0, 1e6))
def test_squash_keeps_the_direction_and_bounds_the_length(seed, scale) -> None:
    s = scale * random_arrays(seed, (7, 4))[0]
    v, length = F.squash(s), np.linalg.norm(s, axis=1)
    np.testing.assert_allclose(np.linalg.norm(v, axis=1), length**2 / (1 + length**2), atol=1e-12)
    assert (np.linalg.norm(v, axis=1) <= 1).all()
    np.testing.assert_allclose(v * length[:, None], s * np.linalg.norm(v, axis=1)[:, None])


def test_squash_of_no_length() -> None:
    s = np.zeros((2, 3))
    np.testing.assert_array_equal(F.squash(s), s)
    np.testing.assert_array_equal(F.squash_backward(np.ones((2, 3)), s), s)


@given(seeds, st.sampled_from([0.01, 1.0, 5.0]))
def test_the_gradient_of_squash_at_all_lengths(seed, scale) -> None:
    s = scale * random_arrays(seed, (3, 4))[0]
    rng = np.random.default_rng(seed)
    check = check_gradient(F.squash, F.squash_backward, (s,), rng=rng, tolerance=1e-5)
    assert check.ok, str(check)


def test_the_shares_of_each_capsule_sum_to_1_and_start_equal() -> None:
    (u_hat,) = random_arrays(6, (2, 5, 3, 4))
    v, shares = F.routing(u_hat, 1)
    np.testing.assert_allclose(shares, 1 / 3)
    np.testing.assert_allclose(v, F.squash(u_hat.mean(axis=1) * 5 / 3))
    _, shares = F.routing(u_hat, 4)
    np.testing.assert_allclose(shares.sum(axis=2), 1)


def test_agreement_grows() -> None:
    """Four capsules below agree about the first one above, and say anything about the second."""
    rng = np.random.default_rng(7)
    u_hat = rng.standard_normal((1, 4, 2, 6))
    u_hat[:, :, 0] = 2 * np.array([1.0, -1, 0, 1, 0, 1]) + 0.1 * u_hat[:, :, 0]
    lengths, shares = [], []
    for n_iterations in range(1, 6):
        v, c = F.routing(u_hat, n_iterations)
        lengths.append(np.linalg.norm(v[0, 0]))
        shares.append(c[0, :, 0].mean())
    assert lengths == sorted(lengths) and shares == sorted(shares)
    assert shares[-1] > 0.9


def test_one_capsule_above_gets_all() -> None:
    (u_hat,) = random_arrays(8, (2, 5, 1, 4))
    v, shares = F.routing(u_hat)
    np.testing.assert_array_equal(shares, 1)
    np.testing.assert_allclose(v[:, 0], F.squash(u_hat[:, :, 0].sum(axis=1)))


@pytest.mark.parametrize("causal", [True, False])
def test_a_plain_scale_keeps_float32(causal) -> None:
    args = [a.astype(np.float32) for a in random_arrays(9, (3, 5), (4, 5), (4, 6))]
    assert attend(*args, is_causal=causal, scale=np.float64(0.5)).dtype == np.float32
