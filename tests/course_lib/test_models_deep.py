"""Deep models: ways around, the same layers with and without them, dropout, memory."""

from __future__ import annotations

import tracemalloc

import numpy as np
import pytest

from course_lib import models
from course_lib.layers import Residual


def rng(seed: int = 0) -> np.random.Generator:
    return np.random.default_rng(seed)


def test_a_padded_shortcut_keeps_pixels_between_channels_of_zeros() -> None:
    x = rng().standard_normal((2, 3, 5, 4))
    y = models.PadShortcut(2, 3).forward(x)
    assert y.shape == (2, 6, 3, 2)
    np.testing.assert_array_equal(y[:, 1:4], x[:, :, ::2, ::2])
    assert not y[:, :1].any()
    assert not y[:, 4:].any()


def test_plain_and_residual_networks_differ_by_the_ways_around_only() -> None:
    with_ways, plain = models.resnet_cifar(14, rng=rng(1)), models.resnet_cifar(
        14, residual=False, rng=rng(1)
    )
    of_plain = plain.state_dict()
    assert list(with_ways.state_dict()) == list(of_plain)
    for name, array in with_ways.state_dict().items():
        np.testing.assert_array_equal(array, of_plain[name])
    assert sum(isinstance(each, Residual) for each in with_ways.layers_within()) == 6
    assert not any(isinstance(each, Residual) for each in plain.layers_within())
    x = rng(2).standard_normal((2, 3, 16, 16), dtype=np.float32)
    assert not np.allclose(with_ways.forward(x), plain.forward(x))


def test_without_their_bodies_blocks_hand_on_what_they_get() -> None:
    """So a residual network can start as a shallow one, and a plain one cannot."""
    stage = {residual: models.resnet_cifar(8, residual=residual, rng=rng(3))["layer1"]
             for residual in (True, False)}
    x = np.abs(rng(4).standard_normal((2, 16, 6, 5), dtype=np.float32))
    for blocks in stage.values():
        for parameter in blocks.parameters():
            parameter.data[...] = 0
    np.testing.assert_array_equal(stage[True].forward(x), x)
    assert not stage[False].forward(x).any()


@pytest.mark.parametrize("make", [models.resnet18, models.resnet20, models.nin, models.plain20])
def test_another_number_of_classes_and_any_size(make) -> None:
    net = make(7, rng=rng()) if make is not models.nin else make(n_classes=7, rng=rng())
    x = rng(1).standard_normal((2, 3, 33, 47), dtype=np.float32)
    assert net.eval().forward(x).shape == (2, 7)
    assert net.forward(x).dtype == np.float32


def test_dropout_makes_passes_differ_in_training_only() -> None:
    net, x = models.nin(rng=rng()), rng(1).standard_normal((1, 3, 32, 32), dtype=np.float32)
    assert not np.array_equal(net.forward(x), net.forward(x))
    net.eval()
    np.testing.assert_array_equal(net.forward(x), net.forward(x))


def test_a_forward_pass_of_resnet18_takes_less_than_600_mb() -> None:
    x = rng(1).standard_normal((1, 3, 224, 224), dtype=np.float32)
    tracemalloc.start()
    try:
        net = models.resnet18(rng=rng())
        assert net.forward(x).shape == (1, 1000)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 600e6
