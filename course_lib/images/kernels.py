"""The classic filter kernels, and how to split one into a column and a row."""

import numpy as np

from course_lib.arrays import Array, expect_whole
from course_lib.images.pixels import expect_finite, expect_one_of, plain_numbers

SMOOTH, DIFFERENCE = np.array([1.0, 2.0, 1.0]), np.array([-1.0, 0.0, 1.0])
_FIXED = {
    "edge": ((-1.0, -1.0, -1.0), (-1.0, 8.0, -1.0), (-1.0, -1.0, -1.0)),
    "laplacian": ((0.0, 1.0, 0.0), (1.0, -4.0, 1.0), (0.0, 1.0, 0.0)),
    "sharpen": ((0.0, -1.0, 0.0), (-1.0, 5.0, -1.0), (0.0, -1.0, 0.0)),
    "sobel_x": np.outer(SMOOTH, DIFFERENCE),
    "sobel_y": np.outer(DIFFERENCE, SMOOTH),
}
_ANY_SIZE = ("box", "gaussian")


def kernel(name: str, size: int = 3) -> Array:
    """The filter kernel of this name, a new (size, size) array of float64.

    Sum 0, so flat areas vanish: "edge" (9 times the middle minus the 3 x 3 sum), "laplacian" (the
    four neighbours minus 4 times the middle), "sobel_x" (right minus left, smoothed down the
    columns) and "sobel_y", its transpose (below minus above).
    Sum 1, so brightness is kept: "box" (the mean), "gaussian" (outer product of a row of binomial
    coefficients with itself: 1 2 1, then 1 4 6 4 1; its variance is (size - 1) / 4) and
    "sharpen" (the image minus its Laplacian).
    box and gaussian come in any size, the others in 3 x 3. All of them are meant for `correlate`;
    a true convolution changes the sign of the two sobel kernels and leaves the others alone.
    Raises ValueError for an unknown name or a size that there is not.
    Source: TUM 002:345-367, Ingolstadt 003:173-179.
    """
    expect_one_of("name", name, sorted((*_FIXED, *_ANY_SIZE)))
    expect_whole("size", size, least=1)
    if name == "box":
        return np.full((size, size), 1 / size**2)
    if name == "gaussian":
        row = _binomial(int(size))
        return np.outer(row, row)
    if size != 3:
        raise ValueError(f"kernel {name!r} is 3 x 3; got size={size}. box and gaussian have sizes.")
    return np.array(_FIXED[name])


def separate_kernel(kernel: Array) -> tuple[Array, Array]:
    """(column, row) with kernel[i, j] = column[i] row[j], for a kernel of rank 1.

    Filtering with the column and then with the row takes F + F multiplications for each pixel
    instead of F F. Only the product is given, so we choose: both have the same norm, and the sum
    of all their entries is not negative (if it is 0, either sign may come).
    kernel (F_h, F_w); returns arrays (F_h,) and (F_w,) of its dtype, float64 for whole numbers.
    Raises ValueError for a kernel of a higher rank, with its singular values: it is no product,
    but a sum of as many. Source: Wuppertal 001:463 (named only); singular value decomposition.
    """
    kernel = plain_numbers("separate_kernel", "kernel", kernel)
    if kernel.ndim != 2 or kernel.size == 0:
        raise ValueError(
            "separate_kernel expects kernel of shape (F_h, F_w) with at least one entry; "
            f"got {kernel.shape}."
        )
    expect_finite(kernel=kernel)
    columns, sizes, rows = np.linalg.svd(kernel)
    rounding = max(kernel.shape) * float(np.finfo(kernel.dtype).eps) * sizes[0]
    rank = int((sizes > 4 * rounding).sum())
    if rank > 1:
        strengths = ", ".join(f"{size:.3g}" for size in sizes[:rank])
        raise ValueError(
            f"separate_kernel expects a kernel of rank 1; got rank {rank} (singular values "
            f"{strengths}), so it is a sum of {rank} products."
        )
    column, row = (vector * np.sqrt(sizes[0]) for vector in (columns[:, 0], rows[0]))
    if column.sum() + row.sum() < 0:
        column, row = -column, -row
    return column, row


def _binomial(size: int) -> Array:
    """A row of Pascal's triangle, divided by its sum."""
    row = np.ones(1)
    for _ in range(size - 1):
        row = np.convolve(row, (0.5, 0.5))
    return row
