"""Stochastic gradient descent, plain, with momentum and with Nesterov's momentum."""

from collections.abc import Sequence

from course_lib.arrays import Array
from course_lib.layers.parameter import Parameter
from course_lib.optim.optimizer import Memory, Optimizer
from course_lib.optim.settings import setting


class SGD(Optimizer):
    """w = w - lr v, with v = momentum v + g: a ball that rolls on.

    g is the gradient, v its running sum, 0 at first. With nesterov=True the step is
    lr (g + momentum v), the gradient looked up where the momentum leads. momentum=0 is plain
    gradient descent. AlexNet: momentum 0.9 and weight_decay 5e-4 (the deck prints 5e-5).
    Source: RWTH 000:273-284, Wuppertal 001:653; PyTorch's form of Sutskever et al. 2013.
    """

    keeps = ("momentum_buffer",)

    def __init__(
        self,
        parameters: Sequence[Parameter],
        lr: float = 1e-3,
        momentum: float = 0.0,
        weight_decay: float = 0.0,
        nesterov: bool = False,
    ) -> None:
        super().__init__(parameters, lr, weight_decay)
        self.momentum = setting("momentum", momentum, least=0, below=1)
        self.nesterov = nesterov
        if nesterov and not momentum:
            raise ValueError("SGD with nesterov=True expects a momentum above 0; got 0.")

    def _change(self, grad: Array, memory: Memory) -> Array:
        velocity = memory["momentum_buffer"]
        velocity *= self.momentum
        velocity += grad
        if self.nesterov:
            return self.lr * (grad + self.momentum * velocity)
        return self.lr * velocity
