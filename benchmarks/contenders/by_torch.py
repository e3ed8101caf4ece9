"""The same steps in PyTorch: eager, and eager with the channels last."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np

from benchmarks.contenders.ours import MOMENTUM, RATE
from benchmarks.contenders.timing import Step


def network(torch: Any, name: str, padding: int = 0) -> Any:
    nn = torch.nn
    torch.manual_seed(0)
    if name == "lenet5":
        return nn.Sequential(
            nn.Conv2d(1, 6, 5, padding=padding), nn.ReLU(), nn.MaxPool2d(2),
            nn.Conv2d(6, 16, 5), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(),
            nn.Linear(400, 120), nn.ReLU(), nn.Linear(120, 84), nn.ReLU(), nn.Linear(84, 10),
        )
    if name == "mlp":
        return nn.Sequential(
            nn.Linear(784, 300), nn.ReLU(), nn.Linear(300, 100), nn.ReLU(), nn.Linear(100, 10)
        )
    return _resnet20(torch)


def _resnet20(torch: Any) -> Any:
    nn = torch.nn

    class Block(nn.Module):
        def __init__(self, n_in: int, n_out: int) -> None:
            super().__init__()
            self.stride, self.more = (1 if n_in == n_out else 2), n_out - n_in
            self.body = nn.Sequential(
                nn.Conv2d(n_in, n_out, 3, self.stride, 1, bias=False), nn.BatchNorm2d(n_out),
                nn.ReLU(), nn.Conv2d(n_out, n_out, 3, 1, 1, bias=False), nn.BatchNorm2d(n_out),
            )

        def forward(self, x: Any) -> Any:
            y = self.body(x)
            if self.more:
                before = self.more // 2
                x = nn.functional.pad(x[:, :, ::2, ::2], (0, 0, 0, 0, before, self.more - before))
            return torch.relu(x + y)

    widths = [16, 16, 16, 16, 32, 32, 32, 64, 64, 64]
    return nn.Sequential(
        nn.Conv2d(3, 16, 3, 1, 1, bias=False), nn.BatchNorm2d(16), nn.ReLU(),
        *[Block(a, b) for a, b in pairwise(widths)],
        nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(64, 10),
    )


def step(
    torch: Any, name: str, x: np.ndarray, targets: np.ndarray, *, channels_last: bool
) -> Step:
    """The batch arrives as NCHW; turning it to channels last is part of the step."""
    layout = torch.channels_last if channels_last else torch.contiguous_format
    model = network(torch, name).to(memory_format=layout)
    optimizer = torch.optim.SGD(model.parameters(), RATE, MOMENTUM)
    loss = torch.nn.CrossEntropyLoss()
    batch, right = torch.from_numpy(x), torch.from_numpy(targets)

    def run() -> None:
        optimizer.zero_grad()
        given = batch.contiguous(memory_format=layout) if batch.ndim == 4 else batch
        loss(model(given), right).backward()
        optimizer.step()

    return run


def conv_step(torch: Any, x: np.ndarray, grad: np.ndarray, *, channels_last: bool) -> Step:
    layout = torch.channels_last if channels_last else torch.contiguous_format
    made = (torch.from_numpy(array).contiguous(memory_format=layout) for array in (x, grad))
    batch, back = made
    channels = x.shape[1]
    weight = torch.randn(channels, channels, 3, 3).contiguous(memory_format=layout)
    batch.requires_grad_()
    weight.requires_grad_()

    def run() -> None:
        batch.grad = weight.grad = None
        torch.nn.functional.conv2d(batch, weight, None, 1, 1).backward(back)

    return run


def whole_run(
    torch: Any, digits: Any, batch_size: int, epochs: int, settings: dict[str, float]
) -> float:
    """LeNet-5 by SGD, tested after every epoch; the accuracy at the end."""
    model = network(torch, "lenet5", padding=2)
    optimizer = torch.optim.SGD(model.parameters(), **settings)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, epochs)
    loss = torch.nn.CrossEntropyLoss()
    x, targets, x_test, targets_test = (
        torch.from_numpy(np.ascontiguousarray(array))
        for array in (digits.x_train, digits.y_train.astype(np.int64),
                      digits.x_test, digits.y_test.astype(np.int64))
    )
    right = 0.0
    for _ in range(epochs):
        model.train()
        for places in torch.randperm(len(x)).split(batch_size):
            optimizer.zero_grad()
            loss(model(x[places]), targets[places]).backward()
            optimizer.step()
        schedule.step()
        model.eval()
        with torch.no_grad():
            found = [model(part).argmax(1) for part in x_test.split(1000)]
        right = float((torch.cat(found) == targets_test).float().mean())
    return right
