"""Networks without convolutions: the perceptron and the multilayer perceptron."""

from collections.abc import Callable, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import DTypeLike

from course_lib import functional as F
from course_lib.arrays import Array, expect_whole
from course_lib.init import Initializer, he, zeros
from course_lib.layers import Flatten, Layer, ReLU, Sequential
from course_lib.models.making import Maker


class Step(Layer):
    """1 if x > 0, else 0. backward hands the gradient on as it is.

    The true derivative is 0, and nothing could be learned from it. With this backward pass and
    the gradient y - t of the squared error, a gradient step is the perceptron's learning rule.
    """

    def forward(self, x: Array) -> Array:
        self._remember(x)
        return F.step(x)

    def backward(self, grad_output: Array) -> Array:
        self._remembered()
        return grad_output


def perceptron(
    n_in: int,
    n_out: int = 1,
    *,
    rng: np.random.Generator,
    init: Initializer = zeros,
    dtype: DTypeLike = np.float32,
) -> Sequential:
    """y = step(W x + b): neurons that fire or do not. x (N, n_in) -> y (N, n_out), 0 or 1.

    Weights begin at 0 unless init says otherwise. Raises as layers.Linear does.
    Source: RWTH 000:62-93; Rosenblatt 1958.
    """
    return Sequential(fc=Maker(rng, init, dtype).linear(n_in, n_out), step=Step())


def mlp(
    sizes: Sequence[int] = (784, 300, 100, 10),
    activation: Callable[[], Layer] = ReLU,
    *,
    rng: np.random.Generator,
    init: Initializer = he,
    dtype: DTypeLike = np.float32,
) -> Sequential:
    """Linear layers with an activation between any two: 784-300-100-10 reads digits.

    x (N, ...), flattened to (N, sizes[0]) -> logits (N, sizes[-1]). Layers are named fc1, fc2,
    ... Raises ValueError for fewer than two sizes, TypeError for sizes that are not whole.
    Source: RWTH 000:456-467 (266,610 parameters).
    """
    if len(sizes) < 2:
        raise ValueError(
            f"mlp expects the numbers of inputs and outputs at least; got {tuple(sizes)}. "
            "Did you mean mlp((784, 10), ...)?"
        )
    for size in sizes:
        expect_whole("A size in sizes", size, least=1)
    make = Maker(rng, init, dtype)
    members: dict[str, Layer] = {"flatten": Flatten()}
    for place, (n_in, n_out) in enumerate(pairwise(sizes), start=1):
        members[f"fc{place}"] = make.linear(n_in, n_out)
        if place < len(sizes) - 1:
            members[f"act{place}"] = activation()
    return Sequential(**members)
