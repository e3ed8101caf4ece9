"""Optimisers: steps by hand, a memory that can be saved, laws that hold for all of them."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from course_lib import optim
from course_lib.arrays import Array
from course_lib.layers import Parameter
from course_lib.optim import SGD, AdaGrad, Adam, AdamW, Optimizer, RMSprop

# Every optimiser, every setting that changes its steps.
OPTIMIZERS: dict[str, Callable[[list[Parameter]], Optimizer]] = {
    "SGD": lambda ps: SGD(ps, 0.1),
    "momentum": lambda ps: SGD(ps, 0.1, 0.9),
    "momentum, decay": lambda ps: SGD(ps, 0.1, 0.9, 0.05),
    "Nesterov": lambda ps: SGD(ps, 0.1, 0.9, nesterov=True),
    "Nesterov, decay": lambda ps: SGD(ps, 0.1, 0.5, 0.05, nesterov=True),
    "AdaGrad": lambda ps: AdaGrad(ps, 0.1),
    "AdaGrad, decay": lambda ps: AdaGrad(ps, 0.1, 0.05),
    "RMSprop": lambda ps: RMSprop(ps, 0.1),
    "RMSprop, all": lambda ps: RMSprop(ps, 0.1, 0.9, 1e-3, 0.05, 0.5),
    "Adam": lambda ps: Adam(ps, 0.1),
    "Adam, all": lambda ps: Adam(ps, 0.1, (0.8, 0.99), 1e-3, 0.05),
    "AdamW": lambda ps: AdamW(ps, 0.1),
    "AdamW, all": lambda ps: AdamW(ps, 0.1, (0.8, 0.99), 1e-3, 0.3),
}
every_optimizer = pytest.mark.parametrize("make", OPTIMIZERS.values(), ids=OPTIMIZERS)
SHAPES = ((3, 2), (4,), (2, 1, 3, 5))


def parameters(dtype: type = np.float64) -> list[Parameter]:
    rng = np.random.default_rng(4)
    return [Parameter(rng.standard_normal(shape).astype(dtype)) for shape in SHAPES]


def gradients(step: int) -> list[Array]:
    rng = np.random.default_rng(100 + step)
    return [rng.standard_normal(shape) for shape in SHAPES]


def run(optimizer: Optimizer, first: int, last: int) -> None:
    for step in range(first, last):
        optimizer.zero_grad()
        for parameter, grad in zip(optimizer.parameters, gradients(step), strict=True):
            parameter.grad += grad.astype(parameter.grad.dtype)
        optimizer.step()


def test_the_table_holds_every_optimizer() -> None:
    built = {type(make(parameters())) for make in OPTIMIZERS.values()}
    public = {value for name in optim.__all__ if isinstance(value := getattr(optim, name), type)}
    assert built == {kind for kind in public if issubclass(kind, Optimizer)} - {Optimizer}


def two_steps(make: Callable[[list[Parameter]], Optimizer]) -> list[float]:
    """One weight at 1, gradients 2 and then 1: where the two steps lead."""
    weight = Parameter(np.array([1.0]))
    optimizer = make([weight])
    path = []
    for grad in (2.0, 1.0):
        weight.grad[...] = grad
        optimizer.step()
        path.append(float(weight.data[0]))
    return path


@pytest.mark.parametrize(
    ("make", "path"),
    [
        (lambda ps: SGD(ps, 0.1), [0.8, 0.7]),
        (lambda ps: SGD(ps, 0.1, 0.5), [0.8, 0.6]),                      # v = 2, then 2
        (lambda ps: SGD(ps, 0.1, 0.5, nesterov=True), [0.7, 0.5]),       # 2 + 1, then 1 + 1
        (lambda ps: SGD(ps, 0.1, weight_decay=0.5), [0.75, 0.6125]),     # g = 2.5, then 1.375
        (lambda ps: AdaGrad(ps, 0.1, eps=0), [0.9, 0.9 - 0.1 / 5**0.5]),
        (lambda ps: RMSprop(ps, 0.1, 0.75, 0), [0.8, 0.7]),              # s = 1, then 1
        (lambda ps: Adam(ps, 0.1, (0.5, 0.75), 0), [0.9, 0.9 - 0.1 * (4 / 3) / (16 / 7) ** 0.5]),
        (lambda ps: AdamW(ps, 0.1, (0.5, 0.75), 0, 0.5),
         [0.85, 0.85 * 0.95 - 0.1 * (4 / 3) / (16 / 7) ** 0.5]),
    ],
)
def test_two_steps_by_hand(make, path) -> None:
    assert two_steps(make) == pytest.approx(path, rel=1e-14)


def test_the_deck_s_slip_on_weight_decay() -> None:
    """W-n09: AlexNet decays by 5e-4, ten times what 001:653 prints."""
    weight = Parameter(np.array([1.0]))
    SGD([weight], lr=0.01, momentum=0.9, weight_decay=5e-4).step()
    assert weight.data[0] == pytest.approx(1 - 0.01 * 5e-4, rel=1e-14)
    assert weight.data[0] != pytest.approx(1 - 0.01 * 5e-5, rel=1e-14)


@every_optimizer
def test_a_step_changes_arrays_in_place_and_no_gradient(make) -> None:
    optimizer = make(parameters())
    kept = [parameter.data for parameter in optimizer.parameters]
    before = [data.copy() for data in kept]
    run(optimizer, 0, 1)
    for parameter, data, old, grad in zip(
        optimizer.parameters, kept, before, gradients(0), strict=True
    ):
        assert parameter.data is data
        assert not np.array_equal(data, old)
        np.testing.assert_array_equal(parameter.grad, grad)


@every_optimizer
def test_float32_stays_float32(make) -> None:
    optimizer = make(parameters(np.float32))
    run(optimizer, 0, 2)
    arrays = [parameter.data for parameter in optimizer.parameters]
    arrays += [array for memory in optimizer.memory for array in memory.values()]
    assert {array.dtype for array in arrays} == {np.dtype(np.float32)}


@every_optimizer
def test_a_numpy_learning_rate_keeps_float32(make) -> None:
    optimizer = make(parameters(np.float32))
    run(optimizer, 0, 1)
    optimizer.lr = float(np.float64(0.05))
    optimizer.load_state_dict(optimizer.state_dict())
    run(optimizer, 1, 2)
    assert {p.data.dtype for p in optimizer.parameters} == {np.dtype(np.float32)}


@every_optimizer
def test_parameters_do_not_share_memory(make) -> None:
    """What one parameter does is the same whether or not others are there."""
    together, alone = make(parameters()), make(parameters()[:1])
    run(together, 0, 3)
    for step in range(3):
        alone.parameters[0].grad[...] = gradients(step)[0]
        alone.step()
    np.testing.assert_array_equal(together.parameters[0].data, alone.parameters[0].data)


@every_optimizer
def test_a_restored_optimizer_goes_on_to_the_bit(make) -> None:
    straight = make(parameters())
    run(straight, 0, 7)
    first = make(parameters())
    run(first, 0, 4)
    state = first.state_dict()
    weights = [parameter.data.copy() for parameter in first.parameters]
    run(first, 4, 5)
    assert all(isinstance(array, np.ndarray) for array in state.values())
    second = make([Parameter(data) for data in weights])
    second.load_state_dict(state)
    run(second, 4, 7)
    for got, wanted in zip(second.parameters, straight.parameters, strict=True):
        np.testing.assert_array_equal(got.data, wanted.data)


def test_a_loaded_state_can_be_loaded_again() -> None:
    """The optimiser goes on with its own arrays, not with those of the state."""
    first = SGD(parameters(), 0.1, 0.9)
    run(first, 0, 2)
    state = first.state_dict()
    kept = {key: array.copy() for key, array in state.items()}
    second = SGD(parameters(), 0.1, 0.9)
    second.load_state_dict(state)
    run(second, 2, 4)
    for key, array in kept.items():
        np.testing.assert_array_equal(state[key], array)


def test_the_state_remembers_a_changed_learning_rate() -> None:
    optimizer = SGD(parameters(), 0.1)
    optimizer.lr = 0.025
    other = SGD(parameters(), 0.1)
    other.load_state_dict(optimizer.state_dict())
    assert other.lr == 0.025


@every_optimizer
def test_it_runs_to_the_bottom_of_a_bowl(make) -> None:
    """E(w) = (w0^2 + 20 w1^2) / 2, from (1, -1); decay pulls to the same point."""
    weight = Parameter(np.array([1.0, -1.0]))
    optimizer = make([weight])
    optimizer.lr = min(optimizer.lr, 0.1 if "sum" in optimizer.keeps else 0.01)
    for _ in range(1500):
        weight.grad[...] = weight.data * [1, 20]
        optimizer.step()
    assert np.abs(weight.data).max() < 0.02
