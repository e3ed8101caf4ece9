"""Normalisation of each sample by itself; which values share a mean is said in functional."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import DTypeLike

from course_lib import functional as F
from course_lib.arrays import Array, expect_number, expect_shape, expect_whole, float_array
from course_lib.layers.layer import Layer
from course_lib.layers.parameter import Parameter


class Normalization(Layer):
    """y = weight (x - mean) / sqrt(var + eps) + bias, with weight 1 and bias 0 at first.

    affine=False: neither weight nor bias.
    """

    def __init__(
        self, shape: tuple[int, ...], eps: float, affine: bool, dtype: DTypeLike
    ) -> None:
        expect_number("eps", eps, above=0)
        self.eps = float(eps)
        self.weight = Parameter(np.ones(shape, dtype)) if affine else None
        self.bias = Parameter(np.zeros(shape, dtype)) if affine else None

    @property
    def affine(self) -> tuple[Array | None, Array | None]:
        """The numbers of weight and bias, or None twice."""
        return (
            self.weight.data if self.weight else None,
            self.bias.data if self.bias else None,
        )

    def gather(self, grads: tuple[Array, Array, Array]) -> Array:
        """Add the gradients by weight and bias to theirs; return the one by x."""
        grad_x, grad_weight, grad_bias = grads
        if self.weight and self.bias:
            self.weight.grad += grad_weight
            self.bias.grad += grad_bias
        return grad_x


class LayerNorm(Normalization):
    """Each sample over its last axes, whose lengths are normalized_shape; y of the shape of x.

    weight and bias of that shape, 1 and 0 at first.
    """

    def __init__(
        self,
        normalized_shape: int | Sequence[int],
        eps: float = 1e-5,
        affine: bool = True,
        *,
        dtype: DTypeLike = np.float64,
    ) -> None:
        if isinstance(normalized_shape, Sequence):
            shape = tuple(normalized_shape)
        else:
            shape = (normalized_shape,)
        for length in shape:
            expect_whole("A length in normalized_shape", length, least=1)
        super().__init__(shape, eps, affine, dtype)
        self.normalized_shape = shape

    def forward(self, x: Array) -> Array:
        self._remember(x)
        return F.layer_norm(x, self.normalized_shape, *self.affine, self.eps)

    def backward(self, grad_output: Array) -> Array:
        x, (weight, _) = self._remembered(), self.affine
        return self.gather(
            F.layer_norm_backward(grad_output, x, self.normalized_shape, weight, self.eps)
        )

    def windows(self) -> None:
        return None


class GroupNorm(Normalization):
    """Each sample, and in it each group of neighbouring channels; x (N, C, ...), y likewise.

    weight and bias (C,), 1 and 0 at first.
    """

    def __init__(
        self,
        num_groups: int,
        num_channels: int,
        eps: float = 1e-5,
        affine: bool = True,
        *,
        dtype: DTypeLike = np.float64,
    ) -> None:
        expect_whole("num_groups", num_groups, least=1)
        expect_whole("num_channels", num_channels, least=1)
        if num_channels % num_groups:
            raise ValueError(
                f"GroupNorm cannot split {num_channels} channels into {num_groups} groups of "
                "equal size. num_groups must divide num_channels."
            )
        super().__init__((num_channels,), eps, affine, dtype)
        self.num_groups = num_groups

    def forward(self, x: Array) -> Array:
        self._remember(x)
        return F.group_norm(x, self.num_groups, *self.affine, self.eps)

    def backward(self, grad_output: Array) -> Array:
        x, (weight, _) = self._remembered(), self.affine
        return self.gather(
            F.group_norm_backward(grad_output, x, self.num_groups, weight, self.eps)
        )

    def windows(self) -> None:
        return None


class InstanceNorm2d(Normalization):
    """Each channel of each image by itself: x (N, C, H, W); y of the same shape.

    affine=True: weight and bias (C,), 1 and 0 at first. (PyTorch's default is without, too.)
    """

    def __init__(
        self,
        num_features: int,
        eps: float = 1e-5,
        affine: bool = False,
        *,
        dtype: DTypeLike = np.float64,
    ) -> None:
        expect_whole("num_features", num_features, least=1)
        super().__init__((num_features,), eps, affine, dtype)
        self.num_features = num_features

    def forward(self, x: Array) -> Array:
        x = float_array("InstanceNorm2d", "x", x)
        expect_shape("InstanceNorm2d", "x", x, ("N", self.num_features, "H", "W"))
        self._remember(x)
        return F.instance_norm(x, *self.affine, self.eps)

    def backward(self, grad_output: Array) -> Array:
        x, (weight, _) = self._remembered(), self.affine
        return self.gather(F.instance_norm_backward(grad_output, x, weight, self.eps))

    def windows(self) -> None:
        return None
