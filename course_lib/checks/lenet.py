"""What lecture 12 asks for: shapes and counts of networks, a block's way back, training, shifts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from math import prod
from typing import Any

import numpy as np

from course_lib import functional
from course_lib.arrays import Array
from course_lib.checks.cases import Case, Choice, Number, exercise, kill, quiz
from course_lib.checks.compare import as_numbers, close
from course_lib.checks.evidence import kind_of
from course_lib.checks.probes import lenet as probes
from course_lib.checks.training_answers import is_training
from course_lib.checks.values import Function
from course_lib.shapes import output_size

LENET = [("conv", 6, 5), ("act",), ("pool", 2), ("conv", 16, 5), ("act",), ("pool", 2),
         ("flatten",), ("fc", 120), ("act",), ("fc", 84), ("act",), ("fc", 10)]
Row = tuple[str, tuple[int, ...], int]


def _network_table(layers: Sequence[Sequence[Any]], shape: Sequence[int]) -> list[Row]:
    now, rows = tuple(shape), []
    for name, *numbers in layers:
        count = 0
        if name == "conv":
            filters, size, padding = (*numbers, 0)[:3]
            count = filters * (now[0] * size * size + 1)
            now = filters, *(output_size(n, size, 1, padding) for n in now[1:])
        elif name == "pool":
            now = now[0], *(output_size(n, numbers[0], numbers[0]) for n in now[1:])
        elif name == "flatten":
            now = (prod(now),)
        elif name == "fc":
            count, now = numbers[0] * (now[0] + 1), (numbers[0],)
        rows.append((name, now, count))
    return rows


def is_table(got: Any, expected: list[Row], case: Case) -> str | None:
    """Row by row: the name, the shape, the number of parameters."""
    if not isinstance(got, (list, tuple)):
        return f"the result should be a list of rows (name, shape, count); got {kind_of(got)}."
    if len(got) != len(expected):
        return f"there are {len(expected)} layers, so {len(expected)} rows; got {len(got)}."
    for place, (mine, (name, shape, count)) in enumerate(zip(got, expected, strict=True)):
        where = f"row {place} ({name})"
        if not isinstance(mine, (list, tuple)) or len(mine) != 3:
            return f"{where} should be a triple (name, shape, count); got {kind_of(mine)}."
        if not isinstance(mine[0], str) or mine[0] != name:
            return f"{where}: the name should be {name!r}; got {_short(mine[0])}."
        if (told := close()(mine[1], shape, case)) is not None:
            return f"{where}, the shape: {told}"
        if (told := close()(mine[2], count, case)) is not None:
            return f"{where}, the number of parameters: {told}"
    return None


@exercise(
    reference=_network_table,
    compare=is_table,
    hints=(
        "Keep the shape in a variable. Which layers change it, and which of its numbers?",
        "`for name, *numbers in layers` takes the name and what stands behind it apart. Only "
        "\"conv\" and \"fc\" have parameters.",
        "A filter on C channels has C F F weights and one bias. A fully connected neuron has a "
        "weight for each input and one bias. output_size raises the ValueError for you.",
    ),
)
def network_table() -> Iterator[Case]:
    """The shape behind every layer, and how many parameters it has"""
    yield Case("LeNet's first layers", LENET[:3], (1, 32, 32), family="one convolution",
               shown=True)
    yield Case("flatten, then three neurons", [("flatten",), ("fc", 3)], (1, 2, 2),
               family="flatten and fully connected", shown=True)
    yield Case("28 pixels and a padding of 2", [("conv", 6, 5, 2)], (1, 28, 28), family="padding",
               shown=True)
    yield Case("pairs of 7 columns", [("pool", 2)], (1, 6, 7), family=probes.NO_FIT, shown=True)
    yield Case("sixteen filters on six channels", [("conv", 16, 5)], (6, 14, 14),
               family="one convolution")
    yield Case("the whole of LeNet-5", LENET, (1, 32, 32), family="a whole network")
    yield from probes.table_cases(np.random.default_rng(121))


def _block_order(n: int, m: int, k: int, pool: bool) -> list[str]:
    if min(n, m, k) < 0:
        raise ValueError(f"N, M and K are 0 or more; got {n}, {m}, {k}")
    block = ["CONV", "RELU"] * n + ["POOL"] * bool(pool)
    return ["INPUT", *block * m, *["FC", "RELU"] * k, "FC"]


@exercise(
    reference=_block_order,
    hints=(
        "Write down N = 2, M = 1, K = 1 with a pool by hand: it has nine words.",
        "In Python a list times 2 is the list twice in a row. Build the inner block first.",
        "The last FC stands outside all brackets: it is always there, and nothing follows it.",
    ),
)
def block_order() -> Iterator[Case]:
    """The layers that a pattern stands for"""
    yield Case("N = 1, M = 2, K = 1", 1, 2, 1, True, family="with pools", shown=True)
    yield Case("N = 2, M = 1, K = 2, no pool", 2, 1, 2, False, family="without pools", shown=True)
    yield Case("K = 0", 1, 1, 0, True, family="K = 0", shown=True)
    yield from probes.order_cases(np.random.default_rng(122))


def _pooled(kind: str, activation: str, x: Any, *, first: bool) -> Array:
    """The pool in front of the activation, or behind it."""
    x = np.asarray(x, dtype=float)
    pool = functional.max_pool2d if kind == "max" else functional.avg_pool2d
    f = functional.tanh if activation == "tanh" else functional.relu
    return f(pool(x, 2)) if first else pool(f(x), 2)


def _is_an_order(kind: Any, activation: Any, x: Any) -> str | None:
    if not isinstance(kind, str) or kind not in ("max", "avg"):
        return f'kind must be "max" or "avg"; it is {_short(kind)}.'
    if not isinstance(activation, str) or activation not in ("relu", "tanh"):
        return f'activation must be "relu" or "tanh"; it is {_short(activation)}.'
    numbers = as_numbers(x)
    if numbers is None or numbers.dtype.kind not in "iuf" or numbers.ndim != 4 or not numbers.size:
        return "x must be an array of numbers with the four axes (N, C, H, W)."
    if numbers.shape[2] % 2 or numbers.shape[3] % 2:
        return f"rows and columns of x must be even; its shape is {numbers.shape}."
    return None if np.isfinite(numbers).all() else "x must hold finite numbers."


def _short(value: Any) -> str:
    return repr(value)[:60] if isinstance(value, str) else kind_of(value)


@kill(
    right=lambda kind, activation, x: _pooled(kind, activation, x, first=True),
    wrong=lambda kind, activation, x: _pooled(kind, activation, x, first=False),
    valid=_is_an_order,
    hints=(
        "Take one window of four numbers. When is f of the largest the largest of the f?",
        "Both activations never fall, so the largest stays the largest. What of the mean?",
        "With the mean, ReLU needs numbers of both signs in one window, tanh four numbers that are "
        "not alike and not all small.",
    ),
)
def kill_pool_order() -> None:
    """Inputs that show that pool and activation may not change places"""


def _block_backward(
    grad_output: Array, x: Array, weight: Array, bias: Array
) -> tuple[Array, Array, Array]:
    maps = functional.conv2d(x, weight, bias)
    pooled = functional.max_pool2d(maps, 2)
    grad_maps = functional.max_pool2d_backward(grad_output * (pooled > 0), maps, 2)
    grad_x, grad_weight, grad_bias = functional.conv2d_backward(grad_maps, x, weight)
    assert grad_bias is not None
    return grad_x, grad_weight, grad_bias


def is_block_gradients(got: Any, expected: Any, case: Case) -> str | None:
    """The three gradients, each by name, from the output back to the input."""
    names = "grad_x", "grad_weight", "grad_bias"
    if not isinstance(got, (tuple, list)) or len(got) != 3:
        return f"the result should be the triple ({', '.join(names)}); got {kind_of(got)}."
    for place in (2, 1, 0):
        if (told := close()(got[place], expected[place], case)) is not None:
            return f"in {names[place]}: {told}"
    return None


@exercise(
    reference=_block_backward,
    compare=is_block_gradients,
    hints=(
        "Go forward first, and keep what comes out of the convolution and out of the pool.",
        "Then walk back in reverse order: ReLU, pool, convolution. Each function gets the gradient "
        "of what it made, and gives that of what it got.",
        "ReLU's slope is 1 where the pooled number is above 0. max_pool_backward wants the maps "
        "before the pool. The three convolution gradients all begin with the gradient of the maps.",
    ),
)
def block_backward() -> Iterator[Case]:
    """Send gradients back through convolution, pool and ReLU"""
    x = np.array([[[[1.0, 2, 0], [0, 1, 3], [2, 0, 1]]]])
    weight = np.array([[[[1.0, 0], [0, 1]]]])
    grad = np.array([[[[10.0]]]])
    yield Case("one window, switched on", grad, x, weight, np.zeros(1),
               family="one image, one filter", shown=True)
    yield Case("one window, switched off", grad, x, weight, np.array([-6.0]),
               family="all on, or all off", shown=True)
    yield from probes.block_cases(np.random.default_rng(123))


@exercise(
    reference=probes.train_and_keep,
    compare=is_training,
    hints=(
        "Two loops: epochs, and in each epoch the batches. One pass through the inner loop is "
        "forward, empty the gradients, backward, update: as in lecture 06.",
        "After the batches of an epoch: net.forward(x_val), its cross-entropy, noted as a float.",
        "If this loss is smaller than all before it, keep net.state_dict(), which is a copy. "
        "After the last epoch: net.load_state_dict(kept), then the logits.",
    ),
)
def train_cnn() -> Iterator[Case]:
    """Train, and keep the weights of the best epoch"""
    pictures = np.zeros((4, 1, 6, 8))
    pictures[:2, :, 1:5, 2] = pictures[2:, :, 3, 1:7] = 1  # two upright strokes, two flat ones
    labels, lively = np.array([0, 0, 1, 1]), Function("sgd", 0.5)
    batches = [(pictures[::2], labels[::2]), (pictures[1::2], labels[1::2])]
    net = Function("cnn", (1, 6, 8), 2, 2, 3)
    yield Case("four strokes, three epochs", net, lively, batches, (pictures, labels), 3,
               family="the last epoch is the best", shown=True)
    yield Case("all labels wrong in the validation part", net, lively, batches,
               (pictures, 1 - labels), 3, family="the first epoch is the best", shown=True)
    yield from probes.train_cases(np.random.default_rng(124))


def moved(x: Array, down: int, right: int) -> Array:
    """Every image shifted by so many rows and columns, zeros where nothing came from."""
    height, width = x.shape[2:]
    padded = np.pad(x, ((0, 0), (0, 0), (abs(down),) * 2, (abs(right),) * 2))
    top, left = abs(down) - down, abs(right) - right
    return padded[:, :, top : top + height, left : left + width]


def _shifted_accuracy(
    predict: Callable[[Array], Array], x: Array, y: Array, shifts: Sequence[tuple[int, int]]
) -> list[float]:
    return [float(np.mean(predict(moved(x, *shift)).argmax(axis=1) == y)) for shift in shifts]


@exercise(
    reference=_shifted_accuracy,
    hints=(
        "First the shift alone: which rows of the image come out at which rows of the result, for "
        "a shift of 2 down, and for one of 2 up?",
        "np.roll brings what falls out in again on the other side; those rows or columns must "
        "become 0. Or put a border of zeros around (np.pad) and cut the image out elsewhere.",
        "predict(...).argmax(axis=1) is the guess; the share of guesses equal to y is the "
        "accuracy. Every shift starts from x as it was given.",
    ),
)
def shifted_accuracy() -> Iterator[Case]:
    """How many images are still read after a shift"""
    x = np.zeros((3, 1, 2, 3))
    x[0, 0, 0, 0] = x[1, 0, 1, 2] = x[2, 0, 0, 1] = 1
    # Class 0 counts ink in the left column, class 1 in the right one, class 2 in the middle.
    weight = np.array([[1.0, 0, 0, 1, 0, 0], [0, 0, 1, 0, 0, 1], [0, 1, 0, 0, 1, 0]])
    predict, y = Function("linear_scores", weight), np.array([0, 1, 2])
    yield Case("three dots, by columns", predict, x, y, [(0, 0), (0, 1), (0, -1), (0, 2)],
               family="rows and columns at once", shown=True)
    yield Case("three dots, by rows", predict, x, y, [(1, 0), (-1, 0)],
               family="rows and columns at once", shown=True)
    yield from probes.shift_cases(np.random.default_rng(125))


def _collect_activations(
    stages: Sequence[tuple[str, Callable[[Array], Array]]], x: Array, visible: Sequence[str]
) -> dict[str, Array]:
    made = {"input": x}
    for name, f in stages:
        x = f(x)
        made[name] = x
    unknown = [name for name in visible if name not in made]
    if unknown:
        raise ValueError(f"no stage is called {unknown[0]!r}")
    return {name: made[name] for name in visible}


@exercise(
    reference=_collect_activations,
    hints=(
        "What comes out of one stage goes into the next, whether it is shown or not.",
        "Put \"input\" and everything the stages make into a dictionary first.",
        "Then take out the visible names; one that is not there is a ValueError (a dictionary "
        "raises KeyError by itself).",
    ),
)
def collect_activations() -> Iterator[Case]:
    """Switch the layers of a network on and off"""
    stages = [("double", Function("affine", 2.0)), ("square", Function("square"))]
    x = np.array([[1.0, -2.0]])
    yield Case("two stages, one is shown", stages, x, ["square"], family="some are shown",
               shown=True)
    yield Case("input and first stage", stages, x, ["input", "double"],
               family="the input is shown", shown=True)
    yield from probes.stage_cases(np.random.default_rng(126))


@quiz(
    a=Choice("Where do fully connected layers still stand in a CNN?",
             w="at the beginning", x="between convolutions", y="at the end", z="nowhere"),
    b=Choice("Which activation is usual for the outputs when there are several classes?",
             w="ReLU", x="softmax", y="tanh"),
    c=Choice("Which order is usual?",
             w="INPUT, then blocks of CONV and RELU with or without POOL, then FC",
             x="INPUT, then FC and RELU, then CONV and POOL", y="INPUT, POOL, FC, CONV"),
    d=Number("Conv2D(filters=16, kernel_size=(5, 5), strides=(1, 1)): how many kernels?"),
    e=Number("... the side of what one neuron sees of its input, in pixels?"),
    f=Number("... the step from one window to the next?"),
    g=Number("MaxPooling2D(pool_size=(2, 2)): how many numbers become one?"),
    h=Choice("Which layers have parameters that are trained?",
             w="convolutional and fully connected ones", x="all of them",
             y="convolutional and pooling layers", z="activations only"),
    i=Choice("Which of these is learned, and not chosen beforehand?",
             w="the filter size", x="the stride", y="the numbers in the filters",
             z="how many filters there are"),
    digests={"a": "f8c2470f033f720c", "b": "305b0757df2470fa", "c": "4be61e740ab60c6d",
             "d": "55a94380b7e9ef5e", "e": "557a4bb086d97032", "f": "9e893d5577593cb9",
             "g": "364716c43044e682", "h": "a123e0592fb40fe7", "i": "69d3cf4f1b8ec7d5"},
    wrong={
        ("a", "w"): "On raw pixels a fully connected layer costs most and shares nothing.",
        ("a", "x"): "Behind it, there is no image left to convolve.",
        ("a", "z"): "Think of what makes ten scores out of LeNet's 400 numbers.",
        ("b", "w"): "ReLU belongs between the layers; scores need not add up to 1 there.",
        ("b", "y"): "Several numbers between -1 and 1 are no probabilities.",
        ("c", "x"): "An FC in front of a CONV would give away all places.",
        ("c", "y"): "Pools summarise features; something has to find them first.",
        ("d", 25): "25 is the number of weights of one kernel on one channel.",
        ("d", 5): "5 is the side of a kernel.",
        ("e", 25): "That is the number of pixels; the side was asked for.",
        ("e", 16): "16 is the number of kernels.",
        ("f", 5): "Then windows would lie side by side, as they do in pools.",
        ("g", 2): "2 is the side of the window.",
        ("h", "x"): "Count what a ReLU or a maximum could learn.",
        ("h", "y"): "A maximum of four numbers has no weights.",
        ("h", "z"): "An activation function is the same before and after training.",
        ("i", "w"): "It is set before the training begins, as a hyperparameter.",
        ("i", "x"): "It is set before the training begins, as a hyperparameter.",
        ("i", "z"): "Gradient descent changes numbers, never how many there are.",
    },
)
def quiz_blocks() -> None:
    """The parts of a CNN"""


@quiz(
    a=Number("Parameters of LeNet-5's first fully connected layer, from 400 to 120?"),
    b=Choice("Which layer of LeNet-5 has the most parameters?",
             w="the first convolution", x="the second convolution",
             y="the first fully connected layer", z="the last layer"),
    c=Number("The year of LeNet-5?"),
    d=Choice("Its five layers with weights are",
             w="two convolutional and three fully connected ones",
             x="three convolutional ones and two pools", y="two convolutions, two pools, one FC"),
    e=Choice("Max pooling and ReLU change places. The results",
             w="differ", x="are the same", y="differ for negative maps only"),
    f=Choice("Mean pooling and tanh change places. The results",
             w="are the same", x="are the same but for the sign", y="differ in general"),
    g=Choice("While a CNN learns small colour images, the filters of its first layer",
             w="turn from noise into patterns of edges and colours", x="stay as they were drawn",
             y="all become the same"),
    digests={"a": "2b124c815c425d6c", "b": "29b3017edb188f62", "c": "67d2aec9bc147541",
             "d": "4e0c6e17ffbbba47", "e": "34cfcf533cf6c453", "f": "60f66cc0eac17d44",
             "g": "b60f3d045d1748d7"},
    wrong={
        ("a", 48000): "You left the 120 biases out.",
        ("a", 48400): "There is a bias for each of the 120 neurons, not for each of the inputs.",
        ("b", "w"): "It has 156: six filters of 25 weights and a bias.",
        ("b", "x"): "It has 2,416. Look at what stands behind flatten.",
        ("b", "z"): "It has 850.",
        ("c", 1989): "In 1989 its forerunner read zip codes.",
        ("c", 2012): "That is AlexNet.",
        ("d", "x"): "Pools (as taught today) have no weights.",
        ("d", "y"): "Pools (as taught today) have no weights.",
        ("e", "w"): "A ReLU never changes which of four numbers is largest.",
        ("e", "y"): "If all four are below 0, both orders give 0.",
        ("f", "w"): "Try the numbers 0, 0, 0, 4.",
        ("f", "x"): "Try the numbers 0, 0, 0, 4.",
        ("g", "x"): "Then only the layers behind would learn.",
        ("g", "y"): "They begin differently and get different gradients.",
    },
)
def quiz_lenet() -> None:
    """LeNet-5"""
