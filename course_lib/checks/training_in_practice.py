"""Public cases of 06_training_in_practice: parts, batches, steps, when to stop, dropout."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np

from course_lib import functional
from course_lib.arrays import Array
from course_lib.checks.cases import Case, Choice, Number, exercise, kill, quiz
from course_lib.checks.probes.training_in_practice import (
    back_cases,
    batch_cases,
    dropout_cases,
    epoch_cases,
    guess_cases,
    split_cases,
    step_cases,
    stop_cases,
)
from course_lib.checks.training_answers import (
    is_batches,
    is_dropout,
    is_split,
    same_guesses,
    same_losses,
    same_step,
    same_stop,
)
from course_lib.checks.values import Function
from course_lib.layers import Layer

RNG = Function("generator", 6)
FALLING = [0.9, 0.5, 0.4, 0.45, 0.5, 0.3, 0.6]


def _split(
    labels: Array, validation: float, test: float, rng: np.random.Generator
) -> tuple[Array, Array, Array]:
    if validation + test >= 1:
        raise ValueError(f"validation + test = {validation + test:g} leaves nothing to train with")
    parts: tuple[list[Array], ...] = ([], [], [])
    for label in np.unique(labels):
        rows = rng.permutation(np.flatnonzero(np.asarray(labels) == label))
        held, tested = round(validation * len(rows)), round(test * len(rows))
        cut = np.split(rows, [held, held + tested])
        for part, piece in zip(parts, (cut[2], cut[0], cut[1]), strict=True):
            part.append(piece)
    train, held_out, tests = (np.concatenate(part) for part in parts)
    return train, held_out, tests


@exercise(
    reference=_split,
    compare=is_split,
    hints=(
        "Do the same thing for each class by itself: np.unique(labels) lists the classes.",
        "np.flatnonzero(labels == label) are the rows of one class; rng.permutation shuffles "
        "them.",
        "Of the shuffled rows of a class, the first round(validation * n) go to validation, the "
        "next round(test * n) to test, all others to training. np.concatenate joins the classes.",
    ),
)
def split() -> Iterator[Case]:
    """Divide the rows into training, validation and test, class by class"""
    labels = np.repeat([0, 1], [20, 10])
    yield Case("20 zeros and 10 ones", labels, 0.2, 0.1, RNG, family="unequal classes, any labels",
               shown=True)
    yield Case("no test part", labels, 0.3, 0.0, RNG, family="a share of 0", shown=True)
    yield Case("half and half", labels, 0.5, 0.5, RNG,
               family="nothing left to train with: ValueError", shown=True)
    yield from split_cases(np.random.default_rng(61), 700)


def _batches(n: int, strategy: str, size: int, rng: np.random.Generator) -> list[Array]:
    sizes = {"pattern": 1, "mini-batch": size, "epoch": n}
    if strategy not in sizes:
        raise ValueError(f'strategy is "pattern", "mini-batch" or "epoch"; got {strategy!r}')
    rows, step = rng.permutation(n), sizes[strategy]
    return [rows[start : start + step] for start in range(0, n, step)]


@exercise(
    reference=_batches,
    compare=is_batches,
    hints=(
        "How many rows does one update see in each of the three strategies?",
        "The three strategies differ in the number of rows only: 1, size, or n.",
        "Shuffle all rows once with rng.permutation(n). Then cut the order into pieces: from 0, "
        "from size, from 2 size, and so on. A slice that goes too far ends at the end by itself.",
    ),
)
def batches() -> Iterator[Case]:
    """Deal the rows of one epoch out into batches"""
    for title, strategy, family in (
        ("10 rows, mini-batches of 4", "mini-batch", "a short last batch"),
        ("10 rows by pattern", "pattern", "by pattern"),
        ("10 rows by epoch", "epoch", "by epoch"),
    ):
        yield Case(title, 10, strategy, 4, RNG, family=family, shown=True)
    yield from batch_cases(np.random.default_rng(62))


def _sgd_step(
    w: Array, g: Array, v: Array, lr: float, mu: float = 0.9, wd: float = 5e-4
) -> tuple[Array, Array]:
    v = mu * v + (g + wd * w)
    return w - lr * v, v


@exercise(
    reference=_sgd_step,
    compare=same_step,
    hints=(
        "Two lines: first the new velocity, then the new weights, which use the new velocity.",
        "The weight decay joins the gradient before anything else: g + wd * w.",
        "v_new = mu * v + (g + wd * w), and w_new = w - lr * v_new. Both are new arrays.",
    ),
)
def sgd_step() -> Iterator[Case]:
    """One step of gradient descent with momentum and weight decay"""
    w, g = np.array([1.0, -2.0]), np.array([0.5, 0.25])
    yield Case("the first step by hand", w, g, np.zeros(2), 0.1, 0.9, 0.1,
               family="the first step", shown=True)
    yield Case("the second step by hand", np.array([0.94, -2.005]), g, np.array([0.6, 0.05]), 0.1,
               0.9, 0.1, family="a later step", shown=True)
    yield Case("plain gradient descent", w, g, np.zeros(2), 0.1, 0.0, 0.0, family="mu = 0",
               shown=True)
    yield from step_cases(np.random.default_rng(63))


def _train_epoch(
    net: Layer, update: Callable[..., None], x: Array, y: Array, groups: Sequence[Array]
) -> tuple[list[float], float]:
    losses = []
    for rows in groups:
        logits = net.forward(x[rows])
        losses.append(float(functional.cross_entropy(logits, y[rows])))
        net.zero_grad()
        net.backward(functional.cross_entropy_backward(np.array(1.0), logits, y[rows]))
        update(net.parameters())
    return losses, float(functional.cross_entropy(net.forward(x), y))


@exercise(
    reference=_train_epoch,
    compare=same_losses,
    hints=(
        "One pass through the loop is one update: forward, loss, backward, step.",
        "Gradients are added to what is there already. Who empties them, and when?",
        "For each group: logits of x[rows]; the loss, noted as a float; net.zero_grad(); "
        "cross_entropy_backward(1.0, logits, y[rows]) into net.backward; update(...). After the "
        "last one, the loss once more, of all samples.",
    ),
)
def train_epoch() -> Iterator[Case]:
    """Train a network for one epoch, batch by batch"""
    x = np.array([[1.0, 0.0], [0.0, 1.0], [1.0, 1.0], [0.0, 0.0]])
    y = np.array([0, 1, 1, 0])
    yield Case("four points, two batches, twice", Function("mlp", [2, 3, 2], 1),
               Function("sgd", 0.5), x, y, [[0, 1], [2, 3], [0, 1], [2, 3]],
               family="two classes", shown=True)
    yield Case("the same by pattern", Function("mlp", [2, 3, 2], 1), Function("sgd", 0.5), x, y,
               [[0], [1], [2], [3]], family="one row at a time", shown=True)
    yield from epoch_cases(np.random.default_rng(64))


def _early_stopping(losses: Sequence[float], patience: int) -> tuple[int, int]:
    best = 0
    for epoch, loss in enumerate(losses):
        if loss < losses[best]:
            best = epoch
        if epoch - best >= patience:
            return best, epoch
    return best, len(losses) - 1


@exercise(
    reference=_early_stopping,
    compare=same_stop,
    hints=(
        "Go through the epochs as training does: at epoch k you know the losses 0 to k only.",
        "Remember which epoch is the best one so far. How long ago was that?",
        "If the loss is smaller than that of the best epoch, this epoch is the best. If the best "
        "one is `patience` epochs back, this epoch is the last.",
    ),
)
def early_stopping() -> Iterator[Case]:
    """Find the best epoch, and the one after which training stops"""
    yield Case("patience 2: stopped before the deeper valley", FALLING, 2,
               family="a lower valley comes too late", shown=True)
    yield Case("patience 3: over the hill", FALLING, 3, family="a hill on the way", shown=True)
    yield Case("falling to the end", [0.9, 0.5, 0.4], 2, family="never stopped", shown=True)
    yield from stop_cases(np.random.default_rng(65))


def _dropout(
    x: Array, p: float, training: bool, rng: np.random.Generator
) -> tuple[Array, Array]:
    return functional.dropout(np.asarray(x, dtype=float), p, training, rng=rng)


@exercise(
    reference=_dropout,
    compare=is_dropout,
    hints=(
        "Draw one number for each entry: rng.random(x.shape) lies evenly between 0 and 1. With "
        "which probability is such a number at least p?",
        "The mask is rng.random(x.shape) >= p in training, and True everywhere else.",
        "What is kept is divided by 1 - p, so that the mean stays. When not training, nothing is "
        "dropped and nothing divided.",
    ),
)
def dropout() -> Iterator[Case]:
    """Switch entries off at random, and keep the mean"""
    x = np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])
    yield Case("p = 0.5 in training", x, 0.5, True, RNG,
               family="training: what is kept, and by what is it multiplied?", shown=True)
    yield Case("not training", x, 0.5, False, RNG, family="not training", shown=True)
    yield Case("p = 1", x, 1.0, True, RNG, family="p below 0, or 1 and above: ValueError",
               shown=True)
    yield from dropout_cases(np.random.default_rng(66))


@exercise(
    reference=functional.dropout_backward,
    hints=(
        "y = x * mask / (1 - p). What is dy/dx for an entry that was kept, and for one that was "
        "dropped?",
        "It is the same factor as in the forward pass, with the same mask.",
    ),
)
def dropout_backward() -> Iterator[Case]:
    """Send the gradient back through the same mask"""
    grad = np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])
    mask = np.array([[True, False, True], [False, True, True]])
    yield Case("p = 0.5", grad, mask, 0.5, True, family="training", shown=True)
    yield Case("not training", grad, np.ones((2, 3), dtype=bool), 0.5, False,
               family="not training", shown=True)
    yield from back_cases(np.random.default_rng(67))


def _top_guesses(logits: Array, k: int = 2) -> tuple[Array, Array]:
    logits = np.asarray(logits, dtype=float)
    classes = np.argsort(-logits, axis=1, kind="stable")[:, :k]
    return classes, np.take_along_axis(functional.softmax(logits), classes, axis=1)


@exercise(
    reference=_top_guesses,
    compare=same_guesses,
    hints=(
        "np.argsort sorts upwards. Of what must you take the order so that the largest comes "
        "first?",
        "np.argsort(-logits, axis=1, kind=\"stable\") leaves equal scores in the order of their "
        "classes.",
        "The probabilities are the softmax over all classes, F.softmax(logits), of which the k "
        "columns are picked: np.take_along_axis(probabilities, classes, axis=1).",
    ),
)
def top_guesses() -> Iterator[Case]:
    """Name the first and the second guess, with their probabilities"""
    logits = np.array([[0.0, 3.0, 1.0], [2.0, 2.0, -1.0]])
    yield Case("two rows of scores", logits, family="two guesses", shown=True)
    yield Case("only the first guess", logits, 1, family="other k", shown=True)
    yield from guess_cases(np.random.default_rng(68))


def _mean_of_all(losses: Sequence[float], size: int) -> float:
    return float(np.mean(losses))


def _mean_of_means(losses: Sequence[float], size: int) -> float:
    pieces = [losses[start : start + size] for start in range(0, len(losses), size)]
    return float(np.mean([np.mean(piece) for piece in pieces]))


def _is_an_epoch(losses: Any, size: Any) -> str | None:
    numbers = np.asarray(losses)
    if numbers.ndim != 1 or not len(numbers) or numbers.dtype.kind not in "if":
        return "losses should be a list with at least one number."
    if not np.isfinite(numbers).all():
        return "losses should be finite numbers."
    if isinstance(size, bool) or not isinstance(size, int) or size < 1:
        return "size should be a whole number of at least 1."
    return None


@kill(
    right=_mean_of_all,
    wrong=_mean_of_means,
    valid=_is_an_epoch,
    hints=(
        "Write down four losses in two batches of two. Do the two ways to average differ?",
        "How much does one sample count in a full batch, and how much in a short one?",
        "The last batch must be shorter than the others, and its losses must be different.",
    ),
)
def kill_mean_of_means() -> None:
    """Find losses that expose a mean of batch means"""


@quiz(
    a=Number("Updates in one epoch of 1437 samples in mini-batches of 64?"),
    b=Number("Updates in one epoch of 1437 samples by epoch?"),
    c=Choice("Which part decides when training stops?", w="training", x="test", y="validation"),
    d=Choice("All images are divided by the largest pixel of the whole collection, then split. "
             "What is wrong?",
             w="the test part has had a say in the training data", x="nothing",
             y="the classes are no longer equal"),
    e=Choice("By pattern is slow here because", w="its gradients are wrong",
             x="a product with one row uses the hardware badly", y="it needs more memory"),
    f=Choice("Fifty settings were tried and the best on the test part reported. The number is",
             w="too good", x="an honest estimate", y="too bad"),
    digests={"a": "1ef760a42f2a79b2", "b": "e05daa76da6ffae6", "c": "f6feea2fb89b2e59",
             "d": "867f09add3266f2f", "e": "43e2f97d8ad9b7f9", "f": "fef912281f79f0ed"},
    wrong={
        ("a", 22): "22 full batches leave 29 samples over; they make a batch, too.",
        ("a", 64): "64 is the size of a batch. How many batches are there?",
        ("b", 1437): "That is learning by pattern.",
        ("c", "w"): "The training error falls whatever happens; it would never say stop.",
        ("c", "x"): "Then the test part has been used, and nothing is left for the last number.",
        ("d", "x"): "The largest pixel may stem from a test image.",
        ("d", "y"): "A factor changes no label.",
        ("e", "w"): "Each is the true gradient of its one pattern; only noisy as an estimate.",
        ("e", "y"): "It needs the least memory of the three.",
        ("f", "x"): "Of fifty numbers with noise in them, the largest was picked.",
        ("f", "y"): "The best of fifty has had luck, not bad luck.",
    },
)
def quiz_parts() -> None:
    """Parts and batches"""


@quiz(
    a=Number("Cross-entropy of an untrained net with 1000 classes?", decimals=2),
    b=Choice("Training error falls, validation error rises: the net",
             w="overfits", x="underfits", y="diverges"),
    c=Number("AlexNet's weight decay as in its paper?", decimals=5),
    d=Number("Under a constant gradient and mu = 0.9, how many times lr g is a step in the end?"),
    e=Choice("All weights begin at 0, in every layer with ReLU. The first loss is ln 10, and then",
             w="all is well", x="the hidden layers never change", y="the loss becomes nan"),
    f=Choice("Which augmentation can make the label of a digit false?",
             w="a shift by one pixel", x="a turn by 5 degrees", y="a turn by 180 degrees"),
    g=Choice("A net with dropout is tested in training mode. Its answers are",
             w="noisy, and worse", x="the same", y="better, as in a committee"),
    digests={"a": "d2acf9b05bc8a298", "b": "c746acc8228b8d89", "c": "35330d0ffe6b7509",
             "d": "d8e53864753d9c89", "e": "37d1e8a5fb104077", "f": "20b7e03d204e7a50",
             "g": "1ee14b7d59cae146"},
    wrong={
        ("a", 2.3): "That is ln 10, for ten classes.",
        ("a", 3): "Cross-entropy takes the natural logarithm, not the one to base 10.",
        ("b", "x"): "A net that underfits has a large training error.",
        ("b", "y"): "Then the training error would rise as well.",
        ("c", 0.00005): "That is what the slide shows. The paper has ten times as much.",
        ("d", 9): "v = 0.9 v + g: which v stays as it is?",
        ("d", 1): "That is the step without momentum.",
        ("e", "w"): "The loss says nothing about the gradients.",
        ("e", "y"): "Nothing is divided by 0 here.",
        ("f", "w"): "It is still the same digit.",
        ("f", "x"): "People write that slanted all the time.",
        ("g", "x"): "Every forward pass would drop other neurons.",
        ("g", "y"): "A committee takes a mean over many masks; this is one mask.",
    },
)
def quiz_regularising() -> None:
    """Starting values, overfitting, and what helps"""
