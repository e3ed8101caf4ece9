"""Unusual and right ways to dilate a kernel."""

import numpy as np


def cuts_off_what_kron_adds(weight, dilation):
    """The Kronecker product with a single 1 in a tile of zeros; the last zeros are cut off."""
    tile = np.zeros((dilation, dilation))
    tile[0, 0] = 1
    return np.kron(weight, tile)[..., : weight.shape[-2] * dilation - dilation + 1,
                                 : weight.shape[-1] * dilation - dilation + 1]


def lists_of_single_kernels(weight, dilation):
    """Loops over every weight, and gives nested lists."""
    rows, cols = weight.shape[-2:]
    out = np.zeros((*weight.shape[:-2], dilation * (rows - 1) + 1, dilation * (cols - 1) + 1))
    for index in np.ndindex(weight.shape):
        out[(*index[:-2], index[-2] * dilation, index[-1] * dilation)] = weight[index]
    return out.tolist()


def matrices_that_spread(weight, dilation):
    """A product with a matrix of zeros and ones on both sides."""
    rows, cols = (np.eye((size - 1) * dilation + 1)[::dilation] for size in weight.shape[-2:])
    return rows.T @ weight @ cols
