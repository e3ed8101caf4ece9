"""The residual connection: the input goes around some layers and is added to what they make."""

from typing import Any

from course_lib.arrays import Array
from course_lib.layers.layer import Layer
from course_lib.layers.members import named


class Residual(Layer):
    """y = h(R(x) + g(x)): body R, shortcut g (None: x itself), activation h (None: none).

    R and g make the same shape. Where R changes the shape of x, g is a 1 x 1 convolution. With
    R = 0 and neither g nor h, y = x: a deep stack can start as the identity.
    The state has the names of torchvision's blocks: those of the body as they are, those of
    the shortcut under "downsample".
    Raises TypeError for anything but layers, ValueError for one layer object in two places and,
    in forward, for shapes that differ.
    Source: Wuppertal 001:738-775 (there the letters F and H are exchanged); He et al. 2016.
    """

    def __init__(
        self, body: Layer, shortcut: Layer | None = None, activation: Layer | None = None
    ) -> None:
        given = {"body": body, "shortcut": shortcut, "activation": activation}
        named("Residual", (), {name: layer for name, layer in given.items() if layer is not None})
        self.body, self.shortcut, self.activation = body, shortcut, activation

    def forward(self, x: Array) -> Array:
        """y of the shape of the body's output."""
        residual = self.body.forward(x)
        around = self.shortcut.forward(x) if self.shortcut else x
        if residual.shape != around.shape:
            raise ValueError(
                f"Residual expects its body and its shortcut to make the same shape; got "
                f"{residual.shape} and {around.shape}. Does the shortcut need a 1 x 1 convolution?"
            )
        y = residual + around
        return self.activation.forward(y) if self.activation else y

    def backward(self, grad_output: Array) -> Array:
        """dE/dx: the sum goes back to both ways, and x gets what comes back on both."""
        if self.activation:
            grad_output = self.activation.backward(grad_output)
        around = self.shortcut.backward(grad_output) if self.shortcut else grad_output
        return self.body.backward(grad_output) + around

    def parts(self) -> dict[str, Any]:
        others = dict(vars(self))
        return {"": others.pop("body"), "downsample": others.pop("shortcut"), **others}
