"""Unusual and right ways to find the least border."""

from itertools import count


def tries_larger_and_larger(n_in, kernel_size, stride):
    """Adds pixels until everything fits; a list."""
    for total in count():
        way = n_in + total - kernel_size
        if way >= 0 and way % stride == 0:
            return [total // 2, (total + 1) // 2]


def counts_the_places_first(n_in, kernel_size, stride):
    """Decides on the number of places, and pads up to it."""
    places = max(-((kernel_size - n_in) // stride), 0) + 1
    total = (places - 1) * stride + kernel_size - n_in
    return total - (total + 1) // 2, (total + 1) // 2
