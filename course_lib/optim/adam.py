"""Adam: momentum, and steps scaled weight by weight."""

from collections.abc import Sequence

import numpy as np

from course_lib.arrays import Array
from course_lib.layers.parameter import Parameter
from course_lib.optim.optimizer import Memory, Optimizer
from course_lib.optim.settings import setting


class Adam(Optimizer):
    """w = w - lr m' / (sqrt(s') + eps), with running means m of g and s of g^2.

    m = beta1 m + (1 - beta1) g and s = beta2 s + (1 - beta2) g^2, both 0 at first and so too
    small in the beginning; m' = m / (1 - beta1^t) and s' = s / (1 - beta2^t) put that right at
    step t. The first step has length lr in every weight.
    Source: Kingma and Ba 2015.
    """

    keeps = ("exp_avg", "exp_avg_sq")

    def __init__(
        self,
        parameters: Sequence[Parameter],
        lr: float = 1e-3,
        betas: tuple[float, float] = (0.9, 0.999),
        eps: float = 1e-8,
        weight_decay: float = 0.0,
    ) -> None:
        super().__init__(parameters, lr, weight_decay)
        if not isinstance(betas, tuple | list) or len(betas) != 2:
            raise ValueError(f"betas is a pair (beta1, beta2); got {betas!r}.")
        self.beta1 = setting("beta1", betas[0], least=0, below=1)
        self.beta2 = setting("beta2", betas[1], least=0, below=1)
        self.eps = setting("eps", eps, least=0)

    def _change(self, grad: Array, memory: Memory) -> Array:
        mean, square = memory["exp_avg"], memory["exp_avg_sq"]
        mean *= self.beta1
        mean += (1 - self.beta1) * grad
        square *= self.beta2
        square += (1 - self.beta2) * grad * grad
        unbiased_mean = mean / (1 - self.beta1**self.steps)
        unbiased_square = square / (1 - self.beta2**self.steps)
        change: Array = self.lr * unbiased_mean / (np.sqrt(unbiased_square) + self.eps)
        return change


class AdamW(Adam):
    """Adam whose weight decay shrinks the weights themselves: w = (1 - lr weight_decay) w first.

    In Adam the decay runs through the gradient and is scaled away with it where gradients are
    large. Source: Loshchilov and Hutter 2019.
    """

    def __init__(
        self,
        parameters: Sequence[Parameter],
        lr: float = 1e-3,
        betas: tuple[float, float] = (0.9, 0.999),
        eps: float = 1e-8,
        weight_decay: float = 1e-2,
    ) -> None:
        super().__init__(parameters, lr, betas, eps)
        self.decoupled_decay = setting("weight_decay", weight_decay, least=0)

    def step(self) -> None:
        """Shrink every parameter, then change it as Adam does."""
        for parameter in self.parameters:
            parameter.data *= 1 - self.lr * self.decoupled_decay
        super().step()
