"""Deep models: ways around, the same layers with and without them, dropout, memory."""

from __future__ import annotations

import tracemalloc

import numpy as np
import pytest

from course_lib import functional as F
from course_lib import models
from course_lib.gradcheck import check_gradient
from course_lib.init import zeros
from course_lib.layers import Dropout, ReLU, Residual, Tanh


def rng(seed: int = 0) -> np.random.Generator:
    return np.random.default_rng(seed)


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


@pytest.mark.parametrize(
    ("make", "rates"),
    [
        (models.alexnet, {"classifier.0": 0.5, "classifier.3": 0.5}),
        (lambda **start: models.alexnet("two-towers", **start),
         {"classifier.0": 0.5, "classifier.3": 0.5}),
        (models.vgg16, {"classifier.2": 0.5, "classifier.5": 0.5}),
        (models.nin, {"drop1": 0.5, "drop2": 0.5}),
        (lambda **start: models.nin("imagenet", **start), {"drop3": 0.5}),
        (models.googlenet, {"dropout": 0.2, "aux1.dropout": 0.7, "aux2.dropout": 0.7}),
        (lambda **start: models.googlenet("original", aux=False, **start), {"dropout": 0.4}),
        (models.resnet50, {}),
    ],
)
def test_where_and_how_often_values_are_dropped(make, rates) -> None:
    net = make(rng=rng(), init=zeros)
    found = {name: part.p for name, part in net.named_parts() if isinstance(part, Dropout)}
    assert found == rates


def test_pools_of_nin_overlap_and_the_second_is_a_mean_on_small_images() -> None:
    small, large = models.nin(rng=rng()), models.nin("imagenet", rng=rng(), init=zeros)
    kinds = {
        net: [type(net[f"pool{place}"]).__name__ for place in range(1, last + 1)]
        for net, last in ((small, 3), (large, 4))
    }
    assert kinds[small] == ["MaxPool2d", "AvgPool2d", "GlobalAvgPool2d"]
    assert kinds[large] == ["MaxPool2d", "MaxPool2d", "MaxPool2d", "GlobalAvgPool2d"]
    assert [(small[name].kernel_size, small[name].stride) for name in ("pool1", "pool2")] == [
        ((3, 3), (2, 2)), ((3, 3), (2, 2)),
    ]


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


def test_heads_run_in_training_only_and_count_a_third() -> None:
    net = models.googlenet(n_classes=5, rng=rng())
    x, targets = rng(1).standard_normal((2, 3, 48, 50), dtype=np.float32), np.array([1, 4])
    logits = net.forward(x)
    assert [aux.shape for aux in net.aux_logits] == [(2, 5), (2, 5)]
    heads = [F.cross_entropy(aux, targets) for aux in net.aux_logits]
    wanted = F.cross_entropy(logits, targets) + 0.3 * (heads[0] + heads[1])
    assert net.loss(logits, targets) == pytest.approx(wanted, rel=1e-6)
    net.backward(np.ones_like(logits))
    assert not any(p.grad.any() for head in net.heads for p in head.parameters())
    logits = net.eval().forward(x)
    assert net.aux_logits == ()
    assert net.loss(logits, targets) == pytest.approx(F.cross_entropy(logits, targets))
    assert net.loss_backward(logits, targets).dtype == np.float32


def test_without_heads_googlenet_is_the_same_network() -> None:
    whole = models.googlenet(rng=rng()).eval()
    bare = models.googlenet(aux=False, rng=rng(1))
    names = bare.state_dict()
    bare.load_state_dict({k: v for k, v in whole.state_dict().items() if k in names})
    x = rng(1).standard_normal((2, 3, 40, 40), dtype=np.float32)
    np.testing.assert_array_equal(whole.forward(x), bare.eval().forward(x))
    bare.train().forward(x)
    assert bare.aux_logits == ()


def test_the_loss_of_googlenet_has_the_gradient_of_all_heads() -> None:
    net = models.googlenet(n_classes=3, rng=rng(), dtype=np.float64).eval()
    net.training = True    # heads, but no dropout that draws anew
    for layer in net.layers_within():
        if isinstance(layer, ReLU):
            layer.__class__ = Tanh    # no kink, which finite differences would step across
    x, targets = rng(1).standard_normal((2, 3, 33, 40)), np.array([2, 0])
    check = check_gradient(
        lambda x: np.array(net.loss(net.forward(x), targets)),
        lambda g, x: g * net.loss_backward(net.forward(x), targets),
        (x,), rng=rng(2),
    )
    assert check.ok, str(check)
