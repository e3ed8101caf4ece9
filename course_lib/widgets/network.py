"""Running the learner's network inside a widget: as it is used, and left as it was."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np

from course_lib.arrays import Array
from course_lib.widgets import learner


def expect_network(who: str, network: Any) -> None:
    """Raise TypeError unless `network` is a function or has a forward."""
    if not callable(getattr(network, "forward", network)):
        raise TypeError(
            f"{who} expects a network with forward(x), or a function of x; got "
            f"{type(network).__name__}. Did you mean a function such as lambda x: x @ w.T?"
        )


def output_of(network: Any, x: Array) -> tuple[Array, str]:
    """(the network's numbers for x, "") or (an empty array, one sentence that says why not)."""
    with as_used(network):
        forward = getattr(network, "forward", network)
        y, problem = learner.call(forward, x, name=name_of(network), instead="")
    if not problem:
        y, problem = numbers(y, f"Your {name_of(network)} returned")
    return (np.empty(0), problem) if problem else (y, "")


def numbers(value: Any, who: str) -> tuple[Array, str]:
    """(the value as an array of float64, "") or (an empty array, what it is instead)."""
    if value is None:
        return np.empty(0), f"{who} None. Is there a return?"
    try:
        return np.asarray(value, dtype=np.float64), ""
    except (TypeError, ValueError):
        return np.empty(0), f"{who} {type(value).__name__}, not an array of numbers."


def name_of(network: Any) -> str:
    """What to call it in a sentence: a function by its name, an object by its class."""
    return type(network).__name__ if hasattr(network, "forward") else learner.name_of(network)


@contextmanager
def as_used(network: Any) -> Iterator[None]:
    """Dropout off and running statistics still: nothing a widget does changes the network."""
    within = getattr(network, "layers_within", list)
    saved = [(layer, dict(vars(layer))) for layer in within()]
    try:
        for layer, _ in saved:
            layer.training = False
        yield
    finally:
        for layer, attributes in saved:
            vars(layer).clear()
            vars(layer).update(attributes)
