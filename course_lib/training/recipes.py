"""How this project trains networks to read handwriting: every setting, in one place.

The settings were chosen with the last 10,000 of the 60,000 training digits held out; the test
digits had no say.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from course_lib.data import Augmentation
from course_lib.layers import Parameter, Sequential
from course_lib.models import lenet5, mlp
from course_lib.optim import SGD, AdamW, Optimizer


@dataclass(frozen=True)
class Recipe:
    """What is trained and how; the learning rate falls to 0 along half a cosine.

    make(rng=rng): the network, for images (N, 1, 28, 28); optimizer(parameters): what changes
    its weights; augment: what `--augment` changes in the images of a batch.
    """

    make: Callable[..., Sequential]
    optimizer: Callable[[list[Parameter]], Optimizer]
    augment: Augmentation
    epochs: int = 10
    batch_size: int = 64


WARPS = Augmentation(shift=1, rotate=10, scale=0.1)
RECIPES = {
    "lenet5": Recipe(
        partial(lenet5, "modern", n_in=28), partial(AdamW, lr=2e-3, weight_decay=0.1), WARPS,
        batch_size=32,
    ),
    "mlp": Recipe(mlp, partial(SGD, lr=0.1, momentum=0.9, weight_decay=4e-4), WARPS),
}
