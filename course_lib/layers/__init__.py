"""Layers: thin shells that remember inputs and gather gradients; the sums are in functional.

Constructors raise TypeError or ValueError for settings that no input could fit; forward raises
what the function of the same name in course_lib.functional raises; backward raises RuntimeError
where no forward came before it.
"""

from course_lib.layers.activation import ELU, SELU, LeakyReLU, ReLU, Sigmoid, Tanh
from course_lib.layers.attention import SelfAttention
from course_lib.layers.batch_norm import BatchNorm1d, BatchNorm2d
from course_lib.layers.capsule import Squash
from course_lib.layers.convolution import Conv1d, Conv2d, Conv3d
from course_lib.layers.deformable import DeformConv2d
from course_lib.layers.dropout import Dropout
from course_lib.layers.flatten import Flatten
from course_lib.layers.layer import Layer
from course_lib.layers.linear import Linear
from course_lib.layers.maxout import Maxout
from course_lib.layers.normalization import GroupNorm, InstanceNorm2d, LayerNorm
from course_lib.layers.pad_shortcut import PadShortcut
from course_lib.layers.parallel import Parallel
from course_lib.layers.parameter import Buffer, Parameter
from course_lib.layers.pooling import AvgPool2d, LPPool2d, MaxPool2d, MixedPool2d
from course_lib.layers.pooling_adaptive import (
    AdaptiveAvgPool2d,
    AdaptiveMaxPool2d,
    GlobalAvgPool2d,
    SpatialPyramidPool2d,
)
from course_lib.layers.pooling_random import FractionalMaxPool2d, StochasticPool2d
from course_lib.layers.residual import Residual
from course_lib.layers.sequential import Sequential
from course_lib.layers.softmax import LogSoftmax, Softmax
from course_lib.layers.sparse import SparseConv2d
from course_lib.layers.transposed import ConvTranspose2d

__all__ = [
    "ELU",
    "SELU",
    "AdaptiveAvgPool2d",
    "AdaptiveMaxPool2d",
    "AvgPool2d",
    "BatchNorm1d",
    "BatchNorm2d",
    "Buffer",
    "Conv1d",
    "Conv2d",
    "Conv3d",
    "ConvTranspose2d",
    "DeformConv2d",
    "Dropout",
    "Flatten",
    "FractionalMaxPool2d",
    "GlobalAvgPool2d",
    "GroupNorm",
    "InstanceNorm2d",
    "LPPool2d",
    "Layer",
    "LayerNorm",
    "LeakyReLU",
    "Linear",
    "LogSoftmax",
    "MaxPool2d",
    "Maxout",
    "MixedPool2d",
    "PadShortcut",
    "Parallel",
    "Parameter",
    "ReLU",
    "Residual",
    "SelfAttention",
    "Sequential",
    "Sigmoid",
    "Softmax",
    "SparseConv2d",
    "SpatialPyramidPool2d",
    "Squash",
    "StochasticPool2d",
    "Tanh",
]
