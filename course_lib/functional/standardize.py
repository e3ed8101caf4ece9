"""What the normalisation layers share: values that belong together get mean 0 and variance 1."""

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from course_lib.arrays import Array, expect_number, expect_shape, expect_whole, float_array

Shape = tuple[int, ...]


class Layout(NamedTuple):
    """Which values of x belong together, and how weight and bias lie along it.

    In the shape `grouped`, the values that share a mean are those along `axes`. An array of
    `weight_shape` meets x in the shape `meeting`.
    """

    x: Array
    grouped: Shape
    axes: Shape
    weight_shape: Shape
    meeting: Shape


def by_channel(function: str, x: Array, training: bool) -> Layout:
    x = _with_channels(function, x)
    axes = (0, *range(2, x.ndim))
    channels = (x.shape[1],)
    layout = Layout(x, x.shape, axes, channels, channels + (1,) * (x.ndim - 2))
    return _with_enough_values(function, layout) if training else layout


def by_group(function: str, x: Array, num_groups: int | None) -> Layout:
    x = _with_channels(function, x)
    n_samples, channels, *image = x.shape
    groups = channels if num_groups is None else num_groups
    expect_whole("num_groups", groups, least=1)
    if channels % groups:
        raise ValueError(
            f"{function} cannot split {channels} channels into {groups} groups of equal size. "
            "num_groups must divide the channels."
        )
    grouped = (n_samples, groups, channels // groups, *image)
    axes = tuple(range(2, len(grouped)))
    meeting = (channels,) + (1,) * len(image)
    return _with_enough_values(function, Layout(x, grouped, axes, (channels,), meeting))


def by_sample(function: str, x: Array, normalized_shape: int | Sequence[int]) -> Layout:
    x = float_array(function, "x", x)
    shape = tuple(np.atleast_1d(np.asarray(normalized_shape)).tolist())
    for length in shape:
        expect_whole("A length in normalized_shape", length, least=1)
    if not shape or x.shape[-len(shape) :] != shape:
        raise ValueError(
            f"{function} expects x whose last axes are normalized_shape={normalized_shape}; got "
            f"x of shape {x.shape}."
        )
    axes = tuple(range(x.ndim - len(shape), x.ndim))
    return _with_enough_values(function, Layout(x, x.shape, axes, shape, shape))


def _with_channels(function: str, x: Array) -> Array:
    x = float_array(function, "x", x)
    if x.ndim < 2:
        raise ValueError(f"{function} expects x of shape (N, C, ...); got {x.shape}.")
    return x


def _with_enough_values(function: str, layout: Layout) -> Layout:
    count = math.prod(layout.grouped[axis] for axis in layout.axes)
    if count < 2:
        raise ValueError(
            f"{function} needs at least two values that share a mean, else every y is the bias; "
            f"x of shape {layout.x.shape} has {count}."
        )
    return layout


def checked_running(
    function: str, running_mean: Array, running_var: Array, layout: Layout
) -> tuple[Array, Array]:
    mean = float_array(function, "running_mean", running_mean)
    var = float_array(function, "running_var", running_var)
    expect_shape(function, "running_mean", mean, layout.weight_shape)
    expect_shape(function, "running_var", var, layout.weight_shape)
    if not (var >= 0).all():
        raise ValueError(
            f"{function} expects a running_var that is nowhere negative; got {var.min()}."
        )
    return mean, var


def standardized(
    function: str, layout: Layout, eps: float, by: tuple[Array, Array] | None = None
) -> tuple[Array, Array]:
    """(x - mean) / sqrt(var + eps) in the grouped shape, and 1 / sqrt(var + eps).

    Mean and variance are the values' own, or those `by` which to standardise each channel.
    """
    expect_number("eps", eps, above=0)
    grouped = layout.x.reshape(layout.grouped)
    if by is None:
        mean = grouped.mean(axis=layout.axes, keepdims=True)
        var = grouped.var(axis=layout.axes, keepdims=True)
    else:
        dtype = np.result_type(grouped, *by)  # before eps is added: it may be lost in float32
        mean, var = (array.astype(dtype).reshape(layout.meeting) for array in by)
    inverse_std = 1 / np.sqrt(var + float(eps))  # a NumPy float64 would make float32 wider
    return (grouped - mean) * inverse_std, inverse_std


def affine(
    function: str, x_hat: Array, layout: Layout, weight: Array | None, bias: Array | None
) -> Array:
    """weight x_hat + bias, in the shape of x."""
    y = x_hat.reshape(layout.x.shape)
    if weight is not None:
        y = y * _meeting(function, "weight", weight, layout)
    return y if bias is None else y + _meeting(function, "bias", bias, layout)


def _meeting(function: str, name: str, array: Array, layout: Layout) -> Array:
    array = float_array(function, name, array)
    expect_shape(function, name, array, layout.weight_shape)
    return array.reshape(layout.meeting)


def gradients(
    function: str,
    grad_output: Array,
    layout: Layout,
    weight: Array | None,
    eps: float,
    by: tuple[Array, Array] | None = None,
) -> tuple[Array, Array, Array]:
    """Gradients by x, weight and bias; through mean and variance unless those came from `by`."""
    grad_output = float_array(function, "grad_output", grad_output)
    expect_shape(function, "grad_output", grad_output, layout.x.shape)
    x_hat, inverse_std = standardized(function, layout, eps, by)
    g = affine(function, grad_output, layout, weight, None).reshape(layout.grouped)
    if by is None:  # x_hat has lost its mean and its length; so does the gradient
        along = (g * x_hat).mean(axis=layout.axes, keepdims=True)
        g = g - g.mean(axis=layout.axes, keepdims=True) - x_hat * along
    grad_x = (g * inverse_std).reshape(layout.x.shape)
    grad_weight = _summed(grad_output * x_hat.reshape(layout.x.shape), layout)
    return grad_x, grad_weight, _summed(grad_output, layout)


def _summed(gradient: Array, layout: Layout) -> Array:
    """The sum over everything that one weight serves: the shape of weight."""
    shared = (1,) * (gradient.ndim - len(layout.meeting)) + layout.meeting
    axes = tuple(axis for axis, length in enumerate(shared) if length == 1)
    summed: Array = gradient.sum(axis=axes).reshape(layout.weight_shape)
    return summed
