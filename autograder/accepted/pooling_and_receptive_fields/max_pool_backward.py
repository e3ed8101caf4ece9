"""Unusual and right ways back through max pooling: every tie rule that keeps the sum."""

import numpy as np


def the_last_of_equals_wins(grad_y, x, F, S):
    """Of equal pixels the last one gets the gradient; nested lists as the result."""
    grad_x = np.zeros(x.shape)
    for n, c, i, j in np.ndindex(*grad_y.shape):
        window = x[n, c, i * S : i * S + F, j * S : j * S + F]
        row, column = np.argwhere(window == window.max())[-1]
        grad_x[n, c, i * S + row, j * S + column] += grad_y[n, c, i, j]
    return grad_x.tolist()


def equals_share(grad_y, x, F, S):
    """Equal pixels share the gradient evenly; all images and channels at once."""
    grad_x = np.zeros(x.shape)
    for i in range(grad_y.shape[2]):
        for j in range(grad_y.shape[3]):
            at = np.s_[:, :, i * S : i * S + F, j * S : j * S + F]
            mask = x[at] == x[at].max(axis=(2, 3), keepdims=True)
            share = mask / mask.sum(axis=(2, 3), keepdims=True)
            grad_x[at] += share * grad_y[:, :, i, j, None, None]
    return grad_x


def column_by_column(grad_y, x, F, S):
    """Of equal pixels the first wins when columns are read before rows; np.add.at on indices."""
    grad_x = np.zeros(x.shape)
    n, c, i, j = (index.ravel() for index in np.indices(grad_y.shape))
    rows, columns = [], []
    for place in zip(n, c, i, j, strict=True):
        top, left = place[2] * S, place[3] * S
        window = x[place[0], place[1], top : top + F, left : left + F]
        column, row = divmod(int(window.T.argmax()), F)
        rows.append(top + row)
        columns.append(left + column)
    np.add.at(grad_x, (n, c, rows, columns), grad_y.ravel())
    return grad_x


def equals_share_at_random(grad_y, x, F, S):
    """One of the equal pixels, picked by the number of the window."""
    grad_x = np.zeros(x.shape)
    for number, (n, c, i, j) in enumerate(np.ndindex(*grad_y.shape)):
        window = x[n, c, i * S : i * S + F, j * S : j * S + F]
        winners = np.flatnonzero(window == window.max())
        row, column = divmod(int(winners[number % len(winners)]), F)
        grad_x[n, c, i * S + row, j * S + column] += grad_y[n, c, i, j]
    return grad_x
