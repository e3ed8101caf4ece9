"""Things to press and slide: the forward pass and the convolution, one step at a time.

Every widget has a plain function beside it that returns the same picture as a Figure, for
kernels without widgets and for tests. Loading this package loads ipywidgets and matplotlib.
"""

from course_lib.widgets.activation_figure import activation_gallery_figure
from course_lib.widgets.activation_gallery import ActivationGallery
from course_lib.widgets.activation_records import ActivationCurve, activation_curves
from course_lib.widgets.architecture_explorer import ArchitectureExplorer
from course_lib.widgets.architecture_plot import architecture_figure
from course_lib.widgets.architecture_records import Architecture, architecture, published_models
from course_lib.widgets.attention_map import AttentionMap
from course_lib.widgets.attention_plot import attention_figure
from course_lib.widgets.attention_records import AttentionWeights, attention_weights
from course_lib.widgets.backprop_records import BackpropStep
from course_lib.widgets.backprop_stepper import (
    BackpropStepper,
    backprop_step_figure,
    backprop_steps,
)
from course_lib.widgets.conv_figure import conv_step_figure
from course_lib.widgets.conv_records import ConvStep, conv_steps
from course_lib.widgets.conv_stepper import ConvStepper
from course_lib.widgets.conv_volume import ConvVolume, conv_volume_figure
from course_lib.widgets.convolve1d import Convolve1D
from course_lib.widgets.convolve1d_plot import convolve1d_figure
from course_lib.widgets.convolve1d_records import Convolve1DStep, convolve1d_steps
from course_lib.widgets.descent_explorer import DescentExplorer
from course_lib.widgets.descent_plot import descent_figure
from course_lib.widgets.descent_records import DescentPath, descent_path
from course_lib.widgets.digit_figure import digit_pad_figure
from course_lib.widgets.digit_ink import fit_digit
from course_lib.widgets.digit_pad import DigitPad
from course_lib.widgets.field_plot import receptive_field_figure
from course_lib.widgets.field_records import Cone, FieldStack, field_stack, receptive_cone
from course_lib.widgets.filter_browser import FilterBrowser
from course_lib.widgets.filter_plot import filter_figure
from course_lib.widgets.filter_records import FilterLayer, Filters, filter_layers
from course_lib.widgets.graph_figure import graph_step_figure
from course_lib.widgets.graph_records import GraphStep, graph_steps
from course_lib.widgets.graph_stepper import GraphStepper
from course_lib.widgets.kernel_playground import KernelPlayground
from course_lib.widgets.kernel_plot import kernel_playground_figure
from course_lib.widgets.kernel_records import Filtered, filtered, kernel_csv, named_kernels
from course_lib.widgets.layer_figure import layer_figure
from course_lib.widgets.layer_trace import Look, Stage, look_inside
from course_lib.widgets.layer_viewer import LayerViewer
from course_lib.widgets.live_training import LiveTraining
from course_lib.widgets.network_parts import WeightPart, gradient_flow, weight_parts
from course_lib.widgets.occlusion_map import OcclusionMap
from course_lib.widgets.occlusion_plot import occlusion_figure
from course_lib.widgets.occlusion_records import Occlusion, occlusion
from course_lib.widgets.padding_plot import padding_figure
from course_lib.widgets.padding_records import Padded, padded_image, padded_rows
from course_lib.widgets.padding_viewer import PaddingViewer
from course_lib.widgets.perceptron_figure import (
    PerceptronLineState,
    perceptron_line_figure,
    perceptron_line_state,
)
from course_lib.widgets.perceptron_line import PerceptronLine
from course_lib.widgets.playground import Playground
from course_lib.widgets.playground_plot import playground_figure
from course_lib.widgets.playground_records import Decisions, decisions
from course_lib.widgets.pool_figure import pool_step_figure
from course_lib.widgets.pool_records import PoolStep, pool_steps
from course_lib.widgets.pool_stepper import PoolStepper
from course_lib.widgets.receptive_field import ReceptiveField
from course_lib.widgets.shape_calculator import ShapeCalculator
from course_lib.widgets.shape_plot import shape_figure
from course_lib.widgets.shape_records import ShapeRule, shape_rule
from course_lib.widgets.stepper import Stepper
from course_lib.widgets.toeplitz_plot import toeplitz_figure
from course_lib.widgets.toeplitz_records import Toeplitz, toeplitz
from course_lib.widgets.toeplitz_view import ToeplitzView
from course_lib.widgets.training_log import TrainingLog
from course_lib.widgets.training_plot import live_training_figure
from course_lib.widgets.variant_explorer import VariantExplorer
from course_lib.widgets.variant_plot import variant_figure
from course_lib.widgets.variant_records import Variants, conv_variants
from course_lib.widgets.volume_records import ConvVolumeSteps, conv_volume_steps, volume_example

__all__ = [
    "ActivationCurve",
    "ActivationGallery",
    "Architecture",
    "ArchitectureExplorer",
    "AttentionMap",
    "AttentionWeights",
    "BackpropStep",
    "BackpropStepper",
    "Cone",
    "ConvStep",
    "ConvStepper",
    "ConvVolume",
    "ConvVolumeSteps",
    "Convolve1D",
    "Convolve1DStep",
    "Decisions",
    "DescentExplorer",
    "DescentPath",
    "DigitPad",
    "FieldStack",
    "FilterBrowser",
    "FilterLayer",
    "Filtered",
    "Filters",
    "GraphStep",
    "GraphStepper",
    "KernelPlayground",
    "LayerViewer",
    "LiveTraining",
    "Look",
    "Occlusion",
    "OcclusionMap",
    "Padded",
    "PaddingViewer",
    "PerceptronLine",
    "PerceptronLineState",
    "Playground",
    "PoolStep",
    "PoolStepper",
    "ReceptiveField",
    "ShapeCalculator",
    "ShapeRule",
    "Stage",
    "Stepper",
    "Toeplitz",
    "ToeplitzView",
    "TrainingLog",
    "VariantExplorer",
    "Variants",
    "WeightPart",
    "activation_curves",
    "activation_gallery_figure",
    "architecture",
    "architecture_figure",
    "attention_figure",
    "attention_weights",
    "backprop_step_figure",
    "backprop_steps",
    "conv_step_figure",
    "conv_steps",
    "conv_variants",
    "conv_volume_figure",
    "conv_volume_steps",
    "convolve1d_figure",
    "convolve1d_steps",
    "decisions",
    "descent_figure",
    "descent_path",
    "digit_pad_figure",
    "field_stack",
    "filter_figure",
    "filter_layers",
    "filtered",
    "fit_digit",
    "gradient_flow",
    "graph_step_figure",
    "graph_steps",
    "kernel_csv",
    "kernel_playground_figure",
    "layer_figure",
    "live_training_figure",
    "look_inside",
    "named_kernels",
    "occlusion",
    "occlusion_figure",
    "padded_image",
    "padded_rows",
    "padding_figure",
    "perceptron_line_figure",
    "perceptron_line_state",
    "playground_figure",
    "pool_step_figure",
    "pool_steps",
    "published_models",
    "receptive_cone",
    "receptive_field_figure",
    "shape_figure",
    "shape_rule",
    "toeplitz",
    "toeplitz_figure",
    "variant_figure",
    "volume_example",
    "weight_parts",
]
