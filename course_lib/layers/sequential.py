"""Layers in a row: the output of one is the input of the next."""

from course_lib.arrays import Array
from course_lib.layers.layer import Layer, layers_within


class Sequential(Layer):
    """y = f_n(... f_2(f_1(x))), and the chain rule from the last layer to the first.

    Raises TypeError for anything but layers, ValueError if one layer object stands in two
    places: it could remember only the last of its inputs, and its gradient would be wrong.
    """

    def __init__(self, *layers: Layer) -> None:
        for place, layer in enumerate(layers):
            _check_is_layer(place, layer)
        self.layers = layers
        _check_each_stands_once(self)

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

    def __len__(self) -> int:
        return len(self.layers)

    def __getitem__(self, place: int) -> Layer:
        return self.layers[place]

    def __repr__(self) -> str:
        return f"Sequential({', '.join(map(repr, self.layers))})"


def _check_is_layer(place: int, layer: object) -> None:
    if isinstance(layer, Layer):
        return
    if isinstance(layer, type) and issubclass(layer, Layer):
        got, advice = f"the class {layer.__name__}", f"Did you mean {layer.__name__}(...)?"
    elif isinstance(layer, list | tuple):
        got, advice = f"a {type(layer).__name__}", "Did you mean Sequential(*layers)?"
    else:
        got, advice = f"a {type(layer).__name__}", "Let your own class inherit from layers.Layer."
    raise TypeError(f"Sequential expects layers; got {got} at place {place}. {advice}")


def _check_each_stands_once(network: Sequential) -> None:
    places: dict[int, str] = {}
    for place, outer in enumerate(network.layers):
        for layer in layers_within(outer):
            where = f"at place {place}" if layer is outer else f"inside place {place}"
            if id(layer) in places:
                name = type(layer).__name__
                raise ValueError(
                    f"Sequential expects every layer object once; the same {name} stands "
                    f"{places[id(layer)]} and {where}. It remembers only its last input, so "
                    f"make a second {name}."
                )
            places[id(layer)] = where
