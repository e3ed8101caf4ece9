"""The loss at the end of a tape: its value and its gradient by the network's answers."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np

from course_lib import functional as F
from course_lib.arrays import Array
from course_lib.fast.elementwise import batch_first, batch_last

Measure = Callable[[Array, Array, Array, int], float]


def measure_of(loss: str) -> Measure:
    """A function (answers, their gradient, targets, n) -> its share of the mean over n samples.

    answers and gradient with the batch last; the gradient is written. Raises ValueError for a
    name that is not that of a loss in functional.
    """
    if loss == "cross_entropy":
        return cross_entropy
    f, f_backward = getattr(F, loss, None), getattr(F, f"{loss}_backward", None)
    if f is None or f_backward is None or "targets" not in f.__code__.co_varnames:
        raise ValueError(
            f"loss is the name of a loss in course_lib.functional, such as 'cross_entropy' or "
            f"'mse_loss'; got {loss!r}."
        )
    return partial(_any_loss, f, f_backward)


def _any_loss(f: Any, f_backward: Any, y: Array, grad: Array, targets: Array, n: int) -> float:
    answers, share = batch_first(y), y.shape[-1] / n
    np.copyto(grad, batch_last(f_backward(share, answers, targets)))
    loss: float = float(f(answers, targets)) * share
    return loss


def cross_entropy(logits: Array, grad: Array, targets: Array, n: int) -> float:
    """-(log softmax(logits) at the target) and (softmax - 1 at the target) / n. logits (K, N)."""
    samples = np.arange(logits.shape[1])
    np.subtract(logits, logits.max(axis=0), out=grad)
    at_target = grad[targets, samples]
    np.exp(grad, out=grad)
    total = np.add.reduce(grad, axis=0)
    loss = float(np.log(total).sum() - at_target.sum())
    np.multiply(grad, 1 / (total * total.dtype.type(n)), out=grad)
    grad[targets, samples] -= grad.dtype.type(1 / n)
    return float(loss / n)


def check_targets(loss: str, targets: Array, n: int, shape: tuple[int, ...], dtype: Any) -> Array:
    """The targets as an array. Complaints are those of the loss in functional."""
    targets = np.asarray(targets)
    if loss == "cross_entropy" and len(shape) == 1:
        whole = targets.dtype.kind in "iu" and targets.shape == (n,)
        if whole and targets.min() >= 0 and targets.max() < shape[0]:
            return targets
        F.cross_entropy(np.zeros((n, *shape), dtype), targets)
    return targets
