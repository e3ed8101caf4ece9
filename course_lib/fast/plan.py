"""The plan: what compile returns."""

from course_lib import functional as F
from course_lib.arrays import Array
from course_lib.layers import Layer


class Plan:
    """A network made ready to run. See compile."""

    def __init__(self, model: Layer, loss: str) -> None:
        self.model, self.loss = model, loss

    def forward(self, x: Array) -> Array:
        """The network's answers for x (N, *input_shape)."""
        return self.model.forward(x)

    def step(self, x: Array, targets: Array) -> tuple[float, Array]:
        """The mean loss and the answers; every parameter's grad is replaced."""
        self.model.zero_grad()
        logits = self.model.forward(x)
        loss = getattr(F, self.loss)(logits, targets)
        self.model.backward(getattr(F, f"{self.loss}_backward")(1.0, logits, targets))
        return float(loss), logits


def compile(
    model: Layer,
    input_shape: tuple[int, ...],
    *,
    loss: str = "cross_entropy",
    micro_batch: int | None = None,
    threads: int | None = None,
) -> Plan:
    """A plan for the network."""
    return Plan(model, loss)
