"""What the small models do: they fire, squash, tell digits apart, and start as they are told."""

from __future__ import annotations

import numpy as np
import pytest

from course_lib import models
from course_lib.layers import Sequential, Tanh
from course_lib.models.digit_codes import CODES


def rng(seed: int = 0) -> np.random.Generator:
    return np.random.default_rng(seed)


def test_a_perceptron_learns_and_by_its_rule() -> None:
    x = np.array([[0.0, 0], [0, 1], [1, 0], [1, 1]])
    t = x.all(axis=1, keepdims=True).astype(float)
    net = models.perceptron(2, rng=rng(), dtype=np.float64)
    for _ in range(20):
        for one, target in zip(x, t, strict=True):
            net.zero_grad()
            net.backward(net.forward(one[np.newaxis]) - target)
            for parameter in net.parameters():
                parameter.data -= parameter.grad
    np.testing.assert_array_equal(net.forward(x), t)
    assert not net.forward(x)[0], "a neuron at 0 or below does not fire"


def test_an_mlp_has_an_activation_between_any_two_layers_and_flattens() -> None:
    net = models.mlp((6, 5, 4, 3), Tanh, rng=rng(), dtype=np.float64)
    assert [type(layer).__name__ for layer in net.layers] == [
        "Flatten", "Linear", "Tanh", "Linear", "Tanh", "Linear",
    ]
    x = rng(1).standard_normal((2, 2, 3))
    weights = [net[f"fc{place}"].weight.data for place in (1, 2, 3)]
    wanted = np.tanh(np.tanh(x.reshape(2, 6) @ weights[0].T) @ weights[1].T) @ weights[2].T
    np.testing.assert_allclose(net.forward(x), wanted, rtol=1e-12)


@pytest.mark.parametrize("make", [models.mlp, models.lenet5])
def test_a_model_is_float32_and_the_same_for_the_same_seed(make) -> None:
    first, second, other = make(rng=rng(1)), make(rng=rng(1)), make(rng=rng(2))
    x = rng(3).standard_normal((2, 1, 32, 32), dtype=np.float32)
    if make is models.mlp:
        x = x[:, :, :28, :28]
    assert {parameter.data.dtype for parameter in first.parameters()} == {np.dtype("float32")}
    assert first.forward(x).dtype == np.float32
    np.testing.assert_array_equal(first.forward(x), second.forward(x))
    assert not np.array_equal(first.forward(x), other.forward(x))


def test_weights_of_1998_are_drawn_by_another_rule_unless_told() -> None:
    """fan_in 400: LeCun's variance is 1/400, He's 2/400."""
    of = {
        variant: models.lenet5(variant, rng=rng()).state_dict()[name].std()
        for variant, name in (("1998", "c5.weight"), ("modern", "fc1.weight"))
    }
    assert of["1998"] == pytest.approx(1 / 20, rel=0.02)
    assert of["modern"] == pytest.approx(2**0.5 / 20, rel=0.02)


def test_a_border_of_zeros_makes_28_into_32() -> None:
    large, small = (models.lenet5("1998", n_in=n, rng=rng(4)) for n in (32, 28))
    x = rng(5).standard_normal((2, 1, 28, 28), dtype=np.float32)
    around = np.pad(x, ((0, 0), (0, 0), (2, 2), (2, 2)))
    np.testing.assert_allclose(small.forward(x), large.forward(around), rtol=1e-5)


def test_scaled_tanh_is_odd_and_1_at_1() -> None:
    x = np.array([-1.0, 0, 1])
    np.testing.assert_allclose(models.ScaledTanh().forward(x), x, atol=1e-4)


def test_sub_sampling_weighs_sums() -> None:
    layer = models.SubSampling2d(2)
    x = np.arange(16.0).reshape(1, 2, 2, 4)
    np.testing.assert_allclose(layer.forward(x)[0], [[[2.5, 4.5]], [[10.5, 12.5]]])
    layer.weight.data[...], layer.bias.data[...] = [1, 2], [3, 4]
    np.testing.assert_allclose(layer.forward(x)[0], [[[13, 21]], [[88, 104]]])


def test_a_partial_convolution_sees_the_maps_in_its_table_only() -> None:
    table = ((0, 2), (1,), (0, 1, 2))
    layer = models.PartialConv2d(table, 3, rng=rng(), dtype=np.float64)
    x = rng(1).standard_normal((1, 3, 5, 6))
    y = layer.forward(x)
    for source in range(3):
        other = x.copy()
        other[:, source] += 1
        changed = np.abs(layer.forward(other) - y).max(axis=(0, 2, 3)) > 1e-9
        assert changed.tolist() == [source in seen for seen in table]


def test_the_table_of_c3() -> None:
    """Six maps see 3, nine see 4, one sees all 6; every map of S2 is seen by ten."""
    table = models.lenet_1998.CONNECTIONS
    assert [len(seen) for seen in table] == [3] * 6 + [4] * 9 + [6]
    assert len(set(table)) == 16
    assert [sum(source in seen for seen in table) for source in range(6)] == [10] * 6


def test_the_nearest_drawing_wins() -> None:
    assert CODES.shape == (10, 84)
    assert set(CODES.ravel()) == {-1, 1}
    noisy = CODES + 0.5 * rng().standard_normal(CODES.shape)
    y = models.RadialOutput().forward(noisy)
    assert y.argmax(axis=1).tolist() == list(range(10))
    assert y[3, 8] == pytest.approx(-np.sum((noisy[3] - CODES[8]) ** 2))
    assert not models.RadialOutput().parameters(), "the codes are not trained"


def test_names_of_layers_are_those_of_the_state() -> None:
    assert list(models.lenet5(rng=rng()).state_dict()) == [
        f"{layer}.{kind}" for layer in ("conv1", "conv2", "fc1", "fc2", "fc3")
        for kind in ("weight", "bias")
    ]
    assert isinstance(models.lenet5(rng=rng()), Sequential)


def kinds(model) -> list[str]:
    return [type(layer).__name__ for layer in model.layers]


def test_the_layers_of_lenet_in_their_order() -> None:
    """RWTH and today: ReLU before the pool; 1998: the pool is trained, and squashed behind it."""
    for variant in ("modern", "rwth"):
        assert kinds(models.lenet5(variant, rng=rng())) == [
            "Conv2d", "ReLU", "MaxPool2d", "Conv2d", "ReLU", "MaxPool2d", "Flatten",
            "Linear", "ReLU", "Linear", "ReLU", "Linear",
        ]
    assert kinds(models.lenet5("1998", rng=rng())) == [
        "Conv2d", "ScaledTanh", "SubSampling2d", "ScaledTanh",
        "PartialConv2d", "ScaledTanh", "SubSampling2d", "ScaledTanh",
        "Conv2d", "ScaledTanh", "Flatten", "Linear", "ScaledTanh", "RadialOutput",
    ]
