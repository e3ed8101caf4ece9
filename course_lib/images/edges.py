"""Where an image changes, how fast and in which direction."""

import numpy as np

from course_lib.arrays import Array
from course_lib.images.filtering import correlate
from course_lib.images.kernels import DIFFERENCE, SMOOTH
from course_lib.images.pixels import float_image


def sobel(image: Array) -> tuple[Array, Array, Array, Array]:
    """(gx, gy, magnitude, angle): slopes by the Sobel kernels, their length and direction.

    gx and gy are cross-correlations with kernel("sobel_x") and kernel("sobel_y"): gx > 0 where
    it gets brighter to the right, gy > 0 where it gets brighter downwards; a step of height 1
    gives 4. magnitude = sqrt(gx^2 + gy^2); angle = atan2(gy, gx) in radians from -pi to pi, the
    direction in which it gets brighter, turning from x to y (clockwise on the screen); 0 in flat
    areas. A true convolution turns every angle by pi and keeps the magnitude.
    image (..., H, W) in float64 or float32, at least 3 x 3. Returns four arrays
    (..., H - 2, W - 2): there are no slopes at the border, unless you pad2d first.
    Raises TypeError for images that are not float; ValueError for smaller ones.
    Source: Ingolstadt 003:165-183.
    """
    image = float_image("sobel", image)
    if min(image.shape[-2:]) < 3:
        raise ValueError(
            f"sobel expects at least 3 x 3 pixels; got shape {image.shape}. "
            "Did you mean sobel(pad2d(image, 1, 'clamp'))?"
        )
    # Differences before sums: neighbours that are equal give 0 whatever the rounding.
    gx = correlate(correlate(image, DIFFERENCE), SMOOTH[:, np.newaxis])
    gy = correlate(correlate(image, DIFFERENCE[:, np.newaxis]), SMOOTH)
    return gx, gy, np.hypot(gx, gy), np.arctan2(gy, gx)
