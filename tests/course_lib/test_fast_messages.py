"""Every complaint of course_lib.fast, word for word."""

from __future__ import annotations

import importlib
import pkgutil
import threading

import numpy as np
import pytest

from course_lib import fast
from course_lib.fast.crew import Crew
from course_lib.fast.operation import Operation
from course_lib.layers import (
    BatchNorm1d,
    BatchNorm2d,
    Conv2d,
    Layer,
    Linear,
    MaxPool2d,
    Parallel,
    ReLU,
    Residual,
    Sequential,
    Softmax,
)
from tests.course_lib.messages import Message, check, unread_raises

RNG = np.random.default_rng(0)
PLAN = fast.compile(Linear(3, 2, rng=RNG), (3,))
KNOWN = (
    "AdaptiveAvgPool2d, AvgPool2d, BatchNorm1d, BatchNorm2d, Conv2d, Dropout, ELU, Flatten, "
    "GlobalAvgPool2d, LeakyReLU, Linear, MaxPool2d, PadShortcut, Parallel, ReLU, Residual, SELU, "
    "Sigmoid, Tanh"
)


class Own(Layer):
    """A layer that no plan can know."""


class OddRow(Sequential):
    """Looks like a row of layers, and runs in a way of its own."""

    def forward(self, x: np.ndarray) -> np.ndarray:
        return 2 * super().forward(x)


def conv(n_in: int, n_out: int, kernel_size: int, *args: int, **settings: int) -> Conv2d:
    return Conv2d(n_in, n_out, kernel_size, *args, rng=RNG, **settings)


def compiled(layer: Layer, *shape: int) -> fast.Plan:
    return fast.compile(layer, shape)


MESSAGES = [
    Message(
        lambda: compiled(Sequential(fc=Linear(3, 2, rng=RNG), probabilities=Softmax()), 3),
        fast.CannotCompile,
        "fast.compile has no plan for Softmax 'probabilities'. It knows Sequential, "
        f"{KNOWN}. Run this network plain.",
    ),
    Message(
        lambda: compiled(Own(), 3), fast.CannotCompile,
        f"fast.compile has no plan for Own. It knows Sequential, {KNOWN}. "
        "Run this network plain.",
    ),
    Message(
        lambda: compiled(Residual(Sequential(body=Sequential(ReLU(), Own())), ReLU()), 3),
        fast.CannotCompile,
        f"fast.compile has no plan for Own 'body.1'. It knows Sequential, {KNOWN}. "
        "Run this network plain.",
    ),
    Message(
        lambda: compiled(Sequential(odd=OddRow(ReLU())), 3), fast.CannotCompile,
        f"fast.compile has no plan for OddRow 'odd'. It knows Sequential, {KNOWN}. "
        "Run this network plain.",
    ),
    Message(
        lambda: compiled(Sequential(conv(1, 2, 3, dilation=2)), 1, 8, 8), fast.CannotCompile,
        "fast.compile has no plan for Conv2d '0' with dilation (2, 2); it knows dilation 1. "
        "Run this network plain.",
    ),
    Message(
        lambda: compiled(Sequential(ReLU(), MaxPool2d(2)), 4), fast.CannotCompile,
        "fast.compile expects images (C, H, W) before MaxPool2d '1'; there it gets (4,).",
    ),
    Message(
        lambda: compiled(conv(3, 2, 3), 1, 8, 8), fast.CannotCompile,
        "fast.compile expects 3 channels or features before Conv2d; there it gets (1, 8, 8).",
    ),
    Message(
        lambda: compiled(Sequential(conv(1, 2, 3, 2)), 1, 8, 8), fast.CannotCompile,
        "fast.compile: Conv2d '0', along the rows: Stride 2 does not fit: (8 - 3 + 2*0)/2 + 1 = "
        "3.5 is not whole. Legal strides for n_in=8, kernel_size=3, padding=0: 1 and 5. "
        "(Or say rounding='floor' or rounding='ceil'.)",
    ),
    Message(
        lambda: compiled(MaxPool2d(2, padding=2), 1, 8, 8), fast.CannotCompile,
        "fast.compile: MaxPool2d, along the rows: padding 2 is more than half of kernel_size 2, "
        "so a window could lie beside the image. Use a padding of at most 1.",
    ),
    Message(
        lambda: compiled(Linear(4, 2, rng=RNG), 1, 2, 2), fast.CannotCompile,
        "fast.compile expects rows of features before Linear; there it gets images (1, 2, 2). "
        "Put a Flatten before it.",
    ),
    Message(
        lambda: compiled(Sequential(Residual(Linear(3, 2, rng=RNG))), 3), fast.CannotCompile,
        "fast.compile expects the body and the shortcut of Residual '0' to make the same shape; "
        "they make (2,) and (3,).",
    ),
    Message(
        lambda: compiled(Parallel(conv(1, 2, 1), conv(1, 2, 3)), 1, 5, 5), fast.CannotCompile,
        "fast.compile expects branches that differ in channels only in Parallel; they make "
        "(2, 5, 5), (2, 3, 3).",
    ),
    Message(
        lambda: compiled(
            Sequential(Linear(3, 2, rng=RNG), Linear(2, 2, rng=RNG, dtype=np.float32)), 3
        ),
        fast.CannotCompile,
        "fast.compile expects parameters of one dtype; Sequential has float32 and float64.",
    ),
    Message(
        lambda: fast.compile(PLAN.model, (3, 1)), ValueError,
        "input_shape is that of one sample, (C, H, W) or (F,); got (3, 1).",
    ),
    Message(
        lambda: fast.compile(PLAN.model, (3,), loss="softmax"), ValueError,
        "loss is the name of a loss in course_lib.functional, such as 'cross_entropy' or "
        "'mse_loss'; got 'softmax'.",
    ),
    Message(
        lambda: fast.compile(PLAN.model, (3,), micro_batch=0), ValueError,
        "micro_batch must be at least 1; got 0.",
    ),
    Message(
        lambda: fast.compile(PLAN.model, (3,), threads=1.5), TypeError,
        "threads is a whole number; got 1.5.",
    ),
    Message(
        lambda: PLAN.forward(np.ones((2, 4))), ValueError,
        "Plan expects x of shape (N, 3); got (2, 4).",
    ),
    Message(
        lambda: PLAN.forward(np.ones((0, 3))), ValueError,
        "Plan expects at least one sample; got x of shape (0, 3).",
    ),
    Message(
        lambda: PLAN.step(np.ones((2, 3)), np.array([0, 2])), ValueError,
        "cross_entropy expects targets from 0 to 1, because logits has shape (2, 2); got 2.",
    ),
    Message(
        lambda: compiled(BatchNorm1d(3), 3).forward(np.ones((1, 3))), ValueError,
        "batch_norm needs at least two values that share a mean, else every y is the bias; "
        "x of shape (1, 1) has 1.",
    ),
    Message(
        lambda: fast.one_parameter(ReLU()), ValueError,
        "one_parameter expects parameters of one dtype; ReLU has none at all.",
    ),
    Message(
        lambda: Operation().bind(None), NotImplementedError,
        "Operation has no bind. Define bind(self, slot).",
    ),
]


@pytest.mark.parametrize("message", MESSAGES, ids=lambda m: m.text[:60])
def test_message(message: Message) -> None:
    check(message)


def test_every_message_is_read() -> None:
    files = [name for _, name, _ in pkgutil.iter_modules(fast.__path__) if name != "crew"]
    modules = [importlib.import_module(f"course_lib.fast.{name}") for name in files]
    assert len(modules) > 10
    assert unread_raises(modules, MESSAGES) == []


@pytest.mark.parametrize("threads", [1, 2, 3])
def test_what_a_worker_raises_is_raised_and_the_crew_goes_on(threads: int) -> None:
    crew, done = Crew(threads), []

    def bad() -> None:
        raise KeyError("lane 1")

    with pytest.raises(KeyError, match="lane 1"):
        crew.run([lambda: done.append(0), bad])
    crew.run([lambda n=n: done.append(n) for n in (1, 2, 3, 4)])
    assert sorted(done) == [0, 1, 2, 3, 4]


def test_workers_end_with_their_crew() -> None:
    before = set(threading.enumerate())
    crew = Crew(3)
    crew.run([lambda: None] * 3)
    hired = set(threading.enumerate()) - before
    assert len(hired) == 2
    del crew
    for worker in hired:
        worker.join(timeout=10)
        assert not worker.is_alive()


def test_a_batch_that_fails_leaves_a_plan_that_works() -> None:
    model = Sequential(Linear(3, 2, rng=RNG), BatchNorm1d(2))
    plan = fast.compile(model, (3,))
    with pytest.raises(ValueError, match="targets"):
        plan.step(np.ones((2, 3)), np.array([0, 5]))
    x, targets = RNG.standard_normal((4, 3)), np.array([0, 1, 1, 0])
    _, answers = plan.step(x, targets)
    np.testing.assert_allclose(answers, model.forward(x), rtol=1e-9, atol=1e-12)


def test_no_name_of_a_layer_is_doubled() -> None:
    network = Sequential(stem=conv(3, 2, 1), norm=BatchNorm2d(2), stage=Sequential(Own()))
    with pytest.raises(fast.CannotCompile, match=r"no plan for Own 'stage\.0'\."):
        compiled(network, 3, 4, 4)
