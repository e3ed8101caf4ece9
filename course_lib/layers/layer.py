"""The shape that all layers share: a forward pass, a backward pass, parameters, a state."""

from collections.abc import Iterator, Mapping
from typing import Any, Self

import numpy as np

from course_lib.arrays import Array
from course_lib.layers.parameter import Buffer, Parameter
from course_lib.shapes import Window


class Layer:
    """A function that remembers what its gradient needs.

    `forward(x)` computes and remembers; `backward(grad_output)` takes the gradient of the loss
    by the last output, adds to the `grad` of every parameter, and returns the gradient by x.
    A layer of one's own inherits from this class and defines both. `training` says whether the
    network learns (dropout drops) or is used; train() and eval() set it.
    """

    training = True
    _memory: Any = None

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

    def parts(self) -> dict[str, Any]:
        """Where parameters and inner layers are looked for, by name: the attributes."""
        return vars(self)

    def named_parts(self) -> list[tuple[str, "Layer | Parameter | Buffer"]]:
        """The layer itself, named "", and all that lies within, in the order of definition.

        Parts lie in attributes, in lists and tuples there and in layers there. Their names are
        dotted: "weight", "branches.0.weight".
        """
        return list(_parts(self, ""))

    def layers_within(self) -> list["Layer"]:
        """The layer itself and all layers inside it; one that stands twice is listed twice."""
        return [part for _, part in self.named_parts() if isinstance(part, Layer)]

    def parameters(self) -> list[Parameter]:
        """Every Parameter of the layer and of all layers inside it, each one once."""
        found = [part for _, part in self.named_parts() if isinstance(part, Parameter)]
        return list({id(parameter): parameter for parameter in found}.values())

    def zero_grad(self) -> None:
        """Forget the gradients of all parameters. Call it before every backward pass."""
        for parameter in self.parameters():
            parameter.zero_grad()

    def train(self, mode: bool = True) -> Self:
        """Let this layer and all inside it know that the network learns. Returns the layer."""
        for layer in self.layers_within():
            layer.training = mode
        return self

    def eval(self) -> Self:
        """Let this layer and all inside it know that the network is used. Returns the layer."""
        return self.train(False)

    def state_dict(self) -> dict[str, Array]:
        """A copy of the data of all parameters and buffers, by name, as in PyTorch."""
        return {name: part.data.copy() for name, part in _kept(self).items()}

    def load_state_dict(self, state: Mapping[str, Array]) -> None:
        """Take over the data of all parameters and buffers, in place; dtypes stay.

        Raises ValueError for names that are missing or unknown, for other shapes and for what is
        no real number, and then changes nothing.
        """
        kept = _kept(self)
        _check_names(self, kept, state)
        for name, array in state.items():
            if np.shape(array) != kept[name].data.shape:
                raise ValueError(
                    f"{_name(self)} expects {name} of shape {kept[name].data.shape}; got "
                    f"{np.shape(array)}. Is it the state of another network?"
                )
            if np.asarray(array).dtype.kind not in "biuf":
                raise ValueError(
                    f"{_name(self)} expects {name} to hold real numbers; got dtype "
                    f"{np.asarray(array).dtype}."
                )
        for name, array in state.items():
            kept[name].data[...] = array

    def windows(self) -> tuple[Window, ...] | None:
        """What one number of y sees of x: a window along each axis of the image.

        () if only the number at its own place, None if all of x. For shapes.summary.
        """
        return ()

    def output_shape(self, shape_in: tuple[int, ...]) -> tuple[int, ...] | None:
        """The shape of y for one sample of shape_in; None: run forward and see.

        For shapes.summary, which runs only what is cheap.
        """
        return None

    def macs(self, shape_in: tuple[int, ...], shape_out: tuple[int, ...]) -> int:
        """Multiplications by weights for one sample of these shapes. For shapes.summary."""
        return 0

    def __repr__(self) -> str:
        inner = [
            f"{name} {value.data.shape}" if isinstance(value, Parameter) else repr(value)
            for name, value in vars(self).items()
            if isinstance(value, Parameter | Layer)
        ]
        return f"{_name(self)}({', '.join(inner)})"

    def _remember(self, memory: Any) -> None:
        self._memory = memory

    def _remembered(self) -> Any:
        if self._memory is None:
            raise RuntimeError(
                f"{_name(self)}.backward needs what forward saw, and forward has not run yet. "
                "Call forward(x) first."
            )
        return self._memory


def _parts(value: Any, name: str) -> Iterator[tuple[str, Layer | Parameter | Buffer]]:
    if isinstance(value, Parameter | Buffer | Layer):
        yield name, value
    inner: dict[str, Any] = {}
    if isinstance(value, Layer):
        inner = value.parts()
    elif isinstance(value, list | tuple):
        inner = {str(place): entry for place, entry in enumerate(value)}
    for key, part in inner.items():
        yield from _parts(part, ".".join(filter(None, (name, key))))


def _kept(layer: Layer) -> dict[str, Parameter | Buffer]:
    kept: dict[str, Parameter | Buffer] = {}
    for name, part in layer.named_parts():
        if isinstance(part, Layer):
            continue
        if name in kept:
            raise ValueError(f"{_name(layer)} has two parameters named {name}. Rename a layer.")
        kept[name] = part
    return kept


def _check_names(
    layer: Layer, kept: Mapping[str, Parameter | Buffer], state: Mapping[str, Array]
) -> None:
    needed = [n for n, part in kept.items() if not (isinstance(part, Buffer) and part.optional)]
    missing = [name for name in needed if name not in state]
    unknown = [name for name in state if name not in kept]
    if missing or unknown:
        found = [
            f"{what} {', '.join(names[:3])}{' and more' if len(names) > 3 else ''}"
            for what, names in (("missing:", missing), ("unknown:", unknown)) if names
        ]
        raise ValueError(
            f"{_name(layer)} expects a state with the names of its parameters; "
            f"{'; '.join(found)}. Is it the state of another network?"
        )


def _name(layer: Layer) -> str:
    return type(layer).__name__
