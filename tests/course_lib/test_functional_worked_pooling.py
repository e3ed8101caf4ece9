"""The decks' worked numbers on pooling, each with its id in table B."""

from __future__ import annotations

import numpy as np
import pytest

from course_lib import functional as F
from course_lib.arrays import Array

# 002:828-845 and 002:885-903
TUM = np.array([
    [3.0, 1, 3, 5],
    [6, 0, 7, 9],
    [3, 2, 1, 4],
    [0, 2, 4, 3],
])
# 001:512-516 and 001:535-539
WUPPERTAL = np.array([
    [3.0, 3, 2, 1, 0],
    [0, 0, 1, 3, 1],
    [3, 1, 2, 2, 3],
    [2, 0, 0, 2, 2],
    [2, 0, 0, 0, 1],
])
# 004:478-484
BONN = np.array([
    [10.0, 23, 31, 2, 3, 34],
    [8, 35, 44, 33, 1, 45],
    [2, 13, 0, 2, 1, 7],
    [12, 3, 8, 22, 9, 88],
    [22, 88, 3, 0, 2, 0],
    [1, 9, 33, 3, 4, 4],
])


def pooled(pool, image: Array, *settings: int, **more) -> Array:
    """One image with one channel."""
    return pool(image[np.newaxis, np.newaxis], *settings, **more)[0, 0]


def test_t_n13_max_pooling() -> None:
    np.testing.assert_array_equal(pooled(F.max_pool2d, TUM, 2), [[6, 9], [3, 4]])


def test_t_n14_average_pooling() -> None:
    np.testing.assert_array_equal(pooled(F.avg_pool2d, TUM, 2), [[2.5, 6], [1.75, 3]])


def test_t_n15_the_caption_says_max_but_the_numbers_are_means() -> None:
    printed = [[2.5, 6], [1.75, 3]]
    assert not np.array_equal(pooled(F.max_pool2d, TUM, 2), printed)
    np.testing.assert_array_equal(pooled(F.avg_pool2d, TUM, 2), printed)


def test_t_n16_two_settings_make_a_pooling_layer_not_four() -> None:
    """Extent and stride say all: the image with its channels keeps the rest."""
    x = np.random.default_rng(16).standard_normal((2, 5, 7, 9))
    assert F.max_pool2d(x, 3, 2).shape == (2, 5, 3, 4)


def test_w_n06_average_pooling() -> None:
    """The deck prints 1.1 where its other numbers, with two decimals, ask for 1.11."""
    y = pooled(F.avg_pool2d, WUPPERTAL, 3, 1)
    exact = [[1.67, 1.67, 1.67], [1.0, 1.22, 1.78], [1.11, 0.78, 1.33]]
    np.testing.assert_array_equal(np.round(y, 2), exact)
    assert round(y[2, 0], 2) != 1.1


def test_w_n07_max_pooling_whose_answer_is_only_drawn() -> None:
    y = pooled(F.max_pool2d, WUPPERTAL, 3, 1)
    np.testing.assert_array_equal(y, [[3, 3, 3], [3, 3, 3], [3, 2, 3]])


def test_b_n05_max_pooling() -> None:
    y = pooled(F.max_pool2d, BONN, 2)
    np.testing.assert_array_equal(y, [[35, 44, 45], [13, 22, 88], [88, 33, 4]])


def test_b_34_and_b_35_one_window() -> None:
    """Table A: the first window of the same image."""
    assert pooled(F.max_pool2d, BONN[:2, :2], 2) == 35
    assert pooled(F.avg_pool2d, BONN[:2, :2], 2) == 19


def test_r_132_l2_pooling_takes_the_root_of_the_sum() -> None:
    """Table A: of the squares, not of their mean."""
    y = pooled(F.lp_pool2d, TUM, 2)
    np.testing.assert_allclose(y, np.sqrt([[9 + 1 + 36, 9 + 25 + 49 + 81], [17, 1 + 16 + 16 + 9]]))
    mean = pooled(F.lp_pool2d, TUM, 2, mean=True)
    np.testing.assert_allclose(mean, y / 2)


def test_w_95_and_w_97_the_gradients() -> None:
    """Table A: to the largest only, and in equal parts."""
    g = np.array([[1.0, 2], [3, 4]])[np.newaxis, np.newaxis]
    x = TUM[np.newaxis, np.newaxis]
    np.testing.assert_array_equal(F.max_pool2d_backward(g, x, 2)[0, 0], [
        [0, 0, 0, 0],
        [1, 0, 0, 2],
        [3, 0, 0, 4],
        [0, 0, 0, 0],
    ])
    shares = np.kron(g[0, 0] / 4, np.ones((2, 2)))
    np.testing.assert_array_equal(F.avg_pool2d_backward(g, x, 2)[0, 0], shares)


# Statement, kind of size, and n_in, F, S, P, rounding, n_out.
SIZES = [
    ("R-n24", 28, 2, 2, 0, "strict", 14),
    ("R-n07 P1", 28, 2, 2, 0, "strict", 14),
    ("R-n07 P2", 10, 2, 2, 0, "strict", 5),
    ("W-n10 first", 55, 3, 2, 0, "strict", 27),
    ("W-n10 second", 27, 3, 2, 0, "strict", 13),
    ("W-n10 third", 13, 3, 2, 0, "strict", 6),
    ("T-n25", 7, 3, 2, 0, "strict", 3),
    ("B.3 VGG", 224, 2, 2, 0, "strict", 112),
    ("B.3 ResNet", 112, 3, 2, 1, "floor", 56),
    ("B.3 GoogLeNet 112", 112, 3, 2, 0, "ceil", 56),
    ("B.3 GoogLeNet 56", 56, 3, 2, 0, "ceil", 28),
]


@pytest.mark.parametrize(("row", "n_in", "f", "s", "p", "rounding", "n_out"), SIZES)
def test_sizes_of_the_decks(row, n_in, f, s, p, rounding, n_out) -> None:
    x = np.zeros((1, 1, n_in, n_in))
    for pool in (F.max_pool2d, F.avg_pool2d, F.lp_pool2d):
        assert pool(x, f, s, p, rounding=rounding).shape[2:] == (n_out, n_out)


@pytest.mark.parametrize(("row", "n_in", "p"), [("T-n25", 8, 0), ("B.3", 112, 1), ("B.3", 56, 0)])
def test_sizes_that_the_decks_call_illegal(row, n_in, p) -> None:
    with pytest.raises(ValueError, match="Stride 2 does not fit"):
        F.max_pool2d(np.zeros((1, 1, n_in, n_in)), 3, 2, p)


def test_w_n27_max_pooling_and_relu_commute_but_the_mean_and_tanh_do_not() -> None:
    x = np.random.default_rng(27).standard_normal((2, 3, 8, 6))
    np.testing.assert_array_equal(F.max_pool2d(F.relu(x), 2), F.relu(F.max_pool2d(x, 2)))
    window = np.array([[-3.0, -1], [1, 1]])[np.newaxis, np.newaxis]
    after, before = F.tanh(F.avg_pool2d(window, 2)), F.avg_pool2d(F.tanh(window), 2)
    assert after.item() == pytest.approx(-0.4621, abs=5e-5)
    assert before.item() != pytest.approx(after.item(), abs=0.1)


def test_w_n25_pooling_shrinks_the_layer_after_it() -> None:
    """LeNet's first dense layer, with 120 neurons: 1,106,040 parameters without pools, else 48,120.

    "Without" leaves out both pools: 32 -> 28 -> 24, so 24*24*16 inputs.
    """
    c1, c2 = np.zeros((6, 1, 5, 5)), np.zeros((16, 6, 5, 5))
    maps = F.conv2d(np.zeros((1, 1, 32, 32)), c1)
    without, with_pools = F.conv2d(maps, c2), F.max_pool2d(F.conv2d(F.max_pool2d(maps, 2), c2), 2)
    assert [120 * (maps.size + 1) for maps in (without, with_pools)] == [1_106_040, 48_120]


def test_i_n13_pooling_with_a_stride_is_not_equivariant() -> None:
    """A shift by the stride shifts the map; a shift by less does not."""
    x = np.random.default_rng(13).standard_normal((1, 1, 8, 8))
    y = F.max_pool2d(x, 2)
    by_two, by_one = (F.max_pool2d(np.roll(x, k, axis=3), 2) for k in (2, 1))
    np.testing.assert_array_equal(by_two[..., 1:], y[..., :-1])
    assert not np.array_equal(by_one[..., 1:], y[..., :-1])


def test_spatial_pyramid_of_21_places() -> None:
    """Table B.3: 1 + 4 + 16 places times 256 channels, whatever the image."""
    for height, width in ((13, 13), (7, 10)):
        assert F.spatial_pyramid_pool2d(np.zeros((1, 256, height, width))).shape == (1, 5376)


def test_r_n28_the_loss_of_softmax_1_2_3() -> None:
    logits = np.array([[1.0, 2, 3]])
    for target, p in enumerate([0.09, 0.2447, 0.6652]):
        loss = F.cross_entropy(logits, np.array([target]))
        assert float(loss) == pytest.approx(-np.log(p), abs=5e-4)


def test_i_n11_half_the_squared_error() -> None:
    """The decks' loss is half the sum of squares (table A, R-39)."""
    y, t = np.array([[0.45]]), np.array([[1.0]])
    assert float(F.mse_loss(y, t, "sum")) / 2 == pytest.approx(0.15125)
    assert F.mse_loss_backward(0.5, y, t, "sum").item() == pytest.approx(0.45 - 1)


def test_w_n15_auxiliary_losses_count_with_weight_0_3() -> None:
    """L = L_main + 0.3 (L_aux1 + L_aux2)."""
    rng = np.random.default_rng(15)
    main, aux1, aux2 = rng.standard_normal((3, 4, 5))
    targets = np.array([0, 4, 2, 1])
    losses = [float(F.cross_entropy(logits, targets)) for logits in (main, aux1, aux2)]
    total = losses[0] + 0.3 * (losses[1] + losses[2])
    heads = np.concatenate([main, aux1, aux2])
    together = F.cross_entropy(heads, np.tile(targets, 3), reduction="none")
    assert together.reshape(3, 4).mean(axis=1) @ [1, 0.3, 0.3] == pytest.approx(total)
