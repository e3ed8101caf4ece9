"""A network layer by layer: output shapes, parameters, multiply-adds, receptive fields.

The network runs once, on one sample of zeros, and every layer is watched while it does; so any
network can be summarised, whatever its forward passes look like. Convolutions say the shape of
their output instead of computing it.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any, NamedTuple

import numpy as np

from course_lib.arrays import Array, expect_whole
from course_lib.shapes.counts import Network, check_network, count_params
from course_lib.shapes.fields import Window, receptive_field

Path = tuple[tuple[Window, ...], ...] | None
"""The windows between the input and an array, layer by layer; None if it sees everything."""


class Row(NamedTuple):
    """One layer. field: pixels along each axis that one of its numbers sees; None: all."""

    name: str
    kind: str
    output_shape: tuple[int, ...]
    parameters: int
    macs: int
    field: tuple[int, ...] | None


@dataclass(frozen=True, repr=False)
class Summary:
    """The rows, in the order in which the layers ran, and the sums. Prints as a table.

    parameters: of the whole network, with layers that did not run; macs: multiplications by
    weights for one sample (no biases, pools or normalisations, as papers count).
    """

    rows: tuple[Row, ...]
    parameters: int
    macs: int

    def __repr__(self) -> str:
        return _table(self)


def summary(model: Network, input_shape: tuple[int, ...]) -> Summary:
    """What every layer of `model` makes of one sample of input_shape, (C, H, W) or (features,).

    The network is left as it was: mode, memory and running statistics.
    Raises TypeError for anything but a network, and what its layers raise for that shape.
    """
    check_network("summary", model)
    shape = (input_shape,) if isinstance(input_shape, int) else tuple(input_shape)
    for length in shape:
        expect_whole("A length in input_shape", length, least=1)
    watcher = _Watcher(model)
    with _watched(model, watcher.call):
        model.forward(watcher.start(np.zeros((1, *shape), dtype=np.float32)))
    rows = tuple(watcher.rows)
    return Summary(rows, count_params(model), sum(row.macs for row in rows))


def count_macs(model: Network, input_shape: tuple[int, ...]) -> int:
    """Multiplications by weights for one sample: K out_h out_w C/groups F_h F_w a convolution.

    Arguments as for summary. Source: Bonn 004:225-234, Wuppertal 001:672-680.
    """
    return summary(model, input_shape).macs


@contextmanager
def _watched(model: Network, call: Callable[..., Array]) -> Iterator[None]:
    """Let `call` stand before every forward pass; afterwards all layers are as they were."""
    saved = {id(layer): (layer, dict(vars(layer))) for layer in model.layers_within()}
    try:
        for layer, _ in saved.values():
            layer.training = False
            layer.forward = partial(call, layer, layer.forward)
        yield
    finally:
        for layer, attributes in saved.values():
            vars(layer).clear()
            vars(layer).update(attributes)


class _Watcher:
    """Notes a row for every layer that runs, and which windows lie behind every array."""

    def __init__(self, model: Network) -> None:
        self.names = {id(part): name for name, part in reversed(model.named_parts())}
        self.rows: list[Row] = []
        self.counted: set[int] = set()
        self.known: dict[int, tuple[Array, Path]] = {}  # by id; the array is kept, so ids are too
        self.widest: list[Path] = []  # of the arrays made so far in each layer that is running

    def start(self, x: Array) -> Array:
        self.known[id(x)] = x, ()
        self.widest.append(())
        return x

    def call(self, layer: Any, forward: Callable[[Array], Array], x: Array) -> Array:
        behind = self._path(x)
        shape = layer.output_shape(x.shape[1:])
        if shape is None and len(layer.layers_within()) > 1:
            self.widest.append(behind)
            y = forward(x)
            inside = self.widest.pop()
            path = self.known[id(y)][1] if id(y) in self.known else inside
        else:
            y = forward(x) if shape is None else np.zeros((len(x), *shape), dtype=x.dtype)
            path = _extended(behind, layer.windows())
            self._note(layer, x, y, path)
        self.known[id(y)] = y, path
        self.widest[-1] = max(self.widest[-1], path, key=_size)
        return y

    def _path(self, x: Array) -> Path:
        """An array that no layer made, a sum say, may depend on all arrays made around it."""
        return self.known[id(x)][1] if id(x) in self.known else self.widest[-1]

    def _note(self, layer: Any, x: Array, y: Array, path: Path) -> None:
        new = [p for p in layer.parameters() if id(p) not in self.counted]
        self.counted.update(map(id, new))
        self.rows.append(Row(
            name=self.names[id(layer)],
            kind=type(layer).__name__,
            output_shape=y.shape[1:],
            parameters=sum(parameter.data.size for parameter in new),
            macs=layer.macs(x.shape[1:], y.shape[1:]),
            field=None if path is None else _field(path),
        ))


def _extended(path: Path, windows: tuple[Window, ...] | None) -> Path:
    if path is None or windows is None:
        return None
    return (*path, windows) if windows else path


def _field(path: tuple[tuple[Window, ...], ...]) -> tuple[int, ...]:
    n_axes = max((len(windows) for windows in path), default=1)
    along = ([windows[axis] for windows in path if axis < len(windows)] for axis in range(n_axes))
    return tuple(receptive_field(stack).size for stack in along)


def _size(path: Path) -> float:
    return float("inf") if path is None else sum(_field(path))


def _table(summary: Summary) -> str:
    head = ("layer", "output shape", "parameters", "multiply-adds", "sees")
    body = [
        (
            f"{row.name} {row.kind}".strip(),
            " x ".join(map(str, row.output_shape)),
            f"{row.parameters:,}",
            f"{row.macs:,}",
            _seen(row.field),
        )
        for row in summary.rows
    ]
    total = ("sum", "", f"{summary.parameters:,}", f"{summary.macs:,}", "")
    lines = [head, *body, total]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    texts = [
        "  ".join(
            cell.ljust(width) if place < 2 else cell.rjust(width)
            for place, (cell, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in lines
    ]
    rule = "-" * max(map(len, texts))
    idle = summary.parameters - sum(row.parameters for row in summary.rows)
    note = [f"{idle:,} of these parameters are in layers that did not run."] if idle else []
    return "\n".join([texts[0], rule, *texts[1:-1], rule, texts[-1], *note])


def _seen(field: tuple[int, ...] | None) -> str:
    if field is None:
        return "all"
    return " x ".join(map(str, field if len(set(field)) > 1 else field[:1]))
