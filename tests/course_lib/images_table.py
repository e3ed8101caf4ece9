"""The table of image functions: settings, and the same in PyTorch, written another way.

Every test that holds for all of them runs over this table. Lengths within a row differ.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from course_lib import images
from course_lib.arrays import Array

TURN = np.array([[0.83, -0.61, 1.27], [0.53, 0.94, -0.71], [0.0, 0.0, 1.0]])
SHRINK = np.array([[0.45, 0.0, 2.1], [0.0, 0.7, 0.3], [0.0, 0.0, 1.0]])


@dataclass(frozen=True)
class Row:
    """One function with one choice of settings.

    shapes: of its array arguments, the image first. torch: called as torch(module, *tensors,
    **settings). axes: how many axes of the image are filtered; those in front are a batch.
    """

    name: str
    shapes: tuple[tuple[int, ...], ...]
    torch: Callable[..., Any]
    settings: dict[str, Any] = field(default_factory=dict)
    axes: int = 2

    @property
    def id(self) -> str:
        """A readable name, unique within the table."""
        parts = [self.name, *("x".join(map(str, shape)) for shape in self.shapes)]
        for key, value in self.settings.items():
            shown = {id(TURN): "turn", id(SHRINK): "shrink"}.get(id(value), value)
            parts.append(f"{key}={shown}".replace(" ", ""))
        return " ".join(parts)

    def arguments(self, rng: np.random.Generator, dtype: type = np.float64) -> tuple[Array, ...]:
        """Random grey values from 0 to 1, multiples of 1/64, some of them equal."""
        arrays = (np.round(rng.random(shape) * 64) / 64 for shape in self.shapes)
        return tuple(array.astype(dtype) for array in arrays)

    def f(self, *args: Array) -> tuple[Array, ...]:
        answer = getattr(images, self.name)(*args, **self.settings)
        return answer if isinstance(answer, tuple) else (answer,)

    def answers_of_torch(self, torch: Any, *args: Array) -> tuple[Array, ...]:
        answer = self.torch(torch, *map(torch.tensor, args), **self.settings)
        return tuple(y.numpy() for y in (answer if isinstance(answer, tuple) else (answer,)))


def _quantize(torch: Any, x: Any, levels: int) -> Any:
    steps = torch.arange(levels - 1, -1, -1)  # from white down: of two as near, the brighter
    return steps[((levels - 1) * x[..., None] - steps).abs().argmin(-1)].to(x.dtype) / (levels - 1)


def _sample(torch: Any, x: Any, step: int | tuple[int, int]) -> Any:
    down, across = step if isinstance(step, tuple) else (step, step)
    rows, columns = torch.arange(0, x.shape[-2], down), torch.arange(0, x.shape[-1], across)
    return x.index_select(-2, rows).index_select(-1, columns)


def _pad(torch: Any, x: Any, padding: int | tuple[int, int], mode: str = "zero") -> Any:
    rows, columns = padding if isinstance(padding, tuple) else (padding, padding)
    border = (columns, columns, rows, rows)
    if mode == "mirror":
        whole = torch.cat([x.flip(-2), x, x.flip(-2)], -2)
        whole = torch.cat([whole.flip(-1), whole, whole.flip(-1)], -1)
        height, width = x.shape[-2:]
        return whole[..., height - rows : 2 * height + rows, width - columns : 2 * width + columns]
    name = {"zero": "constant", "wrap": "circular", "clamp": "replicate", "reflect": "reflect"}
    flat = x.reshape(-1, 1, *x.shape[-2:])
    padded = torch.nn.functional.pad(flat, border, mode=name[mode])
    return padded.reshape(*x.shape[:-2], *padded.shape[-2:])


def _slide(torch: Any, x: Any, kernel: Any, mode: str = "valid") -> Any:
    """Correlation over as many axes as the kernel has, as a convolution layer."""
    rank = kernel.ndim
    layer = torch.nn.functional.conv1d if rank == 1 else torch.nn.functional.conv2d
    flat = x.reshape(-1, 1, *x.shape[-rank:])
    y = layer(flat, kernel[None, None], padding=[n - 1 for n in kernel.shape])  # "full"
    for axis in range(-rank, 0):
        size, n = kernel.shape[axis], x.shape[axis]
        start, length = {
            "full": (0, n + size - 1),
            "same": ((size - 1) // 2, n),
            "valid": (size - 1, n - size + 1),
        }[mode]
        y = y.narrow(axis, start, length)
    return y.reshape(*x.shape[:-rank], *y.shape[2:])


def _convolve(torch: Any, x: Any, kernel: Any, mode: str = "valid") -> Any:
    return _slide(torch, x, kernel.flip(*range(kernel.ndim)), mode)


def _sobel(torch: Any, x: Any) -> Any:
    across = torch.tensor([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]], dtype=x.dtype)
    gx, gy = _slide(torch, x, across), _slide(torch, x, across.T)
    return gx, gy, (gx**2 + gy**2).sqrt(), torch.complex(gx, gy).angle()


def _windows(torch: Any, x: Any, size: int, padding: str) -> Any:
    padded = _pad(torch, x, size // 2, padding)
    return padded.unfold(-2, size, 1).unfold(-2, size, 1).flatten(-2)


def _median(torch: Any, x: Any, size: int = 3, padding: str = "mirror") -> Any:
    return _windows(torch, x, size, padding).median(dim=-1).values


def _bilateral(
    torch: Any, x: Any, size: int, sigma_space: float, sigma_range: float, padding: str = "mirror"
) -> Any:
    line = torch.arange(size, dtype=x.dtype) - size // 2
    near = torch.exp(-(line[:, None] ** 2 + line**2) / 2 / sigma_space**2).flatten()
    windows = _windows(torch, x, size, padding)
    weight = near * torch.exp(-((windows - x[..., None]) ** 2) / 2 / sigma_range**2)
    return (weight * windows).sum(-1) / weight.sum(-1)


def _equalize(torch: Any, x: Any) -> Any:
    share = (x.flatten()[:, None] >= x.flatten()).to(x.dtype).mean(1).reshape(x.shape)
    return (share - share.min()) / (1 - share.min())


def _interpolate(
    torch: Any, image: Any, x: Any, y: Any, mode: str = "bilinear", fill: float = 0.0
) -> Any:
    height, width = image.shape[-2:]
    grid = torch.stack([2 * x / (width - 1) - 1, 2 * y / (height - 1) - 1], -1)
    flat = image.reshape(1, -1, height, width) - fill
    seen = torch.nn.functional.grid_sample(
        flat, grid.reshape(1, 1, -1, 2), mode=mode, padding_mode="zeros", align_corners=True
    )
    return (seen + fill).reshape(*image.shape[:-2], *x.shape)


def _warp(
    torch: Any, image: Any, matrix: Array, mode: str = "bilinear", fill: float = 0.0
) -> Any:
    height, width = image.shape[-2:]
    back = torch.linalg.inv(torch.tensor(matrix, dtype=image.dtype))
    y, x = torch.meshgrid(torch.arange(height), torch.arange(width), indexing="ij")
    points = torch.stack([x, y, torch.ones_like(x)], -1).to(image.dtype) @ back.T
    return _interpolate(torch, image, points[..., 0], points[..., 1], mode, fill)


def _points(torch: Any, points: Any, matrix: Array) -> Any:
    ones = torch.ones_like(points[..., :1])
    return (torch.cat([points, ones], -1) @ torch.tensor(matrix, dtype=points.dtype).T)[..., :2]


IMAGE, BATCH = (5, 7), (2, 3, 6, 5)

GREY = [
    *[Row("quantize", (IMAGE,), _quantize, {"levels": n}) for n in (2, 3, 4, 16, 256)],
    Row("quantize", (BATCH,), _quantize, {"levels": 5}),
    Row("sample", (IMAGE,), _sample, {"step": 1}),
    Row("sample", (BATCH,), _sample, {"step": 2}),
    Row("sample", ((11, 7),), _sample, {"step": (3, 2)}),
    Row("equalize_histogram", (IMAGE,), _equalize),
    Row("equalize_histogram", ((30, 20),), _equalize),
]

PADS = [
    Row("pad2d", (shape,), _pad, {"padding": padding, "mode": mode})
    for mode in ("zero", "wrap", "clamp", "mirror", "reflect")
    for shape, padding in ((IMAGE, 2), (BATCH, (1, 3)), (IMAGE, (0, 4)))
]

FILTERS = [
    Row(name, (x, kernel), torch, {"mode": mode}, axes=len(kernel))
    for mode in ("valid", "same", "full")
    for name, x, kernel, torch in (
        ("convolve1d", (9,), (3,), _convolve),
        ("convolve1d", (2, 7), (4,), _convolve),
        ("convolve2d", IMAGE, (3, 2), _convolve),
        ("convolve2d", BATCH, (4, 3), _convolve),
        ("correlate", (9,), (2,), _slide),
        ("correlate", IMAGE, (3, 2), _slide),
        ("correlate", BATCH, (1, 4), _slide),
    )
] + [
    Row("sobel", (IMAGE,), _sobel),
    Row("sobel", (BATCH,), _sobel),
    Row("median_filter", (IMAGE,), _median),
    Row("median_filter", (BATCH,), _median, {"size": 5, "padding": "reflect"}),
    Row("median_filter", (IMAGE,), _median, {"size": 3, "padding": "zero"}),
    Row("bilateral_filter", (IMAGE,), _bilateral,
        {"size": 3, "sigma_space": 1.0, "sigma_range": 0.2}),
    Row("bilateral_filter", (BATCH,), _bilateral,
        {"size": 5, "sigma_space": 2.5, "sigma_range": 0.5, "padding": "clamp"}),
]

WARPS = [
    Row("warp_affine", (shape,), _warp, {"matrix": matrix, "mode": mode, "fill": fill})
    for mode in ("bilinear", "nearest")
    for shape, matrix, fill in (
        (IMAGE, TURN, 0.0), (IMAGE, SHRINK, 0.25), (BATCH, TURN, -1.0), (BATCH, SHRINK, 0.0)
    )
] + [
    Row("interpolate", (IMAGE, (4, 3), (4, 3)), _interpolate),
    Row("interpolate", (BATCH, (4,), (4,)), _interpolate, {"mode": "bilinear", "fill": 0.5}),
    Row("affine_points", ((4, 3, 2),), _points, {"matrix": TURN}, axes=1),
]

TABLE = [*GREY, *PADS, *FILTERS, *WARPS]
