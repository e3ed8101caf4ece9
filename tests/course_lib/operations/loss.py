"""Rows for the losses. Targets and the weights of classes are settings: they get no gradient."""

from __future__ import annotations

from typing import Any

import numpy as np

from course_lib.arrays import Array
from tests.course_lib.operations.operation import Operation, fixed

CLASSES = np.array([4, 0, 4])
CLASSES.flags.writeable = False
WEIGHT = fixed([1.0, 0.5, 2.0, 0.0, 3.0])
VALUES = fixed(np.linspace(-2, 2.5, 15).reshape(3, 5))
CHANCES = fixed(np.linspace(0, 1, 15).reshape(3, 5) ** 2)
REDUCTIONS: list[dict[str, Any]] = [{}, {"reduction": "sum"}, {"reduction": "none"}]


def _torch_cross_entropy(
    torch: Any, logits: Any, targets: Array, weight: Any = None, **settings: Any
) -> Any:
    if weight is not None:
        weight = torch.tensor(weight, dtype=logits.dtype)
    return torch.nn.functional.cross_entropy(logits, torch.tensor(targets), weight, **settings)


def _torch_hinge(torch: Any, logits: Any, targets: Array, **settings: Any) -> Any:
    """PyTorch divides by the number of classes."""
    loss = torch.nn.functional.multi_margin_loss(logits, torch.tensor(targets), **settings)
    return loss * logits.shape[1]


def _with_targets(name: str) -> Any:
    def loss(torch: Any, y: Any, targets: Array, **settings: Any) -> Any:
        targets = torch.tensor(targets, dtype=y.dtype)
        return getattr(torch.nn.functional, name)(y, targets, **settings)

    return loss


def _row(name: str, torch: Any, targets: Array, **settings: Any) -> Operation:
    settings = {"targets": targets, **settings}
    return Operation(name, ((3, 5),), (0,), torch, settings, batched=False)


LOSSES = [
    *(
        _row("cross_entropy", _torch_cross_entropy, CLASSES, **asked, **reduction)
        for asked in (
            {}, {"weight": WEIGHT}, {"label_smoothing": 0.1},
            {"weight": WEIGHT, "label_smoothing": 0.3},
        )
        for reduction in REDUCTIONS
    ),
    *(_row("hinge", _torch_hinge, CLASSES, **reduction) for reduction in REDUCTIONS),
    _row("hinge", _torch_hinge, CLASSES, margin=0.25),
    *(
        _row(name, _with_targets(name), targets, **reduction)
        for name, targets in (
            ("binary_cross_entropy_with_logits", CHANCES), ("mse_loss", VALUES),
            ("l1_loss", VALUES),
        )
        for reduction in REDUCTIONS
    ),
]
