"""What a learner of lecture 13 reads: published counts, drawn networks, heads, kill inputs."""

import numpy as np
import pytest

from course_lib import layers, models
from course_lib.checks.cases import declaration
from course_lib.checks.imagenet_architectures import ALEXNET, MODULE_3A
from course_lib.checks.killing import judge_kill
from course_lib.checks.probes import imagenet_architectures as probes
from course_lib.checks.values import Answer
from course_lib.init import zeros
from course_lib.shapes import summary

KILL = declaration("kill_channels_last")
NAIVE_3A = [[("conv", 1, 1, 0, 192, 64, 1)], [("conv", 3, 1, 1, 192, 128, 1)],
            [("conv", 5, 1, 2, 192, 32, 1)], [("pool", 3, 1, 1)]]
NIN = [
    ("conv", 5, 1, 2, 3, 192, 1), ("conv", 1, 1, 0, 192, 160, 1), ("conv", 1, 1, 0, 160, 96, 1),
    ("pool", 3, 2, 1), ("conv", 5, 1, 2, 96, 192, 1), ("conv", 1, 1, 0, 192, 192, 1),
    ("conv", 1, 1, 0, 192, 192, 1), ("pool", 3, 2, 1), ("conv", 3, 1, 1, 192, 192, 1),
    ("conv", 1, 1, 0, 192, 192, 1), ("conv", 1, 1, 0, 192, 10, 1), ("gap",),
]
STAGES = {11: (1, 1, 2, 2, 2), 13: (2,) * 5, 16: (2, 2, 3, 3, 3), 19: (2, 2, 4, 4, 4)}


def answer(name, *args):
    return declaration(name).reference(*args)


def layers_of(spec):
    """The network of a list of rows, made of the library's layers."""
    given = {"rng": np.random.default_rng(0)}
    made = []
    for kind, *numbers in spec:
        if kind == "conv":
            F, S, P, C, K, G = numbers
            made.append(layers.Conv2d(C, K, F, S, P, 1, G, rounding="floor", **given))
        elif kind == "pool":
            F, S, P = numbers
            made.append(layers.MaxPool2d(F, S, P, rounding="floor"))
        elif kind == "gap":
            made.append(layers.AdaptiveAvgPool2d(1))
        elif kind == "fc":
            made += [layers.Flatten(), layers.Linear(*numbers, **given)]
    return layers.Sequential(*made)


@pytest.mark.parametrize("seed", range(6))
def test_drawn_networks_fit_together_and_count_as_the_library_counts(seed):
    """A learner may as well follow the channels, or build the layers: the rows allow it."""
    for case in probes.mac_probes(np.random.default_rng(seed)):
        spec, hw = case.args
        channels = next(row[4] if row[0] == "conv" else row[1] if row[0] == "fc" else 3
                        for row in [*spec, ("conv", 0, 0, 0, 3)] if row[0] in ("conv", "fc"))
        found = summary(layers_of(spec), (channels, *hw))
        assert found.parameters == answer("count_params", spec), case.title
        assert found.macs == answer("count_macs", spec, hw), case.title


def test_alexnet_as_a_list():
    """B.3 AlexNet multiply-adds: 0.724 G with two towers; 60,965,224 parameters."""
    assert answer("count_params", ALEXNET) == 60_965_224
    assert answer("count_macs", ALEXNET, (227, 227)) == 724_406_816


def test_network_in_network_as_a_list():
    """B.2 NiN, CIFAR-10: 966,986 parameters, 222.5 M multiply-adds."""
    assert answer("count_params", NIN) == 966_986
    assert answer("count_macs", NIN, (32, 32)) == 222_486_528


@pytest.mark.parametrize("depth", STAGES)
def test_vgg_as_a_list_is_the_librarys(depth):
    spec = answer("vgg_spec", list(zip(STAGES[depth], (64, 128, 256, 512, 512), strict=True)))
    model = models.vgg(depth, rng=np.random.default_rng(0), init=zeros)
    assert answer("count_params", spec) == sum(p.data.size for p in model.parameters())
    assert sum(row[0] != "pool" for row in spec) == depth


def test_module_3a_with_and_without_bottlenecks():
    """B.3 Inception 3a: 163,696 parameters; 128,049,152 against 303,464,448 multiply-adds."""
    assert answer("inception_cost", 192, (28, 28), MODULE_3A) == (256, 163_696, 128_049_152)
    assert answer("inception_cost", 192, (28, 28), NAIVE_3A) == (416, 387_296, 303_464_448)


WEIGHTS = np.arange(8.0).reshape(1, 8)
SURVIVES = "on these inputs the wrong implementation gives the right result, so it survives"


@pytest.mark.parametrize(
    ("weight", "shape", "sentence"),
    [
        pytest.param(WEIGHTS, (2, 2, 2), None, id="exposes"),
        pytest.param(WEIGHTS.tolist(), [2, 2, 2], None, id="lists"),
        pytest.param(WEIGHTS, (1, 2, 4), SURVIVES, id="one channel"),
        pytest.param(WEIGHTS[:, :4], (4, 1, 1), SURVIVES, id="one pixel"),
        pytest.param(np.ones((1, 8)), (2, 2, 2), SURVIVES, id="equal weights"),
        pytest.param(WEIGHTS, (2, 2, 3), "each row of weight needs C H W = 12 numbers; it has 8.",
                     id="does not fit"),
        pytest.param(WEIGHTS, (2, 4), "shape must be three whole numbers (C, H, W) from 1 to 4; "
                     "got (2, 4).", id="two sides"),
        pytest.param(WEIGHTS, (8, 1, 1), "shape must be three whole numbers (C, H, W) from 1 to "
                     "4; got (8, 1, 1).", id="too large"),
        pytest.param(WEIGHTS[0], (2, 2, 2), "weight must have 1 to 4 rows, one for each unit; it "
                     "has shape (8,).", id="one axis"),
        pytest.param(np.inf * (WEIGHTS + 1), (2, 2, 2), "weight must hold finite numbers.",
                     id="infinite"),
        pytest.param("weights", (2, 2, 2), "weight must be an array of numbers, and shape three "
                     "whole numbers.", id="words"),
    ],
)
def test_the_weights_that_expose_channels_last(weight, shape, sentence):
    assert judge_kill(KILL, Answer(value=(weight, shape))) == sentence
