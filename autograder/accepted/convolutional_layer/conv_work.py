"""Unusual and right ways to count the work of a convolutional layer."""

import math

import numpy as np


def counts_by_trying_every_corner(x_shape, weight_shape, stride=1, padding=0):
    """Counts the corners from which a window still fits, instead of using the formula."""
    places = [
        sum(1 for start in range(0, n_in + 2 * padding, stride)
            if start + kernel_size <= n_in + 2 * padding)
        for n_in, kernel_size in zip(x_shape[1:], weight_shape[2:], strict=True)
    ]
    neurons = weight_shape[0] * places[0] * places[1]
    length = math.prod(weight_shape[1:])
    return neurons, length, neurons * length


def an_array_of_three_numbers(x_shape, weight_shape, stride=1, padding=0):
    """Computes with arrays and returns one."""
    inputs, kernel = np.array(x_shape[1:]), np.array(weight_shape[2:])
    neurons = np.prod((inputs + 2 * padding - kernel) // stride + 1) * weight_shape[0]
    length = np.prod(weight_shape[1:])
    return np.array([neurons, length, neurons * length])


def a_list_of_floats(x_shape, weight_shape, stride=1, padding=0):
    """Divides with / and returns floats that happen to be whole."""
    rows, cols = (
        (n_in - kernel_size + 2 * padding) / stride + 1
        for n_in, kernel_size in zip(x_shape[1:], weight_shape[2:], strict=True)
    )
    neurons = weight_shape[0] * rows * cols
    length = weight_shape[1] * weight_shape[2] * weight_shape[3]
    return [neurons, length, neurons * length]
