"""Unusual but right ways to add columns back to an image."""

import numpy as np


def place_by_place(columns, image_size, kernel_size, stride=1, padding=0):
    """One patch after the other."""
    (height, width), (f_h, f_w) = image_size, kernel_size
    images, size, _ = columns.shape
    padded = np.zeros((images, size // (f_h * f_w), height + 2 * padding, width + 2 * padding))
    place = 0
    for top in range(0, height + 2 * padding - f_h + 1, stride):
        for left in range(0, width + 2 * padding - f_w + 1, stride):
            patch = columns[:, :, place].reshape(images, -1, f_h, f_w)
            padded[:, :, top : top + f_h, left : left + f_w] += patch
            place += 1
    return padded[:, :, padding : padding + height, padding : padding + width]


def by_add_at(columns, image_size, kernel_size, stride=1, padding=0):
    """A table of pixel numbers and np.add.at, which adds where indices repeat."""
    (height, width), (f_h, f_w) = image_size, kernel_size
    images, size, _ = columns.shape
    channels = size // (f_h * f_w)
    tall, wide = height + 2 * padding, width + 2 * padding
    rows, cols = (tall - f_h) // stride + 1, (wide - f_w) // stride + 1
    c, i, j = np.unravel_index(np.arange(size), (channels, f_h, f_w))
    r, s = np.unravel_index(np.arange(rows * cols), (rows, cols))
    padded = np.zeros((images, channels, tall, wide))
    at = (slice(None), c[:, None], i[:, None] + stride * r, j[:, None] + stride * s)
    np.add.at(padded, at, columns)
    return padded[:, :, padding : tall - padding, padding : wide - padding]


def without_ever_padding(columns, image_size, kernel_size, stride=1, padding=0):
    """Pixel by pixel; what falls into the padding is left out at once."""
    (height, width), (f_h, f_w) = image_size, kernel_size
    images, size, _ = columns.shape
    cols = (width + 2 * padding - f_w) // stride + 1
    image = np.zeros((images, size // (f_h * f_w), height, width))
    for row in range(size):
        c, i, j = row // (f_h * f_w), row // f_w % f_h, row % f_w
        for place in range(columns.shape[2]):
            top = place // cols * stride + i - padding
            left = place % cols * stride + j - padding
            if 0 <= top < height and 0 <= left < width:
                image[:, c, top, left] += columns[:, row, place]
    return image
