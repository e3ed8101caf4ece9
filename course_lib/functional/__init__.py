"""Pure functions and their gradients: arrays in, arrays out, nothing remembered.

Every `f` has an `f_backward(grad_output, <the inputs or the output it needs>, <same settings>)`
that returns the gradients by f's array arguments in their order. These have none:

- step: its derivative is 0 wherever there is one; f_log is another name of sigmoid
- conv2d_naive and convolution_matrix: conv2d_backward serves them; toeplitz_matrix: conv1d_backward
- im2col and col2im: each is the gradient of the other; fc_to_conv only reshapes
- routing: lecture 15 only looks at it
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
from course_lib.functional.attention import (
    scaled_dot_product_attention,
    scaled_dot_product_attention_backward,
)
from course_lib.functional.capsule import routing, squash, squash_backward
from course_lib.functional.conv1d import conv1d, conv1d_backward
from course_lib.functional.conv3d import conv3d, conv3d_backward
from course_lib.functional.convolution import conv2d, conv2d_backward
from course_lib.functional.convolution_naive import conv2d_naive
from course_lib.functional.deformable import deform_conv2d, deform_conv2d_backward
from course_lib.functional.dense_as_conv import fc_to_conv, gap_head, gap_head_backward
from course_lib.functional.dropout import dropout, dropout_backward
from course_lib.functional.linear import linear, linear_backward
from course_lib.functional.loss import (
    binary_cross_entropy_with_logits,
    binary_cross_entropy_with_logits_backward,
    cross_entropy,
    cross_entropy_backward,
    hinge,
    hinge_backward,
    l1_loss,
    l1_loss_backward,
    mse_loss,
    mse_loss_backward,
)
from course_lib.functional.matrix import col2im, convolution_matrix, im2col, toeplitz_matrix
from course_lib.functional.maxout import maxout, maxout_backward
from course_lib.functional.normalization import (
    batch_norm,
    batch_norm_backward,
    group_norm,
    group_norm_backward,
    instance_norm,
    instance_norm_backward,
    layer_norm,
    layer_norm_backward,
)
from course_lib.functional.pooling import (
    avg_pool2d,
    avg_pool2d_backward,
    max_pool2d,
    max_pool2d_backward,
)
from course_lib.functional.pooling_adaptive import (
    adaptive_avg_pool2d,
    adaptive_avg_pool2d_backward,
    adaptive_max_pool2d,
    adaptive_max_pool2d_backward,
    global_avg_pool2d,
    global_avg_pool2d_backward,
    spatial_pyramid_pool2d,
    spatial_pyramid_pool2d_backward,
)
from course_lib.functional.pooling_mixed import (
    lp_pool2d,
    lp_pool2d_backward,
    mixed_pool2d,
    mixed_pool2d_backward,
)
from course_lib.functional.pooling_random import (
    fractional_max_pool2d,
    fractional_max_pool2d_backward,
    stochastic_pool2d,
    stochastic_pool2d_backward,
)
from course_lib.functional.softmax import (
    log_softmax,
    log_softmax_backward,
    softmax,
    softmax_backward,
)
from course_lib.functional.sparse import sparse_conv2d, sparse_conv2d_backward
from course_lib.functional.transposed import conv_transpose2d, conv_transpose2d_backward

__all__ = [
    "adaptive_avg_pool2d",
    "adaptive_avg_pool2d_backward",
    "adaptive_max_pool2d",
    "adaptive_max_pool2d_backward",
    "avg_pool2d",
    "avg_pool2d_backward",
    "batch_norm",
    "batch_norm_backward",
    "binary_cross_entropy_with_logits",
    "binary_cross_entropy_with_logits_backward",
    "col2im",
    "conv1d",
    "conv1d_backward",
    "conv2d",
    "conv2d_backward",
    "conv2d_naive",
    "conv3d",
    "conv3d_backward",
    "conv_transpose2d",
    "conv_transpose2d_backward",
    "convolution_matrix",
    "cross_entropy",
    "cross_entropy_backward",
    "deform_conv2d",
    "deform_conv2d_backward",
    "dropout",
    "dropout_backward",
    "elu",
    "elu_backward",
    "f_log",
    "fc_to_conv",
    "fractional_max_pool2d",
    "fractional_max_pool2d_backward",
    "gap_head",
    "gap_head_backward",
    "global_avg_pool2d",
    "global_avg_pool2d_backward",
    "group_norm",
    "group_norm_backward",
    "hinge",
    "hinge_backward",
    "im2col",
    "instance_norm",
    "instance_norm_backward",
    "l1_loss",
    "l1_loss_backward",
    "layer_norm",
    "layer_norm_backward",
    "leaky_relu",
    "leaky_relu_backward",
    "linear",
    "linear_backward",
    "log_softmax",
    "log_softmax_backward",
    "lp_pool2d",
    "lp_pool2d_backward",
    "max_pool2d",
    "max_pool2d_backward",
    "maxout",
    "maxout_backward",
    "mixed_pool2d",
    "mixed_pool2d_backward",
    "mse_loss",
    "mse_loss_backward",
    "relu",
    "relu_backward",
    "routing",
    "scaled_dot_product_attention",
    "scaled_dot_product_attention_backward",
    "selu",
    "selu_backward",
    "sigmoid",
    "sigmoid_backward",
    "softmax",
    "softmax_backward",
    "sparse_conv2d",
    "sparse_conv2d_backward",
    "spatial_pyramid_pool2d",
    "spatial_pyramid_pool2d_backward",
    "squash",
    "squash_backward",
    "step",
    "stochastic_pool2d",
    "stochastic_pool2d_backward",
    "tanh",
    "tanh_backward",
    "toeplitz_matrix",
]
