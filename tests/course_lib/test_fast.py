"""A plan computes what the layers compute: answers, loss, gradients, running statistics."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import pytest

from course_lib import fast, models, optim
from course_lib import functional as F
from course_lib.layers import BatchNorm2d, Conv2d, Flatten, Layer, Linear, MaxPool2d, Sequential
from tests.course_lib.fast_networks import ALL, NETWORKS, Row

BATCH = 7      # with micro-batches of 3 the last one is short


class Results(NamedTuple):
    loss: float
    answers: np.ndarray
    gradients: list[np.ndarray]
    state: dict[str, np.ndarray]


def batch(row: Row, n: int = BATCH) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(5)
    x = rng.standard_normal((n, *row.shape))
    answers = row.make(np.random.default_rng(1)).forward(x).shape
    if row.loss == "mse_loss":
        return x, rng.standard_normal(answers)
    return x, rng.integers(0, answers[1], n)


def results(model: Layer, loss: float, answers: np.ndarray) -> Results:
    gradients = [parameter.grad.copy() for parameter in model.parameters()]
    return Results(loss, answers, gradients, model.state_dict())


def by_layers(row: Row, x: np.ndarray, targets: np.ndarray, *, training: bool = True) -> Results:
    model = row.make(np.random.default_rng(1)).train(training)
    answers = model.forward(x)
    model.backward(getattr(F, f"{row.loss}_backward")(1.0, answers, targets))
    return results(model, float(getattr(F, row.loss)(answers, targets)), answers)


def by_plan(
    row: Row, x: np.ndarray, targets: np.ndarray, *, training: bool = True, **settings: Any
) -> Results:
    model = row.make(np.random.default_rng(1)).train(training)
    for parameter in model.parameters():
        parameter.grad[...] = 99     # what was there before is replaced
    plan = fast.compile(model, row.shape, loss=row.loss, **settings)
    return results(model, *plan.step(x, targets))


def assert_same(got: Results, wanted: Results) -> None:
    assert got.loss == pytest.approx(wanted.loss, rel=1e-9)
    np.testing.assert_allclose(got.answers, wanted.answers, rtol=1e-7, atol=1e-9)
    for ours, theirs in zip(got.gradients, wanted.gradients, strict=True):
        np.testing.assert_allclose(ours, theirs, rtol=1e-6, atol=1e-8 * (1 + np.abs(theirs).max()))
    for name, kept in wanted.state.items():
        np.testing.assert_allclose(got.state[name], kept, rtol=1e-9, atol=1e-12, err_msg=name)


@pytest.mark.parametrize("row", ALL, ids=lambda row: row.name)
def test_a_plan_equals_the_layers(row: Row) -> None:
    x, targets = batch(row)
    wanted = by_layers(row, x, targets)
    assert_same(by_plan(row, x, targets, micro_batch=3), wanted)


@pytest.mark.parametrize("row", NETWORKS, ids=lambda row: row.name)
def test_the_size_of_micro_batches_changes_rounding_only(row: Row) -> None:
    x, targets = batch(row)
    wanted = by_layers(row, x, targets)
    for micro_batch in (None, 1, 100):
        assert_same(by_plan(row, x, targets, micro_batch=micro_batch), wanted)


@pytest.mark.parametrize("row", NETWORKS, ids=lambda row: row.name)
def test_the_number_of_threads_changes_no_bit(row: Row) -> None:
    x, targets = batch(row, 23)
    alone, *others = (by_plan(row, x, targets, micro_batch=2, threads=t) for t in (1, 2, 3))
    for other in others:
        assert other.loss == alone.loss
        np.testing.assert_array_equal(other.answers, alone.answers)
        for ours, theirs in zip(other.gradients, alone.gradients, strict=True):
            np.testing.assert_array_equal(ours, theirs)
        for name, kept in alone.state.items():
            np.testing.assert_array_equal(other.state[name], kept)


@pytest.mark.parametrize("row", NETWORKS, ids=lambda row: row.name)
def test_after_training_too(row: Row) -> None:
    x, targets = batch(row)
    wanted = by_layers(row, x, targets, training=False)
    assert_same(by_plan(row, x, targets, training=False, micro_batch=3), wanted)


@pytest.mark.parametrize("row", NETWORKS, ids=lambda row: row.name)
def test_forward_alone(row: Row) -> None:
    x, _ = batch(row)
    model = row.make(np.random.default_rng(1))
    plan = fast.compile(model, row.shape, micro_batch=3)
    model.eval()
    np.testing.assert_allclose(plan.forward(x), model.forward(x), rtol=1e-7, atol=1e-9)
    other = row.make(np.random.default_rng(1))
    model = row.make(np.random.default_rng(1))
    answers = fast.compile(model, row.shape, micro_batch=3).forward(x)
    np.testing.assert_allclose(answers, other.forward(x), rtol=1e-7, atol=1e-9)
    assert_same(results(model, 0.0, answers), results(other, 0.0, other.eval() and answers))


@pytest.mark.parametrize("row", NETWORKS, ids=lambda row: row.name)
def test_batches_of_all_sizes_one_after_the_other(row: Row) -> None:
    model, twin = (row.make(np.random.default_rng(1)) for _ in range(2))
    plan = fast.compile(model, row.shape, loss=row.loss, micro_batch=4)
    for n in (9, 2, 4, 9):
        x, targets = batch(row, n)
        loss, answers = plan.step(x, targets)
        twin.zero_grad()
        theirs = twin.forward(x)
        twin.backward(getattr(F, f"{row.loss}_backward")(1.0, theirs, targets))
        assert_same(
            results(model, loss, answers),
            results(twin, float(getattr(F, row.loss)(theirs, targets)), theirs),
        )


def test_ties_go_to_the_first_in_row_order() -> None:
    # A window of (low, high / high, high) shows which one is taken; both pools see it.
    x = np.tile(np.array([[0.0, 1.0], [1.0, 1.0]]), (2, 2))[np.newaxis, np.newaxis]
    x = np.concatenate([x, x[:, :, ::-1]])
    for settings in ((2, 2), (3, 1)):
        def make(rng: np.random.Generator, settings: Any = settings) -> Layer:
            first = Conv2d(1, 1, 1, bias=False, rng=rng)
            first.weight.data[...] = 1
            last = Linear(4, 3, rng=rng)
            grow = Sequential(Conv2d(1, 1, 3, padding=1, rng=rng), MaxPool2d(*settings))
            return Sequential(first, *grow.layers, Flatten(), last)

        row = Row(make, (1, 4, 4), "ties")
        targets = np.array([0, 2])
        assert_same(by_plan(row, x, targets), by_layers(row, x, targets))


def test_an_optimiser_takes_the_same_steps_with_one_parameter() -> None:
    rng = np.random.default_rng(3)
    x, targets = rng.standard_normal((6, 1, 32, 32)), rng.integers(0, 10, 6)
    plain, flat = (models.lenet5(rng=np.random.default_rng(0), dtype=np.float64) for _ in "ab")
    whole = fast.one_parameter(flat)
    steps = optim.SGD(plain.parameters(), lr=0.1, momentum=0.9)
    long_steps = optim.SGD([whole], lr=0.1, momentum=0.9)
    plan = fast.compile(flat, (1, 32, 32))
    for _ in range(4):
        plain.zero_grad()
        answers = plain.forward(x)
        plain.backward(F.cross_entropy_backward(1.0, answers, targets))
        steps.step()
        plan.step(x, targets)
        long_steps.step()
    for ours, theirs in zip(flat.parameters(), plain.parameters(), strict=True):
        np.testing.assert_allclose(ours.data, theirs.data, rtol=1e-7, atol=1e-10)
        assert np.may_share_memory(ours.data, whole.data)
        assert np.may_share_memory(ours.grad, whole.grad)


def test_a_plan_reads_the_parameters_at_every_call() -> None:
    model = models.lenet5(rng=np.random.default_rng(0))
    plan, x = fast.compile(model, (1, 32, 32)), np.ones((2, 1, 32, 32), np.float32)
    plan.forward(x)
    model.load_state_dict(models.lenet5(rng=np.random.default_rng(1)).state_dict())
    np.testing.assert_allclose(plan.forward(x), model.forward(x), rtol=1e-4, atol=1e-5)


def test_float32_stays_float32_and_arguments_stay_as_they_were() -> None:
    model = Sequential(
        Conv2d(1, 3, 3, rng=np.random.default_rng(0), dtype=np.float32),
        BatchNorm2d(3, dtype=np.float32), Flatten(),
    )
    rng = np.random.default_rng(1)
    x, targets = rng.standard_normal((4, 1, 5, 5)), rng.integers(0, 27, 4)
    kept = x.copy(), targets.copy()
    loss, answers = fast.compile(model, (1, 5, 5)).step(x, targets)
    assert answers.dtype == np.float32
    assert {p.grad.dtype for p in model.parameters()} == {np.dtype(np.float32)}
    assert all(a.dtype == np.float32 for a in model.state_dict().values() if a.ndim)
    assert isinstance(loss, float)
    np.testing.assert_array_equal(x, kept[0])
    np.testing.assert_array_equal(targets, kept[1])


def test_a_sample_that_is_not_finite_spoils_no_other_answer() -> None:
    model = models.lenet5(rng=np.random.default_rng(0)).eval()
    x = np.ones((3, 1, 32, 32), np.float32)
    x[1, 0, 4, 4] = np.nan
    answers = fast.compile(model, (1, 32, 32)).forward(x)
    assert np.isfinite(answers[[0, 2]]).all()
    assert not np.isfinite(answers[1]).all()
