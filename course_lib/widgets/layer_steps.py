"""The learner's network as steps that run one after the other, however it was written down."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from course_lib.arrays import Array
from course_lib.widgets.network import expect_network, name_of

__all__ = ["Step", "steps_of"]


@dataclass
class Step:
    """network: watched while it runs if it is a layer of this course. backward(grad_output, x)."""

    name: str
    network: Any
    forward: Callable[..., Any]
    backward: Callable[[Array, Array], Any] | None

    @property
    def called(self) -> str:
        """What sentences call it."""
        return self.name or name_of(self.network)


def steps_of(network: Any) -> list[Step]:
    """What runs one after the other; TypeError for what is neither function nor network."""
    inner = getattr(network, "layers", None)
    if isinstance(network, Mapping):
        named = list(network.items())
    elif isinstance(network, list):
        named = [("", one) for one in network]
    elif not hasattr(network, "layers_within") and isinstance(inner, Iterable):
        named = [("", one) for one in inner]
    else:
        return [_step(network, "")]
    names: dict[str, int] = {}
    steps = []
    for given, one in named:
        step = _step(one, str(given) or _called(one))
        names[step.name] = names.get(step.name, 0) + 1
        if names[step.name] > 1:
            step.name += f" {names[step.name]}"
        steps.append(step)
    return steps


def _step(one: Any, name: str) -> Step:
    if isinstance(one, tuple) and len(one) == 2 and all(map(callable, one)):
        f, f_backward = one
        return Step(name or _called(one), f, f, lambda grad, x: _first(f_backward(grad, x)))
    expect_network("LayerViewer", one)
    if hasattr(one, "forward"):
        back = getattr(one, "backward", None)
        takes = None if back is None else (lambda grad, _: one.backward(grad))
        return Step(name, one, lambda x: one.forward(x), takes)
    return Step(name or _called(one), one, one, None)


def _called(one: Any) -> str:
    return name_of(one[0] if isinstance(one, tuple) else one)


def _first(answer: Any) -> Any:
    """By the input: functions with several arguments give one gradient for each."""
    return answer[0] if isinstance(answer, tuple) else answer
