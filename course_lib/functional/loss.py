"""Losses: one number that says how far the network's answers are from the targets.

reduction="mean" divides the sum of all losses by their number, "sum" does not, "none" keeps them
apart. (The decks write E = 1/2 sum of (y - t)^2, which is mse_loss(y, t, "sum") / 2.) Gradients
go to the network's answers only: targets and weights of classes are data. In backward
grad_output has the shape that the loss has, and may be a plain 1.0.
All raise TypeError for arrays of a wrong type; ValueError for shapes that do not fit, targets
that cannot be, and the mean of no losses.
Source: RWTH 000:244-262 and 859-861; hinge: Weston and Watkins 1999.
"""

from typing import Literal, NamedTuple

import numpy as np

from course_lib.arrays import Array, expect_number, expect_shape, float_array
from course_lib.functional.activation import sigmoid
from course_lib.functional.softmax import log_softmax

Reduction = Literal["mean", "sum", "none"]


def cross_entropy(
    logits: Array,
    targets: Array,
    weight: Array | None = None,
    reduction: Reduction = "mean",
    label_smoothing: float = 0.0,
) -> Array:
    """e_n = -(sum over classes k of weight_k t_nk log softmax(logits_n)_k).

    logits (N, K), before any softmax; targets (N,), whole numbers from 0 to K - 1. t_n is 1 at
    the target and 0 elsewhere; label_smoothing in [0, 1] takes that much off the target and
    shares it among all K classes. weight (K,) lets classes count more or less; "mean" then
    divides by the sum of the targets' weights, as PyTorch does.
    """
    asked = _asked("cross_entropy", logits, targets, weight, label_smoothing)
    logs = log_softmax(asked.logits)
    # A class that nobody asks for costs nothing, even at a logit of -inf, where 0 * logs is nan.
    losses = -(asked.weights * np.where(asked.weights > 0, logs, 0)).sum(axis=1)
    return _reduced("cross_entropy", losses, reduction, asked.total)


def cross_entropy_backward(
    grad_output: Array,
    logits: Array,
    targets: Array,
    weight: Array | None = None,
    reduction: Reduction = "mean",
    label_smoothing: float = 0.0,
) -> Array:
    """softmax(logits_n) - t_n for each sample without weights; the shape of logits."""
    asked = _asked("cross_entropy_backward", logits, targets, weight, label_smoothing)
    g = _of_each("cross_entropy_backward", grad_output, asked.logits[:, 0], reduction, asked.total)
    softmax = np.exp(log_softmax(asked.logits))
    grad: Array = softmax * asked.weights.sum(axis=1, keepdims=True) - asked.weights
    return grad * g[:, np.newaxis]


def hinge(
    logits: Array, targets: Array, margin: float = 1.0, reduction: Reduction = "mean"
) -> Array:
    """e_n = sum over classes k but the target t of max(0, margin - logits_nt + logits_nk).

    logits (N, K); targets (N,), whole numbers from 0 to K - 1. 0 once the target's score leads
    by the margin. (PyTorch's multi_margin_loss divides this by K.)
    """
    short = _short("hinge", logits, targets, margin)
    return _reduced("hinge", np.maximum(short, 0).sum(axis=1), reduction, len(short))


def hinge_backward(
    grad_output: Array,
    logits: Array,
    targets: Array,
    margin: float = 1.0,
    reduction: Reduction = "mean",
) -> Array:
    """1 for each class that comes too close; minus their number for the target."""
    short = _short("hinge_backward", logits, targets, margin)
    g = _of_each("hinge_backward", grad_output, short[:, 0], reduction, len(short))
    grad = (short > 0).astype(short.dtype)
    grad[np.arange(len(grad)), targets] = -grad.sum(axis=1)
    scaled: Array = grad * g[:, np.newaxis]
    return scaled


def binary_cross_entropy_with_logits(
    logits: Array, targets: Array, reduction: Reduction = "mean"
) -> Array:
    """e = -t log f(z) - (1 - t) log(1 - f(z)) for every logit z, with f = sigmoid.

    logits of any shape, before any sigmoid; targets of the same shape, in [0, 1]. Computed as
    max(z, 0) - z t + log(1 + e^-|z|), which is finite for every z.
    """
    z, t = _compared("binary_cross_entropy_with_logits", "logits", logits, targets)
    _check_probabilities("binary_cross_entropy_with_logits", t)
    losses = np.maximum(z, 0) - z * t + np.log1p(np.exp(-np.abs(z)))
    return _reduced("binary_cross_entropy_with_logits", losses, reduction, losses.size)


def binary_cross_entropy_with_logits_backward(
    grad_output: Array, logits: Array, targets: Array, reduction: Reduction = "mean"
) -> Array:
    """f(z) - t for every logit; the shape of logits."""
    function = "binary_cross_entropy_with_logits_backward"
    z, t = _compared(function, "logits", logits, targets)
    _check_probabilities(function, t)
    return (sigmoid(z) - t) * _of_each(function, grad_output, z, reduction, z.size)


def mse_loss(y: Array, targets: Array, reduction: Reduction = "mean") -> Array:
    """e = (y - t)^2 for every value; "mean" divides by the number of values, N times D.

    y of any shape; targets of the same shape.
    """
    y, t = _compared("mse_loss", "y", y, targets)
    return _reduced("mse_loss", (y - t) ** 2, reduction, y.size)


def mse_loss_backward(
    grad_output: Array, y: Array, targets: Array, reduction: Reduction = "mean"
) -> Array:
    """2 (y - t) for every value; the shape of y."""
    y, t = _compared("mse_loss_backward", "y", y, targets)
    return 2 * (y - t) * _of_each("mse_loss_backward", grad_output, y, reduction, y.size)


def l1_loss(y: Array, targets: Array, reduction: Reduction = "mean") -> Array:
    """e = |y - t| for every value; y and targets as for mse_loss."""
    y, t = _compared("l1_loss", "y", y, targets)
    return _reduced("l1_loss", np.abs(y - t), reduction, y.size)


def l1_loss_backward(
    grad_output: Array, y: Array, targets: Array, reduction: Reduction = "mean"
) -> Array:
    """The sign of y - t for every value, and 0 where they are equal; the shape of y."""
    y, t = _compared("l1_loss_backward", "y", y, targets)
    grad: Array = np.sign(y - t)
    return grad * _of_each("l1_loss_backward", grad_output, y, reduction, y.size)


class _Asked(NamedTuple):
    """What cross_entropy compares: weights (N, K) are weight_k t_nk; total divides a mean."""

    logits: Array
    weights: Array
    total: float


def _asked(
    function: str, logits: Array, targets: Array, weight: Array | None, label_smoothing: float
) -> _Asked:
    logits, targets = _classified(function, logits, targets)
    n_classes = logits.shape[1]
    expect_number("label_smoothing", label_smoothing, least=0, most=1)
    weights = np.full_like(logits, label_smoothing / n_classes)
    weights[np.arange(len(targets)), targets] += 1 - label_smoothing
    if weight is None:
        return _Asked(logits, weights, len(targets))
    weight = float_array(function, "weight", weight)
    expect_shape(function, "weight", weight, (n_classes,))
    if not ((weight >= 0) & np.isfinite(weight)).all():
        raise ValueError(f"{function} expects a finite weight of at least 0; got {weight}.")
    return _Asked(logits, weights * weight, weight[targets].sum())


def _short(function: str, logits: Array, targets: Array, margin: float) -> Array:
    """margin - logits_nt + logits_nk, by which each other class is too close: (N, K)."""
    logits, targets = _classified(function, logits, targets)
    expect_number("margin", margin, above=0)
    rows = np.arange(len(targets))
    short: Array = float(margin) + logits - logits[rows, targets][:, np.newaxis]
    short[rows, targets] = 0
    return short


def _classified(function: str, logits: Array, targets: Array) -> tuple[Array, Array]:
    """Scores (N, K) and the number of the right class for each sample (N,)."""
    logits = float_array(function, "logits", logits)
    expect_shape(function, "logits", logits, ("N", "K"))
    if logits.shape[1] == 0:
        raise ValueError(
            f"{function} needs at least one class; got logits of shape {logits.shape}."
        )
    targets = np.asarray(targets)
    if targets.dtype.kind not in "iu":
        raise TypeError(
            f"{function} expects targets to be whole numbers, the classes; got {targets.dtype}. "
            + ("For rows of 0 and 1 say targets.argmax(axis=1)." if targets.ndim == 2
               else "Say targets.astype(int) if they are whole.")
        )
    expect_shape(function, "targets", targets, (len(logits),))
    wrong = targets[(targets < 0) | (targets >= logits.shape[1])]
    if wrong.size:
        raise ValueError(
            f"{function} expects targets from 0 to {logits.shape[1] - 1}, because logits has "
            f"shape {logits.shape}; got {wrong[0]}."
        )
    return logits, targets


def _compared(function: str, name: str, y: Array, targets: Array) -> tuple[Array, Array]:
    y, targets = float_array(function, name, y), float_array(function, "targets", targets)
    expect_shape(function, "targets", targets, y.shape)
    return y, targets


def _check_probabilities(function: str, targets: Array) -> None:
    wrong = targets[~((targets >= 0) & (targets <= 1))]
    if wrong.size:
        raise ValueError(f"{function} expects targets in [0, 1]; got {wrong[0]}.")


def _reduced(function: str, losses: Array, reduction: Reduction, total: float) -> Array:
    _check_reduction(function, reduction, total)
    if reduction == "none":
        return losses
    summed: Array = losses.sum()
    return summed / total if reduction == "mean" else summed


def _of_each(
    function: str, grad_output: Array, like: Array, reduction: Reduction, total: float
) -> Array:
    """The gradient by each loss before the reduction; the losses are `like` this array."""
    _check_reduction(function, reduction, total)
    if isinstance(grad_output, int | float):  # a plain number keeps float32 what it is
        grad_output = like.dtype.type(grad_output)
    grad_output = float_array(function, "grad_output", grad_output)
    expect_shape(function, "grad_output", grad_output, like.shape if reduction == "none" else ())
    return np.broadcast_to(grad_output / total if reduction == "mean" else grad_output, like.shape)


def _check_reduction(function: str, reduction: Reduction, total: float) -> None:
    if reduction not in ("mean", "sum", "none"):
        raise ValueError(f"reduction is 'mean', 'sum' or 'none'; got {reduction!r}.")
    if reduction == "mean" and not total > 0:
        raise ValueError(
            f"{function} cannot take the mean of no losses. Use reduction='sum', or leave empty "
            "batches out."
        )
