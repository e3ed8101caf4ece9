"""Dropout as a layer; the formula is in course_lib.functional."""

import numpy as np

from course_lib import functional as F
from course_lib.arrays import Array, expect_number
from course_lib.functional.dropout import checked_rng
from course_lib.layers.layer import Layer


class Dropout(Layer):
    """In training x mask / (1 - p), each value dropped with probability p; else x.

    A fresh mask is drawn from rng at every forward pass.
    """

    def __init__(self, p: float = 0.5, *, rng: np.random.Generator) -> None:
        expect_number("p", p, least=0, below=1)
        self.p = p
        self.rng = checked_rng("Dropout", rng)

    def forward(self, x: Array) -> Array:
        y, mask = F.dropout(x, self.p, self.training, rng=self.rng)
        self._remember((mask, self.training))
        return y

    def backward(self, grad_output: Array) -> Array:
        mask, training = self._remembered()
        return F.dropout_backward(grad_output, mask, self.p, training)
