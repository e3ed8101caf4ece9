"""The same answers as those stored in golden/<room>.npz, whatever is installed."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from course_lib.arrays import Array
from tests.course_lib.golden.write_functional import file_of, golden_arrays, stored_ones
from tests.course_lib.operations import ROOMS, Operation

COMMAND = "run: python -m tests.course_lib.golden.write_functional"
ROWS = [
    (room, operation) for room, operations in ROOMS.items() for operation in stored_ones(operations)
]


@cache
def golden(room: str) -> dict[str, Array]:
    with np.load(file_of(room), allow_pickle=False) as stored:
        return dict(stored)


@pytest.mark.parametrize(("room", "operation"), ROWS, ids=[operation.id for _, operation in ROWS])
def test_functional_equals_the_golden_values(room: str, operation: Operation) -> None:
    stored, name = golden(room), operation.id
    assert f"{name}/y" in stored, COMMAND
    args = [stored[f"{name}/x{k}"] for k in range(len(operation.shapes))]
    np.testing.assert_allclose(operation.f(*args), stored[f"{name}/y"], rtol=1e-9, atol=1e-12)
    if operation.needs is None:
        return
    grads = operation.f_backward(stored[f"{name}/g"], *args)
    for k, grad in enumerate(grads):
        np.testing.assert_allclose(grad, stored[f"{name}/grad{k}"], rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("room", ROOMS)
def test_nothing_else_is_stored(room: str) -> None:
    stored = {key.rsplit("/", 1)[0] for key in golden(room)}
    assert stored == {operation.id for operation in stored_ones(ROOMS[room])}, COMMAND


@pytest.mark.may_skip_in_ci(reason="CI installs PyTorch, which writes the files")
@pytest.mark.parametrize("room", ROOMS)
def test_the_file_is_what_the_script_writes(room: str) -> None:
    pytest.importorskip("torch")
    stored, fresh = golden(room), golden_arrays(ROOMS[room])
    assert fresh.keys() == stored.keys(), COMMAND
    for key, array in fresh.items():
        np.testing.assert_allclose(stored[key], array, rtol=1e-9, atol=1e-12, err_msg=COMMAND)
