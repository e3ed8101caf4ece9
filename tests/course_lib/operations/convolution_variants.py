"""Rows for the relatives of conv2d: transposed, deformed, sparse, as a matrix, as a head."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from course_lib.arrays import Array
from tests.course_lib.operations.operation import Operation, in_torch


def _transposed(
    x: tuple[int, ...], weight: tuple[int, ...], bias: bool = True, **settings: Any
) -> Operation:
    n_filters = weight[1] * settings.get("groups", 1)
    shapes = (x, weight, (n_filters,)) if bias else (x, weight)
    torch = in_torch("conv_transpose2d")
    return Operation("conv_transpose2d", shapes, (0, 1), torch, settings)


TRANSPOSED = [
    _transposed((2, 3, 5, 4), (3, 6, 3, 2)),
    _transposed((2, 3, 5, 4), (3, 6, 3, 2), bias=False),
    _transposed((1, 3, 5, 4), (3, 2, 3, 3)),                                # a batch of one
    _transposed((2, 1, 5, 4), (1, 3, 3, 3)),                                # one channel in
    _transposed((2, 3, 5, 4), (3, 1, 2, 3)),                                # one channel out
    _transposed((2, 3, 5, 4), (3, 6, 1, 1)),
    _transposed((2, 3, 1, 4), (3, 2, 1, 3)),                                # one row
    _transposed((2, 3, 5, 1), (3, 2, 4, 1)),                                # one column
    _transposed((2, 3, 5, 4), (3, 2, 3, 2), stride=2),
    _transposed((2, 3, 5, 4), (3, 2, 3, 4), stride=3),
    _transposed((2, 3, 5, 4), (3, 2, 2, 3), stride=(1, 2)),
    _transposed((2, 3, 5, 4), (3, 2, 1, 2), stride=(2, 3)),                 # with gaps
    _transposed((2, 3, 5, 4), (3, 2, 3, 2), padding=1),
    _transposed((2, 3, 5, 4), (3, 2, 4, 5), padding=2),
    _transposed((2, 3, 5, 4), (3, 2, 3, 2), padding=(2, 0)),
    _transposed((2, 3, 5, 4), (3, 2, 3, 3), stride=2, padding=1),
    _transposed((2, 3, 5, 4), (3, 2, 3, 3), stride=2, padding=1, output_padding=1),
    _transposed((2, 3, 5, 4), (3, 2, 4, 2), stride=(3, 2), output_padding=(2, 0)),
    _transposed((2, 3, 5, 4), (3, 2, 3, 2), dilation=2),
    _transposed((2, 3, 5, 4), (3, 2, 2, 3), dilation=(3, 1), padding=(1, 2)),
    _transposed((2, 3, 5, 4), (3, 2, 3, 2), dilation=2, stride=3, output_padding=2),
    _transposed((2, 3, 5, 4), (3, 2, 3, 2), dilation=3, output_padding=(2, 1)),
    _transposed((2, 4, 6, 5), (4, 3, 3, 2), groups=2),
    _transposed((2, 3, 6, 5), (3, 1, 3, 2), groups=3, stride=2),            # depthwise
    _transposed((3, 4, 6, 5), (4, 2, 3, 3), groups=4, stride=(2, 1), padding=1, dilation=(1, 2)),
    _transposed((2, 6, 5, 4), (6, 3, 2, 3), groups=2, padding=(0, 1), bias=False),
]


def _torch_deformed(
    torch: Any, x: Any, offset: Any, weight: Any, bias: Any = None,
    stride: int = 1, padding: int = 0, dilation: int = 1, rounding: str = "strict",
) -> Any:
    """By grid_sample, which interpolates bilinearly: one grid for each pixel of the kernel."""
    (s_h, s_w), (p_h, p_w), (d_h, d_w) = (
        np.broadcast_to(setting, 2).tolist() for setting in (stride, padding, dilation)
    )
    _, _, height, width = x.shape
    _, _, f_h, f_w = weight.shape
    _, _, out_h, out_w = offset.shape
    y = 0
    for i in range(f_h):
        for j in range(f_w):
            k = 2 * (i * f_w + j)
            rows = torch.arange(out_h)[:, None] * s_h - p_h + i * d_h + offset[:, k]
            columns = torch.arange(out_w) * s_w - p_w + j * d_w + offset[:, k + 1]
            grid = torch.stack(
                [2 * columns / (width - 1) - 1, 2 * rows / (height - 1) - 1], dim=-1
            )
            sampled = torch.nn.functional.grid_sample(x, grid, align_corners=True)
            y = y + torch.einsum("kc,nchw->nkhw", weight[:, :, i, j], sampled)
    return y if bias is None else y + bias[:, None, None]


def _between_pixels(a: Array) -> Array:
    """No offset of the golden values, which are multiples of 1/64, may lie on a kink."""
    return a + np.asarray(1 / 128, dtype=a.dtype)


def _deformed(
    x: tuple[int, ...], weight: tuple[int, ...], places: tuple[int, int], bias: bool = True,
    **settings: Any,
) -> Operation:
    shapes = (x, (x[0], 2 * weight[2] * weight[3], *places), weight)
    if bias:
        shapes = (*shapes, (weight[0],))
    return Operation(
        "deform_conv2d", shapes, (0, 1, 2), _torch_deformed, settings, batched=False,
        domain=_between_pixels,
    )


DEFORMED = [
    _deformed((2, 3, 6, 5), (4, 3, 3, 2), (4, 4)),
    _deformed((2, 3, 6, 5), (4, 3, 3, 2), (4, 4), bias=False),
    _deformed((1, 2, 5, 4), (3, 2, 1, 1), (5, 4)),
    _deformed((2, 3, 7, 6), (1, 3, 3, 4), (3, 2), stride=2),
    _deformed((2, 3, 6, 5), (4, 3, 3, 3), (6, 5), padding=1),
    _deformed((2, 3, 6, 5), (4, 3, 2, 3), (5, 1), dilation=(3, 2), padding=(1, 0), stride=(1, 2)),
    _deformed((2, 3, 7, 5), (4, 3, 2, 2), (3, 2), stride=2, rounding="floor"),
]


def _torch_sparse(torch: Any, *args: Any, active: Any = True) -> Any:
    """Empty the other sites, convolve everywhere, empty them again."""
    mask = torch.tensor(active)
    x, *rest = args
    return torch.nn.functional.conv2d(x * mask, *rest, padding="same") * mask


def _sparse(weight: tuple[int, ...], bias: bool = True, **settings: Any) -> Operation:
    shapes = ((2, 3, 6, 5), weight, (weight[0],)) if bias else ((2, 3, 6, 5), weight)
    return Operation("sparse_conv2d", shapes, (0, 1), _torch_sparse, settings)


def _stroke(height: int, width: int) -> Any:
    """Two diagonals."""
    return np.eye(height, width, dtype=bool) | np.eye(height, width, dtype=bool)[::-1]


SPARSE = [
    _sparse((4, 3, 3, 3), active=_stroke(6, 5)),
    _sparse((4, 3, 3, 5), active=_stroke(6, 5), bias=False),
    _sparse((1, 3, 5, 3), active=_stroke(6, 5)),                            # one filter
    _sparse((4, 3, 1, 1), active=_stroke(6, 5)),
    _sparse((7, 3, 7, 7), active=_stroke(6, 5)),                            # larger than the image
    _sparse((2, 3, 3, 3), active=np.zeros((6, 5), dtype=bool)),             # nothing to do
    _sparse((4, 3, 3, 1)),                                                  # every site
]


def _torch_im2col(torch: Any, x: Any, rounding: str = "strict", **settings: Any) -> Any:
    return torch.nn.functional.unfold(x, **settings)


def _torch_col2im(torch: Any, x: Any, rounding: str = "strict", **settings: Any) -> Any:
    return torch.nn.functional.fold(x, settings.pop("image_size"), **settings)


def _torch_matrix(n_axes: int, size: str) -> Callable[..., Any]:
    """The matrix of a linear map holds what the map makes of every unit vector, as columns."""

    def matrix(torch: Any, weight: Any, **settings: Any) -> Any:
        settings.pop("rounding", None)
        image = np.broadcast_to(settings.pop(size), n_axes).tolist()
        if n_axes == 1:
            weight = weight.reshape(1, 1, -1)
        channels = weight.shape[1]
        units = torch.eye(channels * int(np.prod(image)), dtype=weight.dtype)
        conv = getattr(torch.nn.functional, f"conv{n_axes}d")
        y = conv(units.reshape(len(units), channels, *image), weight, **settings)
        return y.reshape(len(units), -1).T

    return matrix


def _matrix(weight: tuple[int, ...], **settings: Any) -> Operation:
    torch = _torch_matrix(2, "image_size")
    return Operation("convolution_matrix", (weight,), None, torch, settings)


def _toeplitz(size: int, **settings: Any) -> Operation:
    torch = _torch_matrix(1, "n_in")
    return Operation("toeplitz_matrix", ((size,),), None, torch, settings, batched=False)


def _im2col(x: tuple[int, ...], **settings: Any) -> Operation:
    return Operation("im2col", (x,), None, _torch_im2col, settings)


def _col2im(columns: tuple[int, ...], **settings: Any) -> Operation:
    return Operation("col2im", (columns,), None, _torch_col2im, settings)


MATRICES = [
    _im2col((2, 3, 6, 5), kernel_size=(3, 2)),
    _im2col((1, 2, 5, 4), kernel_size=1),
    _im2col((2, 3, 6, 5), kernel_size=2, padding=1),
    _im2col((2, 3, 7, 6), kernel_size=(3, 2), stride=2, padding=(1, 0)),
    _im2col((2, 3, 8, 6), kernel_size=(3, 2), stride=(2, 3), dilation=(2, 1), rounding="floor"),
    _col2im((2, 18, 16), image_size=(6, 5), kernel_size=(3, 2)),
    _col2im((1, 2, 20), image_size=(5, 4), kernel_size=1),
    _col2im((2, 12, 42), image_size=(6, 5), kernel_size=2, padding=1),
    _col2im((2, 18, 12), image_size=(7, 6), kernel_size=(3, 2), stride=2, padding=(1, 0)),
    _col2im((2, 18, 4), image_size=(8, 6), kernel_size=(3, 2), stride=(2, 3), dilation=(2, 1),
            rounding="floor"),
    _matrix((4, 1, 3, 2), image_size=(6, 5)),
    _matrix((2, 3, 4, 5), image_size=(4, 5)),
    _matrix((4, 3, 2, 1), image_size=4, padding=1),
    _matrix((4, 2, 3, 1), image_size=(6, 5), stride=(1, 2), padding=(2, 0)),
    _matrix((4, 2, 3, 1), image_size=(6, 5), dilation=2, padding="same"),
    _matrix((4, 2, 3, 1), image_size=(6, 4), stride=2, rounding="floor"),
    _toeplitz(3, n_in=8),
    _toeplitz(1, n_in=5),
    _toeplitz(4, n_in=7, padding=2),
    _toeplitz(3, n_in=9, stride=2, padding=1),
    _toeplitz(3, n_in=9, dilation=3, padding="same"),
    _toeplitz(3, n_in=8, stride=2, rounding="floor"),
]


def _torch_fc_to_conv(torch: Any, weight: Any, image_shape: tuple[int, int, int]) -> Any:
    return weight.reshape(len(weight), *image_shape)


def _torch_gap_head(torch: Any, x: Any, weight: Any, bias: Any = None) -> Any:
    return torch.nn.functional.linear(x.mean(dim=(2, 3)), weight, bias)


HEADS = [
    Operation("fc_to_conv", ((5, 24),), None, _torch_fc_to_conv, {"image_shape": (2, 3, 4)}),
    Operation("fc_to_conv", ((1, 6),), None, _torch_fc_to_conv, {"image_shape": (6, 1, 1)}),
    Operation("gap_head", ((2, 3, 6, 5), (4, 3), (4,)), (0, 1), _torch_gap_head),
    Operation("gap_head", ((2, 3, 4, 7), (4, 3)), (0, 1), _torch_gap_head),
    Operation("gap_head", ((1, 3, 1, 1), (4, 3), (4,)), (0, 1), _torch_gap_head),
]

CONVOLUTION_VARIANTS = TRANSPOSED + DEFORMED + SPARSE + MATRICES + HEADS
