"""The sparse convolution: work and answers at active sites only.

A scene of points (a lidar scan, the strokes of a pen) is empty almost everywhere. An ordinary
convolution computes everywhere and smears the points; this one (the "submanifold" kind) computes
at the sites that are active, looks at active neighbours only, and leaves the others at 0.
"""

from collections.abc import Iterator
from typing import Any

import numpy as np

from course_lib.arrays import Array, expect_shape, float_array
from course_lib.functional.convolution_nd import check_channels
from course_lib.shapes import border


def sparse_conv2d(
    x: Array, weight: Array, bias: Array | None = None, *, active: Array | None = None
) -> Array:
    """conv2d(x, weight, bias, padding="same") at active sites, where only those of x count.

    x (N, C, H, W), weight (K, C, F_h, F_w), bias (K,) or None. active: booleans (N, H, W), or
    (H, W) for all images; None means the sites where any channel of x is not 0.
    Returns y (N, K, H, W), 0 at the other sites. What x holds there is never read.
    Raises TypeError for arrays that are not float, or `active` that is not boolean; ValueError
    for shapes that do not fit.
    Source: Wuppertal 001:462 (name only); Graham and van der Maaten 2017.
    """
    x, weight, active = _prepared("sparse_conv2d", x, weight, active)
    features = _at(active, x)
    y = np.zeros((len(features), len(weight)), dtype=np.result_type(x, weight))
    if bias is not None:
        bias = float_array("sparse_conv2d", "bias", bias)
        expect_shape("sparse_conv2d", "bias", bias, (len(weight),))
        y = y + bias
    for (i, j), sites, neighbours in _meetings(active, weight.shape[2:]):
        y[sites] += features[neighbours] @ weight[:, :, i, j].T
    return _spread_out(y, active)


def sparse_conv2d_backward(
    grad_output: Array, x: Array, weight: Array, *, active: Array | None = None
) -> tuple[Array, Array, Array]:
    """Gradients by x, weight and bias; those by x are 0 at the other sites.

    grad_output (N, K, H, W), of which active sites count; the rest as for sparse_conv2d.
    """
    x, weight, active = _prepared("sparse_conv2d_backward", x, weight, active)
    grad_output = float_array("sparse_conv2d_backward", "grad_output", grad_output)
    n_images, _, height, width = x.shape
    shape = (n_images, len(weight), height, width)
    expect_shape("sparse_conv2d_backward", "grad_output", grad_output, shape)
    features, g = _at(active, x), _at(active, grad_output)
    grad_features = np.zeros(features.shape, dtype=np.result_type(g, weight))
    grad_weight = np.zeros(weight.shape, dtype=np.result_type(g, x))
    for (i, j), sites, neighbours in _meetings(active, weight.shape[2:]):
        grad_features[neighbours] += g[sites] @ weight[:, :, i, j]
        grad_weight[:, :, i, j] = g[sites].T @ features[neighbours]
    return _spread_out(grad_features, active), grad_weight, g.sum(axis=0)


def _meetings(
    active: Array, kernel: tuple[int, ...]
) -> Iterator[tuple[tuple[int, int], Array, Array]]:
    """For each pixel of the kernel: the sites whose neighbour there is active, and that neighbour.

    Sites are numbered in the order of np.nonzero(active). Each pair meets once, so this lists
    every multiplication there is.
    """
    borders = [border("same", size) for size in kernel]
    number = np.full(active.shape, -1)
    number[active] = np.arange(np.count_nonzero(active))
    number = np.pad(number, ((0, 0), *borders), constant_values=-1)
    n, row, column = np.nonzero(active)
    for i, j in np.ndindex(*kernel):
        neighbour = number[n, row + i, column + j]
        sites = np.flatnonzero(neighbour >= 0)
        yield (i, j), sites, neighbour[sites]


def _at(active: Array, images: Array) -> Array:
    """One row of channels for every active site: (sites, C)."""
    features: Array = images.transpose(0, 2, 3, 1)[active]
    return features


def _spread_out(features: Array, active: Array) -> Array:
    """The reverse of _at, with 0 at the other sites: (N, C, H, W)."""
    images = np.zeros((*active.shape, features.shape[1]), dtype=features.dtype)
    images[active] = features
    return images.transpose(0, 3, 1, 2)


def _prepared(
    function: str, x: Array, weight: Array, active: Any
) -> tuple[Array, Array, Array]:
    x = float_array(function, "x", x)
    weight = float_array(function, "weight", weight)
    expect_shape(function, "x", x, ("N", "C", "H", "W"))
    expect_shape(function, "weight", weight, ("K", "C", "F_h", "F_w"))
    check_channels(function, x, weight, groups=1)
    if 0 in weight.shape[2:]:
        raise ValueError(
            f"{function} expects filters of at least one pixel; got weight of shape "
            f"{weight.shape}."
        )
    if active is None:
        active = np.any(x, axis=1)
    active = np.asarray(active)
    if active.dtype != np.bool_:
        raise TypeError(
            f"{function} expects active to be True or False at every site; got {active.dtype}. "
            "Did you mean active != 0?"
        )
    n_images, _, height, width = x.shape
    if active.shape == (height, width):
        active = np.broadcast_to(active, (n_images, height, width))
    expect_shape(function, "active", active, (n_images, height, width))
    return x, weight, active
