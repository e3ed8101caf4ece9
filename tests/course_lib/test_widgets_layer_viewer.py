"""LayerViewer in use: what it sends, what it compares, what it says when something fails."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from course_lib import layers, models
from course_lib.widgets import LayerViewer, layer_figure, look_inside
from tests.course_lib.figures import texts

X = np.random.default_rng(1).uniform(size=(1, 1, 28, 28))


def lenet() -> layers.Sequential:
    return models.lenet5(n_in=28, rng=np.random.default_rng(0), dtype=np.float64)


class Twice:
    def forward(self, x: Any) -> Any:
        return 2 * x


# ---- the widget ----------------------------------------------------------------------------------


def test_it_shows_all_layers_and_they_can_be_switched() -> None:
    viewer = LayerViewer(lenet(), X)
    assert [picture["place"] for picture in viewer.pictures] == list(range(13))
    assert viewer.pictures[1]["title"] == "conv1: Conv2d, 6 x 28 x 28"
    viewer.set_state({"shown": [0, 3], "seq": 1})
    assert [picture["place"] for picture in viewer.pictures] == [0, 3]
    viewer.set_state({"shown": [], "seq": 2})
    assert (viewer.pictures, viewer.error, viewer.answered) == ([], "", 2)


def sent(packed: dict[str, Any]) -> Any:
    return np.frombuffer(packed["data"], "<f4").reshape(packed["shape"])


def test_what_it_sends_are_the_numbers() -> None:
    viewer = LayerViewer(lenet(), X, target=2)
    look = look_inside(lenet(), X, target=2)
    np.testing.assert_allclose(sent(viewer.pictures[2]["values"]), look.stages[2].values, rtol=1e-6)
    viewer.quantity = "gradients"
    gradient = look.stages[2].gradient
    np.testing.assert_allclose(sent(viewer.pictures[2]["values"]), gradient, atol=1e-7)
    assert viewer.words == "Gradients are those of the cross-entropy for class 2."
    assert viewer.pictures[2]["colours"] == "PuOr"


def test_pointing_at_a_unit_shows_what_went_in() -> None:
    viewer = LayerViewer(lenet(), X)
    viewer.set_state({"unit": [1, 30], "seq": 1})
    assert viewer.detail["sentence"].startswith("conv1[0, 1, 2] = ")
    assert (viewer.detail["source"], viewer.detail["box"]) == (0, [-1, 0, 5, 5])
    products = sent(viewer.detail["inputs"]) * sent(viewer.detail["weights"])
    np.testing.assert_allclose(sent(viewer.detail["products"]), np.nan_to_num(products), rtol=1e-5)


def test_pointing_does_not_send_all_layers_again(monkeypatch: pytest.MonkeyPatch) -> None:
    viewer = LayerViewer(lenet(), X)
    monkeypatch.setattr(viewer, "_pictures", lambda: pytest.fail("drawn again"))
    viewer.set_state({"unit": [1, 30], "seq": 1})
    assert viewer.error == ""


def test_a_network_that_learned_can_be_looked_at_again() -> None:
    net = lenet()
    viewer = LayerViewer(net, X)
    net["conv1"].weight.data[...] = 0
    viewer.update()
    assert not sent(viewer.pictures[1]["values"]).any()
    viewer.update(0 * X)
    assert not sent(viewer.pictures[0]["values"]).any()


def test_large_networks_are_shown_in_part() -> None:
    viewer = LayerViewer(layers.Conv2d(1, 40, 1, rng=np.random.default_rng(0)),
                         np.ones((1, 1, 150, 100)))
    picture = viewer.pictures[1]
    assert (picture["values"]["shape"], picture["shape"]) == ([32, 50, 34], [40, 150, 100])
    assert picture["note"] == "Shown: the first 32 of 40 maps, every 3. pixel."
    strip = LayerViewer(lambda x: x, np.ones(1500)).pictures[1]
    assert strip["note"] == "Shown: the first 1000 of 1500 units."


# ---- learner and reference -----------------------------------------------------------------------


def changed(place: int) -> layers.Sequential:
    net = lenet()
    net[place].weight.data[1] += 0.5
    return net


def test_the_difference_is_mine_minus_the_reference() -> None:
    mine, reference = changed(3), lenet()
    viewer = LayerViewer(mine, X, reference=reference)
    viewer.set_state({"whose": "difference", "seq": 1})
    looks = [look_inside(net, X).stages[4].values for net in (mine, reference)]
    np.testing.assert_allclose(sent(viewer.pictures[4]["values"]), looks[0] - looks[1], atol=1e-6)
    assert not sent(viewer.pictures[3]["values"]).any()
    assert viewer.words.startswith("The first layer that differs is conv2: up to ")
    viewer.set_state({"whose": "reference", "unit": [4, 100], "seq": 2})
    np.testing.assert_allclose(sent(viewer.pictures[4]["values"]), looks[1], rtol=1e-5)
    said = f" The reference has {looks[1].flat[100]:.4g}".replace("-", "−")
    assert said in viewer.detail["sentence"]


def test_gradients_differ_first_where_they_come_from() -> None:
    viewer = LayerViewer(changed(9), X, reference=lenet(), target=1)
    viewer.quantity = "gradients"
    # fc2 is wrong, so its output and all behind it get another gradient by way of the loss.
    assert viewer.words.startswith(
        "Going back from the output, the first layer that differs is fc3: up to "
    )


def test_equal_networks_agree() -> None:
    viewer = LayerViewer(lenet(), X, reference=lenet())
    assert viewer.words == "All 13 layers agree with the reference."


def test_networks_of_other_shapes_cannot_be_compared_and_say_so() -> None:
    mine = [lambda x: x, lambda x: x[:2], lambda x: x]
    viewer = LayerViewer(mine, np.ones(3), reference=[lambda x: x, lambda x: x])
    viewer.whose = "difference"
    notes = [picture["note"] for picture in viewer.pictures]
    assert notes == [
        "", "", "yours has shape (2,), the reference (3,).", "the reference has no value here."
    ]
    assert viewer.words == (
        "<lambda> 2 cannot be compared: yours has shape (2,), the reference (3,)."
    )


# ---- what goes wrong -----------------------------------------------------------------------------


def breaks(x: Any) -> Any:
    raise IndexError("index 5 is out of bounds")


def not_written(x: Any) -> Any:
    raise NotImplementedError


PROBLEMS: list[tuple[Any, str, int]] = [
    ([np.tanh, breaks, np.tanh], "Your breaks raised IndexError: index 5 is out of bounds", 2),
    ([not_written], "Your not_written is not written yet.", 1),
    ([np.tanh, lambda x: None], "Your <lambda> returned None. Is there a return?", 2),
    ([lambda x: "seven"], "Your <lambda> returned str, not an array of numbers.", 1),
    ([np.tanh, lambda x: x / 0],
     "<lambda> is the first with NaN or infinity: 4 of 4.", 3),
    (layers.Linear(5, 2, rng=np.random.default_rng(0)),
     "Your Linear raised ValueError: Linear expects x with 5 features; got shape (4,). "
     "Did you mean Linear(4, 2)?", 1),
]


@pytest.mark.parametrize(
    ("network", "sentence", "stages"), PROBLEMS, ids=[text[:50] for _, text, _ in PROBLEMS]
)
@pytest.mark.filterwarnings("ignore:divide by zero")
def test_what_a_network_does_wrong_is_said_and_the_rest_is_shown(
    network: Any, sentence: str, stages: int
) -> None:
    viewer = LayerViewer(network, np.ones(4))
    assert viewer.error == sentence
    assert len(viewer.pictures) == stages
    viewer.set_state({"quantity": "gradients", "unit": [0, 1], "seq": 1})
    assert viewer.error == sentence
    assert sentence in " ".join(texts(layer_figure(network, np.ones(4))))


@pytest.mark.parametrize(
    ("backward", "sentence"),
    [
        (lambda grad, x: grad[:2],
         "The gradient at input has shape (2,); expected (4,), that of the values."),
        (lambda grad, x: "no", "The gradient at input is str, not an array of numbers."),
        (lambda grad, x: breaks(x),
         "Your tanh (backward) raised IndexError: index 5 is out of bounds"),
    ],
)
def test_a_backward_pass_that_is_wrong_is_said_with_the_gradients(
    backward: Any, sentence: str
) -> None:
    viewer = LayerViewer([(np.tanh, backward)], np.ones(4))
    assert sentence not in viewer.words
    viewer.quantity = "gradients"
    assert sentence in viewer.words


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        ({"quantity": "weights"}, "quantity is one of 'activations', 'gradients'; got 'weights'."),
        ({"whose": "reference"}, "whose is one of 'yours'; got 'reference'."),
        ({"unit": [3, 99]}, "unit is a pair (layer, number of the unit) that exists; got [3, 99]."),
    ],
)
def test_a_question_that_makes_no_sense_is_a_sentence(state: Any, sentence: str) -> None:
    viewer = LayerViewer(Twice(), np.ones(4))
    viewer.set_state(state)
    assert viewer.error == sentence
