"""Rows for pooling, with PyTorch's own pools, or what they are in its words, beside each."""

from __future__ import annotations

from typing import Any

import numpy as np

from course_lib import functional as F
from course_lib.shapes import output_size
from tests.course_lib.operations.operation import Operation

# The shape of x and the settings of the windows: strides 1 to 3, paddings 0 to 2, rectangles.
WINDOWS: list[tuple[tuple[int, ...], dict[str, Any]]] = [
    ((2, 3, 6, 4), {"kernel_size": 2}),
    ((1, 3, 6, 4), {"kernel_size": 2}),                                     # a batch of one
    ((2, 1, 6, 4), {"kernel_size": 2}),                                     # one channel
    ((3, 2, 5, 4), {"kernel_size": 1}),
    ((2, 3, 5, 4), {"kernel_size": (5, 4)}),                                # the whole image
    ((2, 3, 1, 6), {"kernel_size": (1, 3)}),                                # one row
    ((2, 3, 6, 1), {"kernel_size": (2, 1)}),                                # one column
    ((2, 3, 5, 6), {"kernel_size": 3, "stride": 1}),
    ((2, 3, 7, 9), {"kernel_size": 3, "stride": 2}),                        # overlapping
    ((2, 3, 8, 5), {"kernel_size": 2, "stride": 3}),                        # pixels left out
    ((2, 4, 7, 6), {"kernel_size": (3, 2), "stride": (2, 1)}),
    ((2, 3, 6, 8), {"kernel_size": (2, 5), "stride": (1, 3)}),
    ((2, 3, 5, 6), {"kernel_size": 2, "stride": 1, "padding": 1}),
    ((2, 3, 5, 7), {"kernel_size": 3, "stride": 2, "padding": 1}),
    ((2, 3, 5, 8), {"kernel_size": 4, "stride": 1, "padding": 2}),
    ((2, 3, 8, 5), {"kernel_size": (4, 5), "stride": (2, 1), "padding": (1, 2)}),
    ((1, 2, 4, 7), {"kernel_size": (4, 3), "stride": (2, 2), "padding": (2, 0)}),
    ((2, 3, 7, 6), {"kernel_size": 2, "rounding": "floor"}),
    ((2, 3, 8, 6), {"kernel_size": 3, "stride": 2, "rounding": "floor"}),
    ((2, 3, 8, 7), {"kernel_size": 3, "stride": 3, "padding": 1, "rounding": "floor"}),
    ((2, 3, 7, 6), {"kernel_size": 2, "rounding": "ceil"}),
    ((2, 3, 8, 6), {"kernel_size": 3, "stride": 2, "rounding": "ceil"}),
    ((1, 3, 8, 7), {"kernel_size": 3, "stride": (3, 2), "padding": 1, "rounding": "ceil"}),
    ((2, 3, 6, 7), {"kernel_size": 2, "stride": 3, "padding": 1, "rounding": "ceil"}),
    ((2, 3, 4, 9), {"kernel_size": (4, 5), "stride": 3, "padding": 2, "rounding": "ceil"}),
]


def _asked(settings: dict[str, Any]) -> dict[str, Any]:
    """The same settings in PyTorch's words."""
    rounding = settings.pop("rounding", "floor")
    return {**settings, "ceil_mode": rounding == "ceil"}


def _torch_max(torch: Any, x: Any, **settings: Any) -> Any:
    return torch.nn.functional.max_pool2d(x, **_asked(settings))


def _torch_avg(torch: Any, x: Any, **settings: Any) -> Any:
    return torch.nn.functional.avg_pool2d(x, **_asked(settings))


def _torch_mixed(torch: Any, x: Any, alpha: Any, **settings: Any) -> Any:
    share = alpha[:, None, None]
    return share * _torch_max(torch, x, **settings) + (1 - share) * _torch_avg(torch, x, **settings)


def _unfolded(
    torch: Any, x: Any, kernel_size: Any, stride: Any = None, padding: Any = 0,
    rounding: Any = "strict", border: float = 0,
) -> Any:
    """Every window of x as a row: (N, C, out_h, out_w, F_h F_w); beyond the border are zeros."""
    kernel, pads = (np.broadcast_to(value, 2).tolist() for value in (kernel_size, padding))
    steps = np.broadcast_to(kernel if stride is None else stride, 2).tolist()
    places, beyond = [], []
    for n, f, s, p in zip(x.shape[2:], kernel, steps, pads, strict=True):
        places.append(output_size(n, f, s, p, rounding=rounding))
        beyond.append(max(0, (places[-1] - 1) * s + f - n - 2 * p))
    x = torch.nn.functional.pad(x, (pads[1], pads[1], pads[0], pads[0]), value=border)
    x = torch.nn.functional.pad(x, (0, beyond[1], 0, beyond[0]))
    x = x.unfold(2, kernel[0], steps[0]).unfold(3, kernel[1], steps[1])
    x = x[:, :, : places[0], : places[1]]
    return x.flatten(4)


def _torch_lp(
    torch: Any, x: Any, norm_type: float = 2.0, mean: bool = False, **settings: Any
) -> Any:
    norms = torch.linalg.vector_norm(_unfolded(torch, x, **settings), ord=norm_type, dim=4)
    if not mean:
        return norms
    counted = _unfolded(torch, torch.ones_like(x), **settings, border=1).sum(dim=4)
    return norms / counted ** (1 / norm_type)


def _torch_stochastic(torch: Any, x: Any, training: bool = True, **settings: Any) -> Any:
    """In training with the pixels that the seed chooses; else the mean by probabilities."""
    if not training:
        windows = _unfolded(torch, x, **settings)
        return (windows**2).sum(dim=4) / windows.sum(dim=4)
    _, chosen = F.stochastic_pool2d(x.detach().numpy(), **settings, rng=np.random.default_rng(7))
    taken = x.flatten(2).gather(2, torch.tensor(chosen).flatten(2))
    return taken.reshape(chosen.shape)


def _torch_fractional(torch: Any, x: Any, **settings: Any) -> Any:
    """PyTorch takes the random number for the columns first."""
    drawn = np.random.default_rng(7).random((2, *x.shape[:2]))
    samples = torch.tensor(np.stack([drawn[1], drawn[0]], axis=-1), dtype=x.dtype)
    return torch.nn.functional.fractional_max_pool2d(x, **settings, _random_samples=samples)


def _torch_adaptive(name: str) -> Any:
    return lambda torch, x, output_size: getattr(torch.nn.functional, name)(x, output_size)


def _torch_pyramid(torch: Any, x: Any, levels: Any = (1, 2, 4), kind: str = "max") -> Any:
    pool = getattr(torch.nn.functional, f"adaptive_{kind}_pool2d")
    return torch.cat([pool(x, level).flatten(1) for level in levels], dim=1)


def _torch_global(torch: Any, x: Any) -> Any:
    return x.mean(dim=(2, 3))


MAX = [Operation("max_pool2d", (x,), (0,), _torch_max, settings) for x, settings in WINDOWS]
AVG = [Operation("avg_pool2d", (x,), (0,), _torch_avg, settings) for x, settings in WINDOWS] + [
    Operation("avg_pool2d", (x,), (0,), _torch_avg, settings | {"count_include_pad": False})
    for x, settings in WINDOWS
    if "padding" in settings
]
POWERS: list[dict[str, Any]] = [
    {},
    {"norm_type": 3.0},
    {"mean": True},
    {"norm_type": 1.5, "mean": True},
    {"norm_type": 1.0},
]
LP = [
    Operation("lp_pool2d", (x,), (0,), _torch_lp, settings | POWERS[k % len(POWERS)])
    for k, (x, settings) in enumerate(WINDOWS)
]
MIXED = [
    Operation("mixed_pool2d", (x, x[1:2]), (0, 1), _torch_mixed, settings, names=("x", "alpha"))
    for x, settings in WINDOWS
    if settings["kernel_size"] != 1                                         # max = mean: no slope
]
WITHOUT_PADDING = [(x, settings) for x, settings in WINDOWS if "padding" not in settings]
STOCHASTIC = [
    Operation(
        "stochastic_pool2d", (x,), (0, "drawn"), _torch_stochastic, settings,
        batched=False, seed=7, domain=np.abs,
    )
    for x, settings in WITHOUT_PADDING
] + [
    Operation(
        "stochastic_pool2d", (x,), (0, "drawn"), _torch_stochastic,
        settings | {"training": False}, domain=np.abs,
    )
    for x, settings in WITHOUT_PADDING[::4]
]
FRACTIONAL = [
    Operation(
        "fractional_max_pool2d", (x,), (0, "drawn"), _torch_fractional,
        {"kernel_size": kernel, "output_size": places}, batched=False, seed=7,
    )
    for x, kernel, places in [
        ((2, 3, 9, 7), 2, (6, 5)),
        ((2, 3, 8, 11), 2, 7),                                              # as many as fit
        ((1, 2, 13, 10), (3, 2), (5, 6)),
        ((3, 2, 7, 9), (2, 3), (4, 1)),                                     # one column
        ((2, 3, 5, 6), 1, (5, 2)),
        ((2, 3, 4, 9), 1, (4, 9)),                                          # every pixel
        ((2, 3, 11, 6), 1, (7, 4)),
        ((2, 3, 10, 8), 2, (9, 7)),                                         # as many as fit
        ((2, 3, 10, 8), 2, (8, 5)),
        ((2, 3, 10, 8), 2, 1),
        ((1, 3, 8, 12), 2, (3, 8)),                                         # a batch of one
        ((1, 2, 9, 5), 3, (4, 2)),
        ((1, 4, 7, 11), (2, 1), (5, 9)),
        ((2, 3, 12, 7), 3, (10, 5)),                                        # as many as fit
        ((2, 3, 12, 7), (4, 2), (6, 4)),
        ((2, 3, 6, 13), (1, 3), (4, 8)),
        ((2, 3, 13, 6), (3, 1), (8, 4)),
        ((2, 1, 8, 5), 2, (6, 3)),                                          # one channel
        ((4, 2, 6, 9), (2, 4), (3, 5)),
        ((3, 2, 15, 8), (5, 2), (9, 6)),
    ]
]
PLACES: list[tuple[tuple[int, ...], Any]] = [
    ((2, 3, 8, 6), 2),
    ((2, 3, 7, 5), (3, 2)),                                                 # regions overlap
    ((2, 3, 7, 5), 1),
    ((1, 2, 4, 5), (4, 5)),                                                 # nothing to pool
    ((2, 3, 5, 4), (7, 6)),                                                 # larger than the image
    ((2, 1, 11, 3), (4, 3)),
    ((2, 3, 9, 12), 3),                                                     # regions fit
    ((2, 3, 10, 7), (4, 5)),
    ((2, 3, 7, 10), (5, 4)),
    ((2, 3, 13, 6), (6, 5)),
    ((2, 3, 6, 13), (1, 4)),                                                # one row of places
    ((2, 3, 13, 5), (7, 1)),                                                # one column of places
    ((1, 3, 8, 11), (5, 3)),                                                # a batch of one
    ((1, 4, 9, 7), 4),
    ((1, 2, 3, 8), (2, 7)),
    ((2, 1, 5, 9), (2, 4)),                                                 # one channel
    ((2, 3, 1, 7), (1, 3)),                                                 # one row of pixels
    ((2, 3, 8, 1), (5, 1)),                                                 # one column of pixels
    ((2, 3, 4, 7), (3, 9)),                                                 # fewer, and more
    ((4, 2, 11, 6), (9, 5)),
]
IMAGES = [(2, 3, rows, cols) for rows in (4, 5, 7, 9) for cols in (1, 6, 8, 11)] + [
    (1, 2, 5, 9), (1, 4, 8, 3), (2, 1, 6, 5), (4, 3, 10, 7),
]
ADAPTIVE = [
    Operation(name, (x,), (0,), _torch_adaptive(name), {"output_size": size})
    for name in ("adaptive_avg_pool2d", "adaptive_max_pool2d")
    for x, size in PLACES
]
TO_VECTORS = [
    Operation("global_avg_pool2d", ((2, 3, 5, 4),), (0,), _torch_global),
    Operation("global_avg_pool2d", ((1, 4, 1, 3),), (0,), _torch_global),
    Operation("spatial_pyramid_pool2d", ((2, 3, 9, 7),), (0,), _torch_pyramid),
    Operation("spatial_pyramid_pool2d", ((2, 3, 5, 6),), (0,), _torch_pyramid, {"kind": "avg"}),
    Operation("spatial_pyramid_pool2d", ((1, 2, 6, 5),), (0,), _torch_pyramid, {"levels": (3, 1)}),
]
TO_VECTORS += [Operation("global_avg_pool2d", (x,), (0,), _torch_global) for x in IMAGES]
PYRAMIDS: list[dict[str, Any]] = [
    {"levels": (1,)},
    {"levels": (2, 1), "kind": "avg"},
    {"levels": (1, 3)},
    {"levels": (3,), "kind": "avg"},
    {"levels": (2, 5, 1)},
]
TO_VECTORS += [
    Operation("spatial_pyramid_pool2d", (x,), (0,), _torch_pyramid, PYRAMIDS[k % len(PYRAMIDS)])
    for k, x in enumerate(IMAGES)
]
POOLINGS = MAX + AVG + LP + MIXED + STOCHASTIC + FRACTIONAL + ADAPTIVE + TO_VECTORS
