"""What a layer learns: numbers and the gradient gathered for them."""

import numpy as np
from numpy.typing import DTypeLike

from course_lib.arrays import Array, float_array


class Parameter:
    """`data`, an array that training changes, and `grad`, the gradient gathered so far.

    Both have the same shape and dtype. Raises TypeError for data that is not float64 or float32.
    """

    def __init__(self, data: Array) -> None:
        self.data: Array = np.array(float_array("Parameter", "data", data))
        self.grad: Array = np.zeros_like(self.data)

    def zero_grad(self) -> None:
        """Forget the gradient gathered so far."""
        self.grad[...] = 0

    def __repr__(self) -> str:
        return f"Parameter{self.data.shape}"


def drawn_weight(shape: tuple[int, ...], rng: np.random.Generator, dtype: DTypeLike) -> Parameter:
    """Normal numbers with variance 2 / fan_in; shape (n_out, ...) and fan_in counts the rest.

    With ReLU this keeps the second moment of the activations near 1 (He et al. 2015).
    """
    if not isinstance(rng, np.random.Generator):
        raise TypeError(
            f"rng is a random generator; got {rng!r}. Did you mean rng=np.random.default_rng(0)?"
        )
    fan_in = int(np.prod(shape[1:]))
    return Parameter((rng.standard_normal(shape) * np.sqrt(2 / fan_in)).astype(dtype))
