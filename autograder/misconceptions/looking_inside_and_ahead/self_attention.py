"""What people believe about self-attention."""

import numpy as np


def _softmax(scores, axis=-1):
    powers = np.exp(scores - scores.max(axis=axis, keepdims=True))
    return powers / powers.sum(axis=axis, keepdims=True)


def _parts(X, Wq, Wk, Wv):
    q, k, v = X @ Wq, X @ Wk, X @ Wv
    return q @ k.T, np.sqrt(Wq.shape[1]), v


def forgets_to_scale(X, Wq, Wk, Wv):
    """You leave the scores as they are; they are divided by the root of the queries' length e.

    Without it long vectors give large scores, and the softmax picks a single one.
    """
    scores, _, v = _parts(X, Wq, Wk, Wv)
    return _softmax(scores) @ v


def scales_by_e(X, Wq, Wk, Wv):
    """You divide by e; it is the root of e.

    The spread of a sum of e products grows like the root of e.
    """
    scores, root, v = _parts(X, Wq, Wk, Wv)
    return _softmax(scores / root**2) @ v


def scales_by_the_width_of_x(X, Wq, Wk, Wv):
    """You scale by the width of X; what is multiplied are queries and keys, of length e.

    Where e equals d there is no difference.
    """
    scores, _, v = _parts(X, Wq, Wk, Wv)
    return _softmax(scores / np.sqrt(X.shape[1])) @ v


def scales_by_the_width_of_the_values(X, Wq, Wk, Wv):
    """You scale by the width of the values; it is the length e of queries and keys.

    The formula's d_k has an index for that reason.
    """
    scores, _, v = _parts(X, Wq, Wk, Wv)
    return _softmax(scores / np.sqrt(Wv.shape[1])) @ v


def scales_by_the_number_of_vectors(X, Wq, Wk, Wv):
    """You scale by the number of vectors; it is the length e of queries and keys.

    A sum runs over e products. How many keys there are, the softmax takes care of.
    """
    scores, _, v = _parts(X, Wq, Wk, Wv)
    return _softmax(scores / np.sqrt(len(X))) @ v


def multiplies_by_the_root(X, Wq, Wk, Wv):
    """You multiply by the root of e; scores are divided by it.

    That makes large scores larger.
    """
    scores, root, v = _parts(X, Wq, Wk, Wv)
    return _softmax(scores * root) @ v


def lets_the_queries_compete(X, Wq, Wk, Wv):
    """Your softmax runs over the queries; the keys of one query share its attention.

    The table is square, and axis 0 comes to mind first.
    """
    scores, root, v = _parts(X, Wq, Wk, Wv)
    return _softmax(scores / root, axis=0) @ v


def shares_over_the_whole_table(X, Wq, Wk, Wv):
    """Your softmax runs over the whole table; each row has the sum 1 by itself.

    Without an axis, NumPy sums everything.
    """
    scores, root, v = _parts(X, Wq, Wk, Wv)
    powers = np.exp((scores - scores.max()) / root)
    return powers / powers.sum() @ v


def exchanges_queries_and_keys(X, Wq, Wk, Wv):
    """You compare keys with queries; row i belongs to query i.

    Both are products of X with a matrix.
    """
    scores, root, v = _parts(X, Wq, Wk, Wv)
    return _softmax(scores.T / root) @ v


def overflows(X, Wq, Wk, Wv):
    """Your exp overflows for large scores; subtract each row's largest score first.

    Softmax does not see what all entries of a row share (lecture 04).
    """
    scores, root, v = _parts(X, Wq, Wk, Wv)
    with np.errstate(over="ignore", invalid="ignore"):
        powers = np.exp(scores / root)
        return powers / powers.sum(axis=1, keepdims=True) @ v


def mixes_the_vectors_themselves(X, Wq, Wk, Wv):
    """You mix the vectors X; what is mixed are the values X Wv.

    Without Wv the outputs could only be means of inputs.
    """
    scores, root, _ = _parts(X, Wq, Wk, Wv)
    return _softmax(scores / root) @ X


def returns_the_weights(X, Wq, Wk, Wv):
    """You return the weights; the outputs are the weights times the values.

    The weights are what is drawn.
    """
    scores, root, _ = _parts(X, Wq, Wk, Wv)
    return _softmax(scores / root)


def shifts_the_whole_table(X, Wq, Wk, Wv):
    """You subtract the largest score of the whole table; each row has a largest one of its own.

    In rows of small scores every exp is 0 then, and 0 is divided by 0.
    """
    scores, root, v = _parts(X, Wq, Wk, Wv)
    with np.errstate(all="ignore"):
        parts = np.exp((scores - scores.max()) / root)
        return parts / parts.sum(axis=1, keepdims=True) @ v



def forgets_the_softmax(X, Wq, Wk, Wv):
    """You mix the values with the scores; a softmax makes shares of them first.

    That is linear attention, and it has its uses.
    """
    scores, root, v = _parts(X, Wq, Wk, Wv)
    return scores / root @ v


def divides_by_the_sum_of_scores(X, Wq, Wk, Wv):
    """You divide the scores by their sum; exp comes first, so that no share is negative.

    Then the rows have the sum 1 as well.
    """
    scores, _, v = _parts(X, Wq, Wk, Wv)
    total = scores.sum(axis=1, keepdims=True)
    return scores / np.where(np.abs(total) > 1e-9, total, 1) @ v


def adds_the_input(X, Wq, Wk, Wv):
    """You add the input; here it is attention alone.

    In a transformer a shortcut leads around it, as in lecture 14.
    """
    scores, root, v = _parts(X, Wq, Wk, Wv)
    y = _softmax(scores / root) @ v
    return y + X if y.shape == X.shape else y + X.mean(axis=1, keepdims=True)


def looks_back_only(X, Wq, Wk, Wv):
    """You let a vector look at itself and earlier ones only; here it looks at all.

    Models that write text do so, since the later words are not there yet.
    """
    scores, root, v = _parts(X, Wq, Wk, Wv)
    return _softmax(np.where(np.tril(np.ones_like(scores)) > 0, scores / root, -np.inf)) @ v
