"""What holds for every operation of the table."""

from __future__ import annotations

import inspect
import zlib
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from course_lib import functional as F
from course_lib.gradcheck import check_gradient
from tests.course_lib.operations import (
    BATCHED,
    OPERATIONS,
    WITH_BACKWARD,
    WITHOUT_BACKWARD,
    Operation,
)

every_operation = pytest.mark.parametrize("operation", OPERATIONS, ids=lambda o: o.id)
every_batched = pytest.mark.parametrize("operation", BATCHED, ids=lambda o: o.id)
every_pair = pytest.mark.parametrize("operation", WITH_BACKWARD, ids=lambda o: o.id)


def rng_for(operation: Operation) -> np.random.Generator:
    return np.random.default_rng(zlib.crc32(operation.id.encode()))


def test_the_table_holds_every_public_function() -> None:
    functions = {name for name in F.__all__ if not name.endswith("_backward")}
    assert functions - {o.name for o in OPERATIONS} == {"conv2d_naive", "f_log"}
    assert {o.name for o in OPERATIONS} <= functions
    ids = [operation.id for operation in OPERATIONS]
    assert len(ids) == len(set(ids))


def test_every_f_has_f_backward_or_a_reason() -> None:
    functions = {name for name in F.__all__ if not name.endswith("_backward")}
    alone = {name for name in functions if f"{name}_backward" not in F.__all__}
    assert alone == set(WITHOUT_BACKWARD)
    assert all(name in (F.__doc__ or "") for name in WITHOUT_BACKWARD)
    assert F.f_log is F.sigmoid


def test_all_is_sorted_and_complete() -> None:
    public = {
        name
        for name, value in vars(F).items()
        if inspect.isfunction(value) and not name.startswith("_")
    }
    assert list(F.__all__) == sorted(public)


def test_backward_takes_grad_output_first_and_the_same_settings() -> None:
    for name in F.__all__:
        if f"{name}_backward" not in F.__all__:
            continue
        forward = inspect.signature(getattr(F, name)).parameters
        backward = inspect.signature(getattr(F, f"{name}_backward")).parameters
        assert next(iter(backward)) == "grad_output", name
        settings = {k: v.default for k, v in forward.items() if v.default not in (v.empty, None)}
        assert settings.items() <= {k: v.default for k, v in backward.items()}.items(), name


@every_operation
def test_lengths_within_a_row_differ(operation: Operation) -> None:
    """Else a mixed-up axis could pass unnoticed; squares are allowed for filters only."""
    first = operation.shapes[0]
    assert len(set(first)) == len(first) or 1 in first


@every_pair
def test_gradient_in_a_random_direction(operation: Operation) -> None:
    rng = rng_for(operation)
    check = check_gradient(
        operation.f, operation.f_backward, operation.arguments(rng), rng=rng, tolerance=1e-6
    )
    assert check.ok, str(check)


@every_operation
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_dtype_is_kept(operation: Operation, dtype: type) -> None:
    args = operation.arguments(rng_for(operation), dtype)
    y = operation.f(*args)
    assert y.dtype == dtype
    if operation.needs is not None:
        grads = operation.f_backward(np.ones_like(y), *args)
        assert [grad.dtype for grad in grads] == [dtype] * len(args)


@every_operation
def test_a_setting_from_numpy_does_not_make_float32_wider(operation: Operation) -> None:
    """np.float64 is a Python float by class, but not in a sum with float32."""
    named = inspect.signature(getattr(F, operation.name)).parameters.items()
    defaults = {name: given.default for name, given in named if type(given.default) is float}
    settings = {
        name: np.float64(value) if type(value) is float else value
        for name, value in {**defaults, **operation.settings}.items()
    }
    told = replace(operation, settings=settings)
    args = operation.arguments(rng_for(operation), np.float32)
    y = told.f(*args)
    assert y.dtype == np.float32
    if operation.needs is not None:
        grads = told.f_backward(np.ones_like(y), *args)
        assert {grad.dtype for grad in grads} <= {np.dtype(np.float32)}


@every_operation
def test_sizes_may_be_numpys_short_integers(operation: Operation) -> None:
    """np.uint8(20) * np.uint8(20) overflows; a size given so must not."""
    def short(value: Any) -> Any:
        if isinstance(value, tuple):
            return tuple(map(short, value))
        return np.int8(value) if type(value) is int else value

    told = replace(
        operation, settings={name: short(value) for name, value in operation.settings.items()}
    )
    args = operation.arguments(rng_for(operation))
    np.testing.assert_array_equal(told.f(*args), operation.f(*args))


def test_short_integers_do_not_overflow_in_large_images() -> None:
    x, size = np.ones((1, 1, 300, 300)), np.uint8(20)
    assert F.max_pool2d(x, size).shape == (1, 1, 15, 15)
    assert F.conv2d(x, np.ones((1, 1, 20, 20)), stride=size).shape == (1, 1, 15, 15)
    assert F.col2im(F.im2col(x, size, size), 300, size, size).sum() == x.size
    assert F.adaptive_avg_pool2d(x, size).sum() == pytest.approx(400)
    assert F.adaptive_max_pool2d(x, size).sum() == 400
    assert F.spatial_pyramid_pool2d(x, (size,)).shape == (1, 400)
    assert F.conv_transpose2d(x, np.ones((1, 1, 3, 3)), stride=np.uint8(2)).shape[2:] == (601, 601)
    many, rng = np.uint8(200), np.random.default_rng(0)
    assert F.fractional_max_pool2d(x, np.uint8(2), many, rng=rng)[0].shape[2:] == (200, 200)


@every_operation
def test_float32_gives_the_same_numbers_to_its_precision(operation: Operation) -> None:
    args = operation.arguments(rng_for(operation))
    y = operation.f(*args)
    np.testing.assert_allclose(
        operation.f(*[a.astype(np.float32) for a in args]), y, rtol=1e-4, atol=1e-4
    )


@every_operation
def test_arguments_stay_as_they_were(operation: Operation) -> None:
    rng = rng_for(operation)
    args = operation.arguments(rng)
    copies = [a.copy() for a in args]
    grad_output = np.asarray(rng.standard_normal(operation.f(*args).shape))
    for array in (*args, grad_output):
        array.flags.writeable = False
    results = [operation.f(*args)]
    if operation.needs is not None:
        results += operation.f_backward(grad_output, *args)
    for argument, copy in zip(args, copies, strict=True):
        np.testing.assert_array_equal(argument, copy)
    for result in results:
        assert not any(np.shares_memory(result, a) for a in (*args, grad_output))


@every_pair
def test_gradients_have_the_shapes_of_the_arguments(operation: Operation) -> None:
    args = operation.arguments(rng_for(operation))
    grads = operation.f_backward(np.ones_like(operation.f(*args)), *args)
    assert [grad.shape for grad in grads] == list(operation.shapes)


@every_batched
def test_a_batch_is_its_samples_stacked(operation: Operation) -> None:
    rng = rng_for(operation)
    x, *others = operation.arguments(rng)
    y = operation.f(x, *others)
    singles = [operation.f(x[n : n + 1], *others) for n in range(len(x))]
    np.testing.assert_allclose(y, np.concatenate(singles), rtol=1e-10, atol=1e-12)
    if operation.needs is None:
        return
    g = rng.standard_normal(y.shape)
    grad_x, *grad_others = operation.f_backward(g, x, *others)
    parts = [operation.f_backward(g[n : n + 1], x[n : n + 1], *others) for n in range(len(x))]
    np.testing.assert_allclose(
        grad_x, np.concatenate([part[0] for part in parts]), rtol=1e-10, atol=1e-12
    )
    for k, grad in enumerate(grad_others, start=1):
        np.testing.assert_allclose(grad, sum(p[k] for p in parts), rtol=1e-10, atol=1e-12)


@every_batched
def test_an_empty_batch_gives_an_empty_answer(operation: Operation) -> None:
    x, *others = operation.arguments(rng_for(operation))
    y = operation.f(x[:0], *others)
    assert y.shape == (0, *operation.f(x, *others).shape[1:])
    if operation.needs is not None:
        grad_x, *grad_others = operation.f_backward(y, x[:0], *others)
        assert grad_x.size == 0
        assert all(not grad.any() for grad in grad_others)


@every_operation
def test_memory_layout_changes_nothing(operation: Operation) -> None:
    rng = rng_for(operation)
    args = operation.arguments(rng)
    y = operation.f(*args)
    g = rng.standard_normal(y.shape)
    odd = [np.repeat(np.asfortranarray(a), 2, axis=0)[::2] for a in args]  # views with gaps
    np.testing.assert_allclose(operation.f(*odd), y, rtol=1e-12, atol=1e-12)
    if operation.needs is not None:
        plain = operation.f_backward(g, *args)
        for got, wanted in zip(
            operation.f_backward(np.array(g, order="F"), *odd), plain, strict=True
        ):
            np.testing.assert_allclose(got, wanted, rtol=1e-12, atol=1e-12)
