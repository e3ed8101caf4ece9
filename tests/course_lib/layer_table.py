"""The table of layers: every layer of course_lib.layers, and the same computed with functional.

Every test that holds for all layers runs over this table. To add a layer, add rows.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from course_lib import functional as F
from course_lib import init, layers
from course_lib.arrays import Array
from course_lib.layers import (
    Conv2d,
    Layer,
    Linear,
    Maxout,
    Parallel,
    ReLU,
    Residual,
    Sequential,
    Tanh,
)


class Row(NamedTuple):
    """A layer, the shape of its input, and the same with functional, called as same(x, *params).

    A layer that draws, and `same`, begin with a generator of DRAWN at every call. domain makes
    random inputs legal.
    """

    make: Callable[..., Layer]  # takes rng and dtype
    x: tuple[int, ...]
    same: Callable[..., Array]
    name: str
    training: bool = True
    domain: Callable[[Array], Array] = np.asarray


DRAWN = 23


def _plain(layer: type[Layer], *settings: object, **named: object) -> Callable[..., Layer]:
    return lambda rng, dtype: layer(*settings, **named)


def _drawing(layer: type[Layer], *settings: object, **named: object) -> Callable[..., Layer]:
    return lambda rng, dtype: layer(*settings, **named, rng=rng)


def _typed(layer: type[Layer], *settings: object, **named: object) -> Callable[..., Layer]:
    return lambda rng, dtype: layer(*settings, **named, dtype=dtype)


def drawn() -> np.random.Generator:
    return np.random.default_rng(DRAWN)


def _batch_norm(channels: int, training: bool, **settings: float) -> Callable[..., Array]:
    start = np.zeros(channels), np.ones(channels)
    return lambda x, *params: F.batch_norm(
        x, *(a.astype(x.dtype) for a in start), *params, training=training, **settings
    )[0]


def _attention(x: Array, *params: Array, **settings: bool) -> Array:
    q, k, v = (F.linear(x, weight) for weight in params)
    return F.scaled_dot_product_attention(q, k, v, **settings)


DENSE = [
    Row(lambda **k: Linear(5, 4, **k), (3, 5), F.linear, "Linear"),
    Row(lambda **k: Linear(5, 4, bias=False, **k), (3, 5), F.linear, "Linear without bias"),
    Row(lambda **k: Linear(5, 4, init=init.xavier, **k), (3, 5), F.linear, "Linear by Xavier"),
    Row(lambda **k: Maxout(5, 4, 3, **k), (2, 5), F.maxout, "Maxout"),
    Row(lambda **k: layers.SelfAttention(5, 4, **k), (2, 3, 5), _attention, "SelfAttention"),
    Row(
        lambda **k: layers.SelfAttention(5, 4, is_causal=True, **k), (2, 3, 5),
        lambda *a: _attention(*a, is_causal=True), "SelfAttention, causal",
    ),
]
CONVOLUTIONS = [
    Row(lambda **k: Conv2d(3, 4, 3, **k), (2, 3, 7, 6), F.conv2d, "Conv2d"),
    Row(
        lambda **k: Conv2d(4, 6, (3, 2), (2, 1), (1, 0), (1, 3), 2, False, **k),
        (3, 4, 7, 5),
        lambda x, weight: F.conv2d(x, weight, None, (2, 1), (1, 0), (1, 3), 2),
        "Conv2d with everything",
    ),
    Row(
        lambda **k: Conv2d(3, 5, 2, 2, rounding="ceil", **k),
        (2, 3, 7, 6),
        lambda x, *rest: F.conv2d(x, *rest, stride=2, rounding="ceil"),
        "Conv2d rounding up",
    ),
    Row(
        lambda **k: Conv2d(3, 5, (2, 3), padding="same", **k), (2, 3, 4, 6),
        lambda *a: F.conv2d(*a, padding="same"), "Conv2d same",
    ),
    Row(
        lambda **k: layers.Conv1d(4, 6, 3, 2, 1, 2, 2, **k), (2, 4, 9),
        lambda *a: F.conv1d(*a, 2, 1, 2, 2), "Conv1d",
    ),
    Row(
        lambda **k: layers.Conv3d(2, 3, (2, 3, 1), (1, 2, 1), (0, 0, 1), **k), (2, 2, 4, 5, 3),
        lambda *a: F.conv3d(*a, (1, 2, 1), (0, 0, 1)), "Conv3d",
    ),
    Row(
        lambda **k: layers.ConvTranspose2d(4, 6, (3, 2), (2, 3), (1, 0), (0, 1), 2, **k),
        (2, 4, 3, 5),
        lambda *a: F.conv_transpose2d(*a, (2, 3), (1, 0), (0, 1), 2),
        "ConvTranspose2d",
    ),
    Row(
        lambda **k: layers.ConvTranspose2d(3, 2, 2, bias=False, dilation=2, **k), (2, 3, 4, 5),
        lambda *a: F.conv_transpose2d(*a, dilation=2), "ConvTranspose2d without bias",
    ),
    Row(
        lambda **k: layers.SparseConv2d(3, 4, (3, 2), **k), (2, 3, 5, 4), F.sparse_conv2d,
        "SparseConv2d",
    ),
    Row(
        lambda **k: layers.SparseConv2d(3, 4, 3, bias=False, **k), (2, 3, 5, 4),
        F.sparse_conv2d, "SparseConv2d without bias",
    ),
    Row(
        lambda **k: layers.DeformConv2d(2, 3, (3, 2), (2, 1), (1, 0), **k), (2, 2, 5, 4),
        lambda x, w, b, w_offset, b_offset: F.deform_conv2d(
            x, F.conv2d(x, w_offset, b_offset, (2, 1), (1, 0)), w, b, (2, 1), (1, 0)
        ),
        "DeformConv2d",
    ),
    Row(
        lambda **k: layers.DeformConv2d(2, 3, 2, bias=False, **k), (2, 2, 5, 4),
        lambda x, w, *offset: F.deform_conv2d(x, F.conv2d(x, *offset), w),
        "DeformConv2d without bias",
    ),
]
POOLS = [
    Row(_plain(layers.MaxPool2d, 2), (2, 3, 4, 6), lambda x: F.max_pool2d(x, 2), "MaxPool2d"),
    Row(
        _plain(layers.MaxPool2d, (3, 2), (2, 1), (1, 0), rounding="ceil"), (2, 3, 6, 5),
        lambda x: F.max_pool2d(x, (3, 2), (2, 1), (1, 0), rounding="ceil"), "MaxPool2d, overlaps",
    ),
    Row(
        _plain(layers.AvgPool2d, (3, 2), (2, 1), (1, 0)), (2, 3, 5, 4),
        lambda x: F.avg_pool2d(x, (3, 2), (2, 1), (1, 0)), "AvgPool2d",
    ),
    Row(
        _plain(layers.AvgPool2d, 3, 2, 1, count_include_pad=False), (2, 3, 5, 7),
        lambda x: F.avg_pool2d(x, 3, 2, 1, count_include_pad=False), "AvgPool2d, pixels only",
    ),
    Row(
        _plain(layers.LPPool2d, (3, 2), (2, 1)), (2, 3, 5, 4),
        lambda x: F.lp_pool2d(x, (3, 2), (2, 1)), "LPPool2d",
    ),
    Row(
        _plain(layers.LPPool2d, 2, norm_type=3, mean=True, rounding="floor"), (2, 3, 5, 4),
        lambda x: F.lp_pool2d(x, 2, norm_type=3, mean=True, rounding="floor"), "LPPool2d, p = 3",
    ),
    Row(
        _typed(layers.MixedPool2d, (3, 2), (2, 1), (1, 0)), (2, 3, 5, 4),
        lambda x, alpha: F.mixed_pool2d(x, alpha, (3, 2), (2, 1), (1, 0)), "MixedPool2d",
    ),
    Row(
        _typed(layers.MixedPool2d, 2, channels=3, rounding="floor"), (2, 3, 5, 4),
        lambda x, alpha: F.mixed_pool2d(x, alpha, 2, rounding="floor"), "MixedPool2d by channel",
    ),
    Row(
        _drawing(layers.StochasticPool2d, (3, 2), (2, 1)), (2, 3, 5, 4),
        lambda x: F.stochastic_pool2d(x, (3, 2), (2, 1), rng=drawn())[0], "StochasticPool2d",
        domain=np.abs,
    ),
    Row(
        _drawing(layers.StochasticPool2d, 2, rounding="floor"), (2, 3, 5, 4),
        lambda x: F.stochastic_pool2d(x, 2, training=False, rounding="floor")[0],
        "StochasticPool2d in use", training=False, domain=np.abs,
    ),
    Row(
        _drawing(layers.FractionalMaxPool2d, (3, 2), (3, 4)), (2, 3, 8, 6),
        lambda x: F.fractional_max_pool2d(x, (3, 2), (3, 4), rng=drawn())[0],
        "FractionalMaxPool2d",
    ),
    Row(
        _plain(layers.AdaptiveAvgPool2d, (2, 3)), (2, 3, 5, 7),
        lambda x: F.adaptive_avg_pool2d(x, (2, 3)), "AdaptiveAvgPool2d",
    ),
    Row(
        _plain(layers.AdaptiveMaxPool2d, (2, 3)), (2, 3, 5, 7),
        lambda x: F.adaptive_max_pool2d(x, (2, 3)), "AdaptiveMaxPool2d",
    ),
    Row(_plain(layers.GlobalAvgPool2d), (2, 3, 5, 4), F.global_avg_pool2d, "GlobalAvgPool2d"),
    Row(
        _plain(layers.SpatialPyramidPool2d), (2, 3, 5, 7), F.spatial_pyramid_pool2d,
        "SpatialPyramidPool2d",
    ),
    Row(
        _plain(layers.SpatialPyramidPool2d, (1, 3), "avg"), (2, 3, 5, 7),
        lambda x: F.spatial_pyramid_pool2d(x, (1, 3), "avg"), "SpatialPyramidPool2d, means",
    ),
]
ACTIVATIONS = [
    Row(_plain(layers.ReLU), (3, 5), F.relu, "ReLU"),
    Row(_plain(layers.LeakyReLU), (3, 5), F.leaky_relu, "LeakyReLU"),
    Row(_plain(layers.LeakyReLU, 0.3), (3, 5), lambda x: F.leaky_relu(x, 0.3), "LeakyReLU 0.3"),
    Row(_plain(layers.ELU), (3, 5), F.elu, "ELU"),
    Row(_plain(layers.ELU, 0.3), (3, 5), lambda x: F.elu(x, 0.3), "ELU 0.3"),
    Row(_plain(layers.SELU), (3, 5), F.selu, "SELU"),
    Row(_plain(layers.Sigmoid), (3, 5), F.sigmoid, "Sigmoid"),
    Row(_plain(layers.Tanh), (3, 5), F.tanh, "Tanh"),
    Row(_plain(layers.Softmax), (3, 5), F.softmax, "Softmax"),
    Row(_plain(layers.Softmax, 1), (2, 3, 5), lambda x: F.softmax(x, 1), "Softmax axis 1"),
    Row(_plain(layers.LogSoftmax), (3, 5), F.log_softmax, "LogSoftmax"),
    Row(
        _plain(layers.LogSoftmax, 1), (2, 3, 5), lambda x: F.log_softmax(x, 1), "LogSoftmax axis 1"
    ),
    Row(_plain(layers.Squash), (3, 5), F.squash, "Squash"),
    Row(_plain(layers.Squash, 1), (2, 3, 5), lambda x: F.squash(x, 1), "Squash axis 1"),
    Row(
        _drawing(layers.Dropout, 0.3), (3, 5), lambda x: F.dropout(x, 0.3, rng=drawn())[0],
        "Dropout",
    ),
    Row(_drawing(layers.Dropout), (3, 5), lambda x: x, "Dropout in use", training=False),
    Row(_plain(layers.Flatten), (2, 3, 5, 4), lambda x: x.reshape(2, 60), "Flatten"),
]
NORMALIZATIONS = [
    Row(_typed(layers.BatchNorm1d, 3), (5, 3), _batch_norm(3, True), "BatchNorm1d"),
    Row(_typed(layers.BatchNorm1d, 3), (5, 3, 4), _batch_norm(3, True), "BatchNorm1d, signals"),
    Row(
        _typed(layers.BatchNorm2d, 3, eps=0.1), (2, 3, 5, 4), _batch_norm(3, True, eps=0.1),
        "BatchNorm2d",
    ),
    Row(
        _typed(layers.BatchNorm2d, 3, affine=False), (2, 3, 5, 4), _batch_norm(3, True),
        "BatchNorm2d without parameters",
    ),
    Row(
        _typed(layers.BatchNorm2d, 3), (2, 3, 5, 4), _batch_norm(3, False), "BatchNorm2d in use",
        training=False,
    ),
    Row(
        _typed(layers.LayerNorm, 5), (2, 3, 5), lambda x, *p: F.layer_norm(x, 5, *p), "LayerNorm"
    ),
    Row(
        _typed(layers.LayerNorm, (3, 5), 0.1, affine=False), (2, 3, 5),
        lambda x: F.layer_norm(x, (3, 5), eps=0.1), "LayerNorm without parameters",
    ),
    Row(
        _typed(layers.GroupNorm, 2, 6, 0.1), (3, 6, 4, 5),
        lambda x, *p: F.group_norm(x, 2, *p, 0.1), "GroupNorm",
    ),
    Row(
        _typed(layers.InstanceNorm2d, 3), (2, 3, 5, 4), F.instance_norm, "InstanceNorm2d",
    ),
    Row(
        _typed(layers.InstanceNorm2d, 3, 0.1, affine=True), (2, 3, 5, 4),
        lambda x, *p: F.instance_norm(x, *p, 0.1), "InstanceNorm2d with parameters",
    ),
]
CONTAINERS = [
    Row(
        lambda **k: Sequential(Linear(5, 4, **k), Tanh(), Sequential(Linear(4, 2, **k), ReLU())),
        (3, 5),
        lambda x, w1, b1, w2, b2: F.relu(F.linear(F.tanh(F.linear(x, w1, b1)), w2, b2)),
        "Sequential",
    ),
    Row(
        lambda **k: Residual(Sequential(Linear(5, 4, **k), Tanh(), Linear(4, 5, **k))),
        (3, 5),
        lambda x, w1, b1, w2, b2: F.linear(F.tanh(F.linear(x, w1, b1)), w2, b2) + x,
        "Residual",
    ),
    Row(
        lambda **k: Residual(Linear(5, 4, **k), Linear(5, 4, bias=False, **k), Tanh()),
        (3, 5),
        lambda x, w, b, g: F.tanh(F.linear(x, w, b) + F.linear(x, g)),
        "Residual with shortcut and activation",
    ),
    Row(
        lambda **k: Parallel(
            Conv2d(3, 2, 1, **k), Conv2d(3, 4, 3, padding=1, **k),
            pool=layers.MaxPool2d(3, 1, 1),
        ),
        (2, 3, 5, 4),
        lambda x, w1, b1, w3, b3: np.concatenate(
            [F.conv2d(x, w1, b1), F.conv2d(x, w3, b3, padding=1), F.max_pool2d(x, 3, 1, 1)], 1
        ),
        "Parallel",
    ),
    Row(lambda **k: Parallel(Linear(5, 4, **k)), (3, 5), F.linear, "Parallel, one branch"),
    Row(
        _plain(layers.PadShortcut, 2, 3), (2, 3, 5, 4),
        lambda x: np.pad(x[:, :, ::2, ::2], ((0, 0), (1, 2), (0, 0), (0, 0))), "PadShortcut",
    ),
]
LAYERS = DENSE + CONVOLUTIONS + POOLS + ACTIVATIONS + NORMALIZATIONS + CONTAINERS
