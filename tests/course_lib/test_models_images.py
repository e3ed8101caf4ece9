"""Models from images to images: shapes, codes, skips, and that they learn."""

from __future__ import annotations

import numpy as np
import pytest

from course_lib import functional as F
from course_lib import models
from course_lib.optim import Adam


def rng(seed: int = 0) -> np.random.Generator:
    return np.random.default_rng(seed)


@pytest.mark.parametrize(
    ("widths", "sides", "code"), [((4,), (6, 8), (4, 3, 4)), ((3, 5, 7), (16, 24), (7, 2, 3))]
)
def test_an_autoencoder_gives_images_of_the_same_shape(widths, sides, code) -> None:
    net = models.conv_autoencoder(2, widths, rng=rng())
    x = rng(1).random((3, 2, *sides), dtype=np.float32)
    y = net.forward(x)
    assert y.shape == x.shape
    assert y.min() > 0
    assert y.max() < 1
    assert net["encoder"].forward(x).shape == (3, *code)


def test_an_autoencoder_learns_to_give_back_what_it_sees() -> None:
    net, draw = models.conv_autoencoder(widths=(8, 4), rng=rng()), rng(1)
    x = np.zeros((16, 1, 8, 8), dtype=np.float32)
    for image, (row, column) in zip(x, draw.integers(0, 5, (16, 2)), strict=True):
        image[0, row : row + 4, column : column + 4] = 1
    step, errors = Adam(net.parameters(), 0.01), []
    for _ in range(150):
        y = net.forward(x)
        errors.append(np.mean((y - x) ** 2))
        net.zero_grad()
        net.backward(2 * (y - x) / len(x))
        step.step()
    assert errors[-1] < 0.15 * errors[0]


def test_a_class_for_every_pixel() -> None:
    net = models.encoder_decoder(2, 5, (4, 6, 8), rng=rng())
    x = rng(1).standard_normal((2, 2, 8, 12), dtype=np.float32)
    assert net.forward(x).shape == (2, 5, 8, 12)
    with pytest.raises(ValueError, match="Stride 2 does not fit"):
        net.forward(x[:, :, :6])


def test_details_go_around_the_lower_levels() -> None:
    net = models.encoder_decoder(1, 2, (4, 6), rng=rng(), dtype=np.float64).eval()
    x = rng(1).standard_normal((1, 1, 4, 4))
    for parameter in net["body"]["around"].parameters():
        parameter.data[...] = 0
    assert np.ptp(net.forward(x)[0, 0]) > 0.01


def test_an_encoder_decoder_learns_to_find_squares() -> None:
    net, draw = models.encoder_decoder(1, 2, (6, 8), rng=rng()), rng(1)
    targets = np.zeros((12, 8, 8), dtype=int)
    for image, (row, column) in zip(targets, draw.integers(0, 5, (12, 2)), strict=True):
        image[row : row + 4, column : column + 4] = 1
    x = (targets[:, np.newaxis] + 0.5 * draw.standard_normal((12, 1, 8, 8))).astype(np.float32)
    step = Adam(net.parameters(), 0.02)
    for _ in range(40):
        logits = net.forward(x).transpose(0, 2, 3, 1)
        net.zero_grad()
        grad = F.softmax(logits.reshape(-1, 2)) - np.eye(2, dtype=np.float32)[targets.ravel()]
        net.backward(grad.reshape(logits.shape).transpose(0, 3, 1, 2) / len(x))
        step.step()
    assert (net.forward(x).argmax(axis=1) == targets).mean() > 0.97
