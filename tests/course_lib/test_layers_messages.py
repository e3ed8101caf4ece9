"""Every complaint of course_lib.layers, word for word."""

from __future__ import annotations

import importlib
import pkgutil

import numpy as np
import pytest

from course_lib import layers
from course_lib.layers import (
    Conv1d,
    Conv2d,
    ConvTranspose2d,
    Flatten,
    Layer,
    Linear,
    Maxout,
    MaxPool2d,
    Parallel,
    Parameter,
    ReLU,
    Residual,
    Sequential,
    SparseConv2d,
)
from tests.course_lib.layer_messages import MORE_MESSAGES, ones
from tests.course_lib.messages import Message, check, unread_raises

RNG = np.random.default_rng(0)
SHARED = ReLU()


class Learners:
    def forward(self, x):
        return x


MESSAGES = [
    Message(
        lambda: Conv2d(3, 4, 5, rng=RNG).forward(ones(8, 1, 28, 28)), ValueError,
        "Conv2d expects x with 3 channels; got shape (8, 1, 28, 28). "
        "Did you mean Conv2d(1, ...)?",
    ),
    Message(
        lambda: Conv2d(3, 4, 5, rng=RNG).forward(ones(3, 28, 28)), ValueError,
        "conv2d expects x of shape (N, C, H, W); got (3, 28, 28). "
        "For a batch of one write x[np.newaxis].",
    ),
    Message(
        lambda: Conv2d(3, 4, 5, groups=2, rng=RNG), ValueError,
        "Conv2d cannot split 3 channels into 2 groups of equal size. "
        "groups must divide both the channels and the filters.",
    ),
    Message(
        lambda: Conv2d(0, 4, 5, rng=RNG), ValueError, "in_channels must be at least 1; got 0.",
    ),
    Message(
        lambda: Conv2d(3, 4, (5, 0), rng=RNG), ValueError,
        "kernel_size must be at least 1; got 0.",
    ),
    Message(
        lambda: Conv2d(3, 4, (5, 5, 5), rng=RNG), ValueError,
        "kernel_size is one number or a pair (rows, columns); got (5, 5, 5), which has 3.",
    ),
    Message(
        lambda: Conv2d(3, 4.0, 5, rng=RNG), TypeError, "out_channels is a whole number; got 4.0.",
    ),
    Message(
        lambda: Conv2d(3, 4, 5, 0, rng=RNG), ValueError, "stride must be at least 1; got 0.",
    ),
    Message(
        lambda: Conv2d(3, 4, 5, 1, -1, rng=RNG), ValueError,
        "padding must be at least 0; got -1.",
    ),
    Message(
        lambda: Conv2d(3, 4, 5, 2, "same", rng=RNG), ValueError,
        "padding='same' keeps the size, which only stride 1 can; got stride 2. "
        "Give the padding in pixels.",
    ),
    Message(
        lambda: Conv2d(3, 4, 5, dilation=0, rng=RNG), ValueError,
        "dilation must be at least 1; got 0.",
    ),
    Message(
        lambda: Conv1d(2, 4, (3, 3), rng=RNG), ValueError,
        "kernel_size is one number; got (3, 3), which has 2.",
    ),
    Message(
        lambda: Conv1d(2, 4, 3, rng=RNG).forward(ones(2, 3, 9)), ValueError,
        "Conv1d expects x with 2 channels; got shape (2, 3, 9). Did you mean Conv1d(3, ...)?",
    ),
    Message(
        lambda: ConvTranspose2d(4, 2, 3, 2, 1, 2, rng=RNG), ValueError,
        "output_padding must be below the stride or the dilation; got 2 with stride 2 and "
        "dilation 1.",
    ),
    Message(
        lambda: ConvTranspose2d(4, 2, 3, 2, -1, rng=RNG), ValueError,
        "padding must be at least 0; got -1.",
    ),
    Message(
        lambda: ConvTranspose2d(4, 2, 3, rng=RNG).forward(ones(1, 2, 5, 5)), ValueError,
        "ConvTranspose2d expects x with 4 channels; got shape (1, 2, 5, 5). "
        "Did you mean ConvTranspose2d(2, ...)?",
    ),
    Message(
        lambda: SparseConv2d(4, 2, 3, rng=RNG).forward(ones(1, 2, 5, 5)), ValueError,
        "SparseConv2d expects x with 4 channels; got shape (1, 2, 5, 5). "
        "Did you mean SparseConv2d(2, ...)?",
    ),
    Message(
        lambda: Flatten().forward(ones(3)), ValueError,
        "Flatten expects a batch, x of shape (N, ...); got (3,). "
        "For a batch of one write x[np.newaxis].",
    ),
    Message(
        lambda: Linear(784, 10, rng=RNG).forward(ones(8, 1, 28, 28)), ValueError,
        "Linear expects x with 784 features; got shape (8, 1, 28, 28). "
        "Did you mean x.reshape(len(x), -1)?",
    ),
    Message(
        lambda: Linear(784, 10, rng=RNG).forward(ones(8, 100)), ValueError,
        "Linear expects x with 784 features; got shape (8, 100). Did you mean Linear(100, 10)?",
    ),
    Message(
        lambda: Linear(784, 10, rng=RNG).forward(1.0), ValueError,
        "Linear expects x with 784 features; got shape ().",
    ),
    Message(
        lambda: Linear(2, 1, rng=RNG).forward(np.array([[1, 2]])), TypeError,
        "Linear expects x in float64 or float32; got int64. "
        "Did you mean np.asarray(x, dtype=float)?",
    ),
    Message(
        lambda: Linear(784, 0, rng=RNG), ValueError, "out_features must be at least 1; got 0.",
    ),
    Message(
        lambda: Linear(784, 10, rng=0), TypeError,
        "rng is a random generator; got 0. Did you mean rng=np.random.default_rng(0)?",
    ),
    Message(
        lambda: Maxout(3, 2, 0, rng=RNG), ValueError, "pieces must be at least 1; got 0.",
    ),
    Message(
        lambda: Parameter(np.arange(3)), TypeError,
        "Parameter expects data in float64 or float32; got int64. "
        "Did you mean np.asarray(data, dtype=float)?",
    ),
    Message(
        lambda: Linear(3, 2, rng=RNG).backward(ones(1, 2)), RuntimeError,
        "Linear.backward needs what forward saw, and forward has not run yet. "
        "Call forward(x) first.",
    ),
    Message(
        lambda: Layer().forward(ones(1)), NotImplementedError,
        "Layer has no forward. Define forward(self, x).",
    ),
    Message(
        lambda: type("Mine", (Layer,), {})().backward(ones(1)), NotImplementedError,
        "Mine has no backward. Define backward(self, grad_output).",
    ),
    Message(
        lambda: Sequential(Linear(2, 2, rng=RNG), ReLU), TypeError,
        "Sequential expects layers; got the class ReLU at place 1. Did you mean ReLU(...)?",
    ),
    Message(
        lambda: Sequential([ReLU(), ReLU()]), TypeError,
        "Sequential expects layers; got a list at place 0. Did you mean Sequential(*layers)?",
    ),
    Message(
        lambda: Sequential(Learners()), TypeError,
        "Sequential expects layers; got a Learners at place 0. "
        "Let your own class inherit from layers.Layer.",
    ),
    Message(
        lambda: Sequential(ReLU(), **{"0": Linear(2, 2, rng=RNG)}), ValueError,
        "Sequential expects every name once; '0' is also the place of a layer without a name. "
        "Give that one a name, too.",
    ),
    Message(
        lambda: Sequential(SHARED, Linear(2, 2, rng=RNG), SHARED), ValueError,
        "Sequential expects every layer object once; the same ReLU stands at place 0 and at "
        "place 2. It remembers only its last input, so make a second ReLU.",
    ),
    Message(
        lambda: Sequential(SHARED, Sequential(Linear(2, 2, rng=RNG), SHARED)), ValueError,
        "Sequential expects every layer object once; the same ReLU stands at place 0 and "
        "inside place 1. It remembers only its last input, so make a second ReLU.",
    ),
    Message(
        lambda: Parallel(), ValueError, "Parallel expects at least one branch; got none.",
    ),
    Message(
        lambda: Parallel(SHARED, pool=SHARED), ValueError,
        "Parallel expects every layer object once; the same ReLU stands at place 0 and at place "
        "pool. It remembers only its last input, so make a second ReLU.",
    ),
    Message(
        lambda: Parallel(MaxPool2d(2), ReLU()).forward(ones(2, 3, 4, 6)), ValueError,
        "Parallel expects branches that differ in channels only; got (2, 3, 2, 3), (2, 3, 4, 6). "
        "Pad the larger windows.",
    ),
    Message(
        lambda: Residual(Linear(3, 4, rng=RNG)).forward(ones(2, 3)), ValueError,
        "Residual expects its body and its shortcut to make the same shape; got (2, 4) and "
        "(2, 3). Does the shortcut need a 1 x 1 convolution?",
    ),
    Message(
        lambda: Residual(ReLU), TypeError,
        "Residual expects layers; got the class ReLU at place body. Did you mean ReLU(...)?",
    ),
    Message(
        lambda: Linear(2, 3, rng=RNG).load_state_dict({"weight": ones(3, 2), "gain": ones(3)}),
        ValueError,
        "Linear expects a state with the names of its parameters; missing: bias; unknown: gain. "
        "Is it the state of another network?",
    ),
    Message(
        lambda: Linear(2, 3, rng=RNG).load_state_dict({"weight": ones(2, 3), "bias": ones(3)}),
        ValueError,
        "Linear expects weight of shape (3, 2); got (2, 3). Is it the state of another network?",
    ),
    Message(
        lambda: Linear(1, 1, rng=RNG).load_state_dict({"weight": [["a"]], "bias": ones(1)}),
        ValueError,
        "Linear expects weight to hold real numbers; got dtype <U1.",
    ),
    Message(
        lambda: Residual(Sequential(downsample=affine()), affine()).state_dict(), ValueError,
        "Residual has two parameters named downsample.weight. Rename a layer.",
    ),
]


MESSAGES += MORE_MESSAGES


def affine() -> Layer:
    return Linear(2, 2, rng=RNG)


@pytest.mark.parametrize("message", MESSAGES, ids=lambda m: m.text[:60])
def test_message(message: Message) -> None:
    check(message)


def test_every_message_is_read() -> None:
    files = [module.name for module in pkgutil.iter_modules(layers.__path__)]
    modules = [importlib.import_module(f"course_lib.layers.{name}") for name in files]
    assert len(modules) > 20
    assert unread_raises(modules, MESSAGES) == []


@pytest.mark.parametrize("make", [Linear, Conv2d, Maxout])
def test_rng_is_asked_for_by_name(make) -> None:
    arguments = (3, 2, 1) if make is not Linear else (3, 2)
    with pytest.raises(TypeError, match="missing 1 required keyword-only argument: 'rng'"):
        make(*arguments)
