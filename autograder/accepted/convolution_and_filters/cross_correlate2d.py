"""Unusual and right ways to slide a kernel over an image."""

import numpy as np


def one_shifted_image_per_weight(image, kernel):
    """Loops over the kernel, and adds up shifted images."""
    high, wide = kernel.shape
    rows, columns = image.shape[0] - high + 1, image.shape[1] - wide + 1
    total = np.zeros((rows, columns))
    for i, j in np.ndindex(high, wide):
        total = total + kernel[i, j] * image[i : i + rows, j : j + columns]
    return total


def by_fourier_transform(image, kernel):
    """Multiplies spectra; the wrapped border is cut off."""
    high, wide = kernel.shape
    spectrum = np.fft.rfft2(image) * np.conj(np.fft.rfft2(kernel, s=image.shape))
    wrapped = np.fft.irfft2(spectrum, s=image.shape)
    return wrapped[: image.shape[0] - high + 1, : image.shape[1] - wide + 1]


def four_loops_and_lists(image, kernel):
    """Every index is a loop, and the result is a list of lists."""
    high, wide = kernel.shape
    return [
        [
            sum(
                float(image[r + i, c + j]) * float(kernel[i, j])
                for i in range(high) for j in range(wide)
            )
            for c in range(image.shape[1] - wide + 1)
        ]
        for r in range(image.shape[0] - high + 1)
    ]
