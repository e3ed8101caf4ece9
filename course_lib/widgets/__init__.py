"""Things to press and slide: the forward pass and the convolution, one step at a time.

Every widget has a plain function beside it that returns the same picture as a Figure, for
kernels without widgets and for tests. Loading this package loads ipywidgets and matplotlib.
"""

from course_lib.widgets.activation_figure import activation_gallery_figure
from course_lib.widgets.activation_records import ActivationCurve, activation_curves
from course_lib.widgets.backprop_records import BackpropStep
from course_lib.widgets.backprop_stepper import (
    BackpropStepper,
    backprop_step_figure,
    backprop_steps,
)
from course_lib.widgets.conv_figure import conv_step_figure
from course_lib.widgets.conv_records import ConvStep, conv_steps
from course_lib.widgets.conv_stepper import ConvStepper
from course_lib.widgets.descent_plot import descent_figure
from course_lib.widgets.descent_records import DescentPath, descent_path
from course_lib.widgets.graph_figure import graph_step_figure
from course_lib.widgets.graph_records import GraphStep, graph_steps
from course_lib.widgets.graph_stepper import GraphStepper
from course_lib.widgets.perceptron_figure import (
    PerceptronLineState,
    perceptron_line_figure,
    perceptron_line_state,
)
from course_lib.widgets.stepper import Stepper

__all__ = [
    "ActivationCurve",
    "BackpropStep",
    "BackpropStepper",
    "ConvStep",
    "ConvStepper",
    "DescentPath",
    "GraphStep",
    "GraphStepper",
    "PerceptronLineState",
    "Stepper",
    "activation_curves",
    "activation_gallery_figure",
    "backprop_step_figure",
    "backprop_steps",
    "conv_step_figure",
    "conv_steps",
    "descent_figure",
    "descent_path",
    "graph_step_figure",
    "graph_steps",
    "perceptron_line_figure",
    "perceptron_line_state",
]
