"""Unusual but right ways to cut the padding off."""

import numpy as np


def with_an_if(x, padding):
    """The common slice, and padding 0 as a case of its own."""
    return x[:, :, padding:-padding, padding:-padding] if padding else x


def ends_at_minus_padding_or_none(x, padding):
    """A slice that ends at None where it would end at -0."""
    inside = slice(padding, -padding or None)
    return x[..., inside, inside]


def by_picking_rows_and_columns(x, padding):
    """np.take with the numbers of the rows and columns that stay; a copy."""
    rows = np.arange(padding, x.shape[2] - padding)
    cols = np.arange(padding, x.shape[3] - padding)
    return np.take(np.take(x, rows, axis=2), cols, axis=3)
