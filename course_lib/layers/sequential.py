"""Layers in a row: the output of one is the input of the next."""

from typing import Any

from course_lib.arrays import Array
from course_lib.layers.layer import Layer
from course_lib.layers.members import named, shown


class Sequential(Layer):
    """y = f_n(... f_2(f_1(x))), and the chain rule from the last layer to the first.

    Layers may be named, Sequential(conv=Conv2d(...), relu=ReLU()); the names are those of the
    state ("conv.weight"). Without one a layer is called by its place ("0.weight").
    Raises TypeError for anything but layers, ValueError if one layer object stands in two
    places: it could remember only the last of its inputs, and its gradient would be wrong.
    """

    def __init__(self, *layers: Layer, **named_layers: Layer) -> None:
        self._members = named("Sequential", layers, named_layers)

    @property
    def layers(self) -> tuple[Layer, ...]:
        """The layers, the first one first."""
        return tuple(self._members.values())

    def forward(self, x: Array) -> Array:
        """The output of the last layer."""
        for layer in self.layers:
            x = layer.forward(x)
        return x

    def backward(self, grad_output: Array) -> Array:
        """dE/dx: each layer turns the gradient by its output into the one by its input."""
        for layer in reversed(self.layers):
            grad_output = layer.backward(grad_output)
        return grad_output

    def parts(self) -> dict[str, Any]:
        others = dict(vars(self))
        del others["_members"]
        return {**self._members, **others}

    def __len__(self) -> int:
        return len(self.layers)

    def __getitem__(self, place: int | str) -> Layer:
        return self._members[place] if isinstance(place, str) else self.layers[place]

    def __repr__(self) -> str:
        return shown("Sequential", self._members)
