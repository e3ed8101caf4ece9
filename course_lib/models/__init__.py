"""Models: the published networks from the layers of this course.

Every function takes rng, the generator that draws first weights and dropouts, init, which draws
the weights, and dtype, float32 as in the published weights. With init=course_lib.init.zeros a
network can be counted and its weights loaded without drawing any: it takes next to no memory.
Layers have the names of torchvision's, so that published weights fit (see models.weights).
"""

from course_lib.models.lenet import lenet5
from course_lib.models.lenet_1998 import PartialConv2d, RadialOutput, ScaledTanh, SubSampling2d
from course_lib.models.mlp import Step, mlp, perceptron
from course_lib.models.weights import load_weights, read_state, save_weights, write_state

__all__ = [
    "PartialConv2d",
    "RadialOutput",
    "ScaledTanh",
    "Step",
    "SubSampling2d",
    "lenet5",
    "load_weights",
    "mlp",
    "perceptron",
    "read_state",
    "save_weights",
    "write_state",
]
