"""The table of operations: every function of course_lib.functional, with settings and shapes.

Every test that holds for all operations runs over this table. To add an operation, add rows to
the file of its room; lengths within a row differ from each other, so that a mixed-up axis cannot
pass. Each room has its own file of golden values.
"""

from tests.course_lib.operations.activation import ACTIVATIONS
from tests.course_lib.operations.convolution import CONVOLUTIONS, CONVOLUTIONS_2D
from tests.course_lib.operations.dense import DENSE
from tests.course_lib.operations.operation import Operation

__all__ = [
    "BATCHED",
    "CONVOLUTIONS",
    "CONVOLUTIONS_2D",
    "OPERATIONS",
    "ROOMS",
    "WITHOUT_BACKWARD",
    "WITH_BACKWARD",
    "Operation",
]

# Functions without a gradient of their own, and why. (The package's docstring says the same.)
WITHOUT_BACKWARD = {
    "step": "its derivative is 0 wherever there is one",
    "conv2d_naive": "conv2d_backward serves it",
    "f_log": "another name of sigmoid",
}

ROOMS = {
    "activation": ACTIVATIONS,
    "dense": DENSE,
    "convolution": CONVOLUTIONS,
}
OPERATIONS = [operation for room in ROOMS.values() for operation in room]
WITH_BACKWARD = [operation for operation in OPERATIONS if operation.needs is not None]
BATCHED = [operation for operation in OPERATIONS if operation.batched]
