"""Rows for conv2d."""

from __future__ import annotations

from typing import Any

from tests.course_lib.operations.operation import Operation


def _torch_conv2d(torch: Any, *args: Any, **settings: Any) -> Any:
    """PyTorch rounds down, which is the strict rule wherever that one allows the sizes."""
    settings.pop("rounding", None)
    return torch.nn.functional.conv2d(*args, **settings)


def _conv(
    x: tuple[int, ...], weight: tuple[int, ...], bias: bool = True, **settings: Any
) -> Operation:
    shapes = (x, weight, (weight[0],)) if bias else (x, weight)
    return Operation("conv2d", shapes, (0, 1), _torch_conv2d, settings)


CONVOLUTIONS = [
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
]
