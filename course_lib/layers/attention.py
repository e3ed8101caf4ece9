"""Self-attention: every entry of a sequence looks at all entries."""

import numpy as np
from numpy.typing import DTypeLike

from course_lib import functional as F
from course_lib.arrays import Array
from course_lib.init import Initializer, xavier
from course_lib.layers.layer import Layer
from course_lib.layers.linear import Linear


class SelfAttention(Layer):
    """y = softmax(Q K^T / sqrt(E)) V, with Q, K and V linear layers of the same x; one head.

    x (N, L, in_features) -> y (N, L, out_features); Q and K have E = out_features, too. No
    biases: that of K would change nothing, since softmax does not see what all scores share.
    is_causal: an entry looks at itself and at earlier ones only. Drawn by `init` (variance
    2 / (fan_in + fan_out)). Source: Bonn 004:718-720; Vaswani et al. 2017.
    """

    def __init__(
        self,
        in_features: int,
        out_features: int,
        *,
        is_causal: bool = False,
        rng: np.random.Generator,
        init: Initializer = xavier,
        dtype: DTypeLike = np.float64,
    ) -> None:
        self.query, self.key, self.value = (
            Linear(in_features, out_features, bias=False, rng=rng, init=init, dtype=dtype)
            for _ in range(3)
        )
        self.is_causal = is_causal

    def forward(self, x: Array) -> Array:
        """y of shape (N, L, out_features)."""
        q, k, v = self.query.forward(x), self.key.forward(x), self.value.forward(x)
        self._remember((q, k, v))
        return F.scaled_dot_product_attention(q, k, v, is_causal=self.is_causal)

    def backward(self, grad_output: Array) -> Array:
        """dE/dx: x comes in three times, so three gradients add up."""
        q, k, v = self._remembered()
        grad_q, grad_k, grad_v = F.scaled_dot_product_attention_backward(
            grad_output, q, k, v, is_causal=self.is_causal
        )
        return (
            self.query.backward(grad_q) + self.key.backward(grad_k) + self.value.backward(grad_v)
        )
