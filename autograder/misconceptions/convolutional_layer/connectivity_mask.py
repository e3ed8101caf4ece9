"""What people believe about which input reaches which output of a convolution."""

import numpy as np


def _band(n_out, n_in, kernel_size, step=1):
    starts = step * np.arange(n_out)[:, None]
    inputs = np.arange(n_in)
    return (inputs >= starts) & (inputs < starts + kernel_size)


def puts_the_inputs_in_rows(n_in, kernel_size):
    """You give one row per input; here rows are outputs and columns inputs, as in w_ij.

    A connection runs from input to output, so one likes to write the input first. The course
    follows RWTH: the target comes first.
    """
    return _band(n_in - kernel_size + 1, n_in, kernel_size).T


def connects_everything(n_in, kernel_size):
    """You connect all inputs to all outputs; an output sees only `kernel_size` inputs in a row.

    That is the fully connected layer of lecture 03.
    """
    return np.ones((n_in - kernel_size + 1, n_in), dtype=bool)


def keeps_as_many_outputs_as_inputs(n_in, kernel_size):
    """You centre a window on every input; without padding only n_in - F + 1 windows fit.

    A "same" convolution has this matrix. It needs zeros at both ends, and here there are none.
    """
    reach = (kernel_size - 1) // 2
    inputs = np.arange(n_in)
    starts = inputs[:, None] - reach
    return (inputs >= starts) & (inputs < starts + kernel_size)


def centres_the_window(n_in, kernel_size):
    """You centre window i on input i; it starts at input i, so that the first one fits.

    An odd window has a middle, and in a "same" convolution output i stands over input i.
    """
    outputs = np.arange(n_in - kernel_size + 1)[:, None]
    return np.abs(np.arange(n_in) - outputs) <= kernel_size // 2


def starts_half_a_window_early(n_in, kernel_size):
    """You start window i half a window before input i; without padding it starts at input i.

    So the window is centred, and an even one keeps its length. The first ones hang over.
    """
    starts = np.arange(n_in - kernel_size + 1)[:, None] - kernel_size // 2
    return (np.arange(n_in) >= starts) & (np.arange(n_in) < starts + kernel_size)


def forgets_the_last_window(n_in, kernel_size):
    """You stop one window early; n_in - F steps lead from the first window to the last.

    The number of positions is the number of steps plus one: the fence-post mistake.
    """
    return _band(n_in - kernel_size, n_in, kernel_size)


def lays_the_windows_side_by_side(n_in, kernel_size):
    """You let the windows not overlap; with stride 1 each starts one input after the last.

    Cutting a signal into blocks is the other familiar way to look at it piece by piece.
    """
    return _band(n_in // kernel_size, n_in, kernel_size, step=kernel_size)


def reaches_one_input_too_far(n_in, kernel_size):
    """You connect kernel_size + 1 inputs; the last input of window i is i + kernel_size - 1.

    "From i to i + F", both ends counted, is one too many.
    """
    return _band(n_in - kernel_size + 1, n_in, kernel_size + 1)


def marks_what_is_not_connected(n_in, kernel_size):
    """You mark the missing connections; True stands for a connection.

    A mask hides things in some libraries, so that True means "leave out".
    """
    return ~_band(n_in - kernel_size + 1, n_in, kernel_size)


def sees_everything_so_far(n_in, kernel_size):
    """You connect all inputs up to the end of the window; those before its start are not seen.

    The sliding window is pictured as sweeping the signal up, and only one end of it is checked.
    """
    starts = np.arange(n_in - kernel_size + 1)[:, None]
    return np.arange(n_in) < starts + kernel_size


def wraps_around_the_end(n_in, kernel_size):
    """You let the last windows go on at the beginning; without padding they stop at the end.

    A ring has no border and as many outputs as inputs, which makes a tidy square matrix.
    """
    distance = (np.arange(n_in) - np.arange(n_in)[:, None]) % n_in
    return distance < kernel_size
