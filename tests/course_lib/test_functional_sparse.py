"""The sparse convolution: equal to conv2d where it works, and at work only there."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from course_lib import functional as F
from course_lib.arrays import Array
from course_lib.functional import sparse
from tests.course_lib.test_functional_convolution_matrix import normal, seeds


def some_sites(seed: int, share: float) -> Array:
    """Two images of 6 x 5 sites, of which about `share` are active."""
    return np.random.default_rng(seed).random((2, 6, 5)) < share


@given(st.integers(1, 4), st.integers(1, 4), st.floats(0, 1), seeds)
def test_it_is_conv2d_masked_before_and_after(f_h, f_w, share, seed) -> None:
    """Also for even sizes, where "same" has its odd pixel at the end."""
    active = some_sites(seed, share)
    x, weight, bias = normal(seed, (2, 3, 6, 5), (4, 3, f_h, f_w), (4,))
    mask = active[:, np.newaxis]
    masked = F.conv2d(x * mask, weight, bias, padding="same") * mask
    np.testing.assert_allclose(
        F.sparse_conv2d(x, weight, bias, active=active), masked, atol=1e-12
    )


@given(st.integers(1, 4), st.floats(0, 1), seeds)
def test_its_gradients_are_those_of_the_masked_conv2d(size, share, seed) -> None:
    active = some_sites(seed, share)
    x, weight, g = normal(seed, (2, 3, 6, 5), (4, 3, size, size), (2, 4, 6, 5))
    mask = active[:, np.newaxis]
    grads = F.sparse_conv2d_backward(g, x, weight, active=active)
    grad_x, *others = F.conv2d_backward(g * mask, x * mask, weight, padding="same")
    for grad, wanted in zip(grads, (grad_x * mask, *others), strict=True):
        np.testing.assert_allclose(grad, wanted, atol=1e-12)


def test_what_lies_at_other_sites_is_never_read() -> None:
    """A NaN there would be seen in the answer."""
    active = some_sites(1, 0.4)
    x, weight, g = normal(1, (2, 3, 6, 5), (4, 3, 3, 3), (2, 4, 6, 5))
    outside = np.broadcast_to(~active[:, np.newaxis], x.shape)
    dirty_x = np.where(outside, np.nan, x)
    dirty_g = np.where(np.broadcast_to(~active[:, np.newaxis], g.shape), np.nan, g)
    np.testing.assert_array_equal(
        F.sparse_conv2d(dirty_x, weight, active=active),
        F.sparse_conv2d(x, weight, active=active),
    )
    for dirty, clean in zip(
        F.sparse_conv2d_backward(dirty_g, dirty_x, weight, active=active),
        F.sparse_conv2d_backward(g, x, weight, active=active),
        strict=True,
    ):
        np.testing.assert_array_equal(dirty, clean)


def test_the_work_is_one_product_for_each_pair_of_active_neighbours() -> None:
    """A diagonal of 5 in 25 sites: 5 pairs in the middle, 4 each towards two corners."""
    active = np.eye(5, dtype=bool)[np.newaxis]
    pairs = {pixel: len(sites) for pixel, sites, _ in sparse._meetings(active, (3, 3))}
    assert pairs == {
        (0, 0): 4, (0, 1): 0, (0, 2): 0,
        (1, 0): 0, (1, 1): 5, (1, 2): 0,
        (2, 0): 0, (2, 1): 0, (2, 2): 4,
    }


def test_by_default_the_sites_that_are_not_0_are_active() -> None:
    x, weight, bias = normal(2, (2, 3, 6, 5), (4, 3, 3, 3), (4,))
    active = some_sites(2, 0.3)
    x *= active[:, np.newaxis]
    x[0, :, 0, 0], active[0, 0, 0] = [0, 7, 0], True           # one channel is enough
    y = F.sparse_conv2d(x, weight, bias)
    np.testing.assert_array_equal(y, F.sparse_conv2d(x, weight, bias, active=active))
    np.testing.assert_array_equal(y.any(axis=1), active)
    g = np.ones_like(y)
    for grad, wanted in zip(
        F.sparse_conv2d_backward(g, x, weight),
        F.sparse_conv2d_backward(g, x, weight, active=active),
        strict=True,
    ):
        np.testing.assert_array_equal(grad, wanted)


def test_points_do_not_smear() -> None:
    """After three layers the stroke is as thin as before; conv2d has filled the image."""
    x = np.zeros((1, 1, 9, 9))
    x[0, 0, 4, 2:7] = 1
    weight = np.ones((1, 1, 3, 3))
    thin = smeared = x
    for _ in range(3):
        thin = F.sparse_conv2d(thin, weight, active=x[:, 0] != 0)
        smeared = F.conv2d(smeared, weight, padding=1)
    assert np.count_nonzero(thin) == 5
    assert np.count_nonzero(smeared) == 7 * 9


@pytest.mark.parametrize("per_image", [False, True])
def test_sites_of_one_image_may_serve_all(per_image) -> None:
    x, weight = normal(3, (2, 3, 6, 5), (4, 3, 3, 3))
    active = some_sites(3, 0.5)[0]
    y = F.sparse_conv2d(x, weight, active=np.stack([active, active]) if per_image else active)
    np.testing.assert_array_equal(y.any(axis=1), np.stack([active, active]))
