"""How much memory the largest jobs of the course take, above that of their data."""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable

import numpy as np
import pytest

from course_lib import fast, models, optim
from course_lib import functional as F

MEGABYTE = 1 << 20
RNG = np.random.default_rng(0)


def training(x: np.ndarray, *, quick: bool) -> None:
    """A few steps of LeNet-5 with batches of 256, and a test."""
    targets = np.arange(len(x)) % 10
    model = models.lenet5(rng=RNG)
    optimizer = optim.SGD(model.parameters(), 0.01, 0.9)
    plan = fast.compile(model, x.shape[1:])
    for begin in range(0, 256 * 3, 256):
        batch, answers = x[begin : begin + 256], targets[begin : begin + 256]
        if quick:
            plan.step(batch, answers)
        else:
            optimizer.zero_grad()
            logits = model.forward(batch)
            model.backward(F.cross_entropy_backward(1.0, logits, answers))
        optimizer.step()
    if quick:
        plan.forward(x)
    else:
        model.forward(x[:256])


def image(x: np.ndarray, *, quick: bool) -> None:
    """One image through resnet18."""
    model = models.resnet18(rng=RNG).eval()
    if quick:
        fast.compile(model, x.shape[1:]).forward(x)
    else:
        model.forward(x)


@pytest.mark.parametrize("quick", [True, False], ids=["by a plan", "by its layers"])
@pytest.mark.parametrize(
    ("job", "shape", "megabytes"),
    [(training, (2000, 1, 32, 32), 300), (image, (1, 3, 224, 224), 600)],
    ids=["training LeNet-5", "resnet18 forward"],
)
def test_memory_stays_below_its_bar(
    job: Callable[..., None], shape: tuple[int, ...], megabytes: int, quick: bool
) -> None:
    x = RNG.standard_normal(shape, dtype=np.float32)
    tracemalloc.start()
    try:
        job(x, quick=quick)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    print(f"{peak / MEGABYTE:.0f} MB")
    assert 1 < peak / MEGABYTE < megabytes
