"""Unusual but right ways to the matrix of a convolution."""

import numpy as np


def entry_by_entry(kernel, image_size, stride=1):
    """Asks for every pair of pixels which weight lies between them."""
    (f_h, f_w), (height, width) = kernel.shape, image_size
    out_h, out_w = (height - f_h) // stride + 1, (width - f_w) // stride + 1
    rows = []
    for place in range(out_h * out_w):
        r, s = divmod(place, out_w)
        row = []
        for pixel in range(height * width):
            i, j = pixel // width - r * stride, pixel % width - s * stride
            row.append(float(kernel[i, j]) if 0 <= i < f_h and 0 <= j < f_w else 0.0)
        rows.append(row)
    return rows


def column_by_column(kernel, image_size, stride=1):
    """Runs the convolution on images with a single bright pixel: each gives one column."""
    (f_h, f_w), (height, width) = kernel.shape, image_size
    columns = []
    for pixel in range(height * width):
        image = np.zeros(height * width)
        image[pixel] = 1.0
        windows = np.lib.stride_tricks.sliding_window_view(image.reshape(image_size), (f_h, f_w))
        columns.append(np.einsum("rsij,ij->rs", windows[::stride, ::stride], kernel).ravel())
    return np.stack(columns, axis=1)


def by_kronecker_products(kernel, image_size, stride=1):
    """A sum of Kronecker products: one for each weight."""
    sizes = [(n - f) // stride + 1 for n, f in zip(image_size, kernel.shape, strict=True)]
    total = 0.0
    for (i, j), weight in np.ndenumerate(kernel):
        down = np.eye(image_size[0])[i : i + stride * sizes[0] : stride]
        across = np.eye(image_size[1])[j : j + stride * sizes[1] : stride]
        total = total + weight * np.kron(down, across)
    return total
