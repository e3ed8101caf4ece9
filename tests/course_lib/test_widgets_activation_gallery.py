"""The gallery of activation functions: curves, derivatives, the learner's over the library's."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from course_lib import functional as F
from course_lib.widgets import (
    ActivationGallery,
    activation_curves,
    activation_figure,
    activation_gallery,
    activation_gallery_figure,
    activation_records,
)
from course_lib.widgets.activation_figure import draw_activations
from tests.course_lib.figures import colliding_texts, smallest_font, texts
from tests.course_lib.messages import Message, check, unread_raises

LIBRARY = ("step", "sigmoid", "tanh", "relu", "leaky_relu", "elu", "selu")


def only(f: Any, name: str = "tanh") -> Any:
    [curve] = activation_curves({name: f})
    return curve


def test_the_library_has_seven() -> None:
    curves = activation_curves()
    assert tuple(curve.name for curve in curves) == LIBRARY
    assert all(curve.problem == curve.remark == "" for curve in curves)


@pytest.mark.parametrize("name", LIBRARY)
def test_every_derivative_is_the_slope_of_its_curve(name: str) -> None:
    [curve] = activation_curves({name: activation_records.LIBRARY[name][0]})
    away = np.abs(curve.z) > 1e-3
    np.testing.assert_allclose(curve.da[away], curve.reference_da[away], atol=1e-5)
    assert curve.remark == "Agrees with the library."


def test_a_function_may_return_value_and_derivative() -> None:
    curve = only(lambda z: (np.tanh(z), 1 - np.tanh(z) ** 2))
    assert curve.remark == "Agrees with the library."
    assert curve.written


def test_a_pair_of_functions_will_do_as_well() -> None:
    assert only((np.tanh, lambda z: 1 - np.tanh(z) ** 2)).remark == "Agrees with the library."


def test_a_wrong_value_and_a_wrong_derivative_are_named_where_they_are_worst() -> None:
    assert only(lambda z: np.where(z > 0, z, 0.01 * z), "leaky_relu").remark == (
        "Differs: at z = −4 leaky_relu(z) is −0.04; expected −0.4."
    )
    assert only((np.tanh, lambda z: 1 - np.tanh(z))).remark == (
        "Differs: at z = −4 the derivative of tanh is 1.999; expected 0.001341."
    )


@pytest.mark.parametrize("at_zero", [0.0, 0.5, 1.0])
def test_any_derivative_at_a_kink_is_right(at_zero: float) -> None:
    slope = (F.relu, lambda z: np.where(z == 0, at_zero, (z > 0) * 1.0))
    assert only(slope, "relu").remark == "Agrees with the library."


def test_f_log_is_another_name_of_sigmoid() -> None:
    assert only(lambda z: 1 / (1 + np.exp(-z)), "f_log").remark == "Agrees with the library."


def test_an_unknown_function_is_drawn_without_comparison() -> None:
    curve = only(lambda z: z**2, "square")
    np.testing.assert_allclose(curve.da, 2 * curve.z, atol=1e-4)
    assert curve.remark == "" and curve.reference_a is None


def not_written(z: Any) -> Any:
    raise NotImplementedError


def breaks(z: Any) -> Any:
    raise KeyError("z")


def breaks_later(z: Any) -> Any:
    if z[0] != -4:
        raise KeyError("z")
    return z


PROBLEMS = [
    (not_written, "Your not_written is not written yet."),
    (breaks, "Your breaks raised KeyError: 'z'"),
    (breaks_later, "Your breaks_later raised KeyError: 'z'"),
    ((np.tanh, breaks), "Your breaks raised KeyError: 'z'"),
    (lambda z: z[1:], "Your tanh must return numbers of shape (161,); got shape (160,)."),
    (lambda z: None, "Your tanh must return numbers of shape (161,); got NoneType."),
    (lambda z: z * np.nan, "Your tanh returned nan or infinity in 161 of 161 numbers."),
    (lambda z: (z, z[:5]),
     "The derivative of your tanh must return numbers of shape (161,); got shape (5,)."),
    (3, "tanh expects a function, or a pair of them; got int."),
]


@pytest.mark.parametrize(("f", "problem"), PROBLEMS, ids=[text for _, text in PROBLEMS])
def test_whatever_a_function_does_ends_in_one_sentence(f: Any, problem: str) -> None:
    assert only(f).problem == problem
    fig = activation_gallery_figure({"tanh": f})
    assert problem in [text.replace("\n", " ") for text in texts(fig)]


@pytest.mark.parametrize(
    "functions", [None, {"tanh": np.tanh}, {"relu": F.relu, "mine": breaks, "elu": np.tanh}],
)
def test_the_picture_can_be_read(functions: Any) -> None:
    fig = draw_activations(activation_curves(functions), at=1.0)
    assert colliding_texts(fig) == []
    assert smallest_font(fig) >= 7
    assert {"f(z)", "f '(z)"} <= set(texts(fig))
    assert ("the library's" in texts(fig)) == (functions is not None)


def test_the_pen_is_lifted_at_a_jump() -> None:
    step = F.step(np.linspace(-1, 1, 9))
    assert np.isnan(activation_figure.lifted(step)).sum() == 1


# The widget


def unpacked(sent: Any) -> Any:
    return np.frombuffer(sent["data"], "<f4").reshape(sent["shape"])


def test_the_browser_chooses_a_function_and_is_answered() -> None:
    widget = ActivationGallery()
    assert (widget.name, tuple(widget.names)) == ("step", LIBRARY)
    widget.set_state({"name": "tanh", "seq": 1})
    assert (widget.answered, widget.error) == (1, "")
    curves = {key: unpacked(sent) for key, sent in widget.curves.items()}
    assert set(curves) == {"z", "a", "da"}
    np.testing.assert_allclose(curves["a"], np.tanh(curves["z"]), rtol=1e-5, atol=1e-6)
    np.testing.assert_allclose(curves["da"], 1 - np.tanh(curves["z"]) ** 2, rtol=1e-4, atol=1e-6)


def test_the_places_of_the_slider_are_places_of_the_curve() -> None:
    """The browser reads f(z) from the curve; at every 0.05 there must be a point."""
    z = unpacked(ActivationGallery().curves["z"])
    np.testing.assert_allclose(z[::5], np.arange(-80, 81) / 20, atol=1e-6)


def test_the_learners_function_is_compared_in_the_widget() -> None:
    widget = ActivationGallery({"tanh": np.tanh, "relu": np.abs})
    assert widget.remark == "Agrees with the library."
    assert {"library_a", "library_da"} <= set(widget.curves)
    widget.name = "relu"
    assert widget.remark == "Differs: at z = −4 relu(z) is 4; expected 0."


def test_a_broken_function_is_a_sentence_and_the_next_good_one_clears_it() -> None:
    widget = ActivationGallery({"elu": breaks, "tanh": np.tanh})
    assert widget.error == "Your breaks raised KeyError: 'z'"
    assert set(widget.curves) == {"z", "library_a", "library_da"}
    widget.set_state({"name": "tanh", "seq": 1})
    assert widget.error == ""
    widget.set_state({"name": "sinh", "seq": 2})
    assert widget.error == "name expects one of elu, tanh; got sinh."


def unknown(widget: ActivationGallery) -> None:
    widget.name = "sinh"
    widget.answer()


MESSAGES = [
    Message(
        lambda: unknown(ActivationGallery({"tanh": np.tanh})), ValueError,
        "name expects one of tanh; got sinh.",
    ),
    Message(
        lambda: activation_gallery_figure({}), ValueError,
        "functions expects at least one name -> function; got an empty dict.",
    ),
]


@pytest.mark.parametrize("message", MESSAGES, ids=lambda message: message.text[:50])
def test_message(message: Message) -> None:
    check(message)


def test_every_complaint_is_read_above() -> None:
    modules = [activation_figure, activation_gallery, activation_records]
    assert unread_raises(modules, MESSAGES) == []
