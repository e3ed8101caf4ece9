"""What layers keep: parameters, names, states, training and use; layers within layers."""

from __future__ import annotations

import numpy as np
import pytest

from course_lib import layers
from course_lib.layers import (
    AvgPool2d,
    BatchNorm1d,
    BatchNorm2d,
    Buffer,
    Conv2d,
    Dropout,
    Flatten,
    Layer,
    Linear,
    Maxout,
    MaxPool2d,
    Parallel,
    Parameter,
    ReLU,
    Residual,
    Sequential,
    SparseConv2d,
    StochasticPool2d,
    Tanh,
)
from tests.course_lib.layer_table import Row
from tests.course_lib.test_layers import every_layer, made, passed


def rng(seed: int = 0) -> np.random.Generator:
    return np.random.default_rng(seed)


@pytest.mark.parametrize(
    ("make", "fan_in"),
    [
        (lambda rng: Linear(200, 300, rng=rng), 200),
        (lambda rng: Conv2d(20, 100, (3, 4), groups=2, rng=rng), 10 * 3 * 4),
        (lambda rng: Maxout(200, 100, 3, rng=rng), 200),
        (lambda rng: SparseConv2d(20, 100, (3, 4), rng=rng), 20 * 3 * 4),
        (lambda rng: layers.DeformConv2d(20, 100, (3, 4), rng=rng).regular, 20 * 3 * 4),
    ],
)
def test_weights_start_with_variance_2_over_fan_in_and_biases_at_0(make, fan_in) -> None:
    layer = make(rng())
    assert layer.weight.data.var() == pytest.approx(2 / fan_in, rel=0.05)
    assert abs(layer.weight.data.mean()) < 0.01
    assert not layer.bias.data.any()


def test_a_deformable_convolution_begins_as_a_plain_one() -> None:
    layer, x = layers.DeformConv2d(2, 3, 3, padding=1, rng=rng()), rng(1).random((2, 2, 5, 4))
    np.testing.assert_allclose(layer.forward(x), layer.regular.forward(x), rtol=1e-12)


def test_parameters_are_found_in_attributes_lists_and_tuples() -> None:
    class Block(Layer):
        def __init__(self) -> None:
            self.scale = Parameter(np.ones(1))
            self.branches = [Linear(2, 3, rng=rng()), (ReLU(), Linear(3, 2, rng=rng()))]
            self.again = self.scale
            self.name = "not a parameter"

    block = Block()
    shapes = [parameter.data.shape for parameter in block.parameters()]
    assert shapes == [(1,), (3, 2), (3,), (2, 3), (2,)]
    assert block.parameters()[0] is block.scale
    assert list(block.state_dict()) == [
        "scale", "branches.0.weight", "branches.0.bias", "branches.1.1.weight",
        "branches.1.1.bias", "again",
    ]


def test_a_parameter_owns_its_numbers() -> None:
    data = np.ones(3)
    parameter = Parameter(data)
    parameter.data += 1
    assert data.tolist() == [1, 1, 1]
    assert parameter.grad.tolist() == [0, 0, 0]
    assert (repr(parameter), repr(Buffer(data))) == ("Parameter(3,)", "Buffer(3,)")


def test_a_network_shows_its_layers() -> None:
    network = Sequential(
        Conv2d(1, 2, 3, rng=rng()), ReLU(), Conv2d(2, 4, 1, bias=False, rng=rng())
    )
    assert repr(network) == (
        "Sequential(Conv2d(weight (2, 1, 3, 3), bias (2,)), ReLU(), Conv2d(weight (4, 2, 1, 1)))"
    )
    assert len(network) == 3
    assert network[1] is network.layers[1]
    network.forward(rng().standard_normal((1, 1, 5, 4)))
    assert "memory" not in repr(network)


def test_members_can_have_names() -> None:
    network = Sequential(ReLU(), conv=Conv2d(1, 2, 3, rng=rng()), act=Parallel(ReLU(), soft=Tanh()))
    assert network["conv"] is network[1]
    assert repr(network) == (
        "Sequential(ReLU(), conv=Conv2d(weight (2, 1, 3, 3), bias (2,)), "
        "act=Parallel(ReLU(), soft=Tanh()))"
    )
    assert list(network.state_dict()) == ["conv.weight", "conv.bias"]
    assert network["act"].branches == (network["act"].parts()["0"], network["act"].parts()["soft"])


def test_a_class_of_ones_own_may_add_to_a_container() -> None:
    class Scaled(Sequential):
        def __init__(self) -> None:
            super().__init__(Linear(2, 3, rng=rng()))
            self.scale = Parameter(np.ones(3))

    assert list(Scaled().state_dict()) == ["0.weight", "0.bias", "scale"]


def test_an_empty_network_changes_nothing() -> None:
    x = np.ones((2, 3))
    assert Sequential().forward(x) is x
    assert Sequential().backward(x) is x


def test_a_residual_of_zeros_is_the_identity() -> None:
    """SEEDS 0a on E14.4: with no activation after the addition."""
    body, x = Conv2d(3, 3, 3, padding=1, rng=rng()), rng(1).standard_normal((2, 3, 5, 4))
    body.weight.data[...] = 0
    np.testing.assert_array_equal(Residual(body).forward(x), x)
    np.testing.assert_array_equal(Residual(body).backward(x), x)
    assert (Residual(body, activation=ReLU()).forward(x) >= 0).all()


def test_a_misspelt_attribute_is_an_error() -> None:
    with pytest.raises(AttributeError):
        _ = ReLU().wieght


def test_calling_a_layer_is_its_forward_pass() -> None:
    x = rng().standard_normal((2, 3))
    np.testing.assert_array_equal(Tanh()(x), np.tanh(x))


def network(seed: int, dtype: type = np.float64) -> Sequential:
    draw = {"rng": rng(seed), "dtype": dtype}
    return Sequential(
        conv1=Conv2d(1, 4, 3, padding=1, **draw),
        bn1=BatchNorm2d(4, dtype=dtype),
        block=Residual(
            Sequential(conv1=Conv2d(4, 6, 1, **draw), bn1=BatchNorm2d(6, dtype=dtype)),
            Sequential(Conv2d(4, 6, 1, bias=False, **draw)),
            ReLU(),
        ),
        pool=MaxPool2d(2),
        flat=Flatten(),
        drop=Dropout(0.25, rng=draw["rng"]),
        fc=Linear(24, 3, **draw),
    )


def test_a_state_has_torchvisions_names() -> None:
    of_norm = ["weight", "bias", "running_mean", "running_var", "num_batches_tracked"]
    assert list(network(0).state_dict()) == [
        "conv1.weight", "conv1.bias", *(f"bn1.{name}" for name in of_norm),
        "block.conv1.weight", "block.conv1.bias", *(f"block.bn1.{name}" for name in of_norm),
        "block.downsample.0.weight", "fc.weight", "fc.bias",
    ]


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_a_loaded_state_makes_two_networks_equal(dtype) -> None:
    first, second, x = network(1), network(2, dtype), rng(3).standard_normal((5, 1, 4, 4))
    first.forward(x)
    arrays = [parameter.data for parameter in second.parameters()]
    second.load_state_dict(first.state_dict())
    for mine, theirs in zip(second.parameters(), arrays, strict=True):
        assert mine.data is theirs, "an optimiser that holds the parameters goes on with them"
        assert mine.data.dtype == dtype
    np.testing.assert_allclose(
        second.eval().forward(x.astype(dtype)), first.eval().forward(x), rtol=1e-4, atol=1e-5
    )


def test_a_state_is_a_copy() -> None:
    net = network(1)
    state = net.state_dict()
    net["fc"].weight.data += 1
    net["bn1"].running_mean.data += 1
    assert not np.array_equal(net.state_dict()["fc.weight"], state["fc.weight"])
    assert not state["bn1.running_mean"].any()


def test_a_state_without_a_count_of_batches_can_be_loaded() -> None:
    """Older published weights have none."""
    state = {k: v for k, v in network(1).state_dict().items() if "tracked" not in k}
    other = network(2)
    other.load_state_dict(state)
    np.testing.assert_array_equal(other["fc"].weight.data, state["fc.weight"])


def test_a_refused_state_changes_nothing() -> None:
    net = network(1)
    before, wrong = net.state_dict(), network(2).state_dict()
    wrong["fc.bias"] = np.zeros(4)
    with pytest.raises(ValueError, match=r"expects fc.bias of shape"):
        net.load_state_dict(wrong)
    for name, array in net.state_dict().items():
        np.testing.assert_array_equal(array, before[name])


@every_layer
def test_every_layer_keeps_its_state(row: Row) -> None:
    """What forward computes is all in the state: a fresh layer with it does the same."""
    layer, x, _ = made(row)
    passed(layer, x)
    fresh = row.make(rng=rng(99), dtype=np.float64).train(row.training)
    fresh.load_state_dict(layer.state_dict())
    np.testing.assert_array_equal(passed(fresh, x), passed(layer, x))


def test_training_and_use_reach_every_layer() -> None:
    net = Sequential(Residual(Dropout(rng=rng())), Parallel(BatchNorm1d(3)), Flatten())
    assert all(layer.training for layer in net.layers_within())
    assert net.eval() is net
    assert len(net.layers_within()) == 6
    assert not any(layer.training for layer in net.layers_within())
    assert net.train() is net
    assert all(layer.training for layer in net.layers_within())


def test_dropout_drops_in_training_only_and_every_time_others() -> None:
    layer, x = Dropout(0.25, rng=rng()), np.ones((50, 40))
    first, second = layer.forward(x), layer.forward(x)
    assert set(np.unique(first)) == {0, 1 / 0.75}
    assert (first == 0).mean() == pytest.approx(0.25, abs=0.04)
    assert not np.array_equal(first, second)
    np.testing.assert_array_equal(layer.eval().forward(x), x)


def test_backward_belongs_to_the_mode_of_its_forward() -> None:
    """Train, step, evaluate in between: whoever switches too early gets the same gradient."""
    for layer, x in [
        (Dropout(0.5, rng=rng()), np.ones((6, 4))),
        (BatchNorm1d(4), rng(1).standard_normal((6, 4))),
        (StochasticPool2d(2, rng=rng()), rng(1).random((1, 1, 4, 4))),
    ]:
        y = layer.forward(x)
        g = rng(2).standard_normal(y.shape)
        wanted = layer.backward(g)
        np.testing.assert_array_equal(layer.eval().backward(g), wanted)


def test_running_statistics_follow_the_batches() -> None:
    layer, x = BatchNorm1d(2, momentum=0.25), np.array([[1.0, 10], [3, 10], [5, 10]])
    layer.forward(x)
    np.testing.assert_allclose(layer.running_mean.data, [0.75, 2.5])
    np.testing.assert_allclose(layer.running_var.data, [0.75 + 0.25 * 4, 0.75])
    assert layer.num_batches_tracked.data == 1
    before = layer.state_dict()
    layer.eval().forward(x + 1)
    for name, array in layer.state_dict().items():
        np.testing.assert_array_equal(array, before[name])


def test_in_use_one_sample_is_normalised_as_in_a_batch() -> None:
    layer, x = BatchNorm1d(2), rng(1).standard_normal((5, 2))
    layer.forward(x)
    layer.eval()
    np.testing.assert_allclose(layer.forward(x[:1]), layer.forward(x)[:1], rtol=1e-12)


def test_w_n27_where_the_pool_stands_matters_for_means_only() -> None:
    """Maximum and a rising activation can be exchanged; mean and tanh cannot."""
    x = rng(4).standard_normal((1, 1, 4, 4))
    one, other = Sequential(MaxPool2d(2), ReLU()), Sequential(ReLU(), MaxPool2d(2))
    np.testing.assert_array_equal(one.forward(x), other.forward(x))
    block = np.array([[-4.0, 1], [0.5, 0.5]]).reshape(1, 1, 2, 2)
    after = Sequential(AvgPool2d(2), Tanh()).forward(block)
    before = Sequential(Tanh(), AvgPool2d(2)).forward(block)
    assert after.item() == pytest.approx(-0.4621, abs=5e-5)
    assert before.item() != pytest.approx(after.item(), abs=0.1)
