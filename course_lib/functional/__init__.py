"""Pure functions and their gradients: arrays in, arrays out, nothing remembered.

Every `f` has an `f_backward(grad_output, <the inputs or the output it needs>, <same settings>)`
that returns the gradients by f's array arguments in their order. Three names have none: step
(its derivative is 0), conv2d_naive (conv2d_backward serves it) and f_log (another name of
sigmoid).
"""

from course_lib.functional.activation import (
    elu,
    elu_backward,
    f_log,
    leaky_relu,
    leaky_relu_backward,
    relu,
    relu_backward,
    selu,
    selu_backward,
    sigmoid,
    sigmoid_backward,
    step,
    tanh,
    tanh_backward,
)
from course_lib.functional.conv1d import conv1d, conv1d_backward
from course_lib.functional.conv3d import conv3d, conv3d_backward
from course_lib.functional.convolution import conv2d, conv2d_backward
from course_lib.functional.convolution_naive import conv2d_naive
from course_lib.functional.linear import linear, linear_backward
from course_lib.functional.maxout import maxout, maxout_backward
from course_lib.functional.softmax import (
    log_softmax,
    log_softmax_backward,
    softmax,
    softmax_backward,
)

__all__ = [
    "conv1d",
    "conv1d_backward",
    "conv2d",
    "conv2d_backward",
    "conv2d_naive",
    "conv3d",
    "conv3d_backward",
    "elu",
    "elu_backward",
    "f_log",
    "leaky_relu",
    "leaky_relu_backward",
    "linear",
    "linear_backward",
    "log_softmax",
    "log_softmax_backward",
    "maxout",
    "maxout_backward",
    "relu",
    "relu_backward",
    "selu",
    "selu_backward",
    "sigmoid",
    "sigmoid_backward",
    "softmax",
    "softmax_backward",
    "step",
    "tanh",
    "tanh_backward",
]
