"""LeNet-5, the network that read handwritten digits: as it was, and as it is taught."""

from typing import Literal, get_args

import numpy as np
from numpy.typing import DTypeLike

from course_lib.init import Initializer, he, lecun
from course_lib.layers import Flatten, MaxPool2d, ReLU, Sequential
from course_lib.models.lenet_1998 import (
    CONNECTIONS,
    PartialConv2d,
    RadialOutput,
    ScaledTanh,
    SubSampling2d,
)
from course_lib.models.making import Maker

Variant = Literal["1998", "modern", "rwth"]


def lenet5(
    variant: Variant = "modern",
    *,
    n_in: int = 32,
    rng: np.random.Generator,
    init: Initializer | None = None,
    dtype: DTypeLike = np.float32,
) -> Sequential:
    """conv - pool - conv - pool - 120 - 84 - 10. x (N, 1, n_in, n_in) -> (N, 10).

    "1998": as published: scaled tanh, sub-sampling with a trained gain, a second convolution
    whose maps see some maps of the first only, and distances to drawn digits at the end: 60,000
    parameters. "modern": ReLU, maximum pooling, logits: 61,706. "rwth": the same with 100 units
    in place of 84: 63,802. n_in: 32, or 28 (MNIST's images, with a border of two zeros).
    init: LeCun's for "1998" and He's for the others, unless it is given.
    Raises ValueError for other variants and other n_in.
    Source: LeCun et al. 1998; RWTH 000:551-563, Wuppertal 001:623-636, Bonn 004:539-574.
    """
    if variant not in get_args(Variant):
        raise ValueError(f"variant is '1998', 'modern' or 'rwth'; got {variant!r}.")
    if n_in not in (28, 32):
        raise ValueError(
            f"lenet5 expects n_in=32, or 28 (then two zeros are put around the image); got {n_in}."
        )
    padding = (32 - n_in) // 2
    if variant == "1998":
        return _published(Maker(rng, init or lecun, dtype, "strict"), padding)
    hidden = 100 if variant == "rwth" else 84
    return _taught(Maker(rng, init or he, dtype, "strict"), padding, hidden)


def _taught(make: Maker, padding: int, hidden: int) -> Sequential:
    return Sequential(
        conv1=make.conv(1, 6, 5, 1, padding), relu1=ReLU(), pool1=MaxPool2d(2),
        conv2=make.conv(6, 16, 5), relu2=ReLU(), pool2=MaxPool2d(2),
        flatten=Flatten(),
        fc1=make.linear(400, 120), relu3=ReLU(),
        fc2=make.linear(120, hidden), relu4=ReLU(),
        fc3=make.linear(hidden, 10),
    )


def _published(make: Maker, padding: int) -> Sequential:
    """Layers by the paper's names."""
    return Sequential(
        c1=make.conv(1, 6, 5, 1, padding), act1=ScaledTanh(),
        s2=SubSampling2d(6, dtype=make.dtype), act2=ScaledTanh(),
        c3=PartialConv2d(CONNECTIONS, 5, rng=make.rng, init=make.init, dtype=make.dtype),
        act3=ScaledTanh(),
        s4=SubSampling2d(16, dtype=make.dtype), act4=ScaledTanh(),
        c5=make.conv(16, 120, 5), act5=ScaledTanh(), flatten=Flatten(),
        f6=make.linear(120, 84), act6=ScaledTanh(),
        output=RadialOutput(dtype=make.dtype),
    )
