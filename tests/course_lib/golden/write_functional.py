"""Write one file for each room of the table of operations: the answers of PyTorch.

Run it after a change of the table, where PyTorch is installed; rooms may be named:

    python -m tests.course_lib.golden.write_functional [ROOM ...]

Arguments are stored beside the answers, since random streams may change between versions of
NumPy; they are multiples of 1/64, so the files stay small and float32 holds them exactly. For the
same reason functions that draw are left out.
"""

from __future__ import annotations

import sys
import zlib
from collections.abc import Iterable
from pathlib import Path

import numpy as np

from course_lib.arrays import Array
from tests.course_lib.operations import ROOMS, Operation


def file_of(room: str) -> Path:
    return Path(__file__).with_name(f"{room}.npz")


def stored_ones(operations: Iterable[Operation]) -> list[Operation]:
    """Those whose answers do not depend on a stream of random numbers."""
    return [operation for operation in operations if operation.seed is None]


def golden_arrays(operations: Iterable[Operation]) -> dict[str, Array]:
    """"<operation>/x0", ... for the arguments, "/g" and "/y", "/grad0", ... for the answers."""
    import torch

    arrays: dict[str, Array] = {}
    for operation in stored_ones(operations):
        rng = np.random.default_rng(zlib.crc32(operation.id.encode()))
        args = [operation.domain(np.round(a * 64) / 64) for a in operation.arguments(rng)]
        tensors = [torch.tensor(a, requires_grad=operation.needs is not None) for a in args]
        y = operation.torch(torch, *tensors, **operation.settings)
        g = np.round(rng.standard_normal(y.shape) * 64) / 64
        arrays |= {f"{operation.id}/x{k}": a for k, a in enumerate(args)}
        arrays |= {f"{operation.id}/g": g, f"{operation.id}/y": y.detach().numpy()}
        if operation.needs is not None:
            y.backward(torch.tensor(g))
            for k, tensor in enumerate(tensors):
                assert tensor.grad is not None
                arrays[f"{operation.id}/grad{k}"] = tensor.grad.numpy()
    return arrays


if __name__ == "__main__":
    for room in sys.argv[1:] or ROOMS:
        file = file_of(room)
        np.savez_compressed(file, **golden_arrays(ROOMS[room]))
        print(f"wrote {file.name}: {file.stat().st_size / 1024:.0f} KiB")
