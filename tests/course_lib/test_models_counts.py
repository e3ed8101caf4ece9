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


class Published(NamedTuple):
    """A network of B.2: how it is made, for which input, and what is known about it."""

    name: str
    make: Callable[..., Layer]
    shape: tuple[int, ...]
    parameters: int
    y: tuple[int, ...] = (1000,)
    giga_macs: float | None = None


NETWORKS = [
    Published("R-n04 mlp", models.mlp, (784,), 266_610, (10,)),
    Published(
        "R-n05 mlp", partial(models.mlp, (256 * 256, 300, 100, 10)), (256, 256), 19_692_210, (10,)
    ),
    Published("lenet 1998", partial(models.lenet5, "1998"), (1, 32, 32), 60_000, (10,)),
    Published("R-n08 lenet 84", partial(models.lenet5, "modern"), (1, 32, 32), 61_706, (10,)),
    Published("R-n08 lenet 100", partial(models.lenet5, "rwth"), (1, 32, 32), 63_802, (10,)),
]


@pytest.mark.parametrize("network", NETWORKS, ids=lambda n: n.name)
def test_parameters_and_shapes_are_the_published_ones(network: Published) -> None:
    """B.2, and multiply-adds by B.3."""
    model = network.make(**BLANK)
    found = summary(model, network.shape)
    assert found.parameters == network.parameters == count_params(model)
    assert found.rows[-1].output_shape == network.y
    if network.giga_macs:
        assert found.macs / 1e9 == pytest.approx(network.giga_macs, abs=6e-4)


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
