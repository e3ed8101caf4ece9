"""Unusual and right ways to normalise."""

import numpy as np


def channels_to_the_end(x, mean, var, gamma, beta, eps=1e-5):
    """Moves the channels to the last axis, where gamma and beta fit by themselves."""
    x_hat = np.moveaxis((x - mean) / np.sqrt(var + eps), 1, -1)
    return np.moveaxis(gamma * x_hat + beta, -1, 1)


def one_channel_at_a_time(x, mean, var, gamma, beta, eps=1e-5):
    """A loop; a slice of one channel keeps all axes."""
    parts = []
    for c in range(len(gamma)):
        def piece(values, c=c):
            return values[:, c:c + 1] if values.shape[1] > 1 else values
        spread = np.sqrt(piece(var) + eps)
        parts.append((x[:, c:c + 1] - piece(mean)) / spread * gamma[c] + beta[c])
    return np.concatenate(parts, axis=1)


def one_scale_and_one_shift(x, mean, var, gamma, beta, eps=1e-5):
    """Joins all four into y = scale x + shift, as one does before a network is used."""
    shape = [1] * x.ndim
    shape[1] = len(gamma)
    scale = np.reshape(gamma, shape) * (var + eps) ** -0.5
    return scale * x + (np.reshape(beta, shape) - scale * mean)
