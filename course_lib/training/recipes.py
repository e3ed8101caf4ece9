"""How this project trains networks to read handwriting: every setting, in one place.

The settings were chosen with the last 10,000 of the 60,000 training digits held out; the test
digits had no say.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from course_lib.data import Augmentation
from course_lib.layers import Sequential
from course_lib.models import lenet5, mlp


@dataclass(frozen=True)
class Recipe:
    """SGD with momentum, whose rate falls from `rate` to 0 along half a cosine, once an epoch.

    make(rng=rng): the network, for images (N, 1, 28, 28); augment: what `--augment` changes in
    the images of a batch.
    """

    make: Callable[..., Sequential]
    epochs: int
    batch_size: int
    rate: float
    momentum: float
    weight_decay: float
    augment: Augmentation


def small_lenet5(*, rng: np.random.Generator) -> Sequential:
    """lenet5 for images of 28 x 28."""
    return lenet5("modern", n_in=28, rng=rng)


WARPS = Augmentation(shift=2, rotate=10, scale=0.1)
RECIPES = {
    "lenet5": Recipe(small_lenet5, 10, 64, 0.05, 0.9, 5e-4, WARPS),
    "mlp": Recipe(mlp, 10, 64, 0.05, 0.9, 1e-4, WARPS),
}
