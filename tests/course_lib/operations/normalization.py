"""Rows for the normalisation layers and dropout."""

from __future__ import annotations

from typing import Any

import numpy as np

from course_lib import functional as F
from course_lib.arrays import Array
from tests.course_lib.operations.operation import Operation, fixed

RUNNING = {
    "running_mean": fixed([0.5, -1.25, 2.0]),
    "running_var": fixed([0.25, 3.0, 0.0]),
}


def _tensor(torch: Any, array: Array, like: Any) -> Any:
    return torch.tensor(np.asarray(array), dtype=like.dtype)


def _torch_batch(
    torch: Any, x: Any, weight: Any = None, bias: Any = None, *,
    running_mean: Array, running_var: Array, **settings: Any,
) -> Any:
    running = (_tensor(torch, array, x) for array in (running_mean, running_var))
    return torch.nn.functional.batch_norm(x, *running, weight, bias, **settings)


def _torch_layer(
    torch: Any, x: Any, weight: Any = None, bias: Any = None, *, normalized_shape: Any, **eps: Any
) -> Any:
    shape = (normalized_shape,) if isinstance(normalized_shape, int) else normalized_shape
    return torch.nn.functional.layer_norm(x, shape, weight, bias, **eps)


def _torch_group(torch: Any, x: Any, weight: Any = None, bias: Any = None, **settings: Any) -> Any:
    groups = settings.pop("num_groups")
    return torch.nn.functional.group_norm(x, groups, weight, bias, **settings)


def _torch_instance(torch: Any, x: Any, weight: Any = None, bias: Any = None, **eps: Any) -> Any:
    return torch.nn.functional.instance_norm(x, weight=weight, bias=bias, **eps)


def _torch_dropout(torch: Any, x: Any, p: float = 0.5, training: bool = True) -> Any:
    """With the mask of the same seed."""
    rng = np.random.default_rng(5)
    _, mask = F.dropout(x.detach().numpy(), p, training, rng=rng)
    return x * torch.tensor(mask) / (1 - p) if training else x * 1


def _affine(
    name: str, torch: Any, x: tuple[int, ...], weight: tuple[int, ...], *, batched: bool = True,
    **settings: Any,
) -> list[Operation]:
    """With weight and bias, and without."""
    return [
        Operation(
            name, (x, weight, weight), (0, 1), torch, settings,
            names=("x", "weight", "bias"), batched=batched,
        ),
        Operation(name, (x,), (0,), torch, settings, names=("x",), batched=batched),
    ]


NORMALIZATIONS = [
    *_affine("batch_norm", _torch_batch, (5, 3), (3,), **RUNNING),
    *_affine("batch_norm", _torch_batch, (2, 3, 5, 4), (3,), **RUNNING, eps=0.1),
    *_affine("batch_norm", _torch_batch, (5, 3), (3,), batched=False, **RUNNING, training=True),
    *_affine(
        "batch_norm", _torch_batch, (2, 3, 5, 4), (3,), batched=False, **RUNNING, training=True,
        momentum=0.3, eps=0.1,
    ),
    *_affine(
        "batch_norm", _torch_batch, (1, 3, 5, 4), (3,), batched=False, **RUNNING, training=True
    ),
    *_affine("batch_norm", _torch_batch, (2, 3, 4), (3,), batched=False, **RUNNING, training=True),
    *_affine("layer_norm", _torch_layer, (3, 5), (5,), normalized_shape=5),
    *_affine("layer_norm", _torch_layer, (2, 3, 5), (5,), normalized_shape=(5,), eps=0.1),
    *_affine("layer_norm", _torch_layer, (2, 3, 5, 4), (3, 5, 4), normalized_shape=(3, 5, 4)),
    *_affine("layer_norm", _torch_layer, (2, 3, 1, 4), (1, 4), normalized_shape=(1, 4)),
    *_affine("group_norm", _torch_group, (2, 6, 5, 4), (6,), num_groups=3),
    *_affine("group_norm", _torch_group, (2, 6, 5, 4), (6,), num_groups=1, eps=0.1),
    *_affine("group_norm", _torch_group, (3, 4), (4,), num_groups=2),
    *_affine("group_norm", _torch_group, (1, 4, 3), (4,), num_groups=4),
    *_affine("instance_norm", _torch_instance, (2, 3, 5, 4), (3,)),
    *_affine("instance_norm", _torch_instance, (1, 3, 5), (3,), eps=0.1),
    Operation("dropout", ((4, 5),), ("drawn",), _torch_dropout, batched=False, seed=5),
    Operation(
        "dropout", ((2, 3, 5, 4),), ("drawn",), _torch_dropout, {"p": 0.2}, batched=False, seed=5
    ),
    Operation("dropout", ((4, 5),), ("drawn",), _torch_dropout, {"p": 0.0}, batched=False, seed=5),
    Operation("dropout", ((4, 5),), ("drawn",), _torch_dropout, {"p": 0.7, "training": False}),
]
