"""Unusual but right gradients by the input."""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view


def stamp_by_stamp(grad_output, weight, image_size, stride=1, padding=0):
    """Every place stamps its filters into the padded image."""
    f_h, f_w = weight.shape[2:]
    height, width = image_size
    grad = np.zeros((len(grad_output), weight.shape[1], height + 2 * padding, width + 2 * padding))
    for r in range(grad_output.shape[2]):
        for s in range(grad_output.shape[3]):
            top, left = r * stride, s * stride
            grad[:, :, top : top + f_h, left : left + f_w] += np.einsum(
                "nk,kcij->ncij", grad_output[:, :, r, s], weight
            )
    return grad[:, :, padding : padding + height, padding : padding + width]


def a_full_convolution(grad_output, weight, image_size, stride=1, padding=0):
    """Zeros between the gradients, a border of zeros, and the flipped filters slide over it."""
    images, filters, rows, cols = grad_output.shape
    f_h, f_w = weight.shape[2:]
    height, width = (n + 2 * padding for n in image_size)
    spread = np.zeros((images, filters, height + f_h - 1, width + f_w - 1))
    spread[:, :, f_h - 1 : f_h - 1 + rows * stride : stride,
           f_w - 1 : f_w - 1 + cols * stride : stride] = grad_output
    windows = sliding_window_view(spread, (f_h, f_w), axis=(2, 3))
    grad = np.einsum("nkrsij,kcij->ncrs", windows, weight[:, :, ::-1, ::-1])
    return grad[:, :, padding : height - padding, padding : width - padding]


def pixel_by_pixel(grad_output, weight, image_size, stride=1, padding=0):
    """Asks at every pixel which places have seen it, through which weight."""
    f_h, f_w = weight.shape[2:]
    grad = np.zeros((len(grad_output), weight.shape[1], *image_size))
    for a, b in np.ndindex(*image_size):
        for r, s in np.ndindex(*grad_output.shape[2:]):
            i, j = a + padding - r * stride, b + padding - s * stride
            if 0 <= i < f_h and 0 <= j < f_w:
                grad[:, :, a, b] += grad_output[:, :, r, s] @ weight[:, :, i, j]
    return grad
