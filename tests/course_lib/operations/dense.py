"""Rows for the linear layer, maxout and softmax."""

from __future__ import annotations

from typing import Any

from tests.course_lib.operations.operation import Operation, in_torch


def _torch_maxout(torch: Any, x: Any, weight: Any, bias: Any = None) -> Any:
    pieces = torch.einsum("...i,poi->p...o", x, weight)
    if bias is not None:
        pieces = pieces + bias.reshape(len(bias), *[1] * (x.ndim - 1), -1)
    return pieces.max(dim=0).values


def _torch_softmax(torch: Any, x: Any, axis: int = -1) -> Any:
    return torch.softmax(x, dim=axis)


def _torch_log_softmax(torch: Any, x: Any, axis: int = -1) -> Any:
    return torch.log_softmax(x, dim=axis)


DENSE = [
    Operation("linear", ((3, 5), (4, 5), (4,)), (0, 1), in_torch("linear")),
    Operation("linear", ((3, 5), (4, 5)), (0, 1), in_torch("linear")),
    Operation("linear", ((1, 2), (6, 2), (6,)), (0, 1), in_torch("linear")),
    Operation("linear", ((2, 3, 5), (4, 5), (4,)), (0, 1), in_torch("linear")),
    Operation("maxout", ((6, 5), (3, 4, 5), (3, 4)), (0, 1, 2), _torch_maxout),
    Operation("maxout", ((6, 5), (2, 4, 5)), (0, 1), _torch_maxout),
    Operation("maxout", ((2, 3, 6), (1, 4, 6), (1, 4)), (0, 1, 2), _torch_maxout),
    Operation("softmax", ((3, 5),), "y", _torch_softmax),
    Operation("softmax", ((2, 3, 5),), "y", _torch_softmax, {"axis": 1}),
    Operation("log_softmax", ((3, 5),), "y", _torch_log_softmax),
    Operation("log_softmax", ((2, 3, 5),), "y", _torch_log_softmax, {"axis": 1}),
]
