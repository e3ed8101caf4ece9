"""Descent: the path, what became of it in words, the picture, the learner's own f and gradient."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from course_lib import optim
from course_lib.layers import Parameter
from course_lib.widgets import (
    DescentExplorer,
    descent_explorer,
    descent_figure,
    descent_path,
    descent_plot,
    descent_records,
)
from tests.course_lib.figures import colliding_texts, smallest_font, texts
from tests.course_lib.messages import Message, check, unread_raises


def square(w: Any) -> Any:
    return w**2


def slope(w: Any) -> Any:
    return 2 * w


def valley(w: Any) -> Any:
    return w[0] ** 2 / 2 + 10 * w[1] ** 2


def valley_slope(w: Any) -> Any:
    return np.array([w[0], 20 * w[1]])


def path(learning_rate: float, momentum: float = 0.0, start: Any = (-3.0, 1.0), **more: Any) -> Any:
    f, gradient = (valley, valley_slope) if np.ndim(start) else (square, slope)
    return descent_path(f, gradient, start, learning_rate, momentum, **more)


@pytest.mark.parametrize("momentum", [0.0, 0.5, 0.9])
def test_the_steps_are_those_of_the_library(momentum: float) -> None:
    w = Parameter(np.array([-3.0, 1.0]))
    optimizer = optim.SGD([w], lr=0.05, momentum=momentum)
    for point in path(0.05, momentum).points:
        np.testing.assert_allclose(w.data, point, rtol=1e-12)
        w.grad = valley_slope(w.data)
        optimizer.step()


WORDS = [
    # On x^2 / 2 + 10 y^2 the steepest curvature is 20, so 2 / 20 = 0.1 is the limit.
    (path(0.11), "diverged",
     "It diverges: f grows from 14.5 to 5.63e+05 in 30 steps, from side to side of the valley. "
     "Make the learning rate smaller."),
    (path(0.099), "on the way",
     "It has not arrived after 30 steps: f went from 14.5 to 2.98. "
     "It zig-zags: 29 of 29 steps turn back by more than 90 degrees."),
    (path(0.001), "on the way",
     "It has not arrived after 30 steps: f went from 14.5 to 7.21. "
     "It creeps: a larger learning rate would be quicker."),
    (path(0.09, 0.5), "converged", "It arrives: f falls from 14.5 to 2.52e−08 in 30 steps."),
    (path(0.5, start=2.0), "converged", "It arrives: f falls from 4 to 0 in 30 steps."),
    (path(1.0, start=2.0), "oscillates",
     "It jumps from side to side and comes no lower: f is 4 after 30 steps as at the start. "
     "Make the learning rate smaller."),
    (path(0.1, start=0.0), "stands still",
     "The gradient is 0 at the start, so nothing moves: a minimum, a maximum or a saddle."),
]


@pytest.mark.parametrize(("walk", "status", "words"), WORDS, ids=[text for *_, text in WORDS])
def test_what_became_of_it_is_said_in_words(walk: Any, status: str, words: str) -> None:
    assert (walk.status, walk.words, walk.problem) == (status, words, "")


def test_momentum_ends_the_zig_zag() -> None:
    assert path(0.099).zig_zags
    assert not path(0.05, 0.5).zig_zags


def test_a_path_that_leaves_the_numbers_ends_there() -> None:
    wild = path(1e6, start=2.0)
    assert wild.status == "diverged"
    assert np.isfinite(wild.points).all() and len(wild.points) < 10
    assert descent_path(lambda w: np.nan, slope, 1.0, 0.1).words == (
        "f is nan at the start or its gradient is too large; choose another start."
    )


@pytest.mark.parametrize("start", [2.0, [2.0], np.array(2.0)])
def test_one_number_may_come_in_brackets(start: Any) -> None:
    walk = descent_path(lambda w: np.sum(w**2), lambda w: 2 * w, start, 0.25)
    assert walk.points[:3].tolist() == [[2.0], [1.0], [0.5]]


def test_the_learners_functions_get_the_kind_of_point_that_start_is() -> None:
    seen: list[Any] = []

    def noted(w: Any) -> Any:
        seen.append(w)
        return 0.0 * w

    descent_path(np.sum, noted, 2.0, 0.1, steps=1)
    descent_path(np.sum, noted, [2.0, 1.0], 0.1, steps=1)
    assert [np.shape(w) for w in seen] == [(), (), (2,), (2,)]
    assert isinstance(seen[0], float)


def not_written(w: Any) -> Any:
    raise NotImplementedError


PROBLEMS = [
    (square, not_written, "Your not_written is not written yet."),
    (not_written, slope, "Your not_written is not written yet."),
    (square, lambda w: 1 / 0, "Your <lambda> raised ZeroDivisionError: division by zero"),
    (square, lambda w: None, "Your <lambda> must return numbers of shape (); got NoneType."),
    (square, lambda w: [w, w], "Your <lambda> must return numbers of shape (); got shape (2,)."),
]


@pytest.mark.parametrize(("f", "gradient", "problem"), PROBLEMS)
def test_whatever_the_functions_do_ends_in_one_sentence(
    f: Any, gradient: Any, problem: str
) -> None:
    walk = descent_path(f, gradient, 2.0, 0.1)
    assert (walk.status, walk.problem) == ("problem", problem)
    assert walk.points.shape == (0, 1)
    assert problem in texts(descent_figure(f, gradient, 2.0, 0.1))


def test_what_came_before_a_problem_is_kept() -> None:
    def gives_up(w: Any) -> Any:
        if w < 1:
            raise ValueError("w is too small")
        return 2 * w

    walk = descent_path(square, gives_up, 2.0, 0.25)
    assert walk.points[:, 0].tolist() == [2.0, 1.0]
    assert walk.problem == "Your gives_up raised ValueError: w is too small"


@pytest.mark.parametrize("start", [2.0, [-3.0, 1.0]])
@pytest.mark.parametrize("learning_rate", [0.01, 0.09, 3.0])
def test_the_picture_can_be_read(start: Any, learning_rate: float) -> None:
    f, gradient = (valley, valley_slope) if np.ndim(start) else (square, slope)
    fig = descent_figure(f, gradient, start, learning_rate, 0.5)
    assert colliding_texts(fig) == []
    assert smallest_font(fig) >= 7
    assert {"start", "last step", "f after each step"} <= set(texts(fig))


def test_the_window_holds_the_start_and_the_lowest_point() -> None:
    def far(w: Any) -> Any:
        return (w - 10) ** 2

    fig = descent_figure(far, lambda w: 2 * (w - 10), 0.0, 0.1)
    assert fig.axes[0].get_xlim()[1] == pytest.approx(13, abs=0.1)
    fig = descent_figure(square, slope, 2.0, 0.1, bounds=[(-3, 4)])
    assert fig.axes[0].get_xlim() == (-3, 4)


def test_a_flat_function_has_no_contours() -> None:
    assert descent_plot.levels_of(np.ones((3, 3))).size == 0
    descent_figure(lambda w: 1.0, lambda w: 0 * w, [0.0, 0.0], 0.1)


# The widget


def moved(widget: DescentExplorer, start: list[float]) -> None:
    widget.start = start
    widget.answer()


def explorer(start: Any = (-3.0, 1.0), **settings: Any) -> DescentExplorer:
    f, gradient = (valley, valley_slope) if np.ndim(start) else (square, slope)
    return DescentExplorer(f, gradient, start, **{"learning_rate": 0.05, **settings})


def unpacked(sent: Any) -> Any:
    return np.frombuffer(sent["data"], "<f4").reshape(sent["shape"])


def test_the_browser_changes_the_settings_and_is_answered() -> None:
    widget = explorer()
    assert widget.status == "on the way"
    widget.set_state({"learning_rate": 0.11, "steps": 10, "seq": 1})
    assert (widget.answered, widget.status, widget.error) == (1, "diverged", "")
    np.testing.assert_allclose(unpacked(widget.points), path(0.11, steps=10).points, rtol=1e-6)
    widget.set_state({"start": [1, 1], "momentum": 0.5, "seq": 2})
    assert unpacked(widget.points)[0].tolist() == [1.0, 1.0]
    assert unpacked(widget.values).shape == (11,)


def test_a_curve_or_contours_lie_under_the_path() -> None:
    [line] = explorer(2.0).lines
    x, y = unpacked(line).T
    np.testing.assert_allclose(y, x**2, rtol=1e-5, atol=1e-5)
    contours = explorer().lines
    assert len(contours) > 10
    for contour in contours:
        heights = np.array([valley(w) for w in unpacked(contour).astype(float)])
        spread = np.nanmax(heights) - np.nanmin(heights)
        assert spread < 0.05 * np.nanmax(heights) + 0.5
    flat = DescentExplorer(lambda w: 1.0, lambda w: 0 * w, [0.0, 0.0])
    assert flat.lines == [] and flat.status == "stands still"


@pytest.mark.parametrize(("f", "gradient", "problem"), PROBLEMS)
def test_the_widget_says_what_went_wrong(f: Any, gradient: Any, problem: str) -> None:
    widget = DescentExplorer(f, gradient, 2.0)
    assert widget.error == problem
    widget.set_state({"start": [1.0], "seq": 1})
    assert widget.error == problem


def test_nonsense_from_the_browser_becomes_a_sentence_and_the_next_good_one_clears_it() -> None:
    widget = explorer()
    widget.set_state({"learning_rate": -1, "seq": 1})
    assert widget.error == "learning_rate must be above 0; got -1.0."
    widget.set_state({"learning_rate": 0.1, "start": [1.0], "seq": 2})
    assert widget.error == (
        "start expects as many numbers as at first; got 1. Make a new widget for another "
        "dimension."
    )
    widget.set_state({"start": [1.0, 1.0], "seq": 3})
    assert (widget.error, widget.answered) == ("", 3)


MESSAGES = [
    Message(
        lambda: path(0.1, start=[1, 2, 3]), ValueError,
        "start expects one number, or an array of one or two; got shape (3,).",
    ),
    Message(lambda: path(0.1, start=np.nan), ValueError, "start expects finite numbers; got nan."),
    Message(
        lambda: moved(explorer(), [1.0]), ValueError,
        "start expects as many numbers as at first; got 1. Make a new widget for another "
        "dimension.",
    ),
    Message(lambda: path(0), ValueError, "learning_rate must be above 0; got 0."),
    Message(lambda: path(0.1, 1), ValueError, "momentum must be at least 0 and below 1; got 1."),
    Message(lambda: path(0.1, steps=2.5), TypeError, "steps is a whole number; got 2.5."),
    Message(lambda: path(0.1, steps=9999), ValueError, "steps expects at most 1000; got 9999."),
    Message(
        lambda: descent_figure(square, slope, 1.0, 0.1, bounds=[(1, 0)]), ValueError,
        "bounds expects (low, high) for each of the 1 dimensions of start, low below high; "
        "got [(1, 0)].",
    ),
]


@pytest.mark.parametrize("message", MESSAGES, ids=lambda message: message.text[:50])
def test_message(message: Message) -> None:
    check(message)


def test_every_complaint_is_read_above() -> None:
    assert unread_raises([descent_explorer, descent_records, descent_plot], MESSAGES) == []
