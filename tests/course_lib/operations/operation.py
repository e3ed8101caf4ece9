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
    needs: what backward takes after grad_output: positions of arguments, "y" for the output,
    "drawn" for the second output of a function that draws.
    torch: the same with PyTorch, called as torch(module, *tensors, **settings).
    names: if given, the arguments are passed under these names (weight=..., say).
    seed: of the generator that a function that draws gets, a fresh one at every call.
    domain: makes random arguments legal, np.abs for instance.
    """

    name: str
    shapes: tuple[tuple[int, ...], ...]
    needs: tuple[int | str, ...] | str | None
    torch: Callable[..., Any]
    settings: dict[str, Any] = field(default_factory=dict)
    batched: bool = True
    names: tuple[str, ...] = ()
    seed: int | None = None
    domain: Callable[[Array], Array] = np.asarray

    @property
    def id(self) -> str:
        """A readable name, unique within the table."""
        parts = [self.name, *("x".join(map(str, shape)) for shape in self.shapes)]
        for key, value in self.settings.items():
            shown = f"array{value.shape}" if isinstance(value, np.ndarray) else value
            parts.append(f"{key}={shown}".replace(" ", ""))
        return " ".join(parts)

    def arguments(self, rng: np.random.Generator, dtype: type = np.float64) -> tuple[Array, ...]:
        """Random arguments of these shapes."""
        drawn = (rng.standard_normal(shape).astype(dtype) for shape in self.shapes)
        return tuple(map(self.domain, drawn))

    def outputs(self, *args: Array) -> tuple[Any, ...]:
        """All that the function returns, as a tuple."""
        y = self._call(self.name, (), tuple(enumerate(args)))
        return y if isinstance(y, tuple) else (y,)

    def f(self, *args: Array) -> Array:
        """The output that has a gradient."""
        return self.outputs(*args)[0]

    def f_backward(self, grad_output: Array, *args: Array) -> tuple[Array, ...]:
        """The gradients by all arguments, as a tuple."""
        outputs = self.outputs(*args)
        known = {**dict(enumerate(args)), "y": outputs[0], "drawn": outputs[-1]}
        needed = tuple((key, known[key]) for key in self.needs or ())
        grads = self._call(f"{self.name}_backward", (grad_output,), needed)
        return grads[: len(args)] if isinstance(grads, tuple) else (grads,)

    def _call(
        self, name: str, first: tuple[Array, ...], args: tuple[tuple[int | str, Array], ...]
    ) -> Any:
        by_name: dict[str, Any] = dict(self.settings)
        if self.seed is not None and not name.endswith("_backward"):
            by_name["rng"] = np.random.default_rng(self.seed)
        in_order = list(first)
        for key, argument in args:
            if self.names and isinstance(key, int):
                by_name[self.names[key]] = argument
            else:
                in_order.append(argument)
        return getattr(F, name)(*in_order, **by_name)


def fixed(values: Any) -> Array:
    """A constant for the settings; float32, so that it makes nothing wider."""
    array = np.asarray(values, dtype=np.float32)
    array.flags.writeable = False
    return array


def in_torch(name: str) -> Callable[..., Any]:
    """torch.nn.functional.<name>, with the same settings."""
    return lambda torch, *args, **settings: getattr(torch.nn.functional, name)(*args, **settings)
