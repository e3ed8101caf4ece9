"""What people believe about the transposed convolution."""

import numpy as np


def _lay(x, kernel, stride, *, adds=True):
    size = (np.array(x.shape) - 1) * np.broadcast_to(stride, 2) + kernel.shape
    y, count = np.zeros(size), np.zeros(size)
    down, across = np.broadcast_to(stride, 2)
    for i, j in np.ndindex(x.shape):
        place = (slice(i * down, i * down + kernel.shape[0]),
                 slice(j * across, j * across + kernel.shape[1]))
        y[place] = x[i, j] * kernel + (y[place] if adds else 0)
        count[place] += 1
    return y, count


def overwrites_where_kernels_overlap(x, kernel, stride):
    """You overwrite what lies there already; where kernels overlap, they add up.

    Tiles on a floor do not add up. Without overlaps nobody sees it.
    """
    return _lay(x, kernel, stride, adds=False)[0]


def averages_where_kernels_overlap(x, kernel, stride):
    """You divide by the number of kernels over a pixel; their sum is wanted.

    An average removes the checkerboard, so it looks like the better picture.
    """
    y, count = _lay(x, kernel, stride)
    return y / np.maximum(count, 1)


def ignores_the_stride(x, kernel, stride):
    """You lay the kernels one pixel apart; neighbours lie S pixels apart.

    With stride 1 it is right, and an argument is easily never used.
    """
    return _lay(x, kernel, 1)[0]


def strides_down_only(x, kernel, stride):
    """You step S rows down but one column across; both steps are S.

    One of two almost equal lines was changed.
    """
    return _lay(x, kernel, (stride, 1))[0]


def flips_the_kernel(x, kernel, stride):
    """You turn the kernel by 180 degrees; it is laid down as it is.

    Backpropagation through a convolution is explained with a turned kernel: there it *reads* the
    gradient. Whoever lays down does not turn.
    """
    return _lay(x, kernel[::-1, ::-1], stride)[0]


def cuts_to_stride_times_size(x, kernel, stride):
    """You make the result H S x W S; it has (H - 1) S + F_h rows, so that all kernels fit.

    "Twice as large" is said of stride 2. Libraries cut the rest off by padding.
    """
    y = _lay(x, kernel, stride)[0]
    made = np.zeros((x.shape[0] * stride, x.shape[1] * stride))
    rows, cols = np.minimum(made.shape, y.shape)
    made[:rows, :cols] = y[:rows, :cols]
    return made


def spreads_the_pixels_only(x, kernel, stride):
    """You put zeros between the pixels and stop there; each pixel lays down a whole kernel.

    Half of the usual recipe: zeros between, then a convolution.
    """
    y = np.zeros((np.array(x.shape) - 1) * stride + kernel.shape)
    y[: (len(x) - 1) * stride + 1 : stride, : (x.shape[1] - 1) * stride + 1 : stride] = x
    return y


def shrinks_the_image(x, kernel, stride):
    """You run the convolution forwards; the transposed one makes the image larger.

    The name says convolution, and stride 2 halves images.
    """
    rows, cols = ((n - f) // stride + 1 for n, f in zip(x.shape, kernel.shape, strict=True))
    if rows < 1 or cols < 1:
        raise ValueError("the kernel is larger than the image")
    y = np.zeros((rows, cols))
    for i, j in np.ndindex(rows, cols):
        top, left = i * stride, j * stride
        y[i, j] = np.sum(x[top : top + kernel.shape[0], left : left + kernel.shape[1]] * kernel)
    return y


def lays_tiles_side_by_side(x, kernel, stride):
    """You lay the kernels side by side, a kernel's width apart; they lie S pixels apart.

    np.kron does just that. It is right where the stride is the size of the kernel.
    """
    return np.kron(x, kernel)


def leaves_room_for_one_more_step(x, kernel, stride):
    """You make H S + F_h rows; the last copy begins at (H - 1) S, so the last S rows stay 0.

    H pixels are taken for H steps. Between them are only H - 1.
    """
    y = _lay(x, kernel, stride)[0]
    return np.pad(y, (0, stride))
