"""Wrong beliefs about mapping back."""

import numpy as np


def moves_forward(A, rows, columns):
    """You apply A itself, which tells where a pixel goes; where it came from takes the inverse.

    The formula of the deck has A in it, so one writes A.
    """
    return _mapped(np.asarray(A, float), _targets(rows, columns))


def transposes_instead_of_inverting(A, rows, columns):
    """You use the transpose of A; only for pure rotations is that the inverse.

    For rotation matrices one learns that both are the same.
    """
    A = np.asarray(A, float)
    back = A.T.copy()
    back[:2, 2] = -A.T[:2, :2] @ A[:2, 2]
    return _mapped(back, _targets(rows, columns))


def takes_rows_for_x(A, rows, columns):
    """You give the row as x and the column as y; x counts columns, y counts rows.

    Arrays are indexed [row, column], points are written (x, y).
    """
    return _mapped(np.linalg.inv(A), _targets(rows, columns)[..., ::-1])


def returns_row_and_column(A, rows, columns):
    """You return (y, x), row first; the statement asks for x, then y.

    It is the order in which the image will be indexed afterwards.
    """
    return _mapped(np.linalg.inv(A), _targets(rows, columns))[..., ::-1]


def exchanges_rows_and_columns(A, rows, columns):
    """You exchange x and y on the way in and on the way out; A acts on (x, y, 1).

    The two exchanges cancel for shifts of the same size only.
    """
    return _mapped(np.linalg.inv(A), _targets(rows, columns)[..., ::-1])[..., ::-1]


def leaves_the_shift_out(A, rows, columns):
    """You undo the 2 x 2 part only; the third column of A moves the picture as well.

    Rotation and size are what one thinks of, and they sit in the upper left corner.
    """
    back = np.eye(3)
    back[:2, :2] = np.linalg.inv(np.asarray(A, float)[:2, :2])
    return _mapped(back, _targets(rows, columns))


def takes_the_shift_back_last(A, rows, columns):
    """You undo the 2 x 2 part first and the shift afterwards; what came last goes first.

    Shoes come off before socks: the inverse of a sequence runs backwards.
    """
    A = np.asarray(A, float)
    back = np.eye(3)
    back[:2, :2], back[:2, 2] = np.linalg.inv(A[:2, :2]), -A[:2, 2]
    return _mapped(back, _targets(rows, columns))


def counts_pixels_from_one(A, rows, columns):
    """You count rows and columns from 1; the first pixel is at x = 0, y = 0.

    In books and in other languages matrices begin at 1.
    """
    return _mapped(np.linalg.inv(A), _targets(rows, columns) + 1)


def lets_y_point_up(A, rows, columns):
    """You count y from the bottom; rows are counted from the top, so y points down.

    In school the y axis points up.
    """
    return _mapped(np.linalg.inv(A), _targets(rows, columns)[::-1])


def multiplies_from_the_wrong_side(A, rows, columns):
    """You multiply points in rows by the inverse as it stands; for rows it must be transposed.

    A point in a column stands right of the matrix. In an array of points each one is a row.
    """
    return _mapped(np.linalg.inv(A).T, _targets(rows, columns))


def _targets(rows, columns):
    x, y = np.meshgrid(np.arange(columns, dtype=float), np.arange(rows, dtype=float))
    return np.stack([x, y], axis=-1)


def _mapped(matrix, points):
    with_one = np.concatenate([points, np.ones((*points.shape[:2], 1))], axis=-1)
    return (with_one @ np.asarray(matrix, float).T)[..., :2]
