"""The maxout layer."""

import numpy as np
from numpy.typing import DTypeLike

from course_lib import functional as F
from course_lib.arrays import Array, expect_whole
from course_lib.layers.layer import Layer
from course_lib.layers.parameter import Parameter, drawn_weight


class Maxout(Layer):
    """y = the largest of several linear layers, neuron by neuron.

    x (N, in_features) -> y (N, out_features). weight (pieces, out_features, in_features), drawn
    with variance 2 / in_features; bias (pieces, out_features), zero at first.
    """

    def __init__(
        self,
        in_features: int,
        out_features: int,
        pieces: int = 2,
        *,
        rng: np.random.Generator,
        dtype: DTypeLike = np.float64,
    ) -> None:
        expect_whole("in_features", in_features, least=1)
        expect_whole("out_features", out_features, least=1)
        expect_whole("pieces", pieces, least=1)
        flat = drawn_weight((pieces * out_features, in_features), rng, dtype)
        self.weight = Parameter(flat.data.reshape(pieces, out_features, in_features))
        self.bias = Parameter(np.zeros((pieces, out_features), dtype))

    def forward(self, x: Array) -> Array:
        """y of shape (N, out_features)."""
        self._remember(x)
        return F.maxout(x, self.weight.data, self.bias.data)

    def backward(self, grad_output: Array) -> Array:
        """dE/dx of shape (N, in_features)."""
        grad_x, grad_weight, grad_bias = F.maxout_backward(
            grad_output, self._remembered(), self.weight.data, self.bias.data
        )
        self.weight.grad += grad_weight
        self.bias.grad += grad_bias
        return grad_x
