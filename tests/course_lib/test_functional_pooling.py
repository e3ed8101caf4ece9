"""Laws of the pooling layers that do not draw."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from course_lib import functional as F
from course_lib.arrays import Array
from course_lib.functional.pooling_adaptive import regions
from tests.course_lib.operations import POOLINGS, Operation
from tests.course_lib.test_functional import rng_for

# Few different values: most windows have ties.
tied = arrays(np.float64, (2, 2, 7, 6), elements=st.sampled_from([0.0, 1.0, -1.0]))
windows = st.tuples(st.integers(1, 4), st.integers(1, 4))
strides = st.tuples(st.integers(1, 3), st.integers(1, 3))
roundings = st.sampled_from(["floor", "ceil"])
seeds = st.integers(0, 2**32 - 1)


def random_images(seed: int, *shape: int) -> Array:
    return np.random.default_rng(seed).standard_normal(shape)


@given(tied, windows, strides, st.booleans(), roundings, seeds)
def test_max_pooling_hands_on_all_of_the_gradient_and_no_more(
    x, kernel, stride, padded, rounding, seed
) -> None:
    """Under ties and overlaps: the sums over each channel are equal."""
    padding = (kernel[0] // 2, kernel[1] // 2) if padded else 0
    y = F.max_pool2d(x, kernel, stride, padding, rounding=rounding)
    g = random_images(seed, *y.shape)
    grad = F.max_pool2d_backward(g, x, kernel, stride, padding, rounding=rounding)
    np.testing.assert_allclose(grad.sum(axis=(2, 3)), g.sum(axis=(2, 3)), atol=1e-12)


@given(tied, windows, strides, seeds)
def test_of_equal_pixels_the_first_in_row_order_wins(x, kernel, stride, seed) -> None:
    """Against the taught loops."""
    y = F.max_pool2d(x, kernel, stride, rounding="floor")
    g = random_images(seed, *y.shape)
    wanted_y, wanted_grad = np.empty_like(y), np.zeros_like(x)
    for n, c, row, column in np.ndindex(y.shape):
        top, left = row * stride[0], column * stride[1]
        window = x[n, c, top : top + kernel[0], left : left + kernel[1]]
        wanted_y[n, c, row, column] = window.max()
        i, j = divmod(int(window.argmax()), kernel[1])
        wanted_grad[n, c, top + i, left + j] += g[n, c, row, column]
    np.testing.assert_array_equal(y, wanted_y)
    np.testing.assert_allclose(
        F.max_pool2d_backward(g, x, kernel, stride, rounding="floor"), wanted_grad, atol=1e-12
    )


def test_a_pixel_that_wins_four_windows_gets_four_gradients() -> None:
    x = np.zeros((1, 1, 3, 3))
    x[0, 0, 1, 1] = 5
    g = np.array([[[[1.0, 10], [100, 1000]]]])
    np.testing.assert_array_equal(
        F.max_pool2d_backward(g, x, 2, 1)[0, 0], [[0, 0, 0], [0, 1111, 0], [0, 0, 0]]
    )


def test_the_border_never_wins() -> None:
    """Neither against negative pixels nor against -inf."""
    x = np.full((1, 1, 2, 2), -3.0)
    np.testing.assert_array_equal(F.max_pool2d(x, 2, 1, 1), np.full((1, 1, 3, 3), -3.0))
    x = np.full((1, 1, 2, 2), -np.inf)
    assert np.isneginf(F.max_pool2d(x, 2, 1, 1)).all()
    grad = F.max_pool2d_backward(np.ones((1, 1, 3, 3)), x, 2, 1, 1)
    assert grad.sum() == 9


def test_a_pixel_that_is_no_number_is_seen() -> None:
    x = np.ones((1, 1, 2, 4))
    x[0, 0, 1, 2] = np.nan
    np.testing.assert_array_equal(F.max_pool2d(x, 2).ravel(), [1, np.nan])


@given(windows, strides, roundings, seeds)
def test_max_pooling_of_minus_x_is_minus_the_smallest(kernel, stride, rounding, seed) -> None:
    x = random_images(seed, 2, 3, 7, 6)
    smallest = -F.max_pool2d(-x, kernel, stride, rounding=rounding)
    mean = F.avg_pool2d(x, kernel, stride, rounding=rounding)
    largest = F.max_pool2d(x, kernel, stride, rounding=rounding)
    assert (smallest <= mean + 1e-12).all() and (mean <= largest + 1e-12).all()


@given(windows, strides, st.booleans(), roundings, seeds)
def test_average_pooling_hands_on_all_of_the_gradient(
    kernel, stride, padded, rounding, seed
) -> None:
    """Without the border, which takes its share when it counts."""
    padding = (kernel[0] // 2, kernel[1] // 2) if padded else 0
    settings = {"count_include_pad": False, "rounding": rounding}
    x = random_images(seed, 2, 3, 7, 6)
    y = F.avg_pool2d(x, kernel, stride, padding, **settings)
    g = random_images(seed + 1, *y.shape)
    grad = F.avg_pool2d_backward(g, x, kernel, stride, padding, **settings)
    np.testing.assert_allclose(grad.sum(axis=(2, 3)), g.sum(axis=(2, 3)), atol=1e-12)


@given(windows, strides, seeds)
def test_average_pooling_is_a_convolution(kernel, stride, seed) -> None:
    """With equal weights that sum to 1, channel by channel."""
    x = random_images(seed, 2, 3, 7, 6)
    weight = np.full((3, 1, *kernel), 1 / (kernel[0] * kernel[1]))
    np.testing.assert_allclose(
        F.avg_pool2d(x, kernel, stride, rounding="floor"),
        F.conv2d(x, weight, stride=stride, groups=3, rounding="floor"),
        atol=1e-12,
    )


def test_what_the_border_counts() -> None:
    x = np.ones((1, 1, 2, 3))
    with_border = F.avg_pool2d(x, 2, 1, 1)
    np.testing.assert_array_equal(with_border[0, 0, 0], [0.25, 0.5, 0.5, 0.25])
    np.testing.assert_array_equal(F.avg_pool2d(x, 2, 1, 1, count_include_pad=False), 1)
    # The last window hangs over by one column, which does not count.
    np.testing.assert_array_equal(F.avg_pool2d(x, 2, rounding="ceil").ravel(), [1, 1])


@given(windows, strides, st.booleans(), roundings, st.floats(1, 200), seeds)
def test_lp_pooling_lies_between_the_maximum_and_the_sum(
    kernel, stride, padded, rounding, p, seed
) -> None:
    padding = (kernel[0] // 2, kernel[1] // 2) if padded else 0
    x = np.abs(random_images(seed, 2, 2, 7, 6))
    asked = (kernel, stride, padding)
    y = F.lp_pool2d(x, *asked, norm_type=p, rounding=rounding)
    largest = F.max_pool2d(x, *asked, rounding=rounding)
    total = F.lp_pool2d(x, *asked, norm_type=1, rounding=rounding)
    assert (largest <= y * (1 + 1e-12)).all() and (y <= total * (1 + 1e-12)).all()
    np.testing.assert_allclose(
        F.lp_pool2d(x, *asked, norm_type=1, mean=True, rounding=rounding),
        F.avg_pool2d(x, *asked, rounding=rounding), rtol=1e-9,
    )


def test_lp_pooling_of_large_numbers_and_large_p() -> None:
    x = np.array([[[[3e200, -4e200], [0, 0]]]])
    assert F.lp_pool2d(x, 2).item() == pytest.approx(5e200)
    assert F.lp_pool2d(x, 2, norm_type=1000).item() == pytest.approx(4e200)
    grad = F.lp_pool2d_backward(np.ones((1, 1, 1, 1)), x, 2)
    np.testing.assert_allclose(grad[0, 0], [[0.6, -0.8], [0, 0]])


def test_lp_pooling_has_a_gradient_of_0_where_all_is_0() -> None:
    x, g = np.zeros((1, 1, 2, 4)), np.ones((1, 1, 1, 2))
    for p in (1.0, 1.5, 2.0, 3.0):
        assert not F.lp_pool2d_backward(g, x, 2, norm_type=p).any()


@pytest.mark.may_skip_in_ci(reason="PyTorch is an oracle where it is installed")
@pytest.mark.parametrize("operation", [o for o in POOLINGS if o.name == "lp_pool2d"],
                         ids=lambda o: o.id)
def test_lp_pooling_equals_torch_where_both_mean_the_same(operation: Operation) -> None:
    """Without padding, overhang or negative numbers, which PyTorch treats in its own way."""
    torch = pytest.importorskip("torch")
    settings = dict(operation.settings)
    if {"padding", "mean"} & settings.keys() or settings.pop("rounding", "") == "ceil":
        settings = {"kernel_size": (2, 3), "stride": 1}
    p = settings.pop("norm_type", 2.0)
    x = np.abs(operation.arguments(rng_for(operation))[0])
    if x.shape[2] < 2 or x.shape[3] < 3:
        settings = {"kernel_size": 1}
    wanted = torch.nn.functional.lp_pool2d(torch.tensor(x), p, **settings)
    np.testing.assert_allclose(
        F.lp_pool2d(x, **settings, norm_type=p, rounding="floor"), wanted, rtol=1e-9
    )


def test_mixed_pooling_at_its_ends_and_between() -> None:
    x = random_images(5, 2, 3, 6, 4)
    largest, mean = F.max_pool2d(x, 2), F.avg_pool2d(x, 2)
    np.testing.assert_array_equal(F.mixed_pool2d(x, 1, 2), largest)
    np.testing.assert_array_equal(F.mixed_pool2d(x, 0.0, 2), mean)
    half = F.mixed_pool2d(x, np.array([0, 0.5, 1]), 2)
    np.testing.assert_allclose(half[:, 0], mean[:, 0])
    np.testing.assert_allclose(half[:, 1], (largest + mean)[:, 1] / 2)
    np.testing.assert_allclose(half[:, 2], largest[:, 2])


def test_one_share_for_all_channels_gets_the_sum_of_their_gradients() -> None:
    x, g = random_images(6, 2, 3, 6, 4), random_images(7, 2, 3, 3, 2)
    grad_x, grad_share = F.mixed_pool2d_backward(g, x, np.array(0.3), 2)
    each_x, each_share = F.mixed_pool2d_backward(g, x, np.full(3, 0.3), 2)
    assert grad_share.shape == () and grad_share == pytest.approx(each_share.sum())
    np.testing.assert_array_equal(grad_x, each_x)


def test_a_plain_share_keeps_float32() -> None:
    x = random_images(8, 1, 2, 4, 6).astype(np.float32)
    assert F.mixed_pool2d(x, 0.3, 2).dtype == np.float32
    grads = F.mixed_pool2d_backward(np.ones((1, 2, 2, 3), dtype=np.float32), x, 0.3, 2)
    assert [grad.dtype for grad in grads] == [np.float32] * 2


@given(st.integers(1, 30), st.integers(1, 40))
def test_regions_cover_the_image_in_order(n_in, n_out) -> None:
    found = regions(n_in, n_out)
    assert len(found) == n_out
    assert set().union(*(range(*region) for region in found)) == set(range(n_in))
    assert found == sorted(found) and all(first < end for first, end in found)


@given(st.integers(1, 3), st.integers(1, 3), st.integers(1, 3), st.integers(1, 3), seeds)
def test_adaptive_pooling_to_a_divisor_is_plain_pooling(f_h, f_w, rows, columns, seed) -> None:
    x = random_images(seed, 2, 3, f_h * rows, f_w * columns)
    for kind in ("max", "avg"):
        plain = getattr(F, f"{kind}_pool2d")(x, (f_h, f_w))
        adaptive = getattr(F, f"adaptive_{kind}_pool2d")(x, (rows, columns))
        np.testing.assert_allclose(adaptive, plain, atol=1e-12)


@given(st.integers(1, 9), st.integers(1, 9), seeds)
def test_global_pooling_is_adaptive_pooling_to_one_place(height, width, seed) -> None:
    """And the first level of the pyramid; every size of image gives the same length."""
    x = random_images(seed, 2, 3, height, width)
    mean = F.global_avg_pool2d(x)
    np.testing.assert_allclose(mean, F.adaptive_avg_pool2d(x, 1)[:, :, 0, 0], atol=1e-12)
    pyramid = F.spatial_pyramid_pool2d(x, (1, 2, 3), "avg")
    assert pyramid.shape == (2, 3 * 14)
    np.testing.assert_allclose(pyramid[:, :3], mean, atol=1e-12)
    largest = F.spatial_pyramid_pool2d(x, [1])
    np.testing.assert_array_equal(largest, x.max(axis=(2, 3)))
