"""Every complaint of course_lib.models, word for word (those of weights stand with weights)."""

from __future__ import annotations

import importlib
import pkgutil

import numpy as np
import pytest

from course_lib import models
from course_lib.init import zeros
from course_lib.shapes import summary
from tests.course_lib.messages import Message, check, unread_raises
from tests.course_lib.test_models_pattern import PATTERN_MESSAGES

RNG = np.random.default_rng(0)

MESSAGES = [
    Message(
        lambda: models.mlp((784,), rng=RNG), ValueError,
        "mlp expects the numbers of inputs and outputs at least; got (784,). "
        "Did you mean mlp((784, 10), ...)?",
    ),
    Message(
        lambda: models.mlp((784, 0, 10), rng=RNG), ValueError,
        "A size in sizes must be at least 1; got 0.",
    ),
    Message(
        lambda: models.lenet5("1989", rng=RNG), ValueError,
        "variant is '1998', 'modern' or 'rwth'; got '1989'.",
    ),
    Message(
        lambda: models.lenet5(n_in=30, rng=RNG), ValueError,
        "lenet5 expects n_in=32, or 28 (then two zeros are put around the image); got 30.",
    ),
    Message(
        lambda: models.lenet5(rng=RNG).forward(np.ones((1, 1, 28, 28))), ValueError,
        "Linear expects x with 400 features; got shape (1, 256). Did you mean Linear(256, 120)?",
    ),
    Message(
        lambda: models.SubSampling2d(0), ValueError, "channels must be at least 1; got 0.",
    ),
    Message(
        lambda: models.SubSampling2d(3).forward(np.ones((1, 2, 4, 4))), ValueError,
        "SubSampling2d expects x of shape (N, 3, H, W); got (1, 2, 4, 4).",
    ),
    Message(
        lambda: models.PartialConv2d(((0,), ()), 3, rng=RNG), ValueError,
        "The number of maps that a map sees must be at least 1; got 0.",
    ),
    Message(
        lambda: models.PartialConv2d(((0,), (1,)), 3, rng=RNG).forward(np.ones((1, 1, 4, 4))),
        ValueError, "PartialConv2d expects x of shape (N, 2, H, W); got (1, 1, 4, 4).",
    ),
    Message(
        lambda: models.RadialOutput().forward(np.ones((1, 10))), ValueError,
        "RadialOutput expects x of shape (N, 84); got (1, 10).",
    ),
    Message(
        lambda: models.alexnet("two towers", rng=RNG), ValueError,
        "variant is 'one-tower', 'two-towers' or 'joined'; got 'two towers'.",
    ),
    Message(
        lambda: summary(models.alexnet("joined", rng=RNG, init=zeros), (3, 224, 224)), ValueError,
        "Conv2d, along the rows: Stride 4 does not fit: (224 - 11 + 2*0)/4 + 1 = 54.25 is not "
        "whole. Legal strides for n_in=224, kernel_size=11, padding=0: 1, 3, 71 and 213. "
        "(Or say rounding='floor' or rounding='ceil'.)",
    ),
    Message(
        lambda: models.googlenet("bn", rng=RNG), ValueError,
        "variant is 'library', 'original' or 'normalised'; got 'bn'.",
    ),
    Message(
        lambda: models.googlenet(rng=RNG, init=zeros).backward(np.ones((1, 2)), (np.ones(2),)),
        ValueError,
        "GoogLeNet.backward expects a gradient for each of the 0 heads that ran, or none; got 1.",
    ),
    Message(
        lambda: models.trained("vgg16"), ValueError, "name is 'lenet5' or 'mlp'; got 'vgg16'.",
    ),
    Message(
        lambda: models.vgg(12, rng=RNG), ValueError, "depth is 11, 13, 16 or 19; got 12.",
    ),
    Message(
        lambda: models.nin(n_classes=0, rng=RNG), ValueError,
        "out_channels must be at least 1; got 0.",
    ),
    Message(
        lambda: models.nin("mnist", rng=RNG), ValueError,
        "variant is 'imagenet' or 'cifar'; got 'mnist'.",
    ),
    Message(
        lambda: models.resnet(20, rng=RNG), ValueError,
        "depth is 18, 34, 50, 101 or 152; got 20.",
    ),
    Message(
        lambda: models.resnet_cifar(18, rng=RNG), ValueError,
        "depth is 6n + 2, for n blocks of two layers in each of three stages; got 18. "
        "Did you mean 14 or 20?",
    ),
    Message(
        lambda: models.resnet_cifar(20.0, rng=RNG), TypeError,
        "depth is a whole number; got 20.0.",
    ),
    Message(
        lambda: models.conv_autoencoder(widths=(), rng=RNG), ValueError,
        "conv_autoencoder expects the channels of every level; got no widths.",
    ),
    Message(
        lambda: models.encoder_decoder(widths=(3, 0), rng=RNG), ValueError,
        "A width in widths must be at least 1; got 0.",
    ),
    Message(
        lambda: models.Step().backward(np.ones(1)), RuntimeError,
        "Step.backward needs what forward saw, and forward has not run yet. "
        "Call forward(x) first.",
    ),
]


@pytest.mark.parametrize("message", MESSAGES + PATTERN_MESSAGES, ids=lambda m: m.text[:60])
def test_message(message: Message) -> None:
    check(message)


def test_every_message_is_read() -> None:
    names = [name for _, name, _ in pkgutil.iter_modules(models.__path__) if name != "weights"]
    modules = [importlib.import_module(f"course_lib.models.{name}") for name in names]
    assert unread_raises(modules, MESSAGES + PATTERN_MESSAGES) == []
