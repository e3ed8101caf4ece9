"""The table of operations: every function of course_lib.functional, with settings and shapes.

Every test that holds for all operations runs over this table. To add an operation, add rows to
the file of its room; lengths within a row differ from each other, so that a mixed-up axis cannot
pass. Each room has its own file of golden values.
"""

from tests.course_lib.operations.activation import ACTIVATIONS
from tests.course_lib.operations.attention import ATTENTION
from tests.course_lib.operations.convolution import CONVOLUTIONS, CONVOLUTIONS_2D
from tests.course_lib.operations.convolution_variants import CONVOLUTION_VARIANTS
from tests.course_lib.operations.dense import DENSE
from tests.course_lib.operations.loss import LOSSES
from tests.course_lib.operations.normalization import NORMALIZATIONS
from tests.course_lib.operations.operation import Operation
from tests.course_lib.operations.pooling import POOLINGS

__all__ = [
    "BATCHED",
    "CONVOLUTIONS",
    "CONVOLUTIONS_2D",
    "OPERATIONS",
    "POOLINGS",
    "ROOMS",
    "WITHOUT_BACKWARD",
    "WITH_BACKWARD",
    "Operation",
]

# Functions without a gradient of their own, and why. (The package's docstring says the same.)
WITHOUT_BACKWARD = {
    "step": "its derivative is 0 wherever there is one",
    "conv2d_naive": "conv2d_backward serves it",
    "im2col": "its gradient is col2im",
    "col2im": "its gradient is im2col",
    "convolution_matrix": "conv2d_backward serves it",
    "toeplitz_matrix": "conv1d_backward serves it",
    "fc_to_conv": "it only reshapes",
    "f_log": "another name of sigmoid",
    "routing": "lecture 15 only looks at it",
}

ROOMS = {
    "activation": ACTIVATIONS,
    "dense": DENSE,
    "convolution": CONVOLUTIONS,
    "convolution_variants": CONVOLUTION_VARIANTS,
    "pooling": POOLINGS,
    "normalization": NORMALIZATIONS,
    "loss": LOSSES,
    "attention": ATTENTION,
}
OPERATIONS = [operation for room in ROOMS.values() for operation in room]
WITH_BACKWARD = [operation for operation in OPERATIONS if operation.needs is not None]
BATCHED = [operation for operation in OPERATIONS if operation.batched]
