"""Unusual and right ways to write the forward pass of a convolutional layer."""

import numpy as np

from course_lib.shapes import output_size


def _sizes(x, weight, stride, padding):
    if x.shape[1] != weight.shape[1]:
        raise ValueError("depths differ")
    return [
        output_size(n_in, kernel_size, stride, padding)
        for n_in, kernel_size in zip(x.shape[2:], weight.shape[2:], strict=True)
    ]


def seven_loops_and_lists(x, weight, bias, stride=1, padding=0):
    """Every index is a loop, the border is an if, and the result is a list of lists."""
    n_rows, n_cols = _sizes(x, weight, stride, padding)
    _, channels, rows, cols = x.shape
    maps = [[[[float(b)] * n_cols for _ in range(n_rows)] for b in bias] for _ in x]
    for n, k, i, j in np.ndindex(len(x), len(weight), n_rows, n_cols):
        for c, u, v in np.ndindex(channels, *weight.shape[2:]):
            r, s = i * stride + u - padding, j * stride + v - padding
            if 0 <= r < rows and 0 <= s < cols:
                maps[n][k][i][j] += float(x[n, c, r, s]) * float(weight[k, c, u, v])
    return maps


def one_shifted_image_per_weight(x, weight, bias, stride=1, padding=0):
    """Loops over the filter instead of the image, and adds up shifted, thinned-out images."""
    n_rows, n_cols = _sizes(x, weight, stride, padding)
    border = (padding, padding)
    padded = np.pad(x, ((0, 0), (0, 0), border, border))
    out = np.zeros((len(x), len(weight), n_rows, n_cols)) + np.reshape(bias, (-1, 1, 1))
    for u, v in np.ndindex(*weight.shape[2:]):
        shifted = padded[:, :, u : u + stride * n_rows : stride, v : v + stride * n_cols : stride]
        out = out + np.einsum("ncij,kc->nkij", shifted, weight[:, :, u, v])
    return out


def patches_as_columns_of_a_matrix(x, weight, bias, stride=1, padding=0):
    """im2col: all patches in one matrix, then one matrix product."""
    n_rows, n_cols = _sizes(x, weight, stride, padding)
    border = (padding, padding)
    padded = np.pad(x, ((0, 0), (0, 0), border, border))
    tall, wide = weight.shape[2:]
    columns = [
        padded[:, :, i * stride : i * stride + tall, j * stride : j * stride + wide]
        .reshape(len(x), -1)
        for i, j in np.ndindex(n_rows, n_cols)
    ]
    out = np.stack(columns, axis=1) @ weight.reshape(len(weight), -1).T + bias
    return out.transpose(0, 2, 1).reshape(len(x), len(weight), n_rows, n_cols)


def everything_in_float32(x, weight, bias, stride=1, padding=0):
    """Computes in single precision and raises its own kind of ValueError."""

    class LayerError(ValueError):
        """A learner's own exception is a ValueError too."""

    try:
        n_rows, n_cols = _sizes(x, weight, stride, padding)
    except ValueError as error:
        raise LayerError(str(error)) from None
    border = (padding, padding)
    padded = np.pad(x.astype(np.float32), ((0, 0), (0, 0), border, border))
    filters = weight.astype(np.float32)
    out = np.empty((len(x), len(weight), n_rows, n_cols), np.float32)
    for i, j in np.ndindex(n_rows, n_cols):
        top, left = i * stride, j * stride
        window = padded[:, :, top : top + weight.shape[2], left : left + weight.shape[3]]
        out[:, :, i, j] = np.tensordot(window, filters, axes=((1, 2, 3), (1, 2, 3))) + bias
    return out
