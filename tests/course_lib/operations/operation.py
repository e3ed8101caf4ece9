"""One row of the table of operations."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from course_lib import functional as F
from course_lib.arrays import Array


@dataclass(frozen=True)
class Operation:
    """One function with one choice of settings.

    shapes: of its array arguments; the first axis of the first one is the batch, if batched.
    needs: what backward takes after grad_output: positions of arguments, or "y" for the output.
    torch: the same with PyTorch, called as torch(module, *tensors, **settings).
    """

    name: str
    shapes: tuple[tuple[int, ...], ...]
    needs: tuple[int, ...] | str | None
    torch: Callable[..., Any]
    settings: dict[str, Any] = field(default_factory=dict)
    batched: bool = True

    @property
    def id(self) -> str:
        """A readable name, unique within the table."""
        parts = [self.name, *("x".join(map(str, shape)) for shape in self.shapes)]
        parts += [f"{key}={value}".replace(" ", "") for key, value in self.settings.items()]
        return " ".join(parts)

    def arguments(self, rng: np.random.Generator, dtype: type = np.float64) -> tuple[Array, ...]:
        """Random arguments of these shapes."""
        return tuple(rng.standard_normal(shape).astype(dtype) for shape in self.shapes)

    def f(self, *args: Array) -> Array:
        return getattr(F, self.name)(*args, **self.settings)

    def f_backward(self, grad_output: Array, *args: Array) -> tuple[Array, ...]:
        """The gradients by all arguments, as a tuple."""
        needed = (self.f(*args),) if self.needs == "y" else [args[k] for k in self.needs or ()]
        grads = getattr(F, f"{self.name}_backward")(grad_output, *needed, **self.settings)
        return grads[: len(args)] if isinstance(grads, tuple) else (grads,)


def in_torch(name: str) -> Callable[..., Any]:
    """torch.nn.functional.<name>, with the same settings."""
    return lambda torch, *args, **settings: getattr(torch.nn.functional, name)(*args, **settings)
