"""Wrong kernels under the right names."""

import numpy as np

_FIXED = {
    "edge": [[-1.0, -1, -1], [-1, 8, -1], [-1, -1, -1]],
    "sharpen": [[0.0, -1, 0], [-1, 5, -1], [0, -1, 0]],
    "sobel_x": [[-1.0, 0, 1], [-2, 0, 2], [-1, 0, 1]],
    "sobel_y": [[-1.0, -2, -1], [0, 0, 0], [1, 2, 1]],
}


def _pascal(size):
    row = np.ones(1)
    for _ in range(size - 1):
        row = np.convolve(row, [1.0, 1.0])
    return row


def _right(name, size=3):
    if name == "box":
        return np.full((size, size), 1 / size**2)
    if name == "gaussian":
        row = _pascal(size) / 2 ** (size - 1)
        return np.outer(row, row)
    if name not in _FIXED or size != 3:
        raise ValueError("no such kernel")
    return np.array(_FIXED[name])


def box_of_ones(name, size=3):
    """Your box is full of ones; it is a mean, so its numbers sum to 1.

    The slide has the factor 1/9 in front of the matrix, where it is easily overlooked.
    """
    return np.ones((size, size)) if name == "box" else _right(name, size)


def box_divided_by_the_side(name, size=3):
    """You divide the box by its side; it has size times size numbers that sum to 1.

    In one dimension a box of three is divided by 3.
    """
    return np.full((size, size), 1 / size) if name == "box" else _right(name, size)


def gaussian_not_divided(name, size=3):
    """Your Gaussian holds 1, 2, 4 and so on; divided by their sum it keeps the brightness.

    The whole numbers of Pascal's triangle look finished.
    """
    if name == "gaussian":
        return np.outer(_pascal(size), _pascal(size))
    return _right(name, size)


def gaussian_divided_once(name, size=3):
    """You divide the square of the row by the sum of the row; both factors have to sum to 1.

    2^(size - 1) is the sum of one row. The outer product has two.
    """
    if name == "gaussian":
        return np.outer(_pascal(size), _pascal(size)) / 2 ** (size - 1)
    return _right(name, size)


def gaussian_always_over_16(name, size=3):
    """You divide every Gaussian by 16; that is the sum for size 3 only.

    1/16 is what the slide prints.
    """
    if name == "gaussian":
        return np.outer(_pascal(size), _pascal(size)) / 16
    return _right(name, size)


def gaussian_with_one_row_too_many(name, size=3):
    """You convolve size times; from [1] it takes size - 1 times to get `size` numbers.

    Three numbers, three rounds: but [1] is one number before the first round.
    """
    return _right(name, size + 1) if name == "gaussian" else _right(name, size)


def always_three(name, size=3):
    """You forget the size; box and gaussian come in every size.

    All kernels on the slides are 3 x 3.
    """
    if name in ("box", "gaussian"):
        return _right(name)
    return _right(name, size)


def ignores_an_impossible_size(name, size=3):
    """You return a 3 x 3 kernel when another size is asked for; that must be a ValueError.

    There is only one sobel_x, so the size does not seem to matter.
    """
    return _right(name, size if name not in _FIXED else 3)


def says_nothing_about_unknown_names(name, size=3):
    """You return None for a name that is unknown; it must be a ValueError.

    A chain of ifs ends, and Python returns None without a word.
    """
    known = name in _FIXED or name in ("box", "gaussian")
    return _right(name, size) if known else None


def lets_the_dictionary_complain(name, size=3):
    """You let the dictionary raise its KeyError for an unknown name; asked is for a ValueError.

    Some exception comes, so it seems to be done.
    """
    if name not in _FIXED and name not in ("box", "gaussian"):
        raise KeyError(name)
    return _right(name, size)


def swaps_the_sobels(name, size=3):
    """You have sobel_x and sobel_y exchanged; sobel_x compares left and right.

    sobel_x finds upright edges, and "x" may be taken for the direction of the edge.
    """
    return _right({"sobel_x": "sobel_y", "sobel_y": "sobel_x"}.get(name, name), size)


def turns_the_sobels(name, size=3):
    """Your Sobel kernels have the other sign; right minus left, and below minus above.

    Turned for a true convolution, which is what the slide writes.
    """
    return -_right(name, size) if name in ("sobel_x", "sobel_y") else _right(name, size)


def sobels_without_the_two(name, size=3):
    """Your Sobel kernels have 1, 1, 1 where Sobel's have 1, 2, 1; the middle counts twice.

    With three ones it is the kernel of Prewitt.
    """
    made = _right(name, size)
    return np.sign(made) if name in ("sobel_x", "sobel_y") else made


def edge_of_four_neighbours(name, size=3):
    """Your edge kernel looks at four neighbours; the one of the slide looks at all eight.

    That is the (negative) Laplacian: also a good detector of edges.
    """
    made = _right(name, size)
    return np.array([[0.0, -1, 0], [-1, 4, -1], [0, -1, 0]]) if name == "edge" else made


def sharpen_that_sums_to_zero(name, size=3):
    """Your sharpen has a 4 in the middle and sums to 0; with 5 it keeps the image as well.

    4 balances the four neighbours. What is then missing is the image itself.
    """
    made = _right(name, size)
    return np.array([[0.0, -1, 0], [-1, 4, -1], [0, -1, 0]]) if name == "sharpen" else made


def gaussian_always_three(name, size=3):
    """You forget the size of the Gaussian; it has size rows and columns, like the box.

    The matrix on the slide is 3 x 3, and the box is easier to think of in other sizes.
    """
    return _right(name, 3 if name == "gaussian" else size)


def edge_that_keeps_the_image(name, size=3):
    """Your edge has a 9 in the middle and sums to 1; with 8 flat areas vanish.

    With 9 it is a sharpening filter, and many programs call it that.
    """
    if name == "edge" and size == 3:
        return _right(name) + np.outer([0.0, 1, 0], [0, 1, 0])
    return _right(name, size)
