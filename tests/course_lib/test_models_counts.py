"""The published networks: parameters, multiply-adds and shapes (B.2 of the list of numbers)."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

import numpy as np
import pytest

from course_lib import models
from course_lib.init import zeros
from course_lib.layers import Layer
from course_lib.shapes import count_params, summary

BLANK = {"rng": np.random.default_rng(0), "init": zeros}
IMAGENET, CIFAR = (3, 224, 224), (3, 32, 32)


class Published(NamedTuple):
    """A network of B.2: how it is made, for which input, and what is known about it."""

    name: str
    make: Callable[..., Layer]
    shape: tuple[int, ...]
    parameters: int
    y: tuple[int, ...] = (1000,)
    giga_macs: str = ""


NETWORKS = [
    Published("R-n04 mlp", models.mlp, (784,), 266_610, (10,)),
    Published(
        "R-n05 mlp", partial(models.mlp, (256 * 256, 300, 100, 10)), (256, 256), 19_692_210, (10,)
    ),
    Published("B.2 LeNet-5, 1998", partial(models.lenet5, "1998"), (1, 32, 32), 60_000, (10,)),
    Published("R-n08 lenet 84", partial(models.lenet5, "modern"), (1, 32, 32), 61_706, (10,)),
    Published("R-n08 lenet 100", partial(models.lenet5, "rwth"), (1, 32, 32), 63_802, (10,)),
    Published(
        "B.2 AlexNet, two towers", partial(models.alexnet, "two-towers"), (3, 227, 227), 60_965_224,
        giga_macs="0.724",
    ),
    Published(
        "B.2 AlexNet, no groups", partial(models.alexnet, "joined"), (3, 227, 227), 62_378_344,
        giga_macs="1.135",
    ),
    Published("B.2 AlexNet, one tower", models.alexnet, IMAGENET, 61_100_840, giga_macs="0.714"),
    Published("B.2 VGG-11", models.vgg11, IMAGENET, 132_863_336, giga_macs="7.61"),
    Published("B.2 VGG-13", models.vgg13, IMAGENET, 133_047_848, giga_macs="11.31"),
    Published("B-n09, B.2 VGG-16", models.vgg16, IMAGENET, 138_357_544, giga_macs="15.47"),
    Published("B.2 VGG-19", models.vgg19, IMAGENET, 143_667_240, giga_macs="19.63"),
    Published("B.2 ResNet-18", models.resnet18, IMAGENET, 11_689_512, giga_macs="1.81"),
    Published("B.2 ResNet-34", models.resnet34, IMAGENET, 21_797_672, giga_macs="3.66"),
    Published("B.2 ResNet-50", models.resnet50, IMAGENET, 25_557_032, giga_macs="4.09"),
    Published("B.2 ResNet-101", models.resnet101, IMAGENET, 44_549_160, giga_macs="7.80"),
    Published("B.2 ResNet-152", models.resnet152, IMAGENET, 60_192_808, giga_macs="11.51"),
    Published(
        "B.2 GoogLeNet, original", partial(models.googlenet, "original", aux=False), IMAGENET,
        6_998_552, giga_macs="1.583",
    ),
    Published(
        "B.2 GoogLeNet, original", partial(models.googlenet, "original"), IMAGENET, 13_378_280,
    ),
    Published(
        "B.2 GoogLeNet, batch-normalised", partial(models.googlenet, aux=False), IMAGENET,
        6_624_904, giga_macs="1.498",
    ),
    Published(
        "B.2 GoogLeNet, batch-normalised", models.googlenet, IMAGENET, 13_004_888,
    ),
    Published(
        "B.2 GoogLeNet, batch-normalised", partial(models.googlenet, "normalised", aux=False),
        IMAGENET, 7_005_832,
    ),
    Published("B.2 NiN, ImageNet", partial(models.nin, "imagenet"), IMAGENET, 7_595_176),
    Published("B.2 NiN, CIFAR-10", models.nin, CIFAR, 966_986, (10,), "0.2225"),
    Published("resnet20", models.resnet20, CIFAR, 269_722, (10,)),
    Published("resnet32", models.resnet32, CIFAR, 464_154, (10,)),
    Published("resnet56", models.resnet56, CIFAR, 853_018, (10,)),
    Published("plain20", models.plain20, CIFAR, 269_722, (10,)),
    Published("plain32", models.plain32, CIFAR, 464_154, (10,)),
    Published("plain56", models.plain56, CIFAR, 853_018, (10,)),
]


@pytest.mark.parametrize("network", NETWORKS, ids=lambda n: n.name)
def test_parameters_and_shapes_are_the_published_ones(network: Published) -> None:
    """B.2; multiply-adds where known (B.3 AlexNet multiply-adds, B.2 for the others).

    W-n13: GoogLeNet as published needs 1.583 G, somewhat above its budget of 1.5.
    """
    model = network.make(**BLANK)
    found = summary(model, network.shape)
    assert found.parameters == network.parameters == count_params(model)
    assert found.rows[-1].output_shape == network.y
    if network.giga_macs:
        digits = len(network.giga_macs.partition(".")[2])
        assert f"{found.macs / 1e9:.{digits}f}" == network.giga_macs


def test_lenet_layer_by_layer() -> None:
    """R-n07: the sizes of the slide; B-n17: what a number sees."""
    rows = {row.name: row for row in summary(models.lenet5("rwth", **BLANK), (1, 32, 32)).rows}
    assert [rows[name].output_shape for name in ("conv1", "pool1", "conv2", "pool2")] == [
        (6, 28, 28), (6, 14, 14), (16, 10, 10), (16, 5, 5),
    ]
    assert [rows[name].output_shape for name in ("fc1", "fc2", "fc3")] == [(120,), (100,), (10,)]
    assert [rows[name].field for name in ("conv1", "pool1", "conv2", "pool2")] == [
        (5, 5), (6, 6), (14, 14), (16, 16),
    ]


def test_lenet_of_1998_layer_by_layer() -> None:
    """B.2: C1 156, S2 12, C3 1516, S4 32, C5 48,120, F6 10,164; the output is fixed."""
    rows = summary(models.lenet5("1998", **BLANK), (1, 32, 32)).rows
    assert {row.name: row.parameters for row in rows if row.parameters} == {
        "c1": 156, "s2": 12, "c3": 1516, "s4": 32, "c5": 48_120, "f6": 10_164,
    }


@pytest.mark.parametrize("variant", ["1998", "modern", "rwth"])
def test_lenet_reads_mnist_as_it_is(variant) -> None:
    small = models.lenet5(variant, n_in=28, **BLANK)
    assert summary(small, (1, 28, 28)).rows[0].output_shape == (6, 28, 28)
    assert count_params(small) == count_params(models.lenet5(variant, **BLANK))


WEIGHTED = {"Conv2d", "Linear"}


def depth(model: Layer) -> int:
    """Layers with weights on the longest way: all but the projections around blocks."""
    return sum(
        type(layer).__name__ in WEIGHTED and "downsample" not in name
        for name, layer in model.named_parts()
    )


@pytest.mark.parametrize(
    ("model", "layers"),
    [
        pytest.param(models.alexnet, 5 + 3, id="W-n11"),
        pytest.param(models.vgg16, 13 + 3, id="W-n12"),
        pytest.param(models.vgg19, 16 + 3, id="W-n12"),
        pytest.param(models.resnet18, 18, id="18"),
        pytest.param(models.resnet34, 34, id="34"),
        pytest.param(models.resnet50, 50, id="50"),
        pytest.param(models.resnet152, 2 + 3 * (3 + 8 + 36 + 3), id="B-n12"),
        pytest.param(partial(models.resnet_cifar, 1202), 6 * 200 + 2, id="W-n18"),
        pytest.param(models.plain56, 56, id="56"),
    ],
)
def test_the_number_in_a_name_counts_layers_with_weights(model, layers) -> None:
    assert depth(model(**BLANK)) == layers


def test_sizes_inside_alexnet() -> None:
    """W-n10: 55 - 27 - 13 - 6 by overlapping pools; 224 pixels do not fit the paper's strides."""
    rows = summary(models.alexnet("two-towers", **BLANK), (3, 227, 227)).rows
    assert rows[0].output_shape == (96, 55, 55)
    pools = [row.output_shape for row in rows if row.kind == "MaxPool2d"]
    assert pools == [(96, 27, 27), (256, 13, 13), (256, 6, 6)]


def test_the_linear_layers_of_vgg_hold_most_parameters() -> None:
    """B.3 VGG head: 25088 - 4096 - 4096 - 1000 need 123,642,856."""
    head = [row for row in summary(models.vgg16(**BLANK), IMAGENET).rows if row.kind == "Linear"]
    assert sum(row.parameters for row in head) == 123_642_856


def test_sizes_that_are_rounded_down() -> None:
    """B.3: stem, pool and projections of a ResNet: 224 - 112 - 56 - 28 - 14 - 7."""
    rows = summary(models.resnet18(**BLANK), IMAGENET).rows
    assert [row.output_shape[-1] for row in rows if "." not in row.name][:4] == [112, 112, 112, 56]
    ways = [row.output_shape for row in rows if row.name.endswith("downsample.0")]
    assert ways == [(128, 28, 28), (256, 14, 14), (512, 7, 7)]


def test_googlenet_has_22_layers() -> None:
    """W-n14: 3 in the stem, 2 on every way through nine modules, and 1 after the pooling."""
    rows = summary(models.googlenet("original", aux=False, **BLANK), IMAGENET).rows
    weighted = [row.name for row in rows if row.kind in WEIGHTED]
    outside = [name for name in weighted if "branch" not in name]
    through = [name for name in weighted if "branch2" in name]
    assert len(outside) + len(through) == 22
    assert outside[-1] == "fc"
    assert [row.name for row in rows].index("avgpool") < [row.name for row in rows].index("fc")


def test_channels_of_the_inception_modules() -> None:
    """B.3 Inception channels, and B.3 Inception 3a: 163,696 parameters, 128,049,152 products."""
    rows = summary(models.googlenet("original", aux=False, **BLANK), IMAGENET).rows
    channels: dict[str, dict[str, int]] = {}
    for row in rows:
        module, _, inside = row.name.partition(".")
        if module.startswith("inception"):
            branch = inside.partition(".")[0]
            channels.setdefault(module[-2:], {})[branch] = row.output_shape[0]
    assert {module: sum(found.values()) for module, found in channels.items()} == {
        "3a": 256, "3b": 480, "4a": 512, "4b": 512, "4c": 512, "4d": 528, "4e": 832,
        "5a": 832, "5b": 1024,
    }
    first = [row for row in rows if row.name.startswith("inception3a.")]
    assert sum(row.parameters for row in first) == 163_696
    assert sum(row.macs for row in first) == 128_049_152


def test_sizes_inside_googlenet() -> None:
    """Pools round up: 112 - 56 - 28 - 14 - 7, in every variant."""
    for variant in ("original", "library", "normalised"):
        rows = summary(models.googlenet(variant, **BLANK), IMAGENET).rows
        pools = [row.output_shape[1] for row in rows if row.name.startswith("maxpool")]
        assert pools == [56, 28, 14, 7]
