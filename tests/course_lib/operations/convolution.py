"""Rows for the convolutions along one, two and three axes."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from typing import Any

import numpy as np

from tests.course_lib.operations.operation import Operation


def _torch_conv(n_axes: int) -> Callable[..., Any]:
    """torch.nn.functional.conv1d, conv2d or conv3d.

    PyTorch rounds down, which is the strict rule wherever that one allows the sizes; more zeros
    at the end make it round up.
    """

    def conv(torch: Any, x: Any, *rest: Any, rounding: str = "floor", **settings: Any) -> Any:
        if rounding == "ceil":
            padding = np.broadcast_to(settings.pop("padding", 0), n_axes)
            stride = np.broadcast_to(settings.get("stride", 1), n_axes)
            borders = [(int(p), int(p + s - 1)) for p, s in zip(padding, stride, strict=True)]
            x = torch.nn.functional.pad(x, [size for pair in borders[::-1] for size in pair])
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", message="Using padding='same' with even kernel")
            return getattr(torch.nn.functional, f"conv{n_axes}d")(x, *rest, **settings)

    return conv


def _conv(
    x: tuple[int, ...], weight: tuple[int, ...], bias: bool = True, **settings: Any
) -> Operation:
    n_axes = len(x) - 2
    shapes = (x, weight, (weight[0],)) if bias else (x, weight)
    return Operation(f"conv{n_axes}d", shapes, (0, 1), _torch_conv(n_axes), settings)


CONVOLUTIONS_2D = [
    _conv((2, 3, 7, 6), (5, 3, 4, 2)),
    _conv((2, 3, 7, 6), (5, 3, 4, 2), bias=False),
    _conv((1, 2, 6, 5), (4, 2, 3, 3)),                                  # a batch of one
    _conv((2, 1, 6, 5), (4, 1, 3, 3)),                                  # one channel
    _conv((2, 3, 6, 5), (1, 3, 3, 2)),                                  # one filter
    _conv((3, 2, 5, 4), (6, 2, 1, 1)),                                  # 1 x 1
    _conv((2, 3, 5, 4), (6, 3, 5, 4)),                                  # as large as the image
    _conv((2, 3, 1, 9), (5, 3, 1, 4)),                                  # one row
    _conv((2, 3, 8, 1), (5, 3, 3, 1)),                                  # one column
    _conv((2, 3, 6, 5), (4, 3, 3, 2), padding=1),
    _conv((2, 3, 6, 5), (4, 3, 3, 2), padding=2),
    _conv((2, 3, 6, 5), (4, 3, 3, 2), padding=(2, 0)),
    _conv((2, 3, 6, 5), (4, 3, 3, 2), padding=(0, 1)),
    _conv((2, 3, 2, 1), (4, 3, 4, 3), padding=(1, 2)),                  # larger than the image
    _conv((2, 3, 7, 5), (4, 3, 3, 1), stride=2),
    _conv((2, 3, 9, 6), (4, 3, 3, 3), stride=3),
    _conv((2, 3, 7, 6), (4, 3, 3, 2), stride=(2, 1)),
    _conv((2, 3, 7, 8), (4, 3, 2, 2), stride=(1, 3)),
    _conv((2, 3, 7, 5), (4, 3, 1, 2), stride=(2, 3)),                   # pixels no window sees
    _conv((2, 3, 7, 5), (4, 3, 3, 3), stride=2, padding=1),
    _conv((1, 3, 8, 5), (4, 3, 3, 3), stride=(3, 2), padding=(2, 1), bias=False),
    _conv((2, 4, 6, 5), (6, 2, 3, 2), groups=2),
    _conv((2, 3, 6, 5), (3, 1, 3, 2), groups=3),                        # depthwise
    _conv((2, 3, 6, 5), (9, 1, 3, 2), groups=3, padding=1),             # three filters a channel
    _conv((3, 4, 7, 9), (8, 1, 3, 3), groups=4, stride=2, padding=(1, 2)),
    _conv((2, 6, 5, 7), (4, 3, 2, 3), groups=2, stride=(3, 2), padding=0),
    _conv((2, 3, 8, 7), (4, 3, 3, 2), stride=2, rounding="floor"),
    _conv((1, 4, 8, 7), (6, 2, 3, 3), stride=3, padding=1, groups=2, rounding="floor"),
    _conv((2, 3, 8, 7), (4, 3, 3, 2), stride=2, rounding="ceil"),
    _conv((2, 3, 9, 7), (4, 3, 3, 3), stride=(3, 2), padding=1, rounding="ceil"),
    _conv((2, 4, 9, 8), (6, 2, 3, 3), stride=2, padding=1, dilation=2, groups=2, rounding="ceil"),
    _conv((2, 3, 8, 7), (4, 3, 3, 2), dilation=2),
    _conv((2, 3, 8, 9), (4, 3, 3, 3), dilation=3, padding=1),
    _conv((2, 3, 8, 7), (4, 3, 3, 2), dilation=(1, 3)),
    _conv((2, 3, 8, 7), (4, 3, 2, 3), dilation=(4, 2), padding=(2, 0), bias=False),
    _conv((1, 3, 9, 7), (4, 3, 3, 2), dilation=2, stride=2),
    _conv((3, 2, 9, 8), (5, 2, 3, 3), dilation=(2, 1), stride=(2, 3), padding=(0, 2),
          rounding="floor"),
    _conv((2, 4, 9, 7), (6, 2, 3, 3), dilation=2, groups=2, padding=2),
    _conv((2, 3, 6, 5), (3, 1, 1, 2), dilation=5, padding=3, groups=3),   # one row, far apart
    _conv((2, 3, 6, 5), (4, 3, 3, 3), padding="same"),
    _conv((2, 3, 6, 5), (4, 3, 3, 1), padding="same", bias=False),
    _conv((2, 3, 6, 5), (4, 3, 4, 2), padding="same"),                    # odd border at the end
    _conv((2, 4, 6, 5), (6, 2, 3, 2), padding="same", dilation=(2, 3), groups=2),
    _conv((2, 3, 6, 5), (4, 3, 3, 2), padding="valid"),
    _conv((2, 3, 7, 5), (4, 3, 3, 1), padding="valid", stride=2),
]

CONVOLUTIONS_1D = [
    _conv((2, 3, 8), (4, 3, 2)),
    _conv((2, 3, 8), (4, 3, 5), bias=False),
    _conv((1, 3, 8), (4, 3, 3)),                                          # a batch of one
    _conv((2, 1, 8), (4, 1, 3)),                                          # one channel
    _conv((2, 3, 8), (1, 3, 3)),                                          # one filter
    _conv((2, 3, 5), (4, 3, 1)),                                          # size 1
    _conv((2, 3, 5), (4, 3, 5)),                                          # as long as the signal
    _conv((2, 3, 8), (4, 3, 3), padding=1),
    _conv((2, 3, 7), (4, 3, 4), padding=2),
    _conv((2, 3, 1), (4, 3, 4), padding=2),                               # longer than the signal
    _conv((2, 3, 9), (4, 3, 3), stride=2),
    _conv((2, 3, 8), (4, 3, 2), stride=3),
    _conv((2, 3, 7), (4, 3, 3), stride=2, padding=1),
    _conv((2, 3, 8), (4, 3, 3), stride=2, rounding="floor"),
    _conv((2, 3, 8), (4, 3, 3), stride=2, rounding="ceil"),
    _conv((2, 3, 7), (4, 3, 2), stride=(3,), padding=(1,), rounding="floor"),
    _conv((2, 3, 8), (4, 3, 3), dilation=2),
    _conv((2, 3, 9), (4, 3, 3), dilation=4, padding=2, bias=False),
    _conv((2, 3, 9), (4, 3, 3), dilation=2, stride=2, padding=2),
    _conv((3, 4, 9), (6, 2, 3), groups=2),
    _conv((2, 3, 8), (6, 1, 3), groups=3, stride=2, padding=1, rounding="floor"),
    _conv((2, 3, 8), (4, 3, 3), padding="same"),
    _conv((2, 3, 8), (4, 3, 2), padding="same", dilation=3),
    _conv((2, 3, 8), (4, 3, 2), padding="valid"),
]

CONVOLUTIONS_3D = [
    _conv((2, 3, 4, 6, 5), (4, 3, 2, 3, 1)),
    _conv((2, 3, 4, 6, 5), (4, 3, 2, 3, 1), bias=False),
    _conv((1, 3, 4, 6, 5), (2, 3, 3, 2, 4)),                              # a batch of one
    _conv((2, 1, 4, 6, 5), (3, 1, 2, 2, 2)),                              # one channel
    _conv((2, 3, 4, 6, 5), (1, 3, 2, 2, 2)),                              # one filter
    _conv((2, 3, 4, 6, 5), (7, 3, 1, 1, 1)),
    _conv((2, 3, 4, 6, 5), (7, 3, 4, 6, 5)),                              # as large as the volume
    _conv((2, 3, 1, 6, 5), (4, 3, 1, 3, 3)),                              # one image deep
    _conv((2, 3, 4, 6, 5), (4, 3, 3, 3, 3), padding=1),
    _conv((2, 3, 4, 6, 5), (4, 3, 2, 2, 2), padding=2),
    _conv((2, 3, 4, 6, 5), (4, 3, 3, 3, 3), padding=(1, 0, 2)),
    _conv((2, 3, 5, 7, 9), (4, 3, 3, 3, 3), stride=2),
    _conv((2, 3, 4, 7, 5), (4, 3, 1, 4, 2), stride=3),
    _conv((2, 3, 4, 7, 5), (4, 3, 2, 3, 1), stride=(1, 2, 4)),
    _conv((2, 3, 5, 7, 4), (4, 3, 3, 3, 2), stride=2, padding=(1, 1, 0)),
    _conv((2, 3, 4, 6, 5), (4, 3, 3, 3, 2), stride=2, rounding="floor"),
    _conv((2, 3, 4, 6, 5), (4, 3, 3, 3, 2), stride=2, rounding="ceil"),
    _conv((2, 3, 4, 6, 5), (4, 3, 2, 2, 2), dilation=2),
    _conv((2, 3, 4, 6, 5), (4, 3, 2, 3, 2), dilation=(3, 2, 1), padding=(0, 1, 0)),
    _conv((2, 4, 3, 6, 5), (6, 2, 2, 3, 2), groups=2),
    _conv((2, 3, 4, 6, 5), (3, 1, 2, 2, 2), groups=3, padding=1, dilation=2, stride=(3, 1, 2)),
    _conv((2, 3, 4, 6, 5), (4, 3, 3, 2, 3), padding="same"),
]

CONVOLUTIONS = CONVOLUTIONS_1D + CONVOLUTIONS_2D + CONVOLUTIONS_3D
