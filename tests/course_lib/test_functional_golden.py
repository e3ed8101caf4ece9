"""The same answers as those stored in golden/functional.npz, whatever is installed."""

from __future__ import annotations

import numpy as np
import pytest

from course_lib.arrays import Array
from tests.course_lib.golden.write_functional import FILE, golden_arrays
from tests.course_lib.operations import OPERATIONS, Operation

COMMAND = "run: python -m tests.course_lib.golden.write_functional"


@pytest.fixture(scope="module")
def golden() -> dict[str, Array]:
    with np.load(FILE, allow_pickle=False) as stored:
        return dict(stored)


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda o: o.id)
def test_functional_equals_the_golden_values(
    golden: dict[str, Array], operation: Operation
) -> None:
    assert f"{operation.id}/y" in golden, COMMAND
    args = [golden[f"{operation.id}/x{k}"] for k in range(len(operation.shapes))]
    np.testing.assert_allclose(
        operation.f(*args), golden[f"{operation.id}/y"], rtol=1e-9, atol=1e-12
    )
    if operation.needs is None:
        return
    grads = operation.f_backward(golden[f"{operation.id}/g"], *args)
    for k, grad in enumerate(grads):
        np.testing.assert_allclose(
            grad, golden[f"{operation.id}/grad{k}"], rtol=1e-9, atol=1e-12
        )


def test_nothing_else_is_stored(golden: dict[str, Array]) -> None:
    assert {key.rsplit("/", 1)[0] for key in golden} == {o.id for o in OPERATIONS}, COMMAND


@pytest.mark.may_skip_in_ci(reason="CI installs PyTorch, which writes the file")
def test_the_file_is_what_the_script_writes(golden: dict[str, Array]) -> None:
    pytest.importorskip("torch")
    fresh = golden_arrays()
    assert fresh.keys() == golden.keys(), COMMAND
    for key, array in fresh.items():
        np.testing.assert_allclose(golden[key], array, rtol=1e-9, atol=1e-12, err_msg=COMMAND)
