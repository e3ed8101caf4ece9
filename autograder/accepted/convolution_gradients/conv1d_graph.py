"""Unusual but right ways through the small graph."""

import numpy as np


def correlate_and_convolve(x, t, w, f):
    """NumPy's one-dimensional correlation and convolution, no loop at all."""
    h = np.correlate(x, w, "valid")
    dy = np.dot(f, h) - t
    dh = np.multiply(f, dy)
    return {"dx": np.convolve(dh, w), "dw": np.correlate(x, dh, "valid"), "df": dy * h, "dh": dh,
            "E": dy * dy / 2, "y": dy + t, "h": h}


def by_the_matrix(x, t, w, f):
    """The Toeplitz matrix and its transpose; lists as results."""
    matrix = np.zeros((len(f), len(x)))
    for i in range(len(f)):
        matrix[i, i : i + len(w)] = w
    h = matrix @ x
    y = f @ h
    dh = (y - t) * f
    dw = [float(sum(dh[i] * x[i + j] for i in range(len(f)))) for j in range(len(w))]
    return {"h": list(h), "y": float(y), "E": float((t - y) ** 2 / 2), "dh": list(dh),
            "df": list((y - t) * h), "dw": dw, "dx": list(matrix.T @ dh)}


def entry_by_entry(x, t, w, f):
    """Plain Python numbers and two loops."""
    n, size = len(x), len(w)
    h = [sum(float(w[j]) * float(x[i + j]) for j in range(size)) for i in range(n - size + 1)]
    y = sum(float(f[i]) * h[i] for i in range(len(h)))
    dw, dx = [0.0] * size, [0.0] * n
    dh = [(y - t) * float(value) for value in f]
    for i in range(len(h)):
        for j in range(size):
            dw[j] += dh[i] * float(x[i + j])
            dx[i + j] += dh[i] * float(w[j])
    return {"h": h, "y": y, "E": (y - t) ** 2 / 2, "dh": dh, "df": [(y - t) * v for v in h],
            "dw": dw, "dx": dx}
