"""Layers: thin shells that remember inputs and gather gradients; the sums are in functional."""

from course_lib.layers.activation import ELU, SELU, LeakyReLU, ReLU, Sigmoid, Tanh
from course_lib.layers.convolution import Conv2d
from course_lib.layers.layer import Layer
from course_lib.layers.linear import Linear
from course_lib.layers.maxout import Maxout
from course_lib.layers.parameter import Parameter
from course_lib.layers.sequential import Sequential
from course_lib.layers.softmax import LogSoftmax, Softmax

__all__ = [
    "ELU",
    "SELU",
    "Conv2d",
    "Layer",
    "LeakyReLU",
    "Linear",
    "LogSoftmax",
    "Maxout",
    "Parameter",
    "ReLU",
    "Sequential",
    "Sigmoid",
    "Softmax",
    "Tanh",
]
