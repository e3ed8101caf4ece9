"""What people believe about a dilated kernel."""

import numpy as np


def _spread(weight, step, rows=None, cols=None):
    """Weights `step` = (down, across) apart in zeros of the given size."""
    height, width = weight.shape[-2:]
    rows = (height - 1) * step[0] + 1 if rows is None else rows
    cols = (width - 1) * step[1] + 1 if cols is None else cols
    out = np.zeros((*weight.shape[:-2], rows, cols))
    out[..., : (height - 1) * step[0] + 1 : step[0], : (width - 1) * step[1] + 1 : step[1]] = weight
    return out


def puts_as_many_zeros_as_the_dilation(weight, dilation):
    """You put D zeros between two weights; they lie D apart, so D - 1 zeros are between them.

    "Dilation 1" sounds as if one pixel were skipped. It is the ordinary kernel.
    """
    return _spread(weight, (dilation + 1, dilation + 1))


def ends_with_zeros(weight, dilation):
    """You put zeros behind the last weight too; only the gaps between weights are filled.

    Every weight followed by D - 1 zeros is a tidy rule, and the size F * D easy to remember.
    """
    rows, cols = weight.shape[-2] * dilation, weight.shape[-1] * dilation
    return _spread(weight, (dilation, dilation), rows, cols)


def repeats_the_weights(weight, dilation):
    """You repeat each weight D times; dilation puts zeros between them and adds no weights.

    That is how a picture is made larger, and a larger kernel sounds like the same thing.
    """
    return np.repeat(np.repeat(weight, dilation, axis=-2), dilation, axis=-1)


def spreads_the_rows_only(weight, dilation):
    """You spread the weights downwards only; columns lie D apart as well.

    One of two almost equal lines was written, the other forgotten.
    """
    return _spread(weight, (dilation, 1))


def spreads_the_columns_only(weight, dilation):
    """You spread the weights sideways only; rows lie D apart as well.

    Written for one row of numbers, as in the first drawings.
    """
    return _spread(weight, (1, dilation))


def takes_every_second_weight(weight, dilation):
    """You keep every D-th weight; dilation keeps all of them and spreads them.

    Skipping pixels and skipping weights are both called skipping. This is subsampling.
    """
    return np.array(weight[..., ::dilation, ::dilation])


def keeps_the_size_of_the_kernel(weight, dilation):
    """You keep the kernel's size, so weights fall off its edge; the kernel has to grow.

    "The number of weights stays the same" is taken for the size of the array.
    """
    height, width = weight.shape[-2:]
    return _spread(weight, (dilation, dilation))[..., :height, :width]


def makes_it_square(weight, dilation):
    """You use the number of rows for the columns too; a kernel may be higher than wide.

    Nearly all kernels of published networks are square.
    """
    side = (weight.shape[-2] - 1) * dilation + 1
    return _spread(weight, (dilation, dilation), side, side)


def spreads_the_first_two_axes(weight, dilation):
    """You spread the first two axes; rows and columns are the last two.

    For a single kernel they are the same. For a layer's filters the first two are filters and
    channels.
    """
    moved = np.moveaxis(weight, (0, 1), (-2, -1))
    return np.moveaxis(_spread(moved, (dilation, dilation)), (-2, -1), (0, 1))


def multiplies_the_weights(weight, dilation):
    """You multiply the weights by D squared; they stay as they are.

    A kernel that covers a larger area seems to need more weight, as when a picture is enlarged.
    """
    return _spread(weight, (dilation, dilation)) * dilation**2


def ignores_the_dilation(weight, dilation):
    """You return the kernel as it is; with D above 1 zeros come between its weights.

    With D = 1 it is right, and an argument is easily never used.
    """
    return np.array(weight)
