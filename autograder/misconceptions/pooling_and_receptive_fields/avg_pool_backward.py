"""What people believe about the way back through average pooling."""

import numpy as np


def _spread(grad_y, x, F, S, share):
    grad_x = np.zeros(x.shape)
    for i, j in np.ndindex(*grad_y.shape[2:]):
        grad_x[_at(i, j, F, S)] += share(grad_y[:, :, i, j, None, None])
    return grad_x


def _at(i, j, F, S):
    return np.s_[:, :, i * S : i * S + F, j * S : j * S + F]


def gives_all_of_it_to_everyone(grad_y, x, F, S):
    """You give the whole gradient to every pixel; each has a share of 1 / (F F) in the mean.

    Copying is what the way back of a sum does.
    """
    return _spread(grad_y, x, F, S, lambda grad: grad)


def divides_by_the_side(grad_y, x, F, S):
    """You divide by F; a window has F times F pixels.

    F is called the size of the window.
    """
    return _spread(grad_y, x, F, S, lambda grad: grad / F)


def divides_by_the_stride(grad_y, x, F, S):
    """You divide by S S; a window has F times F pixels, whatever the stride.

    With F = S, as usual, both are the same.
    """
    return _spread(grad_y, x, F, S, lambda grad: grad / S**2)


def divides_by_the_hits_of_a_pixel(grad_y, x, F, S):
    """You divide by the number of windows that hold a pixel; divide by F F, the window's pixels.

    "What a pixel gets" sounds like the place to take the mean.
    """
    hits = _spread(np.ones_like(grad_y), x, F, S, lambda grad: grad)
    return _spread(grad_y, x, F, S, lambda grad: grad) / np.maximum(hits, 1)


def overwrites_where_windows_overlap(grad_y, x, F, S):
    """You write with = where windows overlap; the shares of a pixel add up, so += is needed.

    With windows side by side no pixel is met twice.
    """
    grad_x = np.zeros(x.shape)
    for i, j in np.ndindex(*grad_y.shape[2:]):
        grad_x[_at(i, j, F, S)] = grad_y[:, :, i, j, None, None] / F**2
    return grad_x


def puts_windows_side_by_side(grad_y, x, F, S):
    """You share with the window that begins at (iF, jF); it begins at (iS, jS).

    In practice F and S are nearly always the same.
    """
    return _spread(grad_y, x, F, F, lambda grad: grad / F**2)


def ignores_the_stride(grad_y, x, F, S):
    """You share with the window that begins at (i, j); it begins at (iS, jS).

    With stride 1 both are the same.
    """
    return _spread(grad_y, x, F, 1, lambda grad: grad / F**2)


def routes_to_the_largest(grad_y, x, F, S):
    """You send everything to the largest pixel; that is max pooling. A mean has no winner.

    Both functions take the same arguments, and x is there to be used.
    """
    grad_x = np.zeros(x.shape)
    for n, c, i, j in np.ndindex(*grad_y.shape):
        window = x[n, c, i * S : i * S + F, j * S : j * S + F]
        row, column = np.unravel_index(window.argmax(), window.shape)
        grad_x[n, c, i * S + row, j * S + column] += grad_y[n, c, i, j]
    return grad_x


def shares_by_the_size_of_the_pixels(grad_y, x, F, S):
    """You give larger pixels a larger share; in a mean every pixel counts the same.

    Who adds more to the mean seems to deserve more of its gradient.
    """
    grad_x = np.zeros(x.shape)
    for i, j in np.ndindex(*grad_y.shape[2:]):
        window = np.abs(x[_at(i, j, F, S)]) + 1e-9
        share = window / window.sum(axis=(2, 3), keepdims=True)
        grad_x[_at(i, j, F, S)] += share * grad_y[:, :, i, j, None, None]
    return grad_x


def averages_over_the_windows(grad_y, x, F, S):
    """You divide by the number of windows that hold a pixel; every path counts, so add.

    It seems fair to pixels that lie in one window only.
    """
    hits = _spread(np.ones_like(grad_y), x, F, S, lambda grad: grad)
    return _spread(grad_y, x, F, S, lambda grad: grad / F**2) / np.maximum(hits, 1)


def divides_by_the_number_of_results(grad_y, x, F, S):
    """You divide by the number of windows; the mean was taken over the F times F pixels of each.

    Two numbers of things are at hand, and both are called the size.
    """
    places = grad_y.shape[2] * grad_y.shape[3]
    return _spread(grad_y, x, F, S, lambda grad: grad / places)


def enlarges_by_repeating(grad_y, x, F, S):
    """You repeat every number F times along both sides; that fits only windows side by side.

    For F = S it is one line, np.kron, and right after dividing.
    """
    return np.kron(grad_y, np.ones((F, F))) / F**2
