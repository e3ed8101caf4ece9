"""Backward passes of the models and of their own layers, held against finite differences."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from course_lib import models
from course_lib.gradcheck import check_gradient
from course_lib.layers import Dropout, Layer, ReLU, Tanh

Make = Callable[..., Layer]


def with_rng(make: Make, *args, **settings) -> Callable[[], Layer]:
    return lambda: make(*args, rng=np.random.default_rng(2), dtype=np.float64, **settings)


MODELS: dict[str, tuple[Callable[[], Layer], tuple[int, ...]]] = {
    "ScaledTanh": (models.ScaledTanh, (2, 3)),
    "SubSampling2d": (lambda: models.SubSampling2d(3), (2, 3, 4, 6)),
    "PartialConv2d": (with_rng(models.PartialConv2d, ((0, 2), (1,)), 3), (2, 3, 5, 4)),
    "RadialOutput": (models.RadialOutput, (3, 84)),
    "mlp": (with_rng(models.mlp, (12, 5, 4)), (3, 12)),
    "lenet5 1998": (with_rng(models.lenet5, "1998"), (1, 1, 32, 32)),
    "lenet5 rwth": (with_rng(models.lenet5, "rwth", n_in=28), (1, 1, 28, 28)),
    "resnet8": (with_rng(models.resnet_cifar, 8), (2, 3, 9, 8)),
    "plain8": (with_rng(models.resnet_cifar, 8, residual=False), (2, 3, 8, 9)),
    "conv_autoencoder": (with_rng(models.conv_autoencoder, 2, (3, 4)), (2, 2, 8, 12)),
    "encoder_decoder": (with_rng(models.encoder_decoder, 2, 3, (4, 5)), (2, 2, 6, 4)),
    "from_pattern": (
        with_rng(
            models.from_pattern,
            "INPUT -> [CONV -> TANH -> BN -> POOL]*2 -> FC -> SIGMOID -> BN -> FC",
            (2, 8, 4), 3, filters=3, units=4, pool="mean",
        ),
        (3, 2, 8, 4),
    ),
    "nin": (with_rng(models.nin, n_classes=4), (1, 3, 9, 9)),
}


@pytest.mark.parametrize("name", MODELS)
def test_backward_is_the_gradient(name: str) -> None:
    make, shape = MODELS[name]
    rng = np.random.default_rng(7)
    model, x = make(), rng.standard_normal(shape)
    for layer in model.layers_within():
        layer.training = not isinstance(layer, Dropout)    # which would draw at every pass
        if isinstance(layer, ReLU):
            layer.__class__ = Tanh    # no kink, which finite differences would step across
    for parameter in model.parameters():
        parameter.data += rng.uniform(-0.1, 0.1, parameter.data.shape)
    data = [parameter.data.copy() for parameter in model.parameters()]

    def forward(x, *data):
        for parameter, values in zip(model.parameters(), data, strict=True):
            parameter.data[...] = values
        return model.forward(x)

    def backward(g, x, *data):
        model.zero_grad()
        forward(x, *data)
        return (model.backward(g), *(p.grad.copy() for p in model.parameters()))

    check = check_gradient(forward, backward, (x, *data), rng=rng, tolerance=1e-5)
    assert check.ok, str(check)
