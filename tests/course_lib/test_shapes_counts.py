"""Parameters, bytes and multiply-adds: the numbers of the decks.

Each row names its statement in table B (R 000 RWTH, W 001 Wuppertal, T 002 TUM, I 003
Ingolstadt, B 004 Bonn; B.2 and B.3 are published architectures).
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from course_lib import layers
from course_lib.layers import (
    BatchNorm2d,
    ConvTranspose2d,
    GlobalAvgPool2d,
    Layer,
    MaxPool2d,
    Parallel,
    Parameter,
    Sequential,
)
from course_lib.shapes import count_macs, count_params, counts, param_bytes
from tests.course_lib.messages import Message, check, unread_raises
from tests.course_lib.published import (
    CHEAP,
    conv,
    digits,
    inception,
    lenet,
    linear,
    nin_cifar,
    resnet18,
)

COUNTS = [
    ("R-n01", lambda: linear(784, 300), 235_500),
    ("R-n02", lambda: linear(300, 100), 30_100),
    ("R-n03", lambda: linear(100, 10), 1_010),
    ("R-n04", lambda: digits(28 * 28), 266_610),
    ("R-n07, R-n08 with 84", lambda: lenet(84), 61_706),
    ("R-n08 with 100", lambda: lenet(100), 63_802),
    ("R-n11, T-n11", lambda: conv(3, 1, 5), 76),
    ("R-n12", lambda: conv(20, 1, 3), 181),
    ("R-n21", lambda: conv(1, 6, 5), 156),
    ("R-n22", lambda: conv(3, 96, 11), 34_944),
    ("W-n01", lambda: linear(512**2, 64), 16_777_280),
    ("W-n02", lambda: conv(1, 64, 7), 3_200),
    ("W-n25, with pools", lambda: conv(16, 120, 5), 48_120),
    ("W-n25, without", lambda: linear(24 * 24 * 16, 120), 1_106_040),
    ("T-n12", lambda: conv(3, 10, 5), 760),
    ("T-n20", lambda: linear(75, 3), 225 + 3),
    ("I-n09, I-n14", lambda: conv(3, 16, 5), 1_216),
    ("B-n01", lambda: conv(3, 1, 5, bias=False), 75),
    ("B-n03", lambda: conv(3, 4, 5), 304),
    ("B.3 standard", lambda: conv(64, 128, 3, bias=False), 73_728),
    ("B.3 groups=4", lambda: conv(64, 128, 3, groups=4, bias=False), 18_432),
    ("B.3 depthwise separable",
     lambda: Sequential(conv(64, 64, 3, groups=64, bias=False), conv(64, 128, 1, bias=False)),
     8_768),
    ("B.3 Inception 3a", lambda: inception(192, 64, 96, 128, 16, 32, 32), 163_696),
    ("B.3 GAP head", lambda: Sequential(GlobalAvgPool2d(), linear(512, 1000)), 513_000),
    ("B.2 NiN, CIFAR-10", nin_cifar, 966_986),
    ("B.2 ResNet-18", resnet18, 11_689_512),
]


@pytest.mark.parametrize(("row", "make", "count"), COUNTS, ids=[row[0] for row in COUNTS])
def test_parameter_counts_of_the_decks(row, make, count) -> None:
    assert count_params(make()) == count


def test_weights_without_biases() -> None:
    """R-n22, R-n26, N-24: some decks count biases as weights, some do not."""
    assert count_params(conv(3, 96, 11), bias=False) == 34_848
    c = 64
    one, three = conv(c, c, 7), Sequential(*[conv(c, c, 3) for _ in range(3)])
    assert (count_params(one, bias=False), count_params(three, bias=False)) == (200_704, 110_592)
    assert count_params(BatchNorm2d(5), bias=False) == 5


def test_r_n05_the_slide_is_ten_times_too_small() -> None:
    first = linear(256 * 256, 300)
    assert count_params(first) == 19_661_100
    total = count_params(first) + count_params(linear(300, 100)) + count_params(linear(100, 10))
    assert total == 19_692_210
    assert total > 9 * 2_000_000, "the deck says almost 2 million"


def test_i_n03_and_i_n04_inputs_have_no_bias() -> None:
    sizes = (49_152, 4_096, 10)
    count = sum(n_in * n_out + n_out for n_in, n_out in pairwise(sizes))
    assert count == 201_371_658
    assert count != 201_420_810, "the deck counts a bias for every input"
    assert param_bytes(count, np.float32) / 1e9 == pytest.approx(0.805, abs=5e-4)
    assert param_bytes(count, np.float32) / 2**30 == pytest.approx(0.750, abs=5e-4)
    assert param_bytes(count, "float64") == 2 * param_bytes(count, "float32")


def test_a_shared_parameter_counts_once_and_running_statistics_never() -> None:
    class Tied(Layer):
        def __init__(self) -> None:
            self.first = Parameter(np.ones((3, 4)))
            self.second = self.first
            self.norm = BatchNorm2d(2)

    assert count_params(Tied()) == 12 + 4


MACS = [
    ("B-n03", lambda: conv(3, 4, 5), (3, 256, 256), 19_051_200),
    ("B-n02, one weight", lambda: conv(1, 1, 5), (1, 256, 256), 63_504 * 25),
    ("a linear layer", lambda: linear(784, 300), (784,), 235_200),
    ("C1 of LeNet", lambda: conv(1, 6, 5), (1, 32, 32), 117_600),
    ("groups", lambda: conv(4, 6, 3, groups=2), (4, 5, 7), 6 * 3 * 5 * 2 * 9),
    ("maxout", lambda: layers.Maxout(5, 4, 3, rng=CHEAP["rng"]), (5,), 60),
    ("transposed", lambda: ConvTranspose2d(4, 6, 3, 2, groups=2, **CHEAP), (4, 5, 7), 140 * 27),
    ("sparse", lambda: layers.SparseConv2d(2, 3, 3, **CHEAP), (2, 4, 5), 3 * 20 * 18),
    ("deformable", lambda: layers.DeformConv2d(2, 3, 3, **CHEAP), (2, 5, 6), 12 * 18 * (3 + 18)),
    ("attention", lambda: layers.SelfAttention(5, 4, **CHEAP), (3, 5), 3 * 3 * 20),
    ("B.3 Inception 3a", lambda: inception(192, 64, 96, 128, 16, 32, 32), (192, 28, 28),
     128_049_152),
    ("B.3 Inception 3a, naive",
     lambda: Parallel(conv(192, 64, 1), conv(192, 128, 3, 1, 1), conv(192, 32, 5, 1, 2),
                      MaxPool2d(3, 1, 1)),
     (192, 28, 28), 303_464_448),
]


@pytest.mark.parametrize(("row", "make", "shape", "macs"), MACS, ids=[row[0] for row in MACS])
def test_multiply_adds(row, make, shape, macs) -> None:
    assert count_macs(make(), shape) == macs


def test_multiply_adds_of_published_networks() -> None:
    assert count_macs(nin_cifar(), (3, 32, 32)) == pytest.approx(222.5e6, rel=1e-3)
    assert count_macs(resnet18(), (3, 224, 224)) == pytest.approx(1.81e9, rel=3e-3)


MESSAGES = [
    Message(
        lambda: count_params(layers.Linear), TypeError,
        "count_params expects a layer or a network of layers; got <class "
        "'course_lib.layers.linear.Linear'>. Let your own class inherit from layers.Layer.",
    ),
    Message(lambda: param_bytes(-1, "float32"), ValueError, "n_params must be at least 0; got -1."),
]


@pytest.mark.parametrize("message", MESSAGES, ids=lambda m: m.text[:60])
def test_message(message: Message) -> None:
    check(message)


def test_every_message_is_read() -> None:
    assert unread_raises([counts], MESSAGES) == []
