"""What people believe about the way back through max pooling."""

import numpy as np


def _each(grad_y, x, F, S):
    """Every number of grad_y with its place and the slice of x it came from."""
    for n, c, i, j in np.ndindex(*grad_y.shape):
        at = n, c, slice(i * S, i * S + F), slice(j * S, j * S + F)
        yield (n, c, i, j), at, grad_y[n, c, i, j]


def _winner(window):
    return np.unravel_index(window.argmax(), window.shape)


def gives_every_maximum_all_of_it(grad_y, x, F, S):
    """You give the whole gradient to each of several equal pixels; then more arrives than was sent.

    `window == window.max()` is the shortest way to write it, and random numbers have no ties.
    """
    grad_x = np.zeros(x.shape)
    for _, at, grad in _each(grad_y, x, F, S):
        grad_x[at] += (x[at] == x[at].max()) * grad
    return grad_x


def overwrites_where_windows_overlap(grad_y, x, F, S):
    """You write with = where a pixel wins twice; its gradients add up, so += is needed.

    With windows side by side no pixel is met twice.
    """
    grad_x = np.zeros(x.shape)
    for _, at, grad in _each(grad_y, x, F, S):
        grad_x[at][_winner(x[at])] = grad
    return grad_x


def clears_the_window_first(grad_y, x, F, S):
    """You write the whole window, zeros included; that erases what its neighbours sent before.

    Mask times gradient is an array in the shape of the window, and = stores it at once.
    """
    grad_x = np.zeros(x.shape)
    for _, at, grad in _each(grad_y, x, F, S):
        routed = np.zeros(x[at].shape)
        routed[_winner(x[at])] = grad
        grad_x[at] = routed
    return grad_x


def shares_it_evenly(grad_y, x, F, S):
    """You share the gradient among all pixels of the window; only the largest one made y.

    That is the way back through average pooling.
    """
    grad_x = np.zeros(x.shape)
    for _, at, grad in _each(grad_y, x, F, S):
        grad_x[at] += grad / F**2
    return grad_x


def looks_for_the_largest_size(grad_y, x, F, S):
    """You look for the pixel farthest from 0; the winner is the largest number, signs included.

    Gradients are often shown without their signs, and activations after a ReLU have none.
    """
    grad_x = np.zeros(x.shape)
    for _, at, grad in _each(grad_y, x, F, S):
        grad_x[at][_winner(np.abs(x[at]))] += grad
    return grad_x


def puts_windows_side_by_side(grad_y, x, F, S):
    """You look for the winner of (i, j) at (iF, jF); its window begins at (iS, jS).

    In practice F and S are nearly always the same.
    """
    grad_x = np.zeros(x.shape)
    for n, c, i, j in np.ndindex(*grad_y.shape):
        at = n, c, slice(i * F, i * F + F), slice(j * F, j * F + F)
        if x[at].size:
            grad_x[at][_winner(x[at])] += grad_y[n, c, i, j]
    return grad_x


def ignores_the_stride(grad_y, x, F, S):
    """You look for the winner of (i, j) at (i, j); its window begins at (iS, jS).

    With stride 1 both are the same.
    """
    return _given_back(grad_y, x, F, 1)


def swaps_row_and_column_of_the_winner(grad_y, x, F, S):
    """You swap the winner's row and column; argmax counts row by row, so row = number // F.

    Number modulo F looks as good as number divided by F.
    """
    grad_x = np.zeros(x.shape)
    for _, at, grad in _each(grad_y, x, F, S):
        grad_x[at][_winner(x[at])[::-1]] += grad
    return grad_x


def multiplies_by_the_pixel(grad_y, x, F, S):
    """You multiply the gradient by the pixel; y is the winner itself, so its slope is 1.

    The gradient of a weight is gradient times input, and this looks like it.
    """
    grad_x = np.zeros(x.shape)
    for _, at, grad in _each(grad_y, x, F, S):
        winner = _winner(x[at])
        grad_x[at][winner] += grad * x[at][winner]
    return grad_x


def forgets_the_gradient_from_above(grad_y, x, F, S):
    """You send back 1 for every window; the winner gets the number that grad_y holds.

    The slope of the maximum is 1, and the chain rule is forgotten.
    """
    return _given_back(np.ones_like(grad_y), x, F, S)


def takes_one_winner_for_all_channels(grad_y, x, F, S):
    """You look for the winner in the first channel only; every channel has winners of its own.

    Rows and columns of a pixel are thought of as a place, and a place has all channels.
    """
    grad_x = np.zeros(x.shape)
    for (n, c, _, _), at, grad in _each(grad_y, x, F, S):
        winner = _winner(x[n, 0, at[2], at[3]])
        grad_x[n, c, at[2], at[3]][winner] += grad
    return grad_x


def averages_over_the_windows_won(grad_y, x, F, S):
    """You take the mean of what a pixel gets from several windows; every path counts, so add.

    It seems to keep large numbers away.
    """
    won = _given_back(np.ones_like(grad_y), x, F, S)
    return _given_back(grad_y, x, F, S) / np.maximum(won, 1)


def _given_back(grad_y, x, F, S):
    grad_x = np.zeros(x.shape)
    for _, at, grad in _each(grad_y, x, F, S):
        grad_x[at][_winner(x[at])] += grad
    return grad_x
