"""The same answers and gradients as PyTorch, over the whole table."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from tests.course_lib.operations import CONVOLUTIONS, OPERATIONS, Operation
from tests.course_lib.test_functional import rng_for

pytestmark = pytest.mark.may_skip_in_ci(
    reason="CI installs PyTorch; elsewhere the stored golden values stand in for it"
)


@pytest.fixture(scope="module")
def torch() -> Any:
    return pytest.importorskip("torch")


def answers_of_torch(
    torch: Any, operation: Operation, args: tuple[Any, ...], g: Any
) -> tuple[Any, list[Any]]:
    """y and the gradients of <g, y> by all arguments."""
    tensors = [torch.tensor(a, requires_grad=operation.needs is not None) for a in args]
    y = operation.torch(torch, *tensors, **operation.settings)
    if operation.needs is None:
        return y.numpy(), []
    y.backward(torch.tensor(g))
    return y.detach().numpy(), [tensor.grad.numpy() for tensor in tensors]


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda o: o.id)
def test_functional_equals_torch(torch: Any, operation: Operation) -> None:
    rng = rng_for(operation)
    args = operation.arguments(rng)
    y = operation.f(*args)
    g = np.asarray(rng.standard_normal(y.shape))
    wanted, wanted_grads = answers_of_torch(torch, operation, args, g)
    np.testing.assert_allclose(y, wanted, rtol=1e-9, atol=1e-12)
    if operation.needs is None:
        return
    for got, grad in zip(operation.f_backward(g, *args), wanted_grads, strict=True):
        np.testing.assert_allclose(got, grad, rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize(
    "operation", [o for o in OPERATIONS if len(o.shapes) == 1], ids=lambda o: o.id
)
def test_kinks_and_large_numbers_as_torch(torch: Any, operation: Operation) -> None:
    """0 is a kink of half the activations; 1000 overflows a careless exponential."""
    (shape,) = operation.shapes
    x = operation.domain(np.resize([0.0, 1000.0, -1000.0, 1.0, -1.0, -0.0, 40.0], shape))
    y = operation.f(x)
    g = np.linspace(-1, 2, y.size).reshape(y.shape)
    wanted, wanted_grads = answers_of_torch(torch, operation, (x,), g)
    np.testing.assert_allclose(y, wanted, rtol=1e-9, atol=1e-12)
    for got, grad in zip(
        operation.f_backward(g, x) if wanted_grads else [], wanted_grads, strict=True
    ):
        np.testing.assert_allclose(got, grad, rtol=1e-9, atol=1e-12)


def test_the_table_has_enough_convolutions() -> None:
    """Strides 1 to 3, paddings 0 to 2, groups, rectangles, a batch of one."""
    assert len(CONVOLUTIONS) >= 20
    settings = [o.settings for o in CONVOLUTIONS]
    assert {1, 2, 3} <= {np.max(s.get("stride", 1)) for s in settings}
    assert {0, 1, 2} <= {np.max(s.get("padding", 0)) for s in settings}
    assert {1, 2, 3, 4} <= {s.get("groups", 1) for s in settings}
    assert any(o.shapes[0][0] == 1 for o in CONVOLUTIONS)
