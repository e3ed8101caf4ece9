"""Every widget: the cell that shows it, keys that must change its picture, and words for it."""

from __future__ import annotations

from typing import NamedTuple

SETUP = """
import numpy as np
from course_lib import data, models, optim, training
from course_lib import functional as F
from course_lib import widgets
"""


class Widget(NamedTuple):
    """One line of the table.

    name: of the screenshot, and data-widget of a live widget. code: its last line shows it.
    keys: pairs (selector inside the widget, key); each, pressed in this order, changes what the
    widget shows. alt: what the screenshot shows. live: drawn by a file of JavaScript.
    """

    name: str
    code: str
    keys: list[tuple[str, str]]
    alt: str
    live: bool = True

    @property
    def selector(self) -> str:
        """The root of the widget, once it is there."""
        if self.live:
            return f'[data-widget="{self.name}"][data-ready="true"]'
        return f".course-{self.name.replace('-', '')}"


GRAPH = """
nodes, edges = [1, 2, 3, 4, 5], [(1, 3), (1, 4), (2, 3), (2, 4), (3, 5), (4, 5)]
w = {(3, 0): 0.1, (3, 1): 0.5, (3, 2): -0.3, (4, 0): -0.2, (4, 1): 0.8, (4, 2): 0.4,
     (5, 0): 0.0, (5, 3): 1.0, (5, 4): -1.0}
"""

WIDGETS = [
    Widget(
        "digit-pad",
        'widgets.DigitPad(models.trained("lenet5"))',
        [(".course-pad", " "), (".course-pad", "ArrowDown"), ("button", "Enter")],
        "A digit drawn by hand, the 28 x 28 pixels the network sees, and a bar for the "
        "probability of each digit.",
    ),
    Widget(
        "layer-viewer",
        "image = data.enlarged_digits().x_test[:1]\n"
        'mine, reference = models.trained("lenet5"), models.trained("lenet5")\n'
        'mine["conv2"].weight.data[2] *= -1\n'
        "widgets.LayerViewer(mine, image, reference=reference, target=2)",
        [('[data-layer="1"] canvas', "ArrowRight"), ('[data-layer="4"] canvas', "PageDown"),
         ("select >> nth=0", "ArrowDown"), ("select >> nth=1", "ArrowDown"),
         ('input[type="checkbox"] >> nth=2', " "), ("button >> nth=1", "Enter"),
         ("button >> nth=0", "Enter")],
        "The layers of LeNet-5 one below the other, each as a row of maps; one unit is framed, "
        "and beside it stand its inputs, its weights and their products.",
    ),
    Widget(
        "graph-stepper",
        f"{GRAPH}widgets.GraphStepper(nodes, edges, w, [1.0, 2.0])",
        [("button >> nth=1", "Enter"), ("button >> nth=0", "Enter"),
         ('input[type="range"]', "ArrowRight")],
        "A network of five neurons with the values that are known so far, and the pseudo-code "
        "of the forward pass with the current line marked.",
        live=False,
    ),
    Widget(
        "backprop-stepper",
        f"{GRAPH}widgets.BackpropStepper(nodes, edges, w, [1.0, 2.0], [1.0])",
        [("button >> nth=1", "Enter"), ("button >> nth=0", "Enter"),
         ('input[type="range"]', "ArrowRight")],
        "The same network on the way back: the errors delta at the neurons that have one.",
        live=False,
    ),
    Widget(
        "conv-stepper",
        "x = np.array([[3, 3, 2, 1, 0], [0, 0, 1, 3, 1], [3, 1, 2, 2, 3], [2, 0, 0, 2, 2],"
        " [2, 0, 0, 0, 1]])\n"
        "widgets.ConvStepper(x, np.array([[0, 1, 2], [2, 2, 0], [0, 1, 2]]))",
        [("button >> nth=1", "Enter"), ("button >> nth=0", "Enter"),
         ('input[type="range"]', "ArrowRight"), ("select >> nth=1", "ArrowDown")],
        "An image of 5 x 5 numbers with a frame of 3 x 3, the kernel, their products, and the "
        "output as far as it is computed.",
        live=False,
    ),
    Widget(
        "perceptron-line",
        "widgets.PerceptronLine([(0, 0), (0, 1), (1, 0), (1, 1)], [0, 0, 0, 1], (1, 1), -0.5)",
        [(".chart", "ArrowUp"), (".chart", "ArrowRight"),
         ('input[type="range"] >> nth=0', "ArrowLeft")],
        "Four points, a line between them, the side where y = 1 shaded, and rings around the two "
        "points on the wrong side; beside it sliders for the three weights.",
    ),
    Widget(
        "activation-gallery",
        'widgets.ActivationGallery({"tanh": np.tanh, "relu": F.relu, "leaky_relu": F.relu})',
        [(".chart", "ArrowLeft"), ('input[type="range"]', "ArrowRight"), ("select", "ArrowDown")],
        "The hyperbolic tangent and its derivative, a tangent at the chosen z, and the numbers "
        "there.",
    ),
    Widget(
        "descent-explorer",
        "widgets.DescentExplorer(lambda w: w[0]**2 / 2 + 10 * w[1]**2,"
        " lambda w: np.array([w[0], 20 * w[1]]), [-3.0, 1.0], 0.09)",
        [(".chart >> nth=0", "ArrowUp"), ('input[type="range"] >> nth=0', "ArrowRight"),
         ('input[type="range"] >> nth=1', "ArrowRight"),
         ('input[type="range"] >> nth=2', "ArrowLeft"), ("button", "Enter")],
        "Contours of a long valley with the zig-zag path of a descent in it, and the falling "
        "values of f step by step; a sentence says that it zig-zags.",
    ),
    Widget(
        "live-training",
        "points, labels = data.make_moons(200, rng=np.random.default_rng(0))\n"
        "network = models.mlp((2, 8, 8, 2), rng=np.random.default_rng(1))\n"
        "batches = data.DataLoader(points, labels, 20, rng=np.random.default_rng(2))\n"
        "optimizer = optim.SGD(network.parameters(), 0.1)\n"
        "steps = training.train(network, batches, optimizer, epochs=10**6)\n"
        "widgets.LiveTraining(steps, network, validation=(points, labels))",
        [("button >> nth=1", "Enter"), ("button >> nth=0", "Enter"), ("button >> nth=0", "Enter")],
        "Curves of the loss, the accuracy and the gradients of three layers of a network that "
        "learns.",
    ),
    Widget(
        "playground",
        "points, labels = data.make_moons(200, rng=np.random.default_rng(0))\n"
        "widgets.Playground(points, labels, (4,))",
        [("button >> nth=1", "Enter"), ("button >> nth=0", "Enter"), ("button >> nth=0", "Enter"),
         ('input[type="range"] >> nth=1', "ArrowRight"), ("select", "ArrowDown")],
        "Two half moons of points, the plane coloured by the class a network gives it, and the "
        "network's weights as lines.",
    ),
    Widget(
        "pool-stepper",
        "x = np.array([[1, 1, 2, 4], [5, 6, 7, 8], [3, 2, 1, 0], [1, 2, 3, 4]])\n"
        "widgets.PoolStepper(x)",
        [("button >> nth=1", "Enter"), ("button >> nth=0", "Enter"),
         ('input[type="range"]', "ArrowRight")],
        "An image of 4 x 4 numbers with a window of 2 x 2 and its largest number marked, the "
        "pooled image, and beneath them the gradients on the way back.",
        live=False,
    ),
    Widget(
        "convolve1-d",
        "widgets.Convolve1D([1, 2, 3, 0, -1], [1, 0.5, -1])",
        [("button >> nth=1", "Enter"), ("button >> nth=0", "Enter"),
         ('input[type="range"]', "ArrowRight")],
        "A row of numbers, the flipped kernel beneath it, their products, and the result so far.",
        live=False,
    ),
    Widget(
        "kernel-playground",
        "widgets.KernelPlayground()",
        [("select", "ArrowDown"), ('input[type="number"] >> nth=4', "ArrowUp"),
         ("select", "ArrowUp")],
        "A photograph, the nine numbers of a kernel to edit, and the photograph filtered with "
        "them.",
    ),
    Widget(
        "padding-viewer",
        "widgets.PaddingViewer()",
        [(".course-grid >> nth=0", "ArrowRight"), ("select", "ArrowDown"),
         ('input[type="range"]', "ArrowRight"), (".course-grid >> nth=0", "ArrowDown")],
        "An image of 4 x 4 numbers with a border of two pixels, one pixel of the border and the "
        "pixel it repeats framed, and a row of numbers by each of the five rules.",
    ),
    Widget(
        "toeplitz-view",
        "widgets.ToeplitzView()",
        [(".course-grid >> nth=3", "ArrowDown"), (".course-grid >> nth=0", "ArrowRight"),
         (".course-grid >> nth=1", "ArrowDown"), (".course-grid >> nth=2", "ArrowDown")],
        "A kernel of 3 x 3 numbers, the places of x and y, and beneath them the matrix of the "
        "convolution; one number of the kernel is framed wherever it stands in the matrix.",
    ),
    Widget(
        "shape-calculator",
        "widgets.ShapeCalculator()",
        [('input[type="range"] >> nth=2', "ArrowRight"), ("button >> nth=0", "Enter"),
         ('input[type="range"] >> nth=0', "ArrowLeft"),
         ('input[type="range"] >> nth=5', "ArrowRight")],
        "Sliders for the sizes of a layer, a row of the input with the places of the window "
        "beneath it, and the size rule with its numbers; a stride does not fit, and the legal "
        "ones are named.",
    ),
    Widget(
        "conv-volume",
        "widgets.ConvVolume()",
        [("button >> nth=1", "Enter"), ("button >> nth=0", "Enter"),
         ('input[type="range"]', "ArrowRight"), (".course-outputs .course-grid", "ArrowDown"),
         ("select", "ArrowDown")],
        "Three channels of a volume with a window of 3 x 3, the slices of a filter, their "
        "products and sums, and the outputs of both filters as far as they are computed.",
    ),
    Widget(
        "architecture-explorer",
        'widgets.ArchitectureExplorer(other="AlexNet")',
        [('input[type="range"]', "ArrowRight"), ("select >> nth=0", "ArrowDown"),
         ("select >> nth=1", "ArrowUp")],
        "Bars of parameters and of multiply-adds for each layer of LeNet-5 and of AlexNet, on the "
        "same scale, and the sums in words.",
        live=False,
    ),
    Widget(
        "receptive-field",
        "widgets.ReceptiveField([(3, 1, 1), (2, 2), (3, 1, 1), (2, 2)])",
        [(".course-levels", "ArrowRight"), (".course-levels", "ArrowDown"),
         (".course-levels", "ArrowLeft"), (".course-levels", "ArrowUp")],
        "Four layers above a row of 16 pixels; one unit is marked, its cone opens down to the "
        "pixels it sees, and beside it stands its field on the image.",
    ),
    Widget(
        "occlusion-map",
        "widgets.OcclusionMap()",
        [('input[type="range"]', "ArrowRight"), ("select >> nth=0", "ArrowDown"),
         ("select >> nth=1", "ArrowDown")],
        "A handwritten digit with a grey patch on it, a map of how far the probability of its "
        "class drops, and bars of the probabilities with and without the patch.",
        live=False,
    ),
    Widget(
        "variant-explorer",
        'widgets.VariantExplorer("depthwise separable", 8, 16)',
        [("select >> nth=0", "ArrowUp"), ("select >> nth=2", "ArrowDown"),
         ("select >> nth=1", "ArrowDown"), ("select >> nth=0", "ArrowUp"),
         ('input[type="range"]', "ArrowRight")],
        "The connections of a depthwise separable convolution along a row of pixels and across "
        "the channels, and bars of the weights of five kinds of convolution.",
        live=False,
    ),
    Widget(
        "attention-map",
        "ink = 4 * data.load_digits8x8().x_test[0].reshape(64, 1)\n"
        "where = np.indices((8, 8)).reshape(2, 64).T / 2\n"
        "widgets.AttentionMap(np.hstack([ink, 4 - ink, np.sin(where), np.cos(where)]), "
        "shape=(8, 8))",
        [('input[type="range"]', "ArrowRight"), ("select >> nth=0", "ArrowDown"),
         ('input[type="range"]', "PageUp")],
        "The weights of attention between the 64 pixels of a small digit as a matrix with one row "
        "framed, and that row laid out over the image.",
        live=False,
    ),
    Widget(
        "filter-browser",
        'widgets.FilterBrowser(models.trained("lenet5"), data.enlarged_digits().x_test[:1], '
        '"conv2")',
        [('input[type="range"]', "ArrowRight"), ("select", "ArrowDown")],
        "A handwritten digit, the six kernels of one filter of LeNet-5's second convolution, and "
        "the sixteen maps of that layer with one framed.",
        live=False,
    ),
]
BY_NAME = {widget.name: widget for widget in WIDGETS}
