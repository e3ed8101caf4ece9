"""The table of operations: every function of course_lib.functional, with settings and shapes.

Every test that holds for all operations runs over this table. To add an operation, add rows;
lengths within a row differ from each other, so that a mixed-up axis cannot pass.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from course_lib import functional as F
from course_lib.arrays import Array

# Functions without a gradient of their own, and why. (The package's docstring says the same.)
WITHOUT_BACKWARD = {
    "step": "its derivative is 0 wherever there is one",
    "conv2d_naive": "conv2d_backward serves it",
    "f_log": "another name of sigmoid",
}


@dataclass(frozen=True)
class Operation:
    """One function with one choice of settings.

    shapes: of its array arguments; the first axis of the first one is the batch.
    needs: what backward takes after grad_output: positions of arguments, or "y" for the output.
    torch: the same with PyTorch, called as torch(module, *tensors, **settings).
    """

    name: str
    shapes: tuple[tuple[int, ...], ...]
    needs: tuple[int, ...] | str | None
    torch: Callable[..., Any]
    settings: dict[str, Any] = field(default_factory=dict)

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


def _torch_step(torch: Any, x: Any) -> Any:
    return torch.heaviside(x, torch.zeros((), dtype=x.dtype))


def _torch_maxout(torch: Any, x: Any, weight: Any, bias: Any = None) -> Any:
    pieces = torch.einsum("...i,poi->p...o", x, weight)
    if bias is not None:
        pieces = pieces + bias.reshape(len(bias), *[1] * (x.ndim - 1), -1)
    return pieces.max(dim=0).values


def _torch_softmax(torch: Any, x: Any, axis: int = -1) -> Any:
    return torch.softmax(x, dim=axis)


def _torch_log_softmax(torch: Any, x: Any, axis: int = -1) -> Any:
    return torch.log_softmax(x, dim=axis)


def _torch_leaky_relu(torch: Any, x: Any, negative_slope: float = 0.1) -> Any:
    return torch.nn.functional.leaky_relu(x, negative_slope)


def _torch_conv2d(torch: Any, *args: Any, **settings: Any) -> Any:
    """PyTorch rounds down, which is the strict rule wherever that one allows the sizes."""
    settings.pop("rounding", None)
    return torch.nn.functional.conv2d(*args, **settings)


def _in_torch(name: str) -> Callable[..., Any]:
    return lambda torch, *args, **settings: getattr(torch.nn.functional, name)(*args, **settings)


def _conv(
    x: tuple[int, ...], weight: tuple[int, ...], bias: bool = True, **settings: Any
) -> Operation:
    shapes = (x, weight, (weight[0],)) if bias else (x, weight)
    return Operation("conv2d", shapes, (0, 1), _torch_conv2d, settings)


ACTIVATIONS = [
    Operation("step", ((3, 5),), None, _torch_step),
    Operation("sigmoid", ((3, 5),), "y", _in_torch("sigmoid")),
    Operation("tanh", ((3, 5),), "y", _in_torch("tanh")),
    Operation("relu", ((3, 5),), (0,), _in_torch("relu")),
    Operation("relu", ((2, 3, 5, 4),), (0,), _in_torch("relu")),
    Operation("leaky_relu", ((3, 5),), (0,), _torch_leaky_relu),
    Operation("leaky_relu", ((3, 5),), (0,), _torch_leaky_relu, {"negative_slope": 0.01}),
    Operation("leaky_relu", ((3, 5),), (0,), _torch_leaky_relu, {"negative_slope": 1.5}),
    Operation("elu", ((3, 5),), (0,), _in_torch("elu")),
    Operation("elu", ((3, 5),), (0,), _in_torch("elu"), {"alpha": 0.3}),
    Operation("selu", ((3, 5),), (0,), _in_torch("selu")),
]

DENSE = [
    Operation("linear", ((3, 5), (4, 5), (4,)), (0, 1), _in_torch("linear")),
    Operation("linear", ((3, 5), (4, 5)), (0, 1), _in_torch("linear")),
    Operation("linear", ((1, 2), (6, 2), (6,)), (0, 1), _in_torch("linear")),
    Operation("linear", ((2, 3, 5), (4, 5), (4,)), (0, 1), _in_torch("linear")),
    Operation("maxout", ((6, 5), (3, 4, 5), (3, 4)), (0, 1, 2), _torch_maxout),
    Operation("maxout", ((6, 5), (2, 4, 5)), (0, 1), _torch_maxout),
    Operation("maxout", ((2, 3, 6), (1, 4, 6), (1, 4)), (0, 1, 2), _torch_maxout),
    Operation("softmax", ((3, 5),), "y", _torch_softmax),
    Operation("softmax", ((2, 3, 5),), "y", _torch_softmax, {"axis": 1}),
    Operation("log_softmax", ((3, 5),), "y", _torch_log_softmax),
    Operation("log_softmax", ((2, 3, 5),), "y", _torch_log_softmax, {"axis": 1}),
]

CONVOLUTIONS = [
    _conv((2, 3, 7, 6), (5, 3, 4, 2)),
    _conv((2, 3, 7, 6), (5, 3, 4, 2), bias=False),
    _conv((1, 2, 6, 5), (4, 2, 3, 3)),                                  # a batch of one
    _conv((2, 1, 6, 5), (4, 1, 3, 3)),                                  # one channel
    _conv((2, 3, 6, 5), (1, 3, 3, 2)),                                  # one filter
    _conv((3, 2, 5, 4), (6, 2, 1, 1)),                                  # 1 x 1
    _conv((2, 3, 5, 4), (6, 3, 5, 4)),                                  # as large as the image
    _conv((2, 3, 1, 9), (5, 3, 1, 4)),                                  # one row
    _conv((2, 3, 8, 1), (5, 3, 3, 1)),                                  # one column
    _conv((2, 3, 6, 5), (4, 3, 3, 2), padding=1),
    _conv((2, 3, 6, 5), (4, 3, 3, 2), padding=2),
    _conv((2, 3, 6, 5), (4, 3, 3, 2), padding=(2, 0)),
    _conv((2, 3, 6, 5), (4, 3, 3, 2), padding=(0, 1)),
    _conv((2, 3, 2, 1), (4, 3, 4, 3), padding=(1, 2)),                  # larger than the image
    _conv((2, 3, 7, 5), (4, 3, 3, 1), stride=2),
    _conv((2, 3, 9, 6), (4, 3, 3, 3), stride=3),
    _conv((2, 3, 7, 6), (4, 3, 3, 2), stride=(2, 1)),
    _conv((2, 3, 7, 8), (4, 3, 2, 2), stride=(1, 3)),
    _conv((2, 3, 7, 5), (4, 3, 1, 2), stride=(2, 3)),                   # pixels no window sees
    _conv((2, 3, 7, 5), (4, 3, 3, 3), stride=2, padding=1),
    _conv((1, 3, 8, 5), (4, 3, 3, 3), stride=(3, 2), padding=(2, 1), bias=False),
    _conv((2, 4, 6, 5), (6, 2, 3, 2), groups=2),
    _conv((2, 3, 6, 5), (3, 1, 3, 2), groups=3),                        # depthwise
    _conv((2, 3, 6, 5), (9, 1, 3, 2), groups=3, padding=1),             # three filters a channel
    _conv((3, 4, 7, 9), (8, 1, 3, 3), groups=4, stride=2, padding=(1, 2)),
    _conv((2, 6, 5, 7), (4, 3, 2, 3), groups=2, stride=(3, 2), padding=0),
    _conv((2, 3, 8, 7), (4, 3, 3, 2), stride=2, rounding="floor"),
    _conv((1, 4, 8, 7), (6, 2, 3, 3), stride=3, padding=1, groups=2, rounding="floor"),
]

OPERATIONS = ACTIVATIONS + DENSE + CONVOLUTIONS
WITH_BACKWARD = [operation for operation in OPERATIONS if operation.needs is not None]
