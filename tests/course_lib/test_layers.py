"""What holds for every layer: it computes what functional computes, and its gradients are right."""

from __future__ import annotations

import inspect

import numpy as np
import pytest

from course_lib import layers
from course_lib.arrays import Array
from course_lib.gradcheck import check_gradient
from course_lib.layers import Layer
from tests.course_lib.layer_table import LAYERS, Row, drawn

every_layer = pytest.mark.parametrize("row", LAYERS, ids=[row.name for row in LAYERS])


def made(row: Row, dtype: type = np.float64) -> tuple[Layer, Array, np.random.Generator]:
    """The layer with no parameter at 0, an input, and a generator to go on with."""
    rng = np.random.default_rng(11)
    layer = row.make(rng=rng, dtype=dtype).train(row.training)
    for parameter in layer.parameters():
        parameter.data[...] += rng.uniform(0.1, 0.2, parameter.data.shape)
    return layer, row.domain(rng.standard_normal(row.x).astype(dtype)), rng


def passed(layer: Layer, x: Array) -> Array:
    """layer.forward(x); if the layer draws, it draws what it drew before."""
    for part in layer.layers_within():
        if hasattr(part, "rng"):
            part.rng = drawn()
    return layer.forward(x)


def test_the_table_holds_every_layer() -> None:
    built = {type(made(row)[0]).__name__ for row in LAYERS}
    assert built == set(layers.__all__) - {"Buffer", "Layer", "Parameter"}
    public = {name for name, value in vars(layers).items() if inspect.isclass(value)}
    assert set(layers.__all__) == public


@every_layer
def test_forward_is_the_function(row: Row) -> None:
    layer, x, _ = made(row)
    wanted = row.same(x, *[p.data for p in layer.parameters()])
    np.testing.assert_array_equal(passed(layer, x), wanted)


@every_layer
def test_backward_is_the_gradient_by_x_and_all_parameters(row: Row) -> None:
    layer, x, rng = made(row)

    def set_parameters(data: tuple[Array, ...]) -> None:
        for parameter, new in zip(layer.parameters(), data, strict=True):
            parameter.data[...] = new

    def f(x: Array, *data: Array) -> Array:
        set_parameters(data)
        return passed(layer, x)

    def f_backward(g: Array, x: Array, *data: Array) -> tuple[Array, ...]:
        set_parameters(data)
        layer.zero_grad()
        passed(layer, x)
        return (layer.backward(g), *[p.grad.copy() for p in layer.parameters()])

    data = [p.data.copy() for p in layer.parameters()]
    check = check_gradient(f, f_backward, (x, *data), rng=rng)
    assert check.ok, str(check)


@every_layer
def test_gradients_add_up_until_zero_grad(row: Row) -> None:
    layer, x, rng = made(row)
    g = rng.standard_normal(passed(layer, x).shape)
    layer.backward(g)
    once = [p.grad.copy() for p in layer.parameters()]
    passed(layer, x)
    layer.backward(g)
    for parameter, grad in zip(layer.parameters(), once, strict=True):
        np.testing.assert_allclose(parameter.grad, 2 * grad, rtol=1e-12)
    layer.zero_grad()
    assert not any(parameter.grad.any() for parameter in layer.parameters())


@every_layer
def test_backward_belongs_to_the_last_forward(row: Row) -> None:
    layer, x, rng = made(row)
    g = rng.standard_normal(passed(layer, x).shape)
    wanted = layer.backward(g)
    passed(layer, row.domain(rng.standard_normal(x.shape)))
    passed(layer, x)
    np.testing.assert_array_equal(layer.backward(g), wanted)


@every_layer
def test_float32_stays_float32(row: Row) -> None:
    layer, x, _ = made(row, np.float32)
    y = passed(layer, x)
    grad_x = layer.backward(np.ones_like(y))
    arrays = [y, grad_x, *[a for p in layer.parameters() for a in (p.data, p.grad)]]
    assert {array.dtype for array in arrays} == {np.dtype(np.float32)}


@every_layer
def test_the_input_stays_as_it_was(row: Row) -> None:
    layer, x, rng = made(row)
    copy, g = x.copy(), rng.standard_normal(passed(layer, x).shape)
    x.flags.writeable = g.flags.writeable = False
    passed(layer, x)
    layer.backward(g)
    np.testing.assert_array_equal(x, copy)


@every_layer
def test_the_same_seed_gives_the_same_layer(row: Row) -> None:
    first, second, other = (
        row.make(rng=np.random.default_rng(seed), dtype=np.float64) for seed in (1, 1, 2)
    )
    for a, b, c in zip(*(m.parameters() for m in (first, second, other)), strict=True):
        np.testing.assert_array_equal(a.data, b.data)
        assert not np.ptp(a.data) or not np.array_equal(a.data, c.data)
