"""How good a classifier is, counted. Predictions first, then the truth.

targets (N,) are whole numbers from 0 to K - 1. Predictions are scores (N, K), of which the
largest wins (the first one, if several are largest), or already whole numbers (N,).
All raise TypeError for classes that are not whole numbers, ValueError for other shapes, scores of
nan, and classes that are not there.
"""

import numpy as np
from numpy.typing import ArrayLike

from course_lib.arrays import Array, expect_shape, expect_whole, float_array

__all__ = ["accuracy", "confusion_matrix", "precision", "recall", "top_k_accuracy"]


def accuracy(predictions: ArrayLike, targets: ArrayLike) -> float:
    """The share of the samples whose predicted class is the true one."""
    labels, truth = _labels("accuracy", predictions, targets)
    return float(np.mean(labels == truth))


def top_k_accuracy(scores: ArrayLike, targets: ArrayLike, k: int = 5) -> float:
    """The share of the samples whose true class is among the k largest scores.

    scores (N, K). Equal scores are ranked in the order of the classes, so k = 1 is accuracy.
    Source: the ILSVRC top-5 error (Ingolstadt 003:394) is 1 - top_k_accuracy(scores, targets, 5).
    """
    table = _scores("top_k_accuracy", scores)
    expect_whole("k", k, least=1)
    if k > table.shape[1]:
        raise ValueError(f"top_k_accuracy expects k of at most {table.shape[1]} classes; got {k}.")
    truth = _truth("top_k_accuracy", targets, len(table), table.shape[1])
    best = np.argsort(-table, axis=1, kind="stable")[:, :k]
    return float(np.mean((best == truth[:, np.newaxis]).any(axis=1)))


def confusion_matrix(
    predictions: ArrayLike, targets: ArrayLike, n_classes: int | None = None
) -> Array:
    """counts[i, j]: how many samples of class i were taken for class j; whole numbers (K, K).

    K is n_classes, or the number of columns of scores, or the largest class that occurs + 1.
    """
    labels, truth = _labels("confusion_matrix", predictions, targets, n_classes)
    if n_classes is None:
        table = np.asarray(predictions)
        n_classes = table.shape[1] if table.ndim == 2 else int(max(labels.max(), truth.max())) + 1
    counts = np.zeros((n_classes, n_classes), dtype=np.int64)
    np.add.at(counts, (truth, labels), 1)
    return counts


def precision(predictions: ArrayLike, targets: ArrayLike, n_classes: int | None = None) -> Array:
    """For each class: of the samples taken for it, the share that is right; 0 if none is.

    Shape (K,), with K as in confusion_matrix.
    """
    counts = confusion_matrix(predictions, targets, n_classes)
    return _share(np.diag(counts), counts.sum(axis=0))


def recall(predictions: ArrayLike, targets: ArrayLike, n_classes: int | None = None) -> Array:
    """For each class: of the samples that belong to it, the share that was found; 0 if none does.

    Shape (K,), with K as in confusion_matrix.
    """
    counts = confusion_matrix(predictions, targets, n_classes)
    return _share(np.diag(counts), counts.sum(axis=1))


def _share(part: Array, whole: Array) -> Array:
    share: Array = part / np.maximum(whole, 1)
    return share


def _labels(
    function: str, predictions: ArrayLike, targets: ArrayLike, n_classes: int | None = None
) -> tuple[Array, Array]:
    """Predicted and true classes, both (N,)."""
    if n_classes is not None:
        expect_whole("n_classes", n_classes, least=1)
    given = np.asarray(predictions)
    if given.ndim == 2:
        table = _scores(function, given)
        classes = table.shape[1] if n_classes is None else n_classes
        labels = _whole(function, "predictions", table.argmax(axis=1), classes)
    else:
        classes = n_classes
        labels = _whole(function, "predictions", given, classes)
    return labels, _truth(function, targets, len(labels), classes)


def _scores(function: str, scores: ArrayLike) -> Array:
    table = float_array(function, "scores", scores)
    expect_shape(function, "scores", table, ("N", "K"))
    if not table.size:
        raise ValueError(f"{function} expects at least one sample; got shape {table.shape}.")
    if np.isnan(table).any():
        raise ValueError(f"{function} expects numbers as scores; got nan. Has training diverged?")
    return table


def _truth(function: str, targets: ArrayLike, n_samples: int, n_classes: int | None) -> Array:
    truth = _whole(function, "targets", np.asarray(targets), n_classes)
    expect_shape(function, "targets", truth, (n_samples,))
    return truth


def _whole(function: str, name: str, labels: Array, n_classes: int | None) -> Array:
    expect_shape(function, name, labels, ("N",))
    if not labels.size:
        raise ValueError(f"{function} expects at least one sample; got shape {labels.shape}.")
    if not np.issubdtype(labels.dtype, np.integer):
        raise TypeError(f"{function} expects {name} as whole numbers; got {labels.dtype}.")
    limit = np.inf if n_classes is None else n_classes
    outside = labels[(labels < 0) | (labels >= limit)]
    if outside.size:
        classes = "from 0 on" if n_classes is None else f"from 0 to {n_classes - 1}"
        raise ValueError(f"{function} expects {name} {classes}; got {outside[0]}.")
    return labels
