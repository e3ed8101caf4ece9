"""Unusual and right ways to shift images and read them."""

import numpy as np


def rolls_and_wipes(predict, x, y, shifts):
    """np.roll, and what came in again on the other side is wiped out."""
    shares = []
    for down, right in shifts:
        images = np.roll(x, (down, right), axis=(2, 3))
        if down:
            images[:, :, slice(down) if down > 0 else slice(down, None)] = 0
        if right:
            images[..., slice(right) if right > 0 else slice(right, None)] = 0
        shares.append(np.count_nonzero(predict(images).argmax(axis=1) == y) / len(y))
    return np.array(shares)


def pixel_by_pixel(predict, x, y, shifts):
    """Asks every pixel where it came from; one image after another; a tuple at last."""
    height, width = x.shape[2:]
    shares = ()
    for down, right in shifts:
        hits = 0
        for image, label in zip(x, y, strict=True):
            shifted = np.zeros((1, *image.shape))
            for row, column in np.ndindex(height, width):
                if 0 <= row - down < height and 0 <= column - right < width:
                    shifted[0, :, row, column] = image[:, row - down, column - right]
            hits += int(np.argmax(predict(shifted)[0]) == label)
        shares += (hits / len(x),)
    return shares
