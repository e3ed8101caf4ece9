"""Rows for the activations."""

from __future__ import annotations

from typing import Any

from tests.course_lib.operations.operation import Operation, in_torch


def _torch_step(torch: Any, x: Any) -> Any:
    return torch.heaviside(x, torch.zeros((), dtype=x.dtype))


def _torch_leaky_relu(torch: Any, x: Any, negative_slope: float = 0.1) -> Any:
    return torch.nn.functional.leaky_relu(x, negative_slope)


ACTIVATIONS = [
    Operation("step", ((3, 5),), None, _torch_step),
    Operation("sigmoid", ((3, 5),), "y", in_torch("sigmoid")),
    Operation("tanh", ((3, 5),), "y", in_torch("tanh")),
    Operation("relu", ((3, 5),), (0,), in_torch("relu")),
    Operation("relu", ((2, 3, 5, 4),), (0,), in_torch("relu")),
    Operation("leaky_relu", ((3, 5),), (0,), _torch_leaky_relu),
    Operation("leaky_relu", ((3, 5),), (0,), _torch_leaky_relu, {"negative_slope": 0.01}),
    Operation("leaky_relu", ((3, 5),), (0,), _torch_leaky_relu, {"negative_slope": 1.5}),
    Operation("elu", ((3, 5),), (0,), in_torch("elu")),
    Operation("elu", ((3, 5),), (0,), in_torch("elu"), {"alpha": 0.3}),
    Operation("selu", ((3, 5),), (0,), in_torch("selu")),
]
