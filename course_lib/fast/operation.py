"""The shape that all operations share."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from course_lib.arrays import Array
from course_lib.fast.values import Lane, Slot, Value
from course_lib.layers import Parameter

Call = Callable[[], None]


class Bound:
    """An operation tied to the memory of one slot. A phase ends where the whole batch meets."""

    def __init__(self, forward: Sequence[Call], backward: Sequence[Call]) -> None:
        self.forward, self.backward = tuple(forward), tuple(backward)
        self.kept: Any = None


class Operation:
    """One thing that a plan does, forward and backward, to one group of samples after another.

    phases: into how many parts each pass falls; between them meet_forward or meet_backward sees
    all groups of the batch.
    """

    phases = 1

    def bind(self, slot: Slot) -> Bound:
        """Views and memory are made here, once; the calls then only compute."""
        raise NotImplementedError(
            f"{type(self).__name__} has no bind. Define bind(self, slot)."
        )

    def prepare(self, n: int, learns: bool) -> None:
        """Called before each batch of n samples: weights may have changed."""

    def meet_forward(self, all_bound: Sequence[Bound], sizes: Sequence[int]) -> None:
        """Called between the phases of the forward pass."""

    def meet_backward(self, all_bound: Sequence[Bound], sizes: Sequence[int]) -> None:
        """Called between the phases of the backward pass."""

    def finish(self, lanes: Sequence[Lane]) -> None:
        """Called after each batch that was learned from: sums go to the parameters."""


def nothing() -> None:
    """A phase in which there is nothing to do."""


def gather(lanes: Sequence[Lane], key: Any) -> Array:
    """The sum over all lanes, in their order; it may lie in the memory of the first one."""
    total = lanes[0].gathered(key)
    for lane in lanes[1:]:
        np.add(total, lane.gathered(key), out=total)
    return total


def gather_into(parameter: Parameter, lanes: Sequence[Lane], key: Any) -> None:
    """The sum over all lanes as the gradient of the parameter."""
    np.copyto(parameter.grad, gather(lanes, key).reshape(parameter.grad.shape))


def fresh(x: Value, shape: tuple[int, ...]) -> Value:
    """A value with memory of its own, made from x."""
    return Value(shape, learned=x.learned)
