"""The shape that all layers share: a forward pass, a backward pass, parameters."""

from collections.abc import Iterator
from typing import Any

from course_lib.arrays import Array
from course_lib.layers.parameter import Parameter


class Layer:
    """A function that remembers what its gradient needs.

    `forward(x)` computes and remembers; `backward(grad_output)` takes the gradient of the loss
    by the last output, adds to the `grad` of every parameter, and returns the gradient by x.
    A layer of one's own inherits from this class and defines both.
    """

    _memory: Array | None = None

    def forward(self, x: Array) -> Array:
        """The output for x; every layer defines its own."""
        raise NotImplementedError(f"{_name(self)} has no forward. Define forward(self, x).")

    def backward(self, grad_output: Array) -> Array:
        """dE/dx from dE/dy; every layer defines its own."""
        raise NotImplementedError(
            f"{_name(self)} has no backward. Define backward(self, grad_output)."
        )

    def __call__(self, x: Array) -> Array:
        return self.forward(x)

    def parameters(self) -> list[Parameter]:
        """Every Parameter in the attributes, in lists and tuples there and in layers there.

        In the order of their definition, and each one once even if it is shared.
        """
        found = {id(part): part for part in _parts(self) if isinstance(part, Parameter)}
        return list(found.values())

    def zero_grad(self) -> None:
        """Forget the gradients of all parameters. Call it before every backward pass."""
        for parameter in self.parameters():
            parameter.zero_grad()

    def __repr__(self) -> str:
        inner = [
            f"{name} {value.data.shape}" if isinstance(value, Parameter) else repr(value)
            for name, value in vars(self).items()
            if isinstance(value, Parameter | Layer)
        ]
        return f"{_name(self)}({', '.join(inner)})"

    def _remember(self, array: Array) -> None:
        self._memory = array

    def _remembered(self) -> Array:
        if self._memory is None:
            raise RuntimeError(
                f"{_name(self)}.backward needs what forward saw, and forward has not run yet. "
                "Call forward(x) first."
            )
        return self._memory


def layers_within(layer: Layer) -> list[Layer]:
    """The layer itself and all layers inside it; one that stands twice is listed twice."""
    return [part for part in _parts(layer) if isinstance(part, Layer)]


def _parts(value: Any) -> Iterator[Layer | Parameter]:
    if isinstance(value, Parameter | Layer):
        yield value
    if isinstance(value, Layer):
        for attribute in vars(value).values():
            yield from _parts(attribute)
    elif isinstance(value, list | tuple):
        for entry in value:
            yield from _parts(entry)


def _name(layer: Layer) -> str:
    return type(layer).__name__
