"""Steps scaled weight by weight: where gradients were large, the step is small."""

from collections.abc import Sequence

import numpy as np

from course_lib.arrays import Array
from course_lib.layers.parameter import Parameter
from course_lib.optim.optimizer import Memory, Optimizer
from course_lib.optim.settings import setting


class AdaGrad(Optimizer):
    """w = w - lr g / (sqrt(s) + eps), with s = s + g^2: steps that only shrink.

    Source: Duchi et al. 2011.
    """

    keeps = ("sum",)

    def __init__(
        self,
        parameters: Sequence[Parameter],
        lr: float = 1e-2,
        weight_decay: float = 0.0,
        eps: float = 1e-10,
    ) -> None:
        super().__init__(parameters, lr, weight_decay)
        self.eps = setting("eps", eps, least=0)

    def _change(self, grad: Array, memory: Memory) -> Array:
        total = memory["sum"]
        total += grad * grad
        change: Array = self.lr * grad / (np.sqrt(total) + self.eps)
        return change


class RMSprop(Optimizer):
    """w = w - lr g / (sqrt(s) + eps), with s = alpha s + (1 - alpha) g^2: AdaGrad that forgets.

    With momentum the step runs through v = momentum v + g / (sqrt(s) + eps), as in SGD.
    Source: Tieleman and Hinton 2012, lecture 6.5; PyTorch's form.
    """

    keeps = ("square_avg", "momentum_buffer")

    def __init__(
        self,
        parameters: Sequence[Parameter],
        lr: float = 1e-2,
        alpha: float = 0.99,
        eps: float = 1e-8,
        weight_decay: float = 0.0,
        momentum: float = 0.0,
    ) -> None:
        super().__init__(parameters, lr, weight_decay)
        self.alpha = setting("alpha", alpha, least=0, below=1)
        self.eps = setting("eps", eps, least=0)
        self.momentum = setting("momentum", momentum, least=0, below=1)

    def _change(self, grad: Array, memory: Memory) -> Array:
        mean, velocity = memory["square_avg"], memory["momentum_buffer"]
        mean *= self.alpha
        mean += (1 - self.alpha) * grad * grad
        velocity *= self.momentum
        velocity += grad / (np.sqrt(mean) + self.eps)
        return self.lr * velocity
