"""What holds for every layer: it computes what functional computes, and its gradients are right."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import pytest

from course_lib import functional as F
from course_lib import layers
from course_lib.arrays import Array
from course_lib.gradcheck import check_gradient
from course_lib.layers import Conv2d, Layer, Linear, Maxout, Parameter, ReLU, Sequential, Tanh


class Row(NamedTuple):
    """A layer, the shape of its input, and the same with functional, called as same(x, *params)."""

    make: Callable[..., Layer]  # takes rng and dtype
    x: tuple[int, ...]
    same: Callable[..., Array]
    name: str


def _plain(layer: type[Layer], *settings: object) -> Callable[..., Layer]:
    return lambda rng, dtype: layer(*settings)


LAYERS = [
    Row(lambda **k: Linear(5, 4, **k), (3, 5), F.linear, "Linear"),
    Row(lambda **k: Linear(5, 4, bias=False, **k), (3, 5), F.linear, "Linear without bias"),
    Row(lambda **k: Conv2d(3, 4, 3, **k), (2, 3, 7, 6), F.conv2d, "Conv2d"),
    Row(
        lambda **k: Conv2d(4, 6, (3, 2), (2, 1), (1, 0), groups=2, bias=False, **k),
        (3, 4, 7, 5),
        lambda x, weight: F.conv2d(x, weight, None, (2, 1), (1, 0), groups=2),
        "Conv2d with everything",
    ),
    Row(
        lambda **k: Conv2d(3, 5, 2, 2, rounding="ceil", **k),
        (2, 3, 7, 6),
        lambda x, *rest: F.conv2d(x, *rest, stride=2, rounding="ceil"),
        "Conv2d rounding up",
    ),
    Row(lambda **k: Maxout(5, 4, 3, **k), (2, 5), F.maxout, "Maxout"),
    Row(_plain(layers.ReLU), (3, 5), F.relu, "ReLU"),
    Row(_plain(layers.LeakyReLU), (3, 5), F.leaky_relu, "LeakyReLU"),
    Row(_plain(layers.LeakyReLU, 0.3), (3, 5), lambda x: F.leaky_relu(x, 0.3), "LeakyReLU 0.3"),
    Row(_plain(layers.ELU), (3, 5), F.elu, "ELU"),
    Row(_plain(layers.ELU, 0.3), (3, 5), lambda x: F.elu(x, 0.3), "ELU 0.3"),
    Row(_plain(layers.SELU), (3, 5), F.selu, "SELU"),
    Row(_plain(layers.Sigmoid), (3, 5), F.sigmoid, "Sigmoid"),
    Row(_plain(layers.Tanh), (3, 5), F.tanh, "Tanh"),
    Row(_plain(layers.Softmax), (3, 5), F.softmax, "Softmax"),
    Row(_plain(layers.Softmax, 1), (2, 3, 5), lambda x: F.softmax(x, 1), "Softmax axis 1"),
    Row(_plain(layers.LogSoftmax), (3, 5), F.log_softmax, "LogSoftmax"),
    Row(
        _plain(layers.LogSoftmax, 1), (2, 3, 5), lambda x: F.log_softmax(x, 1), "LogSoftmax axis 1"
    ),
    Row(
        lambda **k: Sequential(Linear(5, 4, **k), Tanh(), Sequential(Linear(4, 2, **k), ReLU())),
        (3, 5),
        lambda x, w1, b1, w2, b2: F.relu(F.linear(F.tanh(F.linear(x, w1, b1)), w2, b2)),
        "Sequential",
    ),
]
every_layer = pytest.mark.parametrize("row", LAYERS, ids=[row.name for row in LAYERS])


def made(row: Row, dtype: type = np.float64) -> tuple[Layer, Array, np.random.Generator]:
    """The layer with no parameter at 0, an input, and a generator to go on with."""
    rng = np.random.default_rng(11)
    layer = row.make(rng=rng, dtype=dtype)
    for parameter in layer.parameters():
        parameter.data[...] += rng.uniform(0.1, 0.2, parameter.data.shape)
    return layer, rng.standard_normal(row.x).astype(dtype), rng


def test_the_table_holds_every_layer() -> None:
    built = {type(made(row)[0]).__name__ for row in LAYERS}
    assert built == set(layers.__all__) - {"Layer", "Parameter"}
    public = {name for name, value in vars(layers).items() if inspect.isclass(value)}
    assert set(layers.__all__) == public


@every_layer
def test_forward_is_the_function(row: Row) -> None:
    layer, x, _ = made(row)
    wanted = row.same(x, *[p.data for p in layer.parameters()])
    np.testing.assert_array_equal(layer.forward(x), wanted)
    np.testing.assert_array_equal(layer(x), wanted)


@every_layer
def test_backward_is_the_gradient_by_x_and_all_parameters(row: Row) -> None:
    layer, x, rng = made(row)

    def set_parameters(data: tuple[Array, ...]) -> None:
        for parameter, new in zip(layer.parameters(), data, strict=True):
            parameter.data[...] = new

    def f(x: Array, *data: Array) -> Array:
        set_parameters(data)
        return layer.forward(x)

    def f_backward(g: Array, x: Array, *data: Array) -> tuple[Array, ...]:
        set_parameters(data)
        layer.zero_grad()
        layer.forward(x)
        return (layer.backward(g), *[p.grad.copy() for p in layer.parameters()])

    data = [p.data.copy() for p in layer.parameters()]
    check = check_gradient(f, f_backward, (x, *data), rng=rng)
    assert check.ok, str(check)


@every_layer
def test_gradients_add_up_until_zero_grad(row: Row) -> None:
    layer, x, rng = made(row)
    g = rng.standard_normal(layer.forward(x).shape)
    layer.backward(g)
    once = [p.grad.copy() for p in layer.parameters()]
    layer.forward(x)
    layer.backward(g)
    for parameter, grad in zip(layer.parameters(), once, strict=True):
        np.testing.assert_allclose(parameter.grad, 2 * grad, rtol=1e-12)
    layer.zero_grad()
    assert not any(parameter.grad.any() for parameter in layer.parameters())


@every_layer
def test_backward_belongs_to_the_last_forward(row: Row) -> None:
    layer, x, rng = made(row)
    g = rng.standard_normal(layer.forward(x).shape)
    wanted = layer.backward(g)
    layer.forward(rng.standard_normal(x.shape))
    layer.forward(x)
    np.testing.assert_array_equal(layer.backward(g), wanted)


@every_layer
def test_float32_stays_float32(row: Row) -> None:
    layer, x, _ = made(row, np.float32)
    y = layer.forward(x)
    grad_x = layer.backward(np.ones_like(y))
    arrays = [y, grad_x, *[a for p in layer.parameters() for a in (p.data, p.grad)]]
    assert {array.dtype for array in arrays} == {np.dtype(np.float32)}


@every_layer
def test_the_input_stays_as_it_was(row: Row) -> None:
    layer, x, rng = made(row)
    copy, g = x.copy(), rng.standard_normal(layer.forward(x).shape)
    x.flags.writeable = g.flags.writeable = False
    layer.forward(x)
    layer.backward(g)
    np.testing.assert_array_equal(x, copy)


@every_layer
def test_the_same_seed_gives_the_same_layer(row: Row) -> None:
    first, second, other = (
        row.make(rng=np.random.default_rng(seed), dtype=np.float64) for seed in (1, 1, 2)
    )
    for a, b, c in zip(*(m.parameters() for m in (first, second, other)), strict=True):
        np.testing.assert_array_equal(a.data, b.data)
        assert not a.data.any() or not np.array_equal(a.data, c.data)


@pytest.mark.parametrize(
    ("make", "fan_in"),
    [
        (lambda rng: Linear(200, 300, rng=rng), 200),
        (lambda rng: Conv2d(20, 100, (3, 4), groups=2, rng=rng), 10 * 3 * 4),
        (lambda rng: Maxout(200, 100, 3, rng=rng), 200),
    ],
)
def test_weights_start_with_variance_2_over_fan_in_and_biases_at_0(make, fan_in) -> None:
    layer = make(np.random.default_rng(0))
    assert layer.weight.data.var() == pytest.approx(2 / fan_in, rel=0.05)
    assert abs(layer.weight.data.mean()) < 0.01
    assert not layer.bias.data.any()


# Table B: what the decks count, weights and biases together.
COUNTS = [
    ("R-n01", lambda rng: Linear(784, 300, rng=rng), 235_500),
    ("R-n02", lambda rng: Linear(300, 100, rng=rng), 30_100),
    ("R-n03", lambda rng: Linear(100, 10, rng=rng), 1_010),
    ("R-n11, T-n11", lambda rng: Conv2d(3, 1, 5, rng=rng), 76),
    ("R-n12", lambda rng: Conv2d(20, 1, 3, rng=rng), 181),
    ("R-n21", lambda rng: Conv2d(1, 6, 5, rng=rng), 156),
    ("R-n22", lambda rng: Conv2d(3, 96, 11, rng=rng), 34_944),
    ("R-n22, weights", lambda rng: Conv2d(3, 96, 11, bias=False, rng=rng), 34_848),
    ("W-n02", lambda rng: Conv2d(1, 64, 7, rng=rng), 3_200),
    ("T-n12", lambda rng: Conv2d(3, 10, 5, rng=rng), 760),
    ("I-n09", lambda rng: Conv2d(3, 16, 5, rng=rng), 1_216),
    ("B-n01", lambda rng: Conv2d(3, 1, 5, bias=False, rng=rng), 75),
    ("B-n03", lambda rng: Conv2d(3, 4, 5, rng=rng), 304),
    ("B.3 standard", lambda rng: Conv2d(64, 128, 3, bias=False, rng=rng), 73_728),
    ("B.3 groups=4", lambda rng: Conv2d(64, 128, 3, groups=4, bias=False, rng=rng), 18_432),
]


@pytest.mark.parametrize(("row", "make", "count"), COUNTS)
def test_parameter_counts_of_the_decks(row, make, count) -> None:
    layer = make(np.random.default_rng(0))
    assert sum(parameter.data.size for parameter in layer.parameters()) == count


def test_r_n04_the_digit_network_has_266610_parameters() -> None:
    rng = np.random.default_rng(0)
    first, second, last = (Linear(*s, rng=rng) for s in ((784, 300), (300, 100), (100, 10)))
    network = Sequential(first, ReLU(), second, ReLU(), last)
    assert sum(parameter.data.size for parameter in network.parameters()) == 266_610
    assert network.forward(np.zeros((2, 784))).shape == (2, 10)


def test_parameters_are_found_in_attributes_lists_and_tuples() -> None:
    class Block(Layer):
        def __init__(self) -> None:
            rng = np.random.default_rng(0)
            self.scale = Parameter(np.ones(1))
            self.branches = [Linear(2, 3, rng=rng), (ReLU(), Linear(3, 2, rng=rng))]
            self.again = self.scale
            self.name = "not a parameter"

    block = Block()
    shapes = [parameter.data.shape for parameter in block.parameters()]
    assert shapes == [(1,), (3, 2), (3,), (2, 3), (2,)]
    assert block.parameters()[0] is block.scale


def test_a_parameter_owns_its_numbers() -> None:
    data = np.ones(3)
    parameter = Parameter(data)
    parameter.data += 1
    assert data.tolist() == [1, 1, 1]
    assert parameter.grad.tolist() == [0, 0, 0]
    assert repr(parameter) == "Parameter(3,)"


def test_a_network_shows_its_layers() -> None:
    rng = np.random.default_rng(0)
    network = Sequential(Conv2d(1, 2, 3, rng=rng), ReLU(), Conv2d(2, 4, 1, bias=False, rng=rng))
    assert repr(network) == (
        "Sequential(Conv2d(weight (2, 1, 3, 3), bias (2,)), ReLU(), Conv2d(weight (4, 2, 1, 1)))"
    )
    assert len(network) == 3
    assert network[1] is network.layers[1]
    network.forward(rng.standard_normal((1, 1, 5, 4)))
    assert "memory" not in repr(network)


def test_an_empty_network_changes_nothing() -> None:
    x = np.ones((2, 3))
    assert Sequential().forward(x) is x
    assert Sequential().backward(x) is x


def test_a_misspelt_attribute_is_an_error() -> None:
    with pytest.raises(AttributeError):
        _ = ReLU().wieght
