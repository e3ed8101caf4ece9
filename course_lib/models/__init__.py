"""Models: the published networks from the layers of this course.

Every function takes rng, the generator that draws first weights and dropouts, init, which draws
the weights, and dtype, float32 as in the published weights. With init=course_lib.init.zeros a
network can be counted and its weights loaded without drawing any: it takes next to no memory.
Layers have the names of torchvision's, so that published weights fit (see models.weights).
"""

from course_lib.models.alexnet import alexnet
from course_lib.models.encoder_decoder import conv_autoencoder, encoder_decoder
from course_lib.models.googlenet import GoogLeNet, googlenet
from course_lib.models.lenet import lenet5
from course_lib.models.lenet_1998 import PartialConv2d, RadialOutput, ScaledTanh, SubSampling2d
from course_lib.models.mlp import Step, mlp, perceptron
from course_lib.models.nin import nin
from course_lib.models.pattern import from_pattern
from course_lib.models.resnet import resnet, resnet18, resnet34, resnet50, resnet101, resnet152
from course_lib.models.resnet_cifar import (
    plain20,
    plain32,
    plain56,
    resnet20,
    resnet32,
    resnet56,
    resnet_cifar,
)
from course_lib.models.trained import trained
from course_lib.models.vgg import vgg, vgg11, vgg13, vgg16, vgg19
from course_lib.models.weights import (
    load_weights,
    read_metadata,
    read_state,
    save_weights,
    write_state,
)

__all__ = [
    "GoogLeNet",
    "PartialConv2d",
    "RadialOutput",
    "ScaledTanh",
    "Step",
    "SubSampling2d",
    "alexnet",
    "conv_autoencoder",
    "encoder_decoder",
    "from_pattern",
    "googlenet",
    "lenet5",
    "load_weights",
    "mlp",
    "nin",
    "perceptron",
    "plain20",
    "plain32",
    "plain56",
    "read_metadata",
    "read_state",
    "resnet",
    "resnet18",
    "resnet20",
    "resnet32",
    "resnet34",
    "resnet50",
    "resnet56",
    "resnet101",
    "resnet152",
    "resnet_cifar",
    "save_weights",
    "trained",
    "vgg",
    "vgg11",
    "vgg13",
    "vgg16",
    "vgg19",
    "write_state",
]
