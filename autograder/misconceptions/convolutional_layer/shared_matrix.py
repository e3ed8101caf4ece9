"""What people believe about a convolution written as a matrix."""

import numpy as np


def _matrix(rows, n_in):
    filled = np.zeros((len(rows), n_in))
    for i, row in enumerate(rows):
        filled[i, i : i + len(row)] = row
    return filled


def flips_the_kernel(kernel, n_in):
    """You write the kernel backwards into the rows; the layer does not flip, kernel[0] comes first.

    That is the matrix of the convolution in lecture 07, not of the layer's cross-correlation.
    """
    return _matrix([kernel[::-1]] * (n_in - len(kernel) + 1), n_in)


def puts_the_inputs_in_rows(kernel, n_in):
    """You give one row per input; here a row belongs to an output, so that W @ x is the layer.

    x @ W with the input first is the other habit, and its matrix is this one, transposed.
    """
    return _matrix([kernel] * (n_in - len(kernel) + 1), n_in).T


def does_not_move_the_kernel(kernel, n_in):
    """You write the kernel at the left end of every row; in row i it starts at column i.

    The weights are the same in each row, so the rows are taken to be the same.
    """
    row = np.concatenate([kernel, np.zeros(n_in - len(kernel))])
    return np.tile(row, (n_in - len(kernel) + 1, 1))


def keeps_as_many_outputs_as_inputs(kernel, n_in):
    """You make a square matrix; without padding the kernel fits into n_in - F + 1 places.

    With zeros at both ends there would be one output per input.
    """
    reach = (len(kernel) - 1) // 2
    filled = np.zeros((n_in, n_in + len(kernel) - 1))
    for i in range(n_in):
        filled[i, i : i + len(kernel)] = kernel
    return filled[:, reach : reach + n_in]


def wraps_around_the_end(kernel, n_in):
    """You let the kernel go on at the beginning; without padding it stops at the end.

    np.roll makes each row from the one above, and goes on for n_in rows.
    """
    row = np.concatenate([kernel, np.zeros(n_in - len(kernel))])
    return np.stack([np.roll(row, i) for i in range(n_in)])


def lays_the_kernels_side_by_side(kernel, n_in):
    """You move the kernel by its own length; with stride 1 it moves by one column per row.

    Rows that do not overlap look tidy, as blocks along a diagonal.
    """
    size = len(kernel)
    filled = np.zeros((n_in // size, n_in))
    for i in range(n_in // size):
        filled[i, i * size : (i + 1) * size] = kernel
    return filled


def forgets_the_last_position(kernel, n_in):
    """You stop one row early; from first to last position there are n_in - F steps, one row more.

    Positions are steps plus one.
    """
    return _matrix([kernel] * (n_in - len(kernel) + 1), n_in)[:-1]


def makes_the_rows_sum_to_one(kernel, n_in):
    """You divide the kernel by its sum; the layer uses the weights as they are.

    Blurring filters are averages and sum to one. Learned weights need not.
    """
    total = np.sum(kernel)
    row = np.asarray(kernel) / (total if total else 1.0)
    return _matrix([row] * (n_in - len(kernel) + 1), n_in)


def makes_an_integer_matrix(kernel, n_in):
    """You make an integer matrix; it cuts off the fractions of the weights.

    The examples of the decks have whole weights, and dtype=int makes the print look tidy.
    """
    return _matrix([kernel] * (n_in - len(kernel) + 1), n_in).astype(int)


def keeps_only_where_a_connection_is(kernel, n_in):
    """You write 1 for each connection; this matrix holds the shared weights themselves.

    That is the mask of the exercise before.
    """
    return _matrix([np.ones(len(kernel))] * (n_in - len(kernel) + 1), n_in)
