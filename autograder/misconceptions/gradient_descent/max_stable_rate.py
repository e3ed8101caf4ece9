"""Wrong beliefs about the largest stable learning rate."""

import numpy as np


def _curvatures(H):
    curvatures = np.linalg.eigvalsh(H)
    if curvatures[0] < 0:
        raise ValueError("not a bowl")
    return curvatures


def takes_one_over_lambda(H):
    """You return 1 / lambda_max; that is the best rate in this direction, the limit is twice it.

    At 1 / lambda one step reaches the bottom. Beyond it the steps overshoot, but still converge.
    """
    return 1 / _curvatures(H)[-1]


def takes_the_flattest_direction(H):
    """You use the smallest eigenvalue; the steepest direction diverges first.

    eigvalsh gives the smallest first, and the flat direction is the one that needs patience.
    """
    return 2 / _curvatures(H)[0]


def reads_the_diagonal(H):
    """You use the largest entry of the diagonal; in a turned bowl the curvature is larger still.

    The diagonal holds the curvatures along the coordinates. It is enough if all else is 0.
    """
    _curvatures(H)
    return 2 / np.max(np.diag(H))


def takes_the_largest_row_sum(H):
    """You add up the entries of a row; that bounds the largest eigenvalue, and can be above it.

    np.linalg.norm(H, 1) and ord=inf do this. On diagonal matrices it is right.
    """
    _curvatures(H)
    return 2 / np.max(np.sum(np.abs(H), axis=1))


def uses_the_trace(H):
    """You add up the curvatures; only the largest one counts.

    The trace is the sum of all eigenvalues, so this rate is safe, but smaller than needed.
    """
    _curvatures(H)
    return 2 / np.trace(H)


def takes_the_best_rate(H):
    """You return 2 / (lambda_min + lambda_max); that is the fastest rate, not the limit.

    At that rate the flat and the steep direction shrink equally fast.
    """
    curvatures = _curvatures(H)
    return 2 / (curvatures[0] + curvatures[-1])


def squares_the_eigenvalue(H):
    """You divide by the square of the largest eigenvalue; it is divided by only once.

    The eigenvalues of H.T @ H are squares.
    """
    return 2 / _curvatures(H)[-1] ** 2


def uses_the_frobenius_norm(H):
    """You use np.linalg.norm(H), the root of all squared entries; take the largest eigenvalue.

    The norm of a matrix is its largest eigenvalue only with ord=2.
    """
    _curvatures(H)
    return 2 / np.linalg.norm(H)


def accepts_saddles(H):
    """You do not refuse negative eigenvalues; along such a direction there is no minimum.

    2 / max works on any numbers.
    """
    return 2 / np.linalg.eigvalsh(H)[-1]


def takes_absolute_curvatures(H):
    """You drop the sign of the eigenvalues; a negative one means a saddle and must be refused.

    np.linalg.norm(H, 2) and singular values do this unasked.
    """
    return 2 / np.max(np.abs(np.linalg.eigvalsh(H)))


def looks_at_the_determinant(H):
    """You refuse a negative determinant; at a summit two minus signs make it positive again.

    The determinant is the product of the eigenvalues, and for a saddle in the plane it is negative.
    """
    if np.linalg.det(H) < 0:
        raise ValueError("not a bowl")
    return 2 / np.linalg.eigvalsh(H)[-1]


def refuses_only_negative_diagonals(H):
    """You look for negative entries on the diagonal; a saddle can lie slantwise.

    [[1, 3], [3, 1]] has a positive diagonal and the eigenvalues 4 and -2.
    """
    if np.min(np.diag(H)) < 0:
        raise ValueError("not a bowl")
    return 2 / np.linalg.eigvalsh(H)[-1]
