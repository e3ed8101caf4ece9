"""What holds for every image function of the table."""

from __future__ import annotations

import zlib
from typing import Any

import numpy as np
import pytest

from course_lib import images
from course_lib.arrays import Array
from tests.course_lib.golden.write_images import FILE, golden_arrays
from tests.course_lib.images_table import TABLE, Row

COMMAND = "run: python -m tests.course_lib.golden.write_images"
# These make arrays out of numbers and words, or take one grey image; other files test them.
MAKERS = {"gabor_bank", "kernel", "separate_kernel"}
ONE_BY_ONE = {"equalize_histogram"}

every_row = pytest.mark.parametrize("row", TABLE, ids=lambda row: row.id)


def rng_for(row: Row) -> np.random.Generator:
    return np.random.default_rng(zlib.crc32(row.id.encode()))


def test_the_table_holds_every_public_function() -> None:
    assert {row.name for row in TABLE} == set(images.__all__) - MAKERS
    ids = [row.id for row in TABLE]
    assert len(ids) == len(set(ids))


@every_row
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_dtype_is_kept(row: Row, dtype: type) -> None:
    args = row.arguments(rng_for(row), dtype)
    assert {y.dtype for y in row.f(*args)} == {np.dtype(dtype)}


@every_row
def test_float32_gives_the_same_numbers_to_its_precision(row: Row) -> None:
    args = row.arguments(rng_for(row))
    for small, y in zip(row.f(*(a.astype(np.float32) for a in args)), row.f(*args), strict=True):
        np.testing.assert_allclose(small, y, rtol=1e-4, atol=1e-5)


@every_row
def test_arguments_stay_as_they_were(row: Row) -> None:
    args = row.arguments(rng_for(row))
    copies = [a.copy() for a in args]
    for array in args:
        array.flags.writeable = False
    for answer in row.f(*args):
        assert not any(np.shares_memory(answer, a) for a in args)
        assert answer.flags.writeable
    for argument, copy in zip(args, copies, strict=True):
        np.testing.assert_array_equal(argument, copy)


@every_row
def test_axes_in_front_are_treated_one_by_one(row: Row) -> None:
    if row.name in ONE_BY_ONE:
        return
    rng = rng_for(row)
    image, *others = row.arguments(rng)
    stack = np.stack([image, rng.permutation(image.ravel()).reshape(image.shape), 1 - image])
    together = row.f(stack, *others)
    singles = [row.f(one, *others) for one in stack]
    for k, answer in enumerate(together):
        np.testing.assert_allclose(answer, [single[k] for single in singles], rtol=1e-12)


@every_row
def test_memory_layout_changes_nothing(row: Row) -> None:
    args = row.arguments(rng_for(row))
    odd = [np.repeat(np.asfortranarray(a), 2, axis=0)[::2] for a in args]  # views with gaps
    for got, wanted in zip(row.f(*odd), row.f(*args), strict=True):
        np.testing.assert_allclose(got, wanted, rtol=1e-12, atol=1e-15)


@pytest.fixture(scope="module")
def golden() -> dict[str, Array]:
    with np.load(FILE, allow_pickle=False) as stored:
        return dict(stored)


@every_row
def test_answers_equal_the_golden_values(golden: dict[str, Array], row: Row) -> None:
    assert f"{row.id}/y0" in golden, COMMAND
    args = [golden[f"{row.id}/x{k}"] for k in range(len(row.shapes))]
    for k, y in enumerate(row.f(*args)):
        np.testing.assert_allclose(y, golden[f"{row.id}/y{k}"], rtol=1e-9, atol=1e-12)


def test_nothing_else_is_stored(golden: dict[str, Array]) -> None:
    assert {key.rsplit("/", 1)[0] for key in golden} == {row.id for row in TABLE}, COMMAND


@pytest.mark.may_skip_in_ci(reason="CI installs PyTorch, which writes the file")
def test_the_file_is_what_the_script_writes(golden: dict[str, Array]) -> None:
    pytest.importorskip("torch")
    fresh = golden_arrays()
    assert fresh.keys() == golden.keys(), COMMAND
    for key, array in fresh.items():
        np.testing.assert_allclose(golden[key], array, rtol=1e-9, atol=1e-12, err_msg=COMMAND)


@pytest.mark.may_skip_in_ci(
    reason="CI installs PyTorch; elsewhere the stored golden values stand in for it"
)
@pytest.mark.parametrize("row", TABLE, ids=lambda row: row.id)
@pytest.mark.parametrize(("dtype", "rtol"), [(np.float64, 1e-6), (np.float32, 1e-4)])
def test_answers_equal_those_of_pytorch(row: Row, dtype: type, rtol: float) -> None:
    torch: Any = pytest.importorskip("torch")
    args = row.arguments(rng_for(row), dtype)
    for y, wanted in zip(row.f(*args), row.answers_of_torch(torch, *args), strict=True):
        np.testing.assert_allclose(y, wanted, rtol=rtol, atol=rtol)
