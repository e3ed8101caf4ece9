"""What a network costs: parameters, bytes."""

from typing import Any, Protocol

import numpy as np
from numpy.typing import DTypeLike

from course_lib.arrays import expect_whole


class Network(Protocol):
    """What is asked of a network here; every layer of course_lib.layers has it.

    Sizes and counts know layers by these methods only, and import none of them.
    """

    def forward(self, x: Any) -> Any: ...
    def named_parts(self) -> list[tuple[str, Any]]: ...
    def layers_within(self) -> list[Any]: ...


def count_params(model: Network, *, bias: bool = True) -> int:
    """How many numbers a network learns; bias=False counts the weights only.

    The decks' "weights" are sometimes both. What a batch normalisation learns counts (its shift
    is a bias); its running statistics do not. A shared parameter counts once.
    """
    check_network("count_params", model)
    found = {
        id(part): part.data.size
        for name, part in model.named_parts()
        if hasattr(part, "grad") and (bias or name.rpartition(".")[2] != "bias")
    }
    return sum(found.values())


def param_bytes(n_params: int, dtype: DTypeLike) -> int:
    """The bytes that n_params numbers take: 4 each in float32, 8 in float64.

    Source: Ingolstadt 003:79 (0.8 GB for 201 million in float32).
    """
    expect_whole("n_params", n_params, least=0)
    return int(n_params) * np.dtype(dtype).itemsize


def check_network(function: str, model: object) -> None:
    """Raise TypeError unless model is a layer or a network of layers."""
    if isinstance(model, type) or not hasattr(model, "named_parts"):
        raise TypeError(
            f"{function} expects a layer or a network of layers; got {model!r}. "
            "Let your own class inherit from layers.Layer."
        )
