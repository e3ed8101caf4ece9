"""Twenty steps of every optimiser and forty epochs of every schedule, as PyTorch takes them."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from course_lib.optim import (
    SGD,
    CosineAnnealingLR,
    ReduceLROnPlateau,
    StepLR,
    clip_grad_norm,
    clip_grad_value,
)
from tests.course_lib.test_optim import OPTIMIZERS, gradients, parameters, run

pytestmark = pytest.mark.may_skip_in_ci(
    reason="CI installs PyTorch; elsewhere the steps by hand stand in for it"
)

IN_TORCH = {
    "SGD": lambda o, ps: o.SGD(ps, 0.1),
    "momentum": lambda o, ps: o.SGD(ps, 0.1, 0.9),
    "momentum, decay": lambda o, ps: o.SGD(ps, 0.1, 0.9, weight_decay=0.05),
    "Nesterov": lambda o, ps: o.SGD(ps, 0.1, 0.9, nesterov=True),
    "Nesterov, decay": lambda o, ps: o.SGD(ps, 0.1, 0.5, weight_decay=0.05, nesterov=True),
    "AdaGrad": lambda o, ps: o.Adagrad(ps, 0.1),
    "AdaGrad, decay": lambda o, ps: o.Adagrad(ps, 0.1, weight_decay=0.05),
    "RMSprop": lambda o, ps: o.RMSprop(ps, 0.1),
    "RMSprop, all": lambda o, ps: o.RMSprop(ps, 0.1, 0.9, 1e-3, 0.05, 0.5),
    "Adam": lambda o, ps: o.Adam(ps, 0.1),
    "Adam, all": lambda o, ps: o.Adam(ps, 0.1, (0.8, 0.99), 1e-3, 0.05),
    "AdamW": lambda o, ps: o.AdamW(ps, 0.1),
    "AdamW, all": lambda o, ps: o.AdamW(ps, 0.1, (0.8, 0.99), 1e-3, 0.3),
}


@pytest.fixture(scope="module")
def torch() -> Any:
    return pytest.importorskip("torch")


def tensors(torch: Any, dtype: type = np.float64) -> list[Any]:
    return [torch.tensor(p.data, requires_grad=True) for p in parameters(dtype)]


def test_the_two_tables_have_the_same_rows() -> None:
    assert list(IN_TORCH) == list(OPTIMIZERS)


@pytest.mark.parametrize(("dtype", "rtol"), [(np.float64, 1e-10), (np.float32, 1e-4)])
@pytest.mark.parametrize("name", OPTIMIZERS)
def test_twenty_steps_equal_torch_state_included(torch, name, dtype, rtol) -> None:
    ours = OPTIMIZERS[name](parameters(dtype))
    run(ours, 0, 20)
    theirs = IN_TORCH[name](torch.optim, tensors(torch, dtype))
    weights = theirs.param_groups[0]["params"]
    for step in range(20):
        for weight, grad in zip(weights, gradients(step), strict=True):
            weight.grad = torch.tensor(grad.astype(dtype))
        theirs.step()
    for parameter, memory, weight in zip(ours.parameters, ours.memory, weights, strict=True):
        np.testing.assert_allclose(
            parameter.data, weight.detach().numpy(), rtol=rtol, atol=rtol / 10
        )
        kept = {
            key: value for key, value in theirs.state[weight].items()
            if value is not None and key != "step"
        }
        assert kept.keys() <= memory.keys()
        for key, value in kept.items():
            np.testing.assert_allclose(memory[key], value.numpy(), rtol=rtol, atol=rtol / 10)
        assert theirs.state[weight].get("step", 20) == ours.steps


METRICS = [3.0, 2.0, 2.0, 1.9999, 2.5, 2.1, 1.0, 1.1, 1.2, 1.3, 1.0, 1.4, 0.5, *[0.5] * 27]


@pytest.mark.parametrize(
    ("make", "in_torch"),
    [
        (lambda o: StepLR(o, 7, 0.5), lambda s, o: s.StepLR(o, 7, 0.5)),
        (lambda o: CosineAnnealingLR(o, 30), lambda s, o: s.CosineAnnealingLR(o, 30)),
        (lambda o: CosineAnnealingLR(o, 11, 0.01), lambda s, o: s.CosineAnnealingLR(o, 11, 0.01)),
        (lambda o: ReduceLROnPlateau(o, patience=2),
         lambda s, o: s.ReduceLROnPlateau(o, patience=2)),
        (lambda o: ReduceLROnPlateau(o, "max", 0.5, 1, 0.2, 3, 0.01),
         lambda s, o: s.ReduceLROnPlateau(o, "max", 0.5, 1, 0.2, cooldown=3, min_lr=0.01)),
    ],
)
def test_forty_epochs_equal_torch(torch, make, in_torch) -> None:
    ours = SGD(parameters(), 0.1)
    theirs = torch.optim.SGD(tensors(torch), 0.1)
    schedule, wanted = make(ours), in_torch(torch.optim.lr_scheduler, theirs)
    for metric in METRICS:
        theirs.step()
        arguments = (metric,) if isinstance(schedule, ReduceLROnPlateau) else ()
        schedule.step(*arguments)
        wanted.step(*arguments)
        assert ours.lr == pytest.approx(theirs.param_groups[0]["lr"], rel=1e-9, abs=1e-15)


@pytest.mark.parametrize("limit", [0.5, 3.0, 1000.0])
def test_clipping_equals_torch(torch, limit) -> None:
    ours, theirs = parameters(), tensors(torch)
    for parameter, tensor, grad in zip(ours, theirs, gradients(0), strict=True):
        parameter.grad[...] = grad
        tensor.grad = torch.tensor(grad)
    norm = clip_grad_norm(ours, limit)
    assert norm == pytest.approx(torch.nn.utils.clip_grad_norm_(theirs, limit).item(), rel=1e-12)
    for parameter, tensor in zip(ours, theirs, strict=True):
        np.testing.assert_allclose(parameter.grad, tensor.grad.numpy(), rtol=1e-12)
    clip_grad_value(ours, 0.1)
    torch.nn.utils.clip_grad_value_(theirs, 0.1)
    for parameter, tensor in zip(ours, theirs, strict=True):
        np.testing.assert_allclose(parameter.grad, tensor.grad.numpy(), rtol=1e-12)
