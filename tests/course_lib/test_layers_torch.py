"""A whole network trains as PyTorch's does: same names, same numbers after some steps."""

from __future__ import annotations

from collections import OrderedDict
from typing import Any

import numpy as np
import pytest

from course_lib import functional as F
from course_lib.layers import (
    AvgPool2d,
    BatchNorm2d,
    Conv2d,
    ConvTranspose2d,
    Flatten,
    GroupNorm,
    LayerNorm,
    Linear,
    MaxPool2d,
    Parallel,
    ReLU,
    Sequential,
)
from course_lib.optim import SGD

pytestmark = pytest.mark.may_skip_in_ci(
    reason="CI installs PyTorch; elsewhere gradient checks of every layer stand in for it"
)


@pytest.fixture(scope="module")
def torch() -> Any:
    return pytest.importorskip("torch")


def ours() -> Sequential:
    rng = np.random.default_rng(8)
    return Sequential(
        conv=Conv2d(2, 6, 3, padding=1, groups=2, bias=False, rng=rng),
        bn=BatchNorm2d(6),
        relu=ReLU(),
        pool=MaxPool2d(3, 2, 1),
        inception=Parallel(Conv2d(6, 2, 1, rng=rng), Conv2d(6, 4, 3, padding=1, rng=rng)),
        up=ConvTranspose2d(6, 4, 3, 2, 1, rng=rng),
        gn=GroupNorm(2, 4),
        avg=AvgPool2d(2, rounding="floor"),
        flat=Flatten(),
        ln=LayerNorm(48),
        fc=Linear(48, 3, rng=rng),
    )


def theirs(torch: Any) -> Any:
    nn = torch.nn

    class Inception(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.add_module("0", nn.Conv2d(6, 2, 1))
            self.add_module("1", nn.Conv2d(6, 4, 3, padding=1))

        def forward(self, x: Any) -> Any:
            return torch.cat([branch(x) for branch in self.children()], 1)

    return nn.Sequential(OrderedDict(
        conv=nn.Conv2d(2, 6, 3, padding=1, groups=2, bias=False),
        bn=nn.BatchNorm2d(6),
        relu=nn.ReLU(),
        pool=nn.MaxPool2d(3, 2, 1),
        inception=Inception(),
        up=nn.ConvTranspose2d(6, 4, 3, 2, 1),
        gn=nn.GroupNorm(2, 4),
        avg=nn.AvgPool2d(2),
        flat=nn.Flatten(),
        ln=nn.LayerNorm(48),
        fc=nn.Linear(48, 3),
    )).double()


def test_five_steps_and_the_state_equal_torch(torch) -> None:
    net, other = ours(), theirs(torch)
    assert list(net.state_dict()) == list(other.state_dict())
    other.load_state_dict({k: torch.tensor(v) for k, v in net.state_dict().items()})
    step, their_step = SGD(net.parameters(), 0.05, 0.9), torch.optim.SGD(
        other.parameters(), 0.05, 0.9
    )
    rng = np.random.default_rng(9)
    for _ in range(5):
        x, targets = rng.standard_normal((4, 2, 7, 9)), rng.integers(0, 3, 4)
        step.zero_grad()
        logits = net.forward(x)
        net.backward(F.cross_entropy_backward(1.0, logits, targets))
        step.step()
        their_step.zero_grad()
        torch.nn.functional.cross_entropy(
            other(torch.tensor(x)), torch.tensor(targets)
        ).backward()
        their_step.step()
    for name, tensor in other.state_dict().items():
        np.testing.assert_allclose(
            net.state_dict()[name], tensor.numpy(), rtol=1e-6, atol=1e-9, err_msg=name
        )
    x = rng.standard_normal((1, 2, 7, 9))
    np.testing.assert_allclose(
        net.eval().forward(x), other.eval()(torch.tensor(x)).detach().numpy(), rtol=1e-6
    )
