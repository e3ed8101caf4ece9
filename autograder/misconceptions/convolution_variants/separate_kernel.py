"""What people believe about kernels that are a column times a row."""

import numpy as np


def _refuse(kernel):
    sizes = np.linalg.svd(kernel, compute_uv=False)
    if np.any(sizes[1:] > 1e-6 * sizes[0]):
        raise ValueError("no product")


def _pivot(kernel):
    return np.unravel_index(np.argmax(np.abs(kernel)), kernel.shape)


def divides_by_the_corner(kernel):
    """You divide by kernel[0, 0]; it may be 0, so take an entry that is not.

    In the first example the corner is not 0, and its row and column are at hand.
    """
    _refuse(kernel)
    with np.errstate(divide="ignore", invalid="ignore"):
        return kernel[:, 0] / kernel[0, 0], np.array(kernel[0])


def takes_the_sums(kernel):
    """You take the sums of rows and columns; for kernels that sum to 0 both may vanish.

    For a box or a Gaussian it works, as it does for tables of probabilities.
    """
    _refuse(kernel)
    with np.errstate(divide="ignore", invalid="ignore"):
        return kernel.sum(axis=1), kernel.sum(axis=0) / kernel.sum()


def forgets_the_singular_value(kernel):
    """You return vectors of length 1; the singular value belongs to one of them, or shared.

    The decomposition gives three things, and two of them look like the answer.
    """
    _refuse(kernel)
    columns, _, rows = np.linalg.svd(kernel)
    return columns[:, 0], rows[0]


def uses_the_size_twice(kernel):
    """You multiply both vectors by the singular value; their product then has its square.

    It belongs to the product, so it seems to belong to both factors.
    """
    _refuse(kernel)
    columns, sizes, rows = np.linalg.svd(kernel)
    return columns[:, 0] * sizes[0], rows[0] * sizes[0]


def forgets_to_divide(kernel):
    """You return a row and a column of the kernel as they are; their common entry counts twice.

    Both do lie in the kernel, and if the common entry is 1 it works.
    """
    _refuse(kernel)
    i, j = _pivot(kernel)
    return np.array(kernel[:, j]), np.array(kernel[i])


def returns_the_row_first(kernel):
    """You return (row, column); the column comes first.

    x before y, width before height: many habits put the row first.
    """
    _refuse(kernel)
    i, j = _pivot(kernel)
    return np.array(kernel[i]), kernel[:, j] / kernel[i, j]


def separates_everything(kernel):
    """You never look whether the product is the kernel; if it is not, that is a ValueError.

    The recipe gives two vectors for any kernel, and no error tells that they are wrong.
    """
    i, j = _pivot(kernel)
    return kernel[:, j] / kernel[i, j], np.array(kernel[i])


def takes_the_best_approximation(kernel):
    """You return the nearest product for a kernel that is none; that is a ValueError here.

    The first part of the singular value decomposition is the best there is, but not the kernel.
    """
    columns, sizes, rows = np.linalg.svd(kernel)
    return columns[:, 0] * sizes[0], rows[0]


def asks_the_determinant(kernel):
    """You ask whether the determinant is 0; a product needs rank 1, and that is more.

    For 2 x 2 both say the same.
    """
    rows, cols = kernel.shape
    if rows == cols and rows > 1 and abs(np.linalg.det(kernel)) > 1e-9 * np.abs(kernel).max():
        raise ValueError("no product")
    return takes_the_best_approximation(kernel)


def takes_a_column_of_the_last_factor(kernel):
    """You take a column of what np.linalg.svd gives last; the row wanted is its first row.

    A = U S V^T: NumPy gives V^T, already transposed.
    """
    _refuse(kernel)
    columns, sizes, rows = np.linalg.svd(kernel)
    return columns[:, 0] * sizes[0], rows[:, 0]


def allows_a_fixed_error(kernel):
    """You allow the same error for all kernels; compare it with the largest entry.

    A hundredth is little beside 9 and a lot beside 0.0001.
    """
    columns, sizes, rows = np.linalg.svd(kernel)
    if np.any(sizes[1:] > 0.01):
        raise ValueError("no product")
    return columns[:, 0] * sizes[0], rows[0]
