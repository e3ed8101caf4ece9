"""Batch normalisation: each channel over the whole batch, with a memory for later."""

from typing import ClassVar

import numpy as np
from numpy.typing import DTypeLike

from course_lib import functional as F
from course_lib.arrays import Array, expect_number, expect_whole, float_array
from course_lib.layers.normalization import Normalization
from course_lib.layers.parameter import Buffer


class _BatchNorm(Normalization):
    """In training by the batch's mean and variance; else by the running ones."""

    ranks: ClassVar[tuple[int, ...]]
    expected: ClassVar[str]

    def __init__(
        self,
        num_features: int,
        eps: float = 1e-5,
        momentum: float = 0.1,
        affine: bool = True,
        *,
        dtype: DTypeLike = np.float64,
    ) -> None:
        expect_whole("num_features", num_features, least=1)
        expect_number("momentum", momentum, least=0, most=1)
        super().__init__((num_features,), eps, affine, dtype)
        self.momentum = float(momentum)
        self.running_mean = Buffer(np.zeros(num_features, dtype))
        self.running_var = Buffer(np.ones(num_features, dtype))
        self.num_batches_tracked = Buffer(np.array(0), optional=True)

    def forward(self, x: Array) -> Array:
        """y of the shape of x. In training the running mean and variance move on."""
        x = self._checked(x)
        running = self.running_mean.data, self.running_var.data
        self._remember((x, *running, self.training))
        y, self.running_mean.data, self.running_var.data = F.batch_norm(
            x, *running, *self.affine, self.training, self.momentum, self.eps
        )
        if self.training:
            self.num_batches_tracked.data += 1
        return y

    def backward(self, grad_output: Array) -> Array:
        """dE/dx of the shape of x."""
        x, mean, var, training = self._remembered()
        weight, _ = self.affine
        return self.gather(
            F.batch_norm_backward(
                grad_output, x, mean, var, weight, training, self.momentum, self.eps
            )
        )

    def _checked(self, x: Array) -> Array:
        name, channels = type(self).__name__, len(self.running_mean.data)
        x = float_array(name, "x", x)
        if x.ndim not in self.ranks or x.shape[1] != channels:
            raise ValueError(
                f"{name} expects x of shape {self.expected} with {channels} channels; got "
                f"{x.shape}."
            )
        return x


class BatchNorm1d(_BatchNorm):
    """Each feature over the batch: x (N, C) or (N, C, L); y of the same shape.

    weight and bias (C,), 1 and 0 at first. In training running_mean and running_var move towards
    those of the batch by the share momentum; after it they are used.
    """

    ranks = (2, 3)
    expected = "(N, C) or (N, C, L)"


class BatchNorm2d(_BatchNorm):
    """Each channel over all pixels of the batch: x (N, C, H, W); y of the same shape.

    weight and bias (C,), 1 and 0 at first. In training running_mean and running_var move towards
    those of the batch by the share momentum; after it they are used.
    """

    ranks = (4,)
    expected = "(N, C, H, W)"
