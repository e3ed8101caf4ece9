"""Which pixels of the input a number deep in a network sees: a stack of windows and its cones."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from course_lib.arrays import expect_whole
from course_lib.shapes import Field, Window, output_size, receptive_field, summary
from course_lib.widgets import learner

_MOST_PIXELS = 256
_MOST_LAYERS = 16

Layers = Any
InputSize = int | tuple[int, int, int]


@dataclass(frozen=True)
class FieldStack:
    """Windows along one axis, the first one first; names[0] is "input", sizes[0] its length.

    fields: what a number of each level sees of the input; note: what was left out of a network.
    """

    names: tuple[str, ...]
    windows: tuple[Window, ...]
    sizes: tuple[int, ...]
    fields: tuple[Field, ...]
    note: str


@dataclass(frozen=True)
class Cone:
    """spans[l]: the first and last number of level l on which the unit depends; outside a level
    they lie in its padding. words: the field's size and place. remark: how the learner's function
    compares; problem: why it cannot.
    """

    stack: FieldStack
    layer: int
    unit: int
    spans: tuple[tuple[int, int], ...]
    words: str
    remark: str
    problem: str


def field_stack(layers: Layers, input_size: InputSize = 16) -> FieldStack:
    """The windows of `layers` on an input.

    layers: a list of kernel sizes or tuples (F, S, P, D), as for shapes.receptive_field; or a
    network of course_lib whose layers follow one another, of which the layers with windows are
    taken, up to the first that sees everything. input_size: the pixels along an axis; for a
    network (C, H, W). The rows of the image are followed. Sizes round down, as PyTorch's do.
    Raises ValueError for windows that do not fit, a network with branches or without windows,
    and for stacks too large to draw; TypeError for sizes that are not whole.
    """
    if hasattr(layers, "layers_within"):
        names, windows, n_in, note = _of_network(layers, input_size)
    else:
        names, windows, n_in, note = _of_list(layers, input_size)
    if not 1 <= len(windows) <= _MOST_LAYERS or n_in > _MOST_PIXELS:
        raise ValueError(
            f"A stack of 1 to {_MOST_LAYERS} windows on up to {_MOST_PIXELS} pixels can be drawn; "
            f"got {len(windows)} on {n_in}."
        )
    sizes = [n_in]
    for size, stride, padding, dilation, transposed in windows:
        if transposed:
            raise ValueError("Transposed convolutions have no single cone; leave them out.")
        sizes.append(
            output_size(sizes[-1], size, stride, padding, dilation=dilation, rounding="floor")
        )
    fields = tuple(receptive_field(windows[:level]) for level in range(len(windows) + 1))
    return FieldStack(("input", *names), tuple(windows), tuple(sizes), fields, note)


def receptive_cone(
    layers: Layers,
    input_size: InputSize = 16,
    layer: int = -1,
    unit: int | None = None,
    *,
    field: Callable[[list[Window]], Any] | None = None,
) -> Cone:
    """What `unit` of `layer` sees (layer 1 is the first window, -1 the last; unit None: middle).

    layers, input_size: as for field_stack. field: the learner's function of the list of windows
    up to that layer; it should return the size of the field. Raises ValueError as field_stack
    does, and for a layer or a unit that does not exist.
    """
    return cone_of(field_stack(layers, input_size), layer, unit, field)


def cone_of(
    stack: FieldStack,
    layer: int,
    unit: int | None,
    field: Callable[[list[Window]], Any] | None = None,
) -> Cone:
    """As receptive_cone, for a stack that is there already."""
    level = len(stack.windows) if layer == -1 else layer
    if not 1 <= level <= len(stack.windows):
        raise ValueError(f"layer expects 1 to {len(stack.windows)} (or -1); got {layer}.")
    place = stack.sizes[level] // 2 if unit is None else unit
    if not 0 <= place < stack.sizes[level]:
        raise ValueError(
            f"unit expects 0 to {stack.sizes[level] - 1} in layer {level}; got {unit}."
        )
    first = last = place
    spans = [(first, last)]
    for size, stride, padding, dilation, _ in reversed(stack.windows[:level]):
        first, last = first * stride - padding, last * stride - padding + dilation * (size - 1)
        spans.append((first, last))
    spans.reverse()
    remark, problem = _compared(field, stack, level)
    return Cone(stack, level, place, tuple(spans), _words(stack, level, place, spans[0]), remark,
                problem)


def _words(stack: FieldStack, level: int, unit: int, span: tuple[int, int]) -> str:
    seen, (first, last) = stack.fields[level], span
    outside = max(0, -first) + max(0, last - stack.sizes[0] + 1)
    words = (
        f"{stack.names[level]}, unit {unit} of {stack.sizes[level]}, sees {seen.size} x "
        f"{seen.size} pixels: {first} to {last} along each axis".replace("-", "\N{MINUS SIGN}")
    )
    if outside:
        words += f", of which {outside} {'lies' if outside == 1 else 'lie'} in the padding"
    pixels = "pixel" if seen.jump == 1 else "pixels"
    return f"{words}. Its neighbour's field begins {seen.jump} {pixels} further."


def _of_list(layers: Any, input_size: Any) -> tuple[list[str], list[Window], int, str]:
    expect_whole("input_size", input_size, least=1)
    receptive_field(layers)  # says what is wrong with a size
    windows = [Window(*one) if isinstance(one, tuple) else Window(one) for one in layers]
    names = [f"layer {place}: {_described(one)}" for place, one in enumerate(windows, start=1)]
    return names, windows, int(input_size), ""


def _of_network(model: Any, input_size: Any) -> tuple[list[str], list[Window], int, str]:
    if not isinstance(input_size, Sequence) or len(input_size) != 3:
        raise ValueError(
            f"For a network input_size is (channels, height, width); got {input_size!r}."
        )
    parts = dict(model.named_parts())
    names: list[str] = []
    windows: list[Window] = []
    note = ""
    for row in summary(model, tuple(input_size)).rows:
        made = parts[row.name].windows()
        if made is None:
            note = f"From {row.name} on every number sees the whole image."
            break
        if not made:
            continue
        windows.append(made[0])
        names.append(f"{row.name}: {_described(made[0])}")
        if row.field is None or row.field[0] != receptive_field(windows).size:
            raise ValueError(
                f"{row.name} does not follow the layers before it: this network has branches. "
                "Give the windows of one path as a list."
            )
    return names, windows, int(input_size[1]), note


def _described(window: Window) -> str:
    words = f"F = {window.kernel_size}"
    if window.stride != 1:
        words += f", S = {window.stride}"
    if window.padding:
        words += f", P = {window.padding}"
    return words + (f", dilation {window.dilation}" if window.dilation != 1 else "")


def _compared(field: Any, stack: FieldStack, level: int) -> tuple[str, str]:
    if field is None:
        return "", ""
    mine, problem = learner.call(field, list(stack.windows[:level]), instead="")
    if problem:
        return "", problem
    quantity = f"{learner.name_of(field)}(...)"
    return learner.comparison(mine, stack.fields[level].size, quantity), ""
