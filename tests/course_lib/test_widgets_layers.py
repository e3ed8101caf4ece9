"""The viewer of layers: what every layer made, what went into a unit, the picture."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import numpy as np
import pytest

from course_lib import functional as F
from course_lib import layers, models
from course_lib.widgets import (
    LayerViewer,
    layer_detail,
    layer_figure,
    layer_pictures,
    layer_steps,
    layer_trace,
    layer_viewer,
    look_inside,
)
from course_lib.widgets.layer_detail import detail_of
from tests.course_lib.figures import smallest_font, texts
from tests.course_lib.messages import Message, check, unread_raises

# The functions of the package have the names of the modules they stand in.
figure_module = import_module("course_lib.widgets.layer_figure")


def lenet(seed: int = 0) -> layers.Sequential:
    return models.lenet5(n_in=28, rng=np.random.default_rng(seed), dtype=np.float64)


X = np.random.default_rng(1).uniform(size=(1, 1, 28, 28))
W = np.arange(12.0).reshape(3, 4) - 6
FC = (lambda x: x @ W.T, lambda grad, x: grad @ W)


# ---- what every layer made -----------------------------------------------------------------------


def test_values_and_gradients_are_those_of_the_network() -> None:
    net = lenet()
    look = look_inside(net, X, target=3)
    assert [stage.name for stage in look.stages] == ["input", *net.parts()]
    y, values = X, []
    for layer in net.layers:
        y = layer.forward(y)
        values.append(y)
    gradient = F.cross_entropy_backward(np.array(1.0), y, np.array([3]))
    expected = list(zip(look.stages[1:], values, net.layers, strict=True))
    for stage, value, layer in reversed(expected):
        np.testing.assert_array_equal(stage.values, value[0])
        np.testing.assert_allclose(stage.gradient, gradient[0])
        gradient = layer.backward(gradient)
    np.testing.assert_allclose(look.stages[0].gradient, gradient[0])
    assert look.of == "the cross-entropy for class 3"
    assert (look.problem, look.missing) == ("", "")


NETWORKS = {
    "mlp": (lambda rng: models.mlp((6, 5, 4), rng=rng), (1, 6)),
    "1998": (lambda rng: models.lenet5("1998", n_in=28, rng=rng), (1, 1, 28, 28)),
    "residual": (lambda rng: models.resnet20(rng=rng), (1, 3, 32, 32)),
    "pattern": (lambda rng: models.plain20(rng=rng), (1, 3, 32, 32)),
    "autoencoder": (lambda rng: models.conv_autoencoder(rng=rng), (1, 1, 28, 28)),
    "inception": (
        lambda rng: layers.Sequential(layers.Parallel(
            layers.Conv2d(2, 3, 1, rng=rng), layers.Conv2d(2, 1, 3, padding=1, rng=rng)
        )),
        (1, 2, 5, 5),
    ),
    "attention": (lambda rng: layers.SelfAttention(8, 4, rng=rng), (1, 5, 8)),
}


@pytest.mark.parametrize("name", NETWORKS)
def test_any_network_of_the_library(name: str) -> None:
    make, shape = NETWORKS[name]
    net = make(np.random.default_rng(0))
    x = np.random.default_rng(1).uniform(size=shape).astype(np.float32)
    for parameter in net.parameters():
        parameter.grad[...] = 7
    look = look_inside(net, x)
    assert (look.problem, look.missing) == ("", "")
    ran = {id(stage.layer) for stage in look.stages}
    assert {id(layer) for layer in net.layers_within() if len(layer.layers_within()) == 1} <= ran
    assert all(stage.gradient is not None for stage in look.stages)
    np.testing.assert_array_equal(look.stages[-1].values, net.eval().forward(x)[0])
    for place, stage in enumerate(look.stages):
        assert detail_of(look.stages, place, stage.values.size - 1).sentence
    assert all((parameter.grad == 7).all() for parameter in net.parameters())


def test_the_network_is_left_as_it_was() -> None:
    net = layers.Sequential(layers.Dropout(0.5, rng=np.random.default_rng(0)), lenet()).train()
    before = {id(layer): dict(vars(layer)) for layer in net.layers_within()}
    look_inside(net, X)
    assert before == {id(layer): dict(vars(layer)) for layer in net.layers_within()}


class Twice:
    def forward(self, x: Any) -> Any:
        return 2 * x

    def backward(self, grad: Any) -> Any:
        return 2 * grad


class Mine:
    """A class of the learner's own that keeps its layers in a list."""

    def __init__(self) -> None:
        self.layers = [Twice(), Twice()]

    def forward(self, x: Any) -> Any:
        return 4 * x


OWN: list[tuple[Any, list[str], list[float]]] = [
    ([FC, (F.relu, F.relu_backward)], ["input", "<lambda>", "relu"], [0, 0, 1]),
    ({"fc": FC, "act": (F.relu, F.relu_backward)}, ["input", "fc", "act"], [0, 0, 1]),
    ([Twice(), Twice()], ["input", "Twice", "Twice 2"], [4, 2, 1]),
    (Mine(), ["input", "Twice", "Twice 2"], [4, 2, 1]),
    (Twice(), ["input", "Twice"], [2, 1]),
]


@pytest.mark.parametrize(("network", "names", "gradients"), OWN, ids=[str(n) for _, n, _ in OWN])
def test_what_the_learner_wrote(network: Any, names: Any, gradients: Any) -> None:
    look = look_inside(network, np.ones(4))
    assert [stage.name for stage in look.stages] == names
    assert (look.problem, look.missing) == ("", "")
    largest = [np.abs(stage.gradient).max() for stage in look.stages if stage.gradient is not None]
    assert len(largest) == len(names)
    if gradients[0]:
        assert largest == gradients


def test_functions_without_a_backward_have_values_only() -> None:
    look = look_inside([lambda x: 2 * x, (F.relu, F.relu_backward)], np.ones(3))
    assert [stage.gradient is None for stage in look.stages] == [True, False, False]
    assert look.missing == "<lambda> has no backward, so gradients end there."


# ---- one unit ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "settings"),
    [("conv1", {}), ("padded", {"padding": 2, "stride": 2, "kernel_size": 4}),
     ("dilated", {"dilation": 2}), ("grouped", {"groups": 2}), ("odd", {"kernel_size": (1, 3)})],
)
def test_inputs_times_weights_make_the_unit_of_a_convolution(name: str, settings: Any) -> None:
    rng = np.random.default_rng(2)
    conv = layers.Conv2d(4, 6, settings.pop("kernel_size", 3), rng=rng, **settings)
    conv.bias.data[:] = rng.normal(size=6)
    look = look_inside(conv, rng.normal(size=(1, 4, 8, 10)))
    values = look.stages[1].values
    for unit in rng.integers(values.size, size=12):
        detail = detail_of(look.stages, 1, int(unit))
        assert detail.inputs is not None and detail.weights is not None
        filled = np.nan_to_num(detail.inputs)
        k = unit // values[0].size
        total = (filled * detail.weights).sum() + conv.bias.data[k]
        assert total == pytest.approx(values.flat[unit])
        assert detail.source == 0


def test_inputs_times_weights_make_the_unit_of_a_dense_layer() -> None:
    look = look_inside(lenet(), X)
    place = [stage.name for stage in look.stages].index("fc1")
    detail = detail_of(look.stages, place, 7)
    assert detail.inputs is not None and detail.weights is not None
    assert detail.inputs.shape == (16, 5, 5)        # as the maps that were flattened
    total = (detail.inputs * detail.weights).sum()
    assert total == pytest.approx(look.stages[place].values[7])
    assert detail.sentence.startswith("fc1[7] = ")
    assert "It sees 16 x 5 x 5 numbers of flatten. Inputs times weights" in detail.sentence


def test_a_pool_looks_at_its_own_map() -> None:
    x = np.arange(32.0).reshape(1, 2, 4, 4)
    look = look_inside(layers.MaxPool2d(2), x)
    detail = detail_of(look.stages, 1, 6)
    assert (detail.box, detail.weights) == ((2, 0, 2, 2), None)
    np.testing.assert_array_equal(detail.inputs, [x[0, 1, 2:, :2]])
    said = "MaxPool2d[1, 1, 0] = 29, gradient 0. It sees 1 x 2 x 2 numbers of input."
    assert detail.sentence == said


@pytest.mark.parametrize(
    ("network", "place", "sentence"),
    [
        (lambda x: 2 * x, 1,
         "<lambda>[2] = 4, gradient 1. It is a function of its own; its weights are not known "
         "here."),
        (layers.ReLU(), 1, "ReLU[2] = 2, gradient 1. It sees 1 number of input."),
        (layers.ReLU(), 0, "input[2] = 2, gradient 1."),
    ],
)
def test_a_unit_in_words(network: Any, place: int, sentence: str) -> None:
    assert detail_of(look_inside(network, np.arange(3.0)).stages, place, 2).sentence == sentence


# ---- the picture ---------------------------------------------------------------------------------


@pytest.mark.parametrize("whose", ["yours", "reference", "difference"])
@pytest.mark.parametrize("quantity", ["activations", "gradients"])
def test_the_picture_names_every_layer(quantity: Any, whose: Any) -> None:
    fig = layer_figure(lenet(), X, reference=lenet(1), quantity=quantity, whose=whose, target=4)
    written = texts(fig)
    assert len([text for text in written if "orange below" in text or "yellow)" in text
                or "black to white" in text]) == 13
    assert any(text.startswith("conv2: Conv2d, 16 x 10 x 10: ") for text in written)
    assert any(text.endswith("Shown: the first 12 of 16 maps.") for text in written)
    assert smallest_font(fig) >= 6


MESSAGES = [
    Message(
        lambda: LayerViewer("net", np.ones(3)), TypeError,
        "LayerViewer expects a network with forward(x), or a function of x; got str. "
        "Did you mean a function such as lambda x: x @ w.T?",
    ),
    Message(
        lambda: LayerViewer(Twice(), "image"), ValueError,
        "LayerViewer expects x of numbers; got str.",
    ),
    Message(
        lambda: LayerViewer(Twice(), np.ones((64, 1, 28, 28))), ValueError,
        "LayerViewer expects one sample, a batch of one; got shape (64, 1, 28, 28). "
        "Did you mean x[:1]?",
    ),
    Message(
        lambda: LayerViewer(Twice(), np.ones((28, 28))), ValueError,
        "LayerViewer expects one sample, a batch of one; got shape (28, 28). "
        "Did you mean x[np.newaxis]?",
    ),
    Message(
        lambda: layer_figure(Twice(), np.ones(3), whose="difference"), ValueError,
        "whose='difference' needs a reference. Pass reference=another network.",
    ),
    Message(
        lambda: layer_figure(Twice(), np.ones(3), quantity="weights"), ValueError,  # type: ignore[arg-type]
        "quantity is one of 'activations', 'gradients'; got 'weights'.",
    ),
    Message(
        lambda: asked_for([1, 99]), ValueError,
        "unit is a pair (layer, number of the unit) that exists; got [1, 99].",
    ),
]


def asked_for(unit: list[int]) -> Any:
    viewer = LayerViewer(Twice(), np.ones(3))
    viewer.unit = unit
    return viewer._detail()


@pytest.mark.parametrize("message", MESSAGES, ids=lambda message: message.text[:50])
def test_message(message: Message) -> None:
    check(message)


def test_every_complaint_is_read_above() -> None:
    modules = [
        figure_module, layer_detail, layer_pictures, layer_steps, layer_trace, layer_viewer
    ]
    assert unread_raises(modules, MESSAGES) == []
