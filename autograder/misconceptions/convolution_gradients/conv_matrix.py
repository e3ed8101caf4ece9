"""What people believe about the matrix of a convolution."""

import numpy as np


def _matrix(kernel, image_size, stride=1):
    (f_h, f_w), (height, width) = kernel.shape, image_size
    out_h, out_w = (height - f_h) // stride + 1, (width - f_w) // stride + 1
    matrix = np.zeros((out_h, out_w, height, width))
    for r in range(out_h):
        for s in range(out_w):
            top, left = r * stride, s * stride
            matrix[r, s, top : top + f_h, left : left + f_w] = kernel
    return matrix


def _flat(matrix):
    out_h, out_w, height, width = matrix.shape
    return matrix.reshape(out_h * out_w, height * width)


def flips_the_kernel(kernel, image_size, stride=1):
    """You write the kernel upside down into the rows; the layer does not flip.

    That is the matrix of a true convolution.
    """
    return _flat(_matrix(kernel[::-1, ::-1], image_size, stride))


def puts_the_pixels_in_rows(kernel, image_size, stride=1):
    """You give one row to every pixel of the image; a row belongs to a pixel of the output.

    This is the transposed matrix, the one of the way back.
    """
    return _flat(_matrix(kernel, image_size, stride)).T


def moves_every_row_by_one_column(kernel, image_size, stride=1):
    """You move every row by `stride` columns; at the end of an image row the kernel jumps further.

    So it is in one dimension, where the matrix is a true Toeplitz matrix.
    """
    right = _flat(_matrix(kernel, image_size, stride))
    return np.stack([np.roll(right[0], k * stride) for k in range(len(right))])


def writes_the_kernel_without_gaps(kernel, image_size, stride=1):
    """You write the kernel in one run; between its rows lies the rest of a row of the image.

    The flattened kernel next to the flattened image looks like one dimension.
    """
    right = _matrix(kernel, image_size, stride)
    out_h, out_w, height, width = right.shape
    matrix = np.zeros((out_h, out_w, height * width))
    for r in range(out_h):
        for s in range(out_w):
            start = r * stride * width + s * stride
            run = kernel.ravel()[: height * width - start]
            matrix[r, s, start : start + len(run)] = run
    return matrix.reshape(out_h * out_w, -1)


def ignores_the_stride(kernel, image_size, stride=1):
    """You use every place; with stride S only every S-th row and column of places has a row.

    The examples on slides have stride 1.
    """
    return _flat(_matrix(kernel, image_size))


def strides_across_only(kernel, image_size, stride=1):
    """You move by the stride across but by one down; it holds for both.

    One of two loops is written first, and the other copied from an older version.
    """
    every = _matrix(kernel, image_size)
    return _flat(every[:, ::stride])


def swaps_the_sides_of_the_kernel(kernel, image_size, stride=1):
    """You transpose the kernel; its rows lie along rows of the image.

    With symmetric kernels nobody notices.
    """
    return _flat(_matrix(kernel.T, image_size, stride))


def counts_the_pixels_column_by_column(kernel, image_size, stride=1):
    """You number the pixels column by column; ravel goes row by row.

    Mathematics books stack columns, NumPy stacks rows.
    """
    right = _matrix(kernel, image_size, stride)
    return _flat(right.transpose(0, 1, 3, 2))


def counts_the_places_column_by_column(kernel, image_size, stride=1):
    """You sort the rows by columns of the output; ravel goes row by row.

    The outer loop runs over s and the inner one over r.
    """
    return _flat(_matrix(kernel, image_size, stride).transpose(1, 0, 2, 3))


def forgets_the_last_place(kernel, image_size, stride=1):
    """You stop one place early, down and across; there are (n - F) / S + 1 places.

    n - F is the last place, and counting starts at 0.
    """
    return _flat(_matrix(kernel, image_size, stride)[:-1, :-1])


def marks_where_the_kernel_lies(kernel, image_size, stride=1):
    """You write 1 where a weight stands; the matrix holds the weights themselves.

    That is a picture of the connections.
    """
    return (_flat(_matrix(np.ones(kernel.shape), image_size, stride)) != 0).astype(float)


def strides_down_only(kernel, image_size, stride=1):
    """You move by the stride down but by one across; it holds for both.

    One of two loops has the step, the other has not.
    """
    every = _matrix(kernel, image_size)
    return _flat(every[::stride])


def _numbered(kernel, image_size, stride, *, pixels_in_row, places_in_row):
    """Entry by entry, with the lengths of rows that somebody believes in."""
    (f_h, f_w), (height, width) = kernel.shape, image_size
    out_h, out_w = (height - f_h) // stride + 1, (width - f_w) // stride + 1
    matrix = np.zeros((out_h * out_w, height * width))
    for r, s, a, b in np.ndindex(out_h, out_w, f_h, f_w):
        column = (r * stride + a) * pixels_in_row + s * stride + b
        matrix[r * places_in_row + s, column] = kernel[a, b]
    return matrix


def numbers_the_pixels_with_the_height(kernel, image_size, stride=1):
    """You number the pixels with a * H + b; a row of the image has W pixels, so it is a * W + b.

    On square images it is the same.
    """
    out_w = (image_size[1] - kernel.shape[1]) // stride + 1
    return _numbered(kernel, image_size, stride, pixels_in_row=image_size[0], places_in_row=out_w)


def numbers_the_places_with_the_height(kernel, image_size, stride=1):
    """You number the places with r * out_h + s; a row of places has out_w of them.

    On square images it is the same.
    """
    out_h = (image_size[0] - kernel.shape[0]) // stride + 1
    return _numbered(kernel, image_size, stride, pixels_in_row=image_size[1], places_in_row=out_h)
