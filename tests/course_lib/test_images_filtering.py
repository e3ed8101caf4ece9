"""Convolution and correlation: laws, NumPy as a second opinion, and the decks' worked numbers."""

from __future__ import annotations

from functools import reduce

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from course_lib import functional as F
from course_lib.arrays import Array
from course_lib.images import convolve1d, convolve2d, correlate, kernel, pad2d, sobel
from tests.course_lib.test_functional_worked_numbers import IMAGE, KERNEL

modes = pytest.mark.parametrize("mode", ["valid", "same", "full"])

# Whole numbers as floats: sums of their products are exact, so laws hold to the bit.
whole = st.integers(-9, 9).map(float)
signals = arrays(np.float64, st.integers(1, 8), elements=whole)
kernels2d = arrays(np.float64, st.tuples(st.integers(1, 3), st.integers(1, 4)), elements=whole)
images2d = arrays(np.float64, st.tuples(st.integers(3, 6), st.integers(4, 7)), elements=whole)


def same(a: Array, b: Array) -> None:
    np.testing.assert_array_equal(a, b)


@given(signals, signals)
def test_a_true_convolution_is_commutative(a, b) -> None:
    same(convolve1d(a, b, "full"), convolve1d(b, a, "full"))


@given(images2d, kernels2d)
def test_a_true_convolution_in_two_dimensions_is_commutative(image, k) -> None:
    same(convolve2d(image, k, "full"), convolve2d(k, image, "full"))


def test_correlation_is_not_commutative() -> None:
    a, b = np.array([1.0, 2, 3]), np.array([1.0, 0, 0])
    assert not np.array_equal(correlate(a, b, "full"), correlate(b, a, "full"))


@given(signals, signals, signals)
def test_a_true_convolution_is_associative(a, b, c) -> None:
    same(
        convolve1d(convolve1d(a, b, "full"), c, "full"),
        convolve1d(a, convolve1d(b, c, "full"), "full"),
    )


@given(images2d, st.data())
@pytest.mark.parametrize("f", [convolve2d, correlate])
@pytest.mark.parametrize("mode", ["valid", "same", "full"])
def test_filtering_is_linear_in_the_image(f, mode, image, data) -> None:
    other = data.draw(arrays(np.float64, image.shape, elements=whole))
    k = data.draw(kernels2d)
    same(f(2 * image - 3 * other, k, mode), 2 * f(image, k, mode) - 3 * f(other, k, mode))


@given(images2d, st.data())
@pytest.mark.parametrize("mode", ["valid", "same", "full"])
def test_filtering_is_linear_in_the_kernel(mode, image, data) -> None:
    shape = data.draw(st.tuples(st.integers(1, 3), st.integers(1, 4)))
    k, other = (data.draw(arrays(np.float64, shape, elements=whole)) for _ in range(2))
    same(
        convolve2d(image, k + 5 * other, mode),
        convolve2d(image, k, mode) + 5 * convolve2d(image, other, mode),
    )


@given(images2d, kernels2d)
@pytest.mark.parametrize("mode", ["valid", "same", "full"])
def test_correlation_is_convolution_with_the_flipped_kernel(mode, image, k) -> None:
    same(correlate(image, k, mode), convolve2d(image, k[::-1, ::-1], mode))
    same(correlate(image, k[0], mode), convolve1d(image, k[0, ::-1], mode))


@given(arrays(np.float64, st.integers(5, 9), elements=whole),
       arrays(np.float64, st.integers(1, 5), elements=whole))
@pytest.mark.parametrize("mode", ["valid", "same", "full"])
def test_one_dimension_equals_numpy(mode, x, k) -> None:
    same(convolve1d(x, k, mode), np.convolve(x, k, mode))
    same(correlate(x, k, mode), np.correlate(x, k, mode))


@given(signals, signals)
def test_a_full_convolution_multiplies_polynomials(a, b) -> None:
    at = 2.0
    product = np.polyval(a, at) * np.polyval(b, at)
    assert np.polyval(convolve1d(a, b, "full"), at) == product


@given(images2d, kernels2d)
def test_the_definition_by_loops(image, k) -> None:
    wanted = np.zeros(np.add(image.shape, k.shape) - 1)
    for (row, column), value in np.ndenumerate(image):
        for (i, j), weight in np.ndenumerate(k):
            wanted[row + i, column + j] += value * weight
    full = convolve2d(image, k, "full")
    same(full, wanted)
    top, left = k.shape
    same(convolve2d(image, k), full[top - 1 : image.shape[0], left - 1 : image.shape[1]])
    (above, before), (height, width) = ((n - 1) // 2 for n in k.shape), image.shape
    same(convolve2d(image, k, "same"), full[above : above + height, before : before + width])


@given(images2d, kernels2d, st.data())
def test_valid_correlation_and_full_convolution_are_adjoint(image, k, data) -> None:
    """<correlate(x, k), c> = <x, convolve(c, k, "full")>: so gradients flow back."""
    y = correlate(image, k)
    c = data.draw(arrays(np.float64, y.shape, elements=whole))
    assert (y * c).sum() == (image * convolve2d(c, k, "full")).sum()


@given(images2d, kernels2d, st.integers(-3, 3), st.integers(-3, 3))
def test_on_an_image_that_wraps_round_filtering_and_shifting_commute(image, k, down, right) -> None:
    def filtered(x: Array) -> Array:
        return convolve2d(pad2d(x, (2, 3), "wrap"), k)[: x.shape[0], : x.shape[1]]

    shifted = np.roll(image, (down, right), axis=(0, 1))
    same(filtered(shifted), np.roll(filtered(image), (down, right), axis=(0, 1)))


@given(images2d, kernels2d)
def test_correlation_is_the_convolution_layer(image, k) -> None:
    np.testing.assert_allclose(
        correlate(image, k), F.conv2d(image[None, None], k[None, None])[0, 0], atol=1e-12
    )


@modes
def test_a_kernel_of_one_entry_scales(mode) -> None:
    same(convolve2d(IMAGE, [[3]], mode), 3 * IMAGE)


def test_kernels_may_be_whole_numbers_and_keep_the_dtype_of_the_image() -> None:
    small = IMAGE.astype(np.float32)
    for k in (KERNEL, KERNEL.astype(int), KERNEL.astype(int).tolist()):
        assert correlate(small, k).dtype == np.float32
        same(correlate(small, k), correlate(IMAGE, KERNEL))


@given(images2d)
def test_the_slopes_of_a_constant_added_are_the_same(image) -> None:
    for one, other in zip(sobel(image), sobel(image + 7), strict=True):
        same(one, other)


@given(images2d)
def test_sobel_of_the_transposed_image(image) -> None:
    gx, gy, magnitude, angle = sobel(np.pad(image, 1))
    gx_t, gy_t, magnitude_t, _ = sobel(np.pad(image.T, 1))
    same(gx, gy_t.T)
    same(gy, gx_t.T)
    np.testing.assert_allclose(magnitude, magnitude_t.T, rtol=1e-12)
    np.testing.assert_allclose(magnitude * np.cos(angle), gx, atol=1e-12)
    np.testing.assert_allclose(magnitude * np.sin(angle), gy, atol=1e-12)


@pytest.mark.parametrize("degrees", [0, 30, 90, 135, 200, 345])
def test_the_angle_points_to_where_a_ramp_gets_brighter(degrees) -> None:
    theta = np.deg2rad(degrees)
    y, x = np.mgrid[:5, :6].astype(float)
    _, _, magnitude, angle = sobel(0.1 * (x * np.cos(theta) + y * np.sin(theta)))
    np.testing.assert_allclose(magnitude, 0.8, rtol=1e-12)
    np.testing.assert_allclose(np.exp(1j * angle), np.exp(1j * theta), atol=1e-12)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_a_flat_area_of_any_grey_has_no_slope_and_angle_0(dtype) -> None:
    for grey in np.arange(256) / 255:
        for found in sobel(np.full((5, 7), grey, dtype)):
            same(found, np.zeros((3, 5)))


# The decks' worked numbers; ids as in test_functional_worked_numbers.


def test_r_n13_and_i_n06_hold_for_correlation_only() -> None:
    same(correlate(IMAGE, KERNEL), [[12, 12, 17], [10, 17, 19], [9, 6, 14]])
    same(convolve2d(IMAGE, KERNEL), [[18, 20, 19], [10, 9, 17], [11, 8, 14]])


def test_i_n05_holds_for_correlation_only() -> None:
    """003:157-163 defines a convolution, which turns every sign of 003:118-126."""
    signal = np.array([4.0, 7, 11, 3, 12, 5])
    same(correlate(signal, [-1, 1]), [3, 4, -8, 9, -7])
    same(convolve1d(signal, [-1, 1]), [-3, -4, 8, -9, 7])


def test_t_n01_and_t_n02_a_box_filter() -> None:
    signal, box = np.array([4.0, 3, 2, -5, 3, 5, 2, 5, 5, 6]), np.full(3, 1 / 3)
    inside = [3, 0, 0, 1, 10 / 3, 4, 4, 16 / 3]
    for f in (convolve1d, correlate):  # a symmetric kernel does not care about the flip
        np.testing.assert_allclose(f(signal, box), inside, atol=1e-15)
        np.testing.assert_allclose(f(signal, box, "same"), [7 / 3, *inside, 11 / 3], atol=1e-15)


def test_r_n29_the_one_dimensional_filter() -> None:
    signal, k = np.array([1.0, 2, -1, 1, -3]), [1, 0, -1]
    same(correlate(signal, k, "same"), [-2, 2, 1, 2, 1])
    same(correlate(signal, k, "same")[::2], [-2, 1, 1])


def test_i_n07_a_step_under_the_sobel_kernels() -> None:
    step = np.tile([0.0, 0, 0, 1, 1, 1], (3, 1))
    gx, gy, magnitude, angle = sobel(step)
    same(gx, [[0, 4, 4, 0]])
    same(gy, [[0, 0, 0, 0]])
    same(magnitude, [[0, 4, 4, 0]])
    same(angle, [[0, 0, 0, 0]])
    same(convolve2d(step, kernel("sobel_x")), [[0, -4, -4, 0]])
    gx, gy, magnitude, angle = sobel(-step.T)  # gets darker downwards
    same(gy[:, 0], [0, -4, -4, 0])
    same(angle[1:3, 0], [-np.pi / 2] * 2)


def test_w_n03_and_w_n04_the_signal_is_read_at_tau() -> None:
    """001:277, 289, 307 print f(x) g(x - tau): then f(x) would leave the sum."""
    f, g = np.array([1.0, 2, 4]), np.array([3.0, -1])
    right = [sum(f[t] * g[x - t] for t in range(3) if 0 <= x - t < 2) for x in range(4)]
    printed = [sum(f[x] * g[x - t] for t in range(3) if 0 <= x - t < 2) for x in range(3)]
    same(convolve1d(f, g, "full"), right)
    assert not np.array_equal(convolve1d(f, g, "full")[:3], printed)
    # And for the correlation, f(tau) g(x + tau), with f as the kernel that slides along g.
    signal = np.array([1.0, 5, 2, 7])
    right = [sum(g[t] * signal[x + t] for t in range(2)) for x in range(3)]
    same(correlate(signal, g), right)


@pytest.mark.parametrize("n", range(1, 8))
def test_w_n05_a_valid_convolution_shrinks_by_n_minus_1(n) -> None:
    """001:356 says 2 floor(n / 2), which holds for odd n only."""
    lost = 20 - len(convolve1d(np.ones(20), np.ones(n)))
    assert lost == n - 1
    assert (lost == 2 * (n // 2)) == (n % 2 == 1)


def test_t_n09_same_needs_half_of_f_minus_1_on_each_side() -> None:
    image = np.arange(42.0).reshape(6, 7)
    for size in (1, 3, 5):
        k = np.arange(size * size * 1.0).reshape(size, size)
        same(correlate(image, k, "same"), correlate(pad2d(image, (size - 1) // 2), k))


def test_t_n21_two_boxes_make_a_triangle_and_variances_add() -> None:
    box = np.full(4, 1.0)
    same(convolve1d(box, box, "full"), [1, 2, 3, 4, 3, 2, 1])

    def variance(weights: Array) -> float:
        places = np.arange(len(weights))
        mean = (weights * places).sum()
        return float((weights * (places - mean) ** 2).sum())

    rows = [kernel("gaussian", size).sum(axis=0) for size in (3, 5, 8)]
    together = reduce(lambda a, b: convolve1d(a, b, "full"), rows)
    assert variance(together) == pytest.approx(sum(map(variance, rows)))
    assert [variance(row) for row in rows] == pytest.approx([0.5, 1.0, 1.75])
    np.testing.assert_allclose(together, kernel("gaussian", 14).sum(axis=0), rtol=1e-12)


@given(images2d, kernels2d, kernels2d)
def test_b_n08_a_chain_of_kernels_is_one_kernel(image, g1, g2) -> None:
    """004:347-353: f * (g1 * g2) = (f * g1) * g2, until something nonlinear comes between."""
    together = convolve2d(g1, g2, "full")
    same(
        convolve2d(convolve2d(image, g1, "full"), g2, "full"), convolve2d(image, together, "full")
    )


def test_b_n08_a_relu_in_between_breaks_the_chain() -> None:
    g = np.array([[1.0, -1]])
    chain = convolve2d(F.relu(convolve2d(IMAGE, g)), g)
    assert not np.array_equal(chain, convolve2d(IMAGE, convolve2d(g, g, "full")))


def test_i_n13_equivariance_is_exact_inside_and_broken_by_zeros_at_the_border() -> None:
    shifted = np.roll(IMAGE, 1, axis=1)
    same(correlate(shifted, KERNEL)[:, 1:], correlate(IMAGE, KERNEL)[:, :-1])
    padded, moved = correlate(IMAGE, KERNEL, "same"), correlate(shifted, KERNEL, "same")
    assert not np.array_equal(moved[:, 1:], padded[:, :-1])


def test_t_n08_a_7_by_7_image_with_a_border_of_1_is_9_by_9() -> None:
    assert pad2d(np.ones((7, 7)), 1).shape == (9, 9)


def test_i_n11_with_a_true_convolution_the_output_changes_its_sign() -> None:
    x, w, f = np.array([0, 0.7, 0.2, 0.8]), [-1, 1], np.array([1, 0.5, 0])
    np.testing.assert_allclose(correlate(x, w), [0.7, -0.5, 0.6])
    assert f @ correlate(x, w) == pytest.approx(0.45)
    assert f @ convolve1d(x, w) == pytest.approx(-0.45)
