"""From images to rows of features."""

from math import prod

from course_lib.arrays import Array, float_array
from course_lib.layers.layer import Layer


class Flatten(Layer):
    """Every sample as a row: (N, C, H, W) -> (N, C H W), channel by channel, row by row."""

    def forward(self, x: Array) -> Array:
        x = float_array("Flatten", "x", x)
        if x.ndim < 2:
            raise ValueError(
                f"Flatten expects a batch, x of shape (N, ...); got {x.shape}. "
                "For a batch of one write x[np.newaxis]."
            )
        self._remember(x.shape)
        return x.reshape(len(x), prod(x.shape[1:]))

    def backward(self, grad_output: Array) -> Array:
        shape: tuple[int, ...] = self._remembered()
        return grad_output.reshape(shape)
