"""The same answers and gradients as PyTorch, over the whole table."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from tests.course_lib.operations import OPERATIONS, POOLINGS, Operation
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
@pytest.mark.parametrize(("dtype", "rtol", "atol"), [("f8", 1e-9, 1e-12), ("f4", 1e-4, 1e-5)])
def test_functional_equals_torch(
    torch: Any, operation: Operation, dtype: str, rtol: float, atol: float
) -> None:
    rng = rng_for(operation)
    args = tuple(a.astype(dtype) for a in operation.arguments(rng))
    y = operation.f(*args)
    g = np.asarray(rng.standard_normal(y.shape)).astype(dtype)
    wanted, wanted_grads = answers_of_torch(torch, operation, args, g)
    np.testing.assert_allclose(y, wanted, rtol=rtol, atol=atol)
    if operation.needs is None:
        return
    for got, grad in zip(operation.f_backward(g, *args), wanted_grads, strict=True):
        np.testing.assert_allclose(got, grad, rtol=rtol, atol=atol)


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


@pytest.mark.parametrize("name", ["conv1d", "conv2d", "conv3d", "conv_transpose2d"])
def test_the_table_has_enough_convolutions(name: str) -> None:
    """Strides 1 to 3, paddings 0 to 2, dilation, groups, all roundings, a batch of one."""
    rows = [o for o in OPERATIONS if o.name == name]
    assert len(rows) >= 20

    def values(setting: str, default: Any) -> set[Any]:
        return {np.ravel(o.settings.get(setting, default))[0].item() for o in rows}

    assert {1, 2, 3} <= values("stride", 1)
    assert {0, 1, 2} <= values("padding", 0)
    assert {1, 2} < values("dilation", 1)
    assert {1, 2, 3} <= values("groups", 1)
    if name == "conv_transpose2d":
        assert {0, 1, 2} <= values("output_padding", 0)
    else:
        assert "same" in values("padding", 0)
        assert {"floor", "ceil", "strict"} <= values("rounding", "strict")
    assert any(o.shapes[0][0] == 1 for o in rows)


@pytest.mark.parametrize(
    "name", ["max_pool2d", "avg_pool2d", "lp_pool2d", "mixed_pool2d"]
)
def test_the_table_has_enough_pools(name: str) -> None:
    """Strides 1 to 3, paddings 0 to 2, rectangles, all roundings, a batch of one."""
    rows = [o for o in POOLINGS if o.name == name]
    assert len(rows) >= 20
    settings = [o.settings for o in rows]
    assert {1, 2, 3} <= {np.max(s.get("stride", 0)) for s in settings}
    assert {0, 1, 2} <= {np.max(s.get("padding", 0)) for s in settings}
    assert {"floor", "ceil", "strict"} <= {s.get("rounding", "strict") for s in settings}
    assert any(np.size(s["kernel_size"]) == 2 for s in settings)
    assert any(o.shapes[0][0] == 1 for o in rows)


@pytest.mark.parametrize(
    "name",
    [
        "stochastic_pool2d", "fractional_max_pool2d", "adaptive_avg_pool2d", "adaptive_max_pool2d",
        "global_avg_pool2d", "spatial_pyramid_pool2d",
    ],
)
def test_the_table_has_enough_of_the_other_pools(name: str) -> None:
    """They have no stride or padding to vary: rectangles, and at least 20 of them."""
    rows = [o for o in POOLINGS if o.name == name]
    assert len({(o.shapes, repr(o.settings)) for o in rows}) >= 20
    assert any(o.shapes[0][2] != o.shapes[0][3] for o in rows)
