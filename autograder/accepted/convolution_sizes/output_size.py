"""Unusual and right ways to count places."""

import math
from fractions import Fraction


def walks_along_the_row(n_in, kernel_size, stride=1, padding=0, rounding="strict"):
    """Moves the window step by step and counts, without any formula."""
    end = n_in + 2 * padding
    last, places = kernel_size, 1
    if last > end:
        raise ValueError("too large")
    while last + stride <= end:
        last, places = last + stride, places + 1
    if last != end and rounding == "strict":
        raise ValueError(f"{end - last} pixels are left over")
    return places + 1 if last != end and rounding == "ceil" else places


def a_float_that_is_whole(n_in, kernel_size, stride=1, padding=0, rounding="strict"):
    """Divides with /, asks is_integer, and returns a float."""
    places = (n_in - kernel_size + 2 * padding) / stride + 1
    if places < 1 or (rounding == "strict" and not places.is_integer()):
        raise ValueError(places)
    return float(math.ceil(places) if rounding == "ceil" else math.floor(places))


def leaves_out_a_window_beyond_the_image(n_in, kernel_size, stride=1, padding=0, rounding="strict"):
    """Reckons in fractions, raises an error of its own, and knows PyTorch's exception for ceil."""
    class Misfit(ValueError):
        pass

    places = Fraction(n_in + 2 * padding - kernel_size, stride) + 1
    if places < 1 or (places.denominator != 1 and rounding == "strict"):
        raise Misfit(str(places))
    if rounding == "ceil" and math.floor(places) * stride < n_in + padding:
        return math.ceil(places)
    return math.floor(places)


def one_place_less_at_a_time(n_in, kernel_size, stride=1, padding=0, rounding="strict"):
    """Recursion: one place, and those of a row that is shorter by the stride."""
    if padding:
        return one_place_less_at_a_time(n_in + 2 * padding, kernel_size, stride, 0, rounding)
    if n_in < kernel_size:
        raise ValueError
    if kernel_size < n_in < kernel_size + stride:
        if rounding == "strict":
            raise ValueError
        return 1 if rounding == "floor" else 2
    return 1 if n_in == kernel_size else 1 + one_place_less_at_a_time(
        n_in - stride, kernel_size, stride, 0, rounding)
