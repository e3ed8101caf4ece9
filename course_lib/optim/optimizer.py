"""What all optimisers share: the parameters, the learning rate, and a memory that can be saved."""

from collections.abc import Mapping, Sequence
from typing import ClassVar

import numpy as np

from course_lib.arrays import Array
from course_lib.layers.parameter import Parameter
from course_lib.optim.settings import checked_parameters, setting

Memory = dict[str, Array]


class Optimizer:
    """Changes parameters by their gradients.

    A subclass names the arrays that it keeps for each parameter in `keeps`, and defines
    `_change(grad, memory)`: what `step` subtracts from a parameter. The learning rate `lr` may
    be set between steps. weight_decay adds weight_decay * weight to every gradient: the gradient
    of (weight_decay / 2) * (sum of weight^2) in the loss.
    """

    keeps: ClassVar[tuple[str, ...]] = ()

    def __init__(self, parameters: Sequence[Parameter], lr: float, weight_decay: float) -> None:
        name = type(self).__name__
        self.parameters = checked_parameters(name, parameters)
        self.lr = setting("lr", lr, above=0)
        self.weight_decay = setting("weight_decay", weight_decay, least=0)
        self.steps = 0
        self.memory: list[Memory] = [
            {kept: np.zeros_like(parameter.data) for kept in self.keeps}
            for parameter in self.parameters
        ]

    def step(self) -> None:
        """Change every parameter once, in place, by the gradient gathered so far."""
        self.steps += 1
        for parameter, memory in zip(self.parameters, self.memory, strict=True):
            grad = parameter.grad
            if self.weight_decay:
                grad = grad + self.weight_decay * parameter.data
            parameter.data -= self._change(grad, memory)

    def zero_grad(self) -> None:
        """Forget the gradients of all parameters. Call it before every backward pass."""
        for parameter in self.parameters:
            parameter.zero_grad()

    def state_dict(self) -> dict[str, Array]:
        """All that the next step depends on, as arrays: copies of the memory, steps and lr.

        The memory of the third parameter is at "2.momentum_buffer", and so on.
        """
        state = {
            f"{place}.{kept}": array.copy()
            for place, memory in enumerate(self.memory)
            for kept, array in memory.items()
        }
        return state | {"steps": np.array(self.steps), "lr": np.array(self.lr)}

    def load_state_dict(self, state: Mapping[str, Array]) -> None:
        """Go on from what state_dict gave: the next steps are equal to the bit.

        Raises ValueError for names or shapes of another optimiser, and then changes nothing.
        """
        own = self.state_dict()
        if state.keys() != own.keys():
            odd = sorted(state.keys() ^ own.keys())
            raise ValueError(
                f"{type(self).__name__} expects the state of the same kind of optimiser for "
                f"{len(self.parameters)} parameters; it differs at {', '.join(odd[:3])}."
            )
        for key, array in own.items():
            if np.shape(state[key]) != array.shape:
                raise ValueError(
                    f"{type(self).__name__} expects {key} of shape {array.shape}; got "
                    f"{np.shape(state[key])}. Is it the state of another network?"
                )
        for place, memory in enumerate(self.memory):
            for kept in memory:
                memory[kept][...] = state[f"{place}.{kept}"]
        self.steps, self.lr = int(state["steps"]), float(state["lr"])

    def _change(self, grad: Array, memory: Memory) -> Array:
        """What to subtract from a parameter with this gradient; updates its memory."""
        raise NotImplementedError(
            f"{type(self).__name__} has no _change. Define _change(self, grad, memory)."
        )
