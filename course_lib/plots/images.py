"""Images in a row or a grid, with or without their pixel values."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib import colormaps
from matplotlib.axes import Axes
from matplotlib.colors import Normalize
from matplotlib.figure import Figure

from course_lib.arrays import Array
from course_lib.plots.canvas import figure_of
from course_lib.plots.display import show
from course_lib.plots.palette import number

_DIVERGING = {"PuOr", "RdBu", "BrBG", "PiYG", "coolwarm"}
_MOST_CELLS_WITH_NUMBERS = 20


def image_grid(
    images: Any,
    titles: Sequence[str] | None = None,
    *,
    cmap: str = "gray",
    shared_scale: bool = True,
    numbers: bool = False,
    columns: int | None = None,
    title: str | None = None,
) -> Figure:
    """The images side by side, row by row.

    images: one (rows, cols) array, or a list or batch of (rows, cols), (1, rows, cols),
        (rows, cols, 3) or (3, rows, cols).
    shared_scale: one range of values for all images (so that grey means the same everywhere);
        otherwise each image uses its own range. A diverging `cmap` ("PuOr") is centred on 0.
    numbers: write each pixel's value into its cell (up to 20 x 20 pixels).
    columns: images per row (default: up to 5).
    Raises ValueError for a shape that is no image and for too few or too many titles.
    """
    pictures = _as_list(images)
    if titles is not None and len(titles) != len(pictures):
        raise ValueError(
            f"image_grid expects one title per image; got {len(titles)} titles "
            f"for {len(pictures)} images."
        )
    if numbers:
        _check_room_for_numbers(pictures)
    columns = columns or min(len(pictures), 5)
    rows = -(-len(pictures) // columns)
    cell_inches = _cell_inches(pictures, numbers, columns)
    fig = Figure(figsize=(cell_inches[0] * columns, (cell_inches[1] + 0.35) * rows))
    fig.set_layout_engine("constrained")
    scales = _scales(pictures, cmap, shared_scale)
    for index, (picture, scale) in enumerate(zip(pictures, scales, strict=True)):
        ax = fig.add_subplot(rows, columns, index + 1)
        _draw(ax, picture, cmap, scale)
        if numbers:
            write_numbers(ax, picture, cmap, scale)
        if titles is not None:
            ax.set_title(titles[index], fontsize=11)
    if title is not None:
        fig.suptitle(title, fontsize=12)
    return fig


def show_images(
    images: Any,
    titles: Sequence[str] | None = None,
    *,
    alt: str,
    cmap: str = "gray",
    shared_scale: bool = True,
    numbers: bool = False,
    columns: int | None = None,
    title: str | None = None,
) -> None:
    """`image_grid` and `show` in one: displays the images with `alt` as their text."""
    fig = image_grid(
        images,
        titles,
        cmap=cmap,
        shared_scale=shared_scale,
        numbers=numbers,
        columns=columns,
        title=title,
    )
    show(fig, alt=alt)


def _as_list(images: Any) -> list[Array]:
    """Every image as (rows, cols) or (rows, cols, 3)."""
    if isinstance(images, np.ndarray) and images.ndim == 2:
        images = [images]
    pictures = [_as_image(np.asarray(image)) for image in images]
    if not pictures:
        raise ValueError("image_grid expects at least one image; got an empty list.")
    return pictures


def _as_image(image: Array) -> Array:
    if image.ndim == 2 and image.size:
        return image
    if image.ndim == 3 and image.size:
        if image.shape[0] == 1:
            return np.asarray(image[0])
        if image.shape[-1] == 3:
            return image
        if image.shape[0] == 3:
            return np.moveaxis(image, 0, -1)
    raise ValueError(
        "image_grid expects images of shape (rows, cols), (1, rows, cols), (rows, cols, 3) or "
        f"(3, rows, cols); got shape {image.shape}. "
        "Did you mean image_grid([image]) or image_grid(volume[0])?"
    )


def _check_room_for_numbers(pictures: list[Array]) -> None:
    for picture in pictures:
        if picture.ndim == 3:
            raise ValueError(
                "image_grid writes numbers into grey images only; got a colour image of shape "
                f"{picture.shape}. Pass its channels one by one, for example image[..., 0]."
            )
        if max(picture.shape) > _MOST_CELLS_WITH_NUMBERS:
            raise ValueError(
                f"image_grid can write numbers into at most {_MOST_CELLS_WITH_NUMBERS} x "
                f"{_MOST_CELLS_WITH_NUMBERS} pixels; got shape {picture.shape}. "
                "Cut a piece out first, for example image[:10, :10]."
            )


def _cell_inches(pictures: list[Array], numbers: bool, columns: int) -> tuple[float, float]:
    """Width and height of one subplot: large enough for numbers, together at most 10 wide."""
    tallest = max(picture.shape[0] for picture in pictures)
    widest = max(picture.shape[1] for picture in pictures)
    longest = max(map(_longest, pictures)) if numbers else 0
    width = max(1.6, max(0.42, 0.11 * longest) * widest) if numbers else 2.0
    width = min(width, 10 / columns)
    return width, min(max(width * tallest / widest, 0.6), 9.0)


def _longest(picture: Array) -> int:
    """Characters of the longest number in the picture, at least 2."""
    return max(2, *(len(number(value)) for value in picture.flat))


def _scales(pictures: list[Array], cmap: str, shared: bool) -> list[Normalize]:
    ranges = [(float(np.nanmin(p)), float(np.nanmax(p))) for p in pictures]
    if shared:
        lowest, highest = min(low for low, _ in ranges), max(high for _, high in ranges)
        ranges = [(lowest, highest)] * len(pictures)
    if cmap in _DIVERGING:
        ranges = [(-max(-low, high), max(-low, high)) for low, high in ranges]
    return [Normalize(low, high) for low, high in ranges]


def _draw(ax: Axes, picture: Array, cmap: str, scale: Normalize) -> None:
    if picture.ndim == 3:
        # Bytes and numbers in 0..1 are colours already; anything else is brought into 0..1.
        ready = picture.dtype == np.uint8 or (picture.min() >= 0 and picture.max() <= 1)
        ax.imshow(picture if ready else np.asarray(scale(picture)))
    else:
        ax.imshow(picture, cmap=cmap, norm=scale, interpolation="nearest")
    ax.set_xticks([])
    ax.set_yticks([])


def write_numbers(
    ax: Axes, picture: Array, cmap: str, scale: Normalize, *, skip_nan: bool = False
) -> None:
    """Each value into its cell, black or white, whichever is read better there."""
    colours = colormaps[cmap](scale(picture.astype(float)))[..., :3]
    # Relative luminance (WCAG 2); at 0.18 black and white text are read equally well.
    luminance = colours**2.2 @ np.array([0.2126, 0.7152, 0.0722])
    longest = _longest(picture)
    inches = ax.get_position().width * figure_of(ax).get_figwidth() / picture.shape[1]
    # A digit is about 0.62 of the font's height wide, and an inch has 72 points.
    size = min(12.0, 0.42 * inches * 72, 0.9 * inches * 72 / (0.62 * longest))
    for (row, column), value in np.ndenumerate(picture):
        if skip_nan and np.isnan(value):
            continue
        ink = "black" if luminance[row, column] > 0.18 else "white"
        ax.text(
            column, row, number(value), ha="center", va="center", color=ink, fontsize=max(size, 6.0)
        )
