"""Receptive fields: stacks from lists and networks, cones, the learner's own function."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from course_lib import layers as L
from course_lib import models
from course_lib.shapes import Window, receptive_field, summary
from course_lib.widgets import (
    ReceptiveField,
    field_plot,
    field_records,
    field_stack,
    receptive_cone,
    receptive_field_figure,
)
from tests.course_lib.figures import colliding_texts, smallest_font, texts
from tests.course_lib.messages import Message, check, unread_raises

STACKS: list[Any] = [[3, 3, 3], [(3, 2, 1), (3, 1, 1), (2, 2)], [(3, 1, 0, 2), 1, (4, 3, 2)]]
LENET = models.lenet5(n_in=28, rng=np.random.default_rng(0))
LENET_SIZE = (1, 28, 28)


def depends_on(windows: Any, n_in: int, unit: int) -> list[int]:
    """The pixels that move a unit of the last layer, found by moving each of them."""
    def forward(x: Any) -> Any:
        for size, stride, padding, dilation, _ in windows:
            x = np.pad(x, padding)
            places = (len(x) - dilation * (size - 1) - 1) // stride + 1
            x = np.array([x[p * stride : p * stride + dilation * (size - 1) + 1 : dilation].sum()
                          for p in range(places)])
        return x
    still = forward(np.zeros(n_in))[unit]
    return [place for place in range(n_in) if forward(np.eye(n_in)[place])[unit] != still]


@pytest.mark.parametrize("layers", STACKS, ids=str)
def test_the_cone_holds_what_the_unit_depends_on(layers: Any) -> None:
    stack = field_stack(layers, 15)
    for unit in range(stack.sizes[-1]):
        cone = receptive_cone(layers, 15, unit=unit)
        first, last = cone.spans[0]
        assert last - first + 1 == receptive_field(layers).size == stack.fields[-1].size
        pixels = depends_on(stack.windows, 15, unit)
        assert min(pixels) >= first and max(pixels) <= last
        assert max(first, 0) == pixels[0] and min(last, 14) == pixels[-1]


def test_r_n25_three_filters_of_three_see_seven() -> None:
    cone = receptive_cone([3, 3, 3], 16, unit=0)
    assert cone.words == (
        "layer 3: F = 3, unit 0 of 10, sees 7 x 7 pixels: 0 to 6 along each axis. Its "
        "neighbour's field begins 1 pixel further."
    )
    cone = receptive_cone([(3, 2, 1)], 7, unit=0)
    assert cone.words == (
        "layer 1: F = 3, S = 2, P = 1, unit 0 of 4, sees 3 x 3 pixels: −1 to 1 along each axis, "
        "of which 1 lies in the padding. Its neighbour's field begins 2 pixels further."
    )


def test_a_network_gives_its_windows_up_to_what_sees_everything() -> None:
    stack = field_stack(LENET, LENET_SIZE)
    rows = {row.name: row for row in summary(LENET, LENET_SIZE).rows}
    assert len(stack.windows) >= 4
    for name, size, field in zip(stack.names[1:], stack.sizes[1:], stack.fields[1:], strict=True):
        row = rows[name.partition(":")[0]]
        assert (row.output_shape[1], row.field) == (size, (field.size, field.size))
    assert stack.note.endswith("every number sees the whole image.")


@pytest.mark.parametrize(("layers", "size", "layer"), [
    *((stack, 15, -1) for stack in STACKS), (STACKS[1], 64, 2), (LENET, LENET_SIZE, -1),
], ids=str)
def test_the_picture_can_be_read(layers: Any, size: Any, layer: int) -> None:
    fig = receptive_field_figure(layers, size, layer)
    assert colliding_texts(fig) == []
    assert smallest_font(fig) >= 9
    assert {"on the image", f"input ({size if isinstance(size, int) else size[1]})"} <= set(
        texts(fig)
    )


# The learner's own


def breaks(windows: Any) -> Any:
    raise KeyError("F")


OWN = [
    (lambda windows: receptive_field(windows).size, "Yours agrees: <lambda>(...) = 7.", ""),
    (lambda windows: sum(one.kernel_size for one in windows),
     "Your <lambda>(...) is 9; expected 7.", ""),
    (breaks, "", "Your breaks raised KeyError: 'F'"),
]


@pytest.mark.parametrize(("field", "remark", "problem"), OWN)
def test_the_learners_function_is_compared(field: Any, remark: str, problem: str) -> None:
    widget = ReceptiveField([3, 3, 3], field=field)
    assert (widget.remark, widget.error) == (remark, problem)
    if not problem:
        widget.layer = 1
        assert "= 3." in widget.remark or "is 3" in widget.remark


# The widget


def test_the_browser_points_and_is_answered() -> None:
    widget = ReceptiveField()
    assert (widget.layer, widget.unit) == (3, 5)
    assert [level["n"] for level in widget.levels] == [16, 14, 12, 10]
    widget.set_state({"layer": 2, "unit": 11, "seq": 1})
    assert (widget.answered, widget.error) == (1, "")
    assert widget.words.startswith("layer 2: F = 3, unit 11 of 12, sees 5 x 5 pixels: 11 to 15")


def test_nonsense_from_the_browser_becomes_a_sentence_and_the_next_good_one_clears_it() -> None:
    widget = ReceptiveField()
    widget.set_state({"layer": 3, "unit": 10, "seq": 1})
    assert widget.error == "unit expects 0 to 9 in layer 3; got 10." and widget.words == ""
    widget.set_state({"layer": "top", "seq": 2})
    assert widget.error != ""
    widget.set_state({"unit": 9, "layer": 3, "seq": 3})
    assert (widget.error, widget.answered) == ("", 3)


def branched() -> Any:
    class Branched(L.Layer):
        def __init__(self) -> None:
            rng = np.random.default_rng(0)
            self.wide = L.Conv2d(1, 1, 5, padding=2, rng=rng)
            self.narrow = L.Conv2d(1, 1, 3, padding=1, rng=rng)

        def forward(self, x: Any) -> Any:
            return self.wide.forward(x) + self.narrow.forward(x)

    return Branched()


MESSAGES = [
    Message(
        lambda: ReceptiveField([]), ValueError,
        "A stack of 1 to 16 windows on up to 256 pixels can be drawn; got 0 on 16.",
    ),
    Message(
        lambda: field_stack([Window(2, 2, transposed=True)]), ValueError,
        "Transposed convolutions have no single cone; leave them out.",
    ),
    Message(
        lambda: field_stack(branched(), (1, 8, 8)), ValueError,
        "narrow does not follow the layers before it: this network has branches. Give the windows "
        "of one path as a list.",
    ),
    Message(
        lambda: ReceptiveField(LENET, 28), ValueError,
        "For a network input_size is (channels, height, width); got 28.",
    ),
    Message(
        lambda: receptive_field_figure([3], 8, 2), ValueError,
        "layer expects 1 to 1 (or -1); got 2.",
    ),
    Message(
        lambda: receptive_cone([3], 8, 1, 6), ValueError,
        "unit expects 0 to 5 in layer 1; got 6.",
    ),
    Message(
        lambda: field_stack([(3, 1, 0, 1, False, 2)]), ValueError,
        "A layer is a kernel size or (kernel size, stride, padding, dilation); got "
        "(3, 1, 0, 1, False, 2).",
    ),
]


@pytest.mark.parametrize("message", MESSAGES, ids=lambda message: message.text[:50])
def test_message(message: Message) -> None:
    check(message)


def test_every_complaint_is_read_above() -> None:
    assert unread_raises([field_plot, field_records], MESSAGES) == []
