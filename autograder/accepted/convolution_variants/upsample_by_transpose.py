"""Unusual and right ways to write a transposed convolution."""

import numpy as np


def _size(x, kernel, stride):
    return tuple((n - 1) * stride + f for n, f in zip(x.shape, kernel.shape, strict=True))


def one_step_for_each_weight(x, kernel, stride):
    """Loops over the kernel instead of the image: each weight spreads all pixels at once."""
    y = np.zeros(_size(x, kernel, stride))
    rows, cols = (np.array(x.shape) - 1) * stride + 1
    for (i, j), weight in np.ndenumerate(kernel):
        y[i : i + rows : stride, j : j + cols : stride] += weight * x
    return y


def every_output_gathers(x, kernel, stride):
    """Every pixel of the result asks which kernels lie over it; gives a list of lists."""
    rows, cols = _size(x, kernel, stride)
    return [[sum(float(x[i, j]) * float(kernel[r - i * stride, s - j * stride])
                 for i, j in np.ndindex(x.shape)
                 if 0 <= r - i * stride < kernel.shape[0] and 0 <= s - j * stride < kernel.shape[1])
             for s in range(cols)] for r in range(rows)]


def by_the_transposed_matrix(x, kernel, stride):
    """Builds the matrix of the convolution from large to small, and multiplies by its transpose."""
    size = _size(x, kernel, stride)
    matrix = np.zeros((x.size, *size))
    for place, (i, j) in enumerate(np.ndindex(x.shape)):
        matrix[place, i * stride : i * stride + kernel.shape[0],
               j * stride : j * stride + kernel.shape[1]] = kernel
    return (matrix.reshape(x.size, -1).T @ x.ravel()).reshape(size)
