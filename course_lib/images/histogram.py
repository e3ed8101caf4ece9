"""Grey values by how often they occur."""

import numpy as np

from course_lib.arrays import Array
from course_lib.images.pixels import grey_values


def equalize_histogram(image: Array) -> Array:
    """y = (c(x) - c_min) / (1 - c_min), with c(x) the share of pixels that are at most as bright.

    Grey values that occur often move apart, rare ones together, until the histogram is about
    flat and uses the whole range from black to white. Only the order of the grey values counts:
    a brighter photograph of the same scene gives the same answer. c_min is the share of the
    darkest value, which becomes 0; an image of one grey value stays as it is.
    image (H, W), grey: floats from 0 to 1, or uint8 from 0 to 255 (the answer is then 255 y,
    rounded, halves up). Returns a new array of its dtype.
    Raises TypeError for other dtypes; ValueError for values outside the range or other shapes.
    Source: RWTH 000:929 (named only); Gonzalez & Woods, Digital Image Processing.
    """
    image = grey_values("equalize_histogram", image)
    if image.ndim != 2 or image.size == 0:
        raise ValueError(
            "equalize_histogram expects one grey image of shape (rows, columns); "
            f"got {image.shape}. Pass the images or channels one by one."
        )
    greys, which, counts = np.unique(image, return_inverse=True, return_counts=True)
    if len(greys) == 1:
        return image.copy()
    at_most = np.cumsum(counts)
    y = (at_most - counts[0]) / (image.size - counts[0])
    if image.dtype == np.uint8:
        y = np.floor(255 * y + 0.5)
    equalized: Array = y.astype(image.dtype)[which].reshape(image.shape)
    return equalized
