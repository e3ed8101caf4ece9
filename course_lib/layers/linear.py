"""The fully connected layer."""

from math import prod

import numpy as np
from numpy.typing import DTypeLike

from course_lib import functional as F
from course_lib.arrays import Array, expect_whole, float_array
from course_lib.init import Initializer, he, zeros
from course_lib.layers.layer import Layer
from course_lib.layers.parameter import Parameter


class Linear(Layer):
    """y = x W^T + b.

    x (N, in_features) -> y (N, out_features). weight (out_features, in_features), drawn by
    `init` (variance 2 / in_features); bias (out_features,), zero at first, or None.
    """

    def __init__(
        self,
        in_features: int,
        out_features: int,
        bias: bool = True,
        *,
        rng: np.random.Generator,
        init: Initializer = he,
        dtype: DTypeLike = np.float64,
    ) -> None:
        expect_whole("in_features", in_features, least=1)
        expect_whole("out_features", out_features, least=1)
        self.weight = Parameter(init((out_features, in_features), rng=rng, dtype=dtype))
        self.bias = Parameter(zeros((out_features,), dtype=dtype)) if bias else None

    def forward(self, x: Array) -> Array:
        """y of shape (N, out_features)."""
        x = self._checked(x)
        self._remember(x)
        return F.linear(x, self.weight.data, self.bias.data if self.bias else None)

    def backward(self, grad_output: Array) -> Array:
        """dE/dx of shape (N, in_features)."""
        grads = F.linear_backward(grad_output, self._remembered(), self.weight.data)
        grad_x, grad_weight, grad_bias = grads
        self.weight.grad += grad_weight
        if self.bias:
            self.bias.grad += grad_bias
        return grad_x

    def windows(self) -> None:
        return None

    def macs(self, shape_in: tuple[int, ...], shape_out: tuple[int, ...]) -> int:
        n_in: int = self.weight.data.shape[1]
        return prod(shape_out) * n_in

    def _checked(self, x: Array) -> Array:
        x = float_array("Linear", "x", x)
        n_out, n_in = self.weight.data.shape
        if x.ndim == 0 or x.shape[-1] != n_in:
            advice = ""
            if x.ndim > 1 and x.size == len(x) * n_in:
                advice = " Did you mean x.reshape(len(x), -1)?"
            elif x.ndim:
                advice = f" Did you mean Linear({x.shape[-1]}, {n_out})?"
            raise ValueError(
                f"Linear expects x with {n_in} features; got shape {x.shape}.{advice}"
            )
        return x
