"""Unusual but right gradients by the bias."""

import numpy as np


def einsum(grad_output):
    """einsum: what is not written behind the arrow is added up."""
    return np.einsum("nkrs->k", grad_output)


def filter_by_filter(grad_output):
    """A list of plain numbers."""
    return [float(grad_output[:, k].sum()) for k in range(grad_output.shape[1])]


def a_product_with_ones(grad_output):
    """The bias as a weight whose input is always 1."""
    images, filters = grad_output.shape[:2]
    maps = np.moveaxis(grad_output, 1, 0).reshape(filters, -1)
    return maps @ np.ones(maps.shape[1])
