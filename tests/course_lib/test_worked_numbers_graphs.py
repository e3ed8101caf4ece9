"""The decks' worked claims on training and on convolution as a sum, each with its id in table B."""

from __future__ import annotations

import numpy as np
import pytest

from course_lib import functional as F
from course_lib.graph import MLPGraph, layered
from course_lib.images import convolve1d, correlate


def test_r_n34_the_gradient_of_the_sum_is_the_sum_of_the_patterns_gradients() -> None:
    """Line 8 of 000:334 derives E(x): each pattern has its own e(x), and E is their sum."""
    rng = np.random.default_rng(34)
    nodes, edges = layered([2, 3, 1])
    network = MLPGraph(nodes, edges)
    w = {(i, j): float(rng.normal()) for j, i in network.edges}
    w |= {(i, 0): float(rng.normal()) for i in network.hidden + network.outputs}
    patterns, targets = rng.standard_normal((4, 2)), rng.standard_normal(4)

    def error(weights: dict[tuple[int, int], float], which: slice) -> float:
        return sum(
            0.5 * float(network.forward(x, weights, F.tanh)[0][0] - t) ** 2
            for x, t in zip(patterns[which], targets[which], strict=True)
        )

    def gradient(x, t) -> dict[tuple[int, int], float]:
        y, net, a = network.forward(x, w, F.tanh)
        return network.backward(y - t, net, a, w, lambda z: 1 - float(np.tanh(z)) ** 2)[0]

    single = [gradient(x, t) for x, t in zip(patterns, targets, strict=True)]
    edge, step = next(iter(single[0])), 1e-6
    up, down = {**w, edge: w[edge] + step}, {**w, edge: w[edge] - step}
    slope = (error(up, slice(None)) - error(down, slice(None))) / (2 * step)
    assert sum(each[edge] for each in single) == pytest.approx(slope, rel=1e-6)
    last = (error(up, slice(3, 4)) - error(down, slice(3, 4))) / (2 * step)
    assert single[3][edge] == pytest.approx(last, rel=1e-6)
    assert last != pytest.approx(slope, rel=1e-2)


def test_t_n27_the_sum_that_defines_convolution() -> None:
    """(f * g)(t) = sum of f(tau) g(t - tau): TUM prints it right, and it is commutative."""
    f, g = np.array([2.0, -1, 3, 5]), np.array([1.0, 4, -2])
    right = [sum(f[u] * g[t - u] for u in range(4) if 0 <= t - u < 3) for t in range(6)]
    np.testing.assert_array_equal(convolve1d(f, g, "full"), right)
    np.testing.assert_array_equal(convolve1d(g, f, "full"), right)


def test_w_n04_correlation_reads_the_signal_ahead_of_x() -> None:
    """sum of f(tau) g(x + tau), with f as the filter; printed is f(x) g(x + tau)."""
    f, g = np.array([2.0, -1]), np.array([1.0, 4, 0, 3])
    right = [sum(f[u] * g[x + u] for u in range(2)) for x in range(3)]
    printed = [sum(f[x] * g[x + u] for u in range(2)) for x in range(2)]
    np.testing.assert_array_equal(correlate(g, f), right)
    assert not np.array_equal(correlate(g, f)[:2], printed)


def test_b_n08_a_chain_of_linear_filters_is_one_filter_until_something_bends() -> None:
    rng = np.random.default_rng(8)
    signal, first, second = rng.standard_normal(20), rng.standard_normal(3), rng.standard_normal(4)
    together = convolve1d(first, second, "full")
    chain = convolve1d(convolve1d(signal, first, "full"), second, "full")
    np.testing.assert_allclose(convolve1d(signal, together, "full"), chain, atol=1e-12)
    bent = convolve1d(F.relu(convolve1d(signal, first, "full")), second, "full")
    assert np.abs(bent - chain).max() > 0.1


def test_b_n04_and_t_n23_same_size() -> None:
    """W - K + 1 + 2P with K = 5, P = 2; and F3 P1, F5 P2, F1 P0 keep any size at stride 1."""
    x = np.zeros((1, 1, 256, 32), dtype=np.float32)
    for size, padding in ((5, 2), (3, 1), (1, 0)):
        weight = np.zeros((1, 1, size, size), dtype=np.float32)
        assert F.conv2d(x, weight, None, 1, padding).shape == x.shape
