"""How the layers of a model begin."""

from dataclasses import dataclass
from typing import Required, TypedDict

import numpy as np
from numpy.typing import DTypeLike

from course_lib.functional.windows import Padding, Pair
from course_lib.init import Initializer
from course_lib.layers import BatchNorm2d, Conv2d, ConvTranspose2d, Dropout, Linear
from course_lib.shapes import Rounding


class Start(TypedDict, total=False):
    """What every model takes by keyword; only rng has to be given."""

    rng: Required[np.random.Generator]
    init: Initializer
    dtype: DTypeLike


@dataclass(frozen=True)
class Maker:
    """Makes layers whose weights `init` draws from rng, all in one dtype.

    Sizes that do not fit are rounded down, as in the libraries that the published networks were
    trained with; say rounding="strict" where the sizes of a paper fit.
    """

    rng: np.random.Generator
    init: Initializer
    dtype: DTypeLike
    rounding: Rounding = "floor"

    def conv(
        self,
        n_in: int,
        n_out: int,
        kernel_size: Pair,
        stride: Pair = 1,
        padding: Padding = 0,
        *,
        groups: int = 1,
        bias: bool = True,
    ) -> Conv2d:
        """A convolution."""
        return Conv2d(
            n_in, n_out, kernel_size, stride, padding, 1, groups, bias,
            rounding=self.rounding, rng=self.rng, init=self.init, dtype=self.dtype,
        )

    def up(self, n_in: int, n_out: int, kernel_size: int, stride: int, padding: int = 0
           ) -> ConvTranspose2d:
        """A transposed convolution."""
        return ConvTranspose2d(
            n_in, n_out, kernel_size, stride, padding,
            rng=self.rng, init=self.init, dtype=self.dtype,
        )

    def linear(self, n_in: int, n_out: int) -> Linear:
        """A fully connected layer."""
        return Linear(n_in, n_out, rng=self.rng, init=self.init, dtype=self.dtype)

    def norm(self, channels: int, eps: float = 1e-5) -> BatchNorm2d:
        """A batch normalisation."""
        return BatchNorm2d(channels, eps, dtype=self.dtype)

    def dropout(self, p: float) -> Dropout:
        """A dropout that draws from the same rng."""
        return Dropout(p, rng=self.rng)
