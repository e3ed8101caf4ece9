"""The maxout layer."""

from math import prod

import numpy as np
from numpy.typing import DTypeLike

from course_lib import functional as F
from course_lib.arrays import Array, expect_whole
from course_lib.init import Initializer, he, zeros
from course_lib.layers.layer import Layer
from course_lib.layers.parameter import Parameter


class Maxout(Layer):
    """y = the largest of several linear layers, neuron by neuron.

    x (N, in_features) -> y (N, out_features). weight (pieces, out_features, in_features), drawn
    by `init` (variance 2 / in_features); bias (pieces, out_features), zero at first.
    """

    def __init__(
        self,
        in_features: int,
        out_features: int,
        pieces: int = 2,
        *,
        rng: np.random.Generator,
        init: Initializer = he,
        dtype: DTypeLike = np.float64,
    ) -> None:
        expect_whole("in_features", in_features, least=1)
        expect_whole("out_features", out_features, least=1)
        expect_whole("pieces", pieces, least=1)
        rows = init((pieces * out_features, in_features), rng=rng, dtype=dtype)
        self.weight = Parameter(rows.reshape(pieces, out_features, in_features))
        self.bias = Parameter(zeros((pieces, out_features), dtype=dtype))

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

    def windows(self) -> None:
        return None

    def macs(self, shape_in: tuple[int, ...], shape_out: tuple[int, ...]) -> int:
        return prod(shape_in) * len(self.weight.data.reshape(-1, self.weight.data.shape[2]))
