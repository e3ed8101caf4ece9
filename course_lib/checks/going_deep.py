"""What lecture 14 asks for: first weights, normalisation both ways, residual units, ResNets.

Small numbers are displayed. The probes behind them come from
course_lib.checks.probes.going_deep, which the grader draws from as well.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np

from course_lib import functional, init
from course_lib.arrays import Array
from course_lib.checks.cases import Case, Choice, Number, exercise, kill, quiz
from course_lib.checks.probes import going_deep as probes
from course_lib.checks.values import Function

Units = Callable[[Any], Any]


def _weights(z: Array, kind: str) -> Array:
    fan_in, fan_out = init.fans(np.shape(z))
    variance = {"lecun": 1 / fan_in, "xavier": 2 / (fan_in + fan_out), "he": 2 / fan_in}[kind]
    scaled: Array = np.asarray(z) * np.sqrt(variance)
    return scaled


@exercise(
    reference=_weights,
    hints=(
        "How many numbers does one neuron, or one filter, add up? The shape of z says it.",
        "n_in is the product of all lengths but the first. n_out is the first length times the "
        "window, if there is one.",
        "z has variance 1. Numbers times c have variance c^2, so the factor is the root of the "
        "variance that the rule asks for.",
    ),
)
def init_weights() -> Iterator[Case]:
    """First weights by three rules"""
    z = np.array([[1.0, -1, 2, 0], [0, 1, -2, 1]])
    yield Case("he, 4 inputs, 2 neurons", z, "he", family="linear layers", shown=True)
    yield Case("xavier, 4 inputs, 2 neurons", z, "xavier", family="linear layers", shown=True)
    yield Case("lecun, one filter of 2 channels, 1 x 2 pixels", z[:1].reshape(1, 2, 1, 2),
               "lecun", family="filters", shown=True)
    yield Case("xavier, two filters of one channel, 2 x 2 pixels", z.reshape(2, 1, 2, 2),
               "xavier", family="filters", shown=True)
    yield from probes.weight_probes(np.random.default_rng(141))


def _statistics(x: Array, kind: str) -> tuple[Array, Array]:
    x = np.asarray(x)
    axes = {"batch": (0, *range(2, x.ndim)), "layer": tuple(range(1, x.ndim)),
            "instance": tuple(range(2, x.ndim))}[kind]
    return x.mean(axis=axes, keepdims=True), x.var(axis=axes, keepdims=True)


@exercise(
    reference=_statistics,
    hints=(
        "Look at the figure. Along which axes do the cells with the same number lie? Rows and "
        "columns of the maps always belong to them.",
        "np.mean and np.var take a tuple of axes. batch: all but axis 1; layer: all but axis 0; "
        "instance: all but these two.",
        "keepdims=True leaves an axis of length 1 where it averaged, so that x - mean works.",
    ),
)
def norm_statistics() -> Iterator[Case]:
    """Means and variances of three normalisations"""
    x = np.array([[[[1.0, 3]], [[10, 10]]], [[[5, 7]], [[20, 40]]]])
    for kind in ("batch", "layer", "instance"):
        yield Case(f"{kind}, 2 images of 2 channels", x, kind, family="images", shown=True)
    yield Case("batch, 2 rows", np.array([[1.0, 10, 4], [5, 30, 4]]), "batch",
               family="rows without pixels", shown=True)
    yield from probes.statistic_probes(np.random.default_rng(142))


def _normalized(
    x: Array, mean: Array, var: Array, gamma: Array, beta: Array, eps: float = 1e-5
) -> Array:
    per_channel = (1, -1) + (1,) * (np.ndim(x) - 2)
    x_hat = (np.asarray(x) - mean) / np.sqrt(np.asarray(var) + eps)
    y: Array = np.reshape(gamma, per_channel) * x_hat + np.reshape(beta, per_channel)
    return y


@exercise(
    reference=_normalized,
    hints=(
        "Work it out for a single number first: its distance from the mean, in units of the "
        "standard deviation. eps stands inside the root.",
        "mean and var meet x by themselves. gamma and beta have the shape (C,), and NumPy would "
        "lay them along the last axis. Which axis are the channels?",
        "Reshape gamma and beta to as many axes as x has, with C in place 1 and 1 elsewhere.",
    ),
)
def normalize_with() -> Iterator[Case]:
    """Normalise by given statistics, then scale and shift"""
    yield Case("2 rows, 2 channels", np.array([[1.0, 10], [5, 30]]), np.array([[3.0, 20]]),
               np.array([[4.0, 100]]), np.array([1.0, 2]), np.array([0.0, 1]), eps=0.0,
               family="rows without pixels", shown=True)
    image = np.array([[[[1.0, 3]], [[10, 14]]]])
    yield Case("an image, a mean for each channel", image, np.array([2.0, 12]).reshape(1, 2, 1, 1),
               np.array([1.0, 4]).reshape(1, 2, 1, 1), np.array([1.0, 3]), np.array([5.0, 0]),
               eps=0.0, family="a mean for each channel", shown=True)
    yield Case("the image, one mean, eps 1", image, np.full((1, 1, 1, 1), 7.0),
               np.full((1, 1, 1, 1), 3.0), np.array([2.0, 4]), np.array([0.0, 1]), eps=1.0,
               family="a mean for each image", shown=True)
    yield from probes.normalising_probes(np.random.default_rng(143))


def _running(
    running_mean: Array, running_var: Array, x: Array, momentum: float = 0.1
) -> tuple[Array, Array]:
    mean, var = np.asarray(running_mean, float), np.asarray(running_var, float)
    _, new_mean, new_var = functional.batch_norm(
        np.asarray(x, float), mean, var, training=True, momentum=momentum
    )
    return new_mean, new_var


@exercise(
    reference=_running,
    hints=(
        "Each new value lies between the old one and that of the batch. momentum is the share "
        "of the batch.",
        "Each channel has n = N H W values (N without pixels). Its variance for later is the "
        "sum of squares divided by n - 1; np.var takes ddof=1.",
        "new = (1 - momentum) * old + momentum * batch, in new arrays of shape (C,). Look at n "
        "first and raise ValueError if it is 1.",
    ),
)
def running_statistics() -> Iterator[Case]:
    """The memory of batch norm"""
    yield Case("2 rows, 2 channels", np.array([0.0, 0]), np.array([1.0, 1]),
               np.array([[1.0, 10], [5, 30]]), family="rows without pixels", shown=True)
    yield Case("an image of 2 channels, momentum 0.5", np.array([4.0, 0]), np.array([1.0, 3]),
               np.array([[[[1.0, 3]], [[10, 14]]]]), momentum=0.5, family="one image", shown=True)
    yield Case("a single row", np.array([4.0, 0]), np.array([1.0, 3]), np.array([[1.0, 2]]),
               family="a single value", shown=True)
    yield from probes.running_probes(np.random.default_rng(144))


def _backward(
    grad_output: Array, x: Array, gamma: Array, eps: float = 1e-5
) -> tuple[Array, Array, Array]:
    x, gamma = np.asarray(x, float), np.asarray(gamma, float)
    return functional.batch_norm_backward(
        np.asarray(grad_output, float), x, np.zeros_like(gamma), np.ones_like(gamma), gamma,
        training=True, eps=eps,
    )


@exercise(
    reference=_backward,
    hints=(
        "Begin with beta and gamma: y = gamma * x_hat + beta is a linear layer of one weight for "
        "each channel.",
        "Then u = gamma * grad_output, the gradient by x_hat. Take two means of each channel: of "
        "u, and of u * x_hat.",
        "grad_x = (u - mean(u) - x_hat * mean(u * x_hat)) / sqrt(var + eps). All means run over "
        "axis 0 and the pixels, with keepdims=True.",
    ),
)
def batch_norm_backward() -> Iterator[Case]:
    """The way back through batch norm"""
    x = np.array([[1.0, 10], [5, 30], [3, 20]])
    yield Case("3 rows, one gradient", np.array([[1.0, 0], [0, 0], [0, 0]]), x,
               np.array([1.0, 2]), family="rows without pixels", shown=True)
    yield Case("3 rows, gamma 2 and -1, eps 1", np.array([[1.0, 2], [3, -1], [0, 1]]), x,
               np.array([2.0, -1]), eps=1.0, family="another eps", shown=True)
    yield Case("2 images of one channel", np.array([[[[1.0, 0]]], [[[2, -1]]]]),
               np.array([[[[1.0, 3]]], [[[5, 9]]]]), np.array([3.0]), family="images", shown=True)
    yield from probes.backward_probes(np.random.default_rng(145))


def _right_way_back(grad_output: Any, x: Any) -> Array:
    x = np.asarray(x, float)
    return _backward(grad_output, x, np.ones(x.shape[1]))[0]


def _variance_held_fixed(grad_output: Any, x: Any) -> Array:
    grad, x = np.asarray(grad_output, float), np.asarray(x, float)
    back: Array = (grad - grad.mean(axis=0)) / np.sqrt(x.var(axis=0) + 1e-5)
    return back


def _rows_that_fit(grad_output: Any, x: Any) -> str | None:
    try:
        grad, rows = np.asarray(grad_output, float), np.asarray(x, float)
    except (TypeError, ValueError):
        return "grad_output and x must be arrays of numbers."
    if grad.shape != rows.shape:
        return f"grad_output has shape {grad.shape}, x {rows.shape}; they must be alike."
    if rows.ndim != 2 or not 2 <= len(rows) <= 8 or not 1 <= rows.shape[1] <= 4:
        return f"x must have 2 to 8 rows and 1 to 4 columns; it has shape {rows.shape}."
    if not (np.all(np.abs(grad) <= 100) and np.all(np.abs(rows) <= 100)):
        return "all numbers must lie from -100 to 100."
    return None


@kill(
    right=_right_way_back,
    wrong=_variance_held_fixed,
    valid=_rows_that_fit,
    hints=(
        "What does the friend's line give for gradients that are all 1? And what is right there?",
        "The missing term is x_hat times the mean of grad_output * x_hat in each column. When is "
        "that mean 0?",
        "Any gradients that go along with x show it: large where x is large.",
    ),
)
def kill_variance_path() -> None:
    """Gradients that show a forgotten variance"""


def _unit(x: Array, R: Units, g: Units | None = None, h: Units | None = None) -> Array:
    x = np.asarray(x)
    residual = np.asarray(R(x))
    around = x if g is None else np.asarray(g(x))
    if residual.shape != around.shape:
        raise ValueError(f"R makes {residual.shape}, the way around {around.shape}")
    y: Array = residual + around
    return y if h is None else np.asarray(h(y))


@exercise(
    reference=_unit,
    hints=(
        "Two ways lead from x to the sum: through R, and around it. What stands on the way "
        "around if g is None?",
        "h comes last and sees the sum. None means that nothing is done there.",
        "Compare the two shapes before you add; NumPy would stretch a single channel over all.",
    ),
)
def residual_forward() -> Iterator[Case]:
    """A residual unit"""
    x = np.array([[1.0, -2, 3]])
    yield Case("R is 2 x - 1", x, Function("affine", 2.0, -1.0),
               family="x goes around as it is", shown=True)
    yield Case("R is 1 - 3 x, ReLU behind", x, Function("affine", -3.0, 1.0), None,
               Function("relu"), family="an activation behind", shown=True)
    yield Case("R squares, g doubles", x, Function("square"), Function("affine", 2.0),
               family="a layer on the way around", shown=True)
    images = np.array([[[[1.0, 2]], [[3, 4]]]])
    yield Case("R makes one channel of two", images,
               Function("conv2d_layer", np.ones((1, 2, 1, 1))), family="shapes that do not fit",
               shown=True)
    yield from probes.forward_probes(np.random.default_rng(146))


def _unit_backward(
    grad_output: Array, x: Array, w1: Array, w2: Array, w_s: Array | None = None
) -> tuple[Array, Array, Array, Array | None]:
    net = x @ w1.T
    a = np.maximum(net, 0)
    total = a @ w2.T + (x if w_s is None else x @ w_s.T)
    grad = grad_output * (total > 0)
    inside = (grad @ w2) * (net > 0)
    grad_x = inside @ w1 + (grad if w_s is None else grad @ w_s)
    return grad_x, inside.T @ x, grad.T @ a, None if w_s is None else grad.T @ x


@exercise(
    reference=_unit_backward,
    hints=(
        "First the way forward, line by line: net, a, the sum. You need the signs of net and of "
        "the sum.",
        "Behind the outer ReLU the gradient goes unchanged to both ways. Each way brings back a "
        "gradient by x; they are added.",
        "A layer y = a w^T sends grad back as grad @ w, and its weights get grad.T @ a. Inside R "
        "there is one more ReLU, with the signs of net.",
    ),
)
def residual_backward() -> Iterator[Case]:
    """The way back through a residual unit"""
    x, g = np.array([[1.0, 2]]), np.array([[1.0, 10]])
    yield Case("one hidden neuron", g, x, np.array([[1.0, 1]]), np.array([[1.0], [-2]]), None,
               family="x goes around as it is", shown=True)
    yield Case("one hidden neuron, w2 is 0", g, x, np.array([[1.0, 1]]), np.zeros((2, 1)), None,
               family="w2 is 0", shown=True)
    yield Case("a layer around, one output", np.array([[1.0], [2]]),
               np.array([[1.0, 2], [-1, 1]]), np.array([[1.0, 0], [1, -1]]),
               np.array([[1.0, 3]]), np.array([[1.0, 2]]), family="a layer on the way around",
               shown=True)
    yield from probes.unit_probes(np.random.default_rng(147))


def _resnet(
    blocks: Sequence[int], bottleneck: bool = False, n_classes: int = 1000, width: int = 64,
    stem: int = 7, projection: bool = True,
) -> tuple[int, int]:
    total, C = 3 * width * stem**2 + 2 * width, width
    for repeats in blocks:
        K = 4 * width if bottleneck else width
        for _ in range(repeats):
            if bottleneck:
                rows = [(C, width, 1), (width, width, 3), (width, K, 1)]
            else:
                rows = [(C, K, 3), (K, K, 3)]
            if projection and C != K:
                rows.append((C, K, 1))
            total += sum(n_in * n_out * F * F + 2 * n_out for n_in, n_out, F in rows)
            C = K
        width *= 2
    return 2 + (3 if bottleneck else 2) * sum(blocks), total + C * n_classes + n_classes


@exercise(
    reference=_resnet,
    hints=(
        "Count one block by hand: its convolutions without biases, and two numbers for each "
        "channel behind each of them.",
        "A variable for the channels that arrive: width at first, and after each block what the "
        "block makes. A block has a projection where the two differ.",
        "Two loops: stages, and blocks in them. At the end of a stage the width doubles. The "
        "linear layer at the end sees what the last block makes.",
    ),
)
def resnet_params() -> Iterator[Case]:
    """Layers and parameters of a ResNet"""
    yield Case("one basic block, width 2", [1], False, 3, 2, 3, family="one stage", shown=True)
    yield Case("two stages, width 2", [1, 1], False, 3, 2, 3, family="one block a stage",
               shown=True)
    yield Case("two bottlenecks, width 2", [2], True, 3, 2, 3, family="one stage", shown=True)
    yield Case("ResNet-18", [2, 2, 2, 2], family="basic blocks", shown=True)
    yield from probes.count_probes(np.random.default_rng(148))


@quiz(
    a=Choice("The deeper plain network has the larger *training* error. What does that rule out?",
             w="vanishing gradients", x="overfitting as the reason", y="that it has more "
             "parameters"),
    b=Choice("Why are residual units easy to train?",
             w="they have fewer parameters", x="their activation has no flat part",
             y="R = 0 makes the identity, and the gradient has a way around R"),
    c=Choice("Why not simply add layers?", w="plain layers are hard to optimise; performance "
             "stalls, then drops", x="memory is the only limit", y="more layers compute fewer "
             "functions"),
    d=Choice("Why does batch norm help?", w="it is proven to remove covariate shift",
             x="it makes the network linear",
             y="it does help; what exactly makes it help is debated"),
    e=Number("x (8, 16, 10, 10): how many means does layer norm compute?"),
    f=Number("And instance norm?"),
    g=Number("How many numbers share one mean in batch norm?"),
    h=Number("How many parameters does a batch norm learn for 32 channels?"),
    i=Number("Ten units without a projection, one behind the other: ways from input to output?"),
    j=Choice("You use a trained network on a single photograph. By what does batch norm "
             "normalise?", w="by the mean and variance of this photograph",
             x="by those remembered from training", y="not at all"),
    digests={
        "a": "a862aa49bd0bb824", "b": "3def1ad5e81b7a67", "c": "0ac4e6400f9f302f",
        "d": "75402e9bd722824c", "e": "e3adda2aaf4a1bad", "f": "431570077dcee237",
        "g": "ec55b8bc6a1bc07e", "h": "9b4fb86ea15ba376", "i": "cfe9c0587554f40d",
        "j": "0dcf6a627d61ae52"},
    wrong={
        ("a", "w"): "Vanishing gradients would show just so: the training error stays high.",
        ("a", "y"): "It has more parameters; they are not found.",
        ("b", "w"): "The two layers are the same as in the plain network.",
        ("b", "x"): "ReLU stands in both kinds of networks, flat part and all.",
        ("c", "x"): "The networks of section 1 fit into memory, and got worse.",
        ("c", "y"): "More layers can compute all that fewer can: let the others be the identity.",
        ("d", "w"): "Section 3 put the shift back behind the norm, and it still helped.",
        ("d", "x"): "For one batch it depends on the batch; and ReLU still stands behind it.",
        ("e", 16): "That is batch norm: one for each channel.",
        ("e", 128): "That is instance norm: one for each map.",
        ("e", 800): "Those would be one for each image and pixel, over the channels only.",
        ("f", 8): "That is layer norm: one for each image.",
        ("f", 16): "That is batch norm: one for each channel.",
        ("g", 8): "The pixels of the maps share it, too.",
        ("g", 100): "That is one map of one image.",
        ("g", 1600): "That is layer norm: all channels of one image.",
        ("g", 16): "That is the number of means.",
        ("h", 32): "gamma, and what else?",
        ("h", 128): "The running statistics are kept, not learned.",
        ("h", 1024): "A channel meets its own two numbers only.",
        ("i", 10): "At each unit the way forks: through R or around it.",
        ("i", 11): "That is how many lengths there are. Which units it goes through counts, too.",
        ("i", 20): "Two ways through each unit; do they add up or multiply?",
        ("j", "w"): "Then the answer would not be the one that was trained; and with one number "
                    "a channel everything would be 0.",
        ("j", "y"): "The layers behind it expect numbers that have been normalised.",
    },
)
def quiz_deep() -> None:
    """Going deep"""
