"""All layers of a network below one another: what each made of one sample."""

from typing import Any

import numpy as np
from matplotlib import colormaps
from matplotlib.figure import Figure

from course_lib.arrays import Array
from course_lib.plots.palette import INK, number
from course_lib.widgets.layer_pictures import (
    QUANTITIES,
    WHOSE,
    Picture,
    Quantity,
    Whose,
    agreement,
    pictures_of,
)
from course_lib.widgets.layer_trace import Look, look_inside

__all__ = ["expect_choice", "layer_figure", "sentence_of"]

_WIDTH = 10.0
_STRIP = 50         # units in one row of a vector
_GAP = 0.34
_MOST_ACROSS = 12


def layer_figure(
    network: Any,
    x: Any,
    *,
    reference: Any = None,
    quantity: Quantity = "activations",
    whose: Whose = "yours",
    target: int | None = None,
) -> Figure:
    """The picture of LayerViewer with all layers switched on; at most 12 maps of each.

    quantity: "activations" or "gradients"; whose: "yours", "reference" or "difference" (yours
    minus the reference's, which needs a reference). The other arguments are LayerViewer's.
    Raises as LayerViewer does, and ValueError for another quantity or whose.
    """
    expect_choice("quantity", quantity, QUANTITIES)
    expect_choice("whose", whose, WHOSE)
    if whose != "yours" and reference is None:
        raise ValueError(f"whose={whose!r} needs a reference. Pass reference=another network.")
    look = look_inside(network, x, target)
    other = None if reference is None else look_inside(reference, x, target)
    return _drawn(pictures_of(look, other, quantity, whose), sentence_of(look, other, quantity))


def expect_choice(name: str, value: Any, choices: tuple[str, ...]) -> None:
    """Raise ValueError unless the value is one of the choices."""
    if value not in choices:
        raise ValueError(f"{name} is one of {', '.join(map(repr, choices))}; got {value!r}.")


def sentence_of(look: Look, reference: Look | None, quantity: Quantity) -> str:
    """What the picture says in words: what went wrong, what differs, what gradients are of."""
    said = [look.problem]
    if reference is not None:
        said.append(f"Reference: {reference.problem}" if reference.problem else "")
        said.append(agreement(look, reference, quantity))
    if quantity == "gradients" and look.of:
        said.append(f"Gradients are those of {look.of}.")
        said.append(look.missing)
    return " ".join(filter(None, said))


def _drawn(pictures: list[Picture], sentence: str) -> Figure:
    heights = [_inches(picture) for picture in pictures]
    height = sum(heights) + _GAP * len(pictures) + 0.5
    fig = Figure(figsize=(_WIDTH, height))
    top = height - 0.05
    for picture, inches in zip(pictures, heights, strict=True):
        fig.text(0.01, (top - 0.1) / height, _heading(picture), fontsize=9.5, color=INK, va="top")
        top -= _GAP
        if picture.values.size:
            box = (0.01, (top - inches + 0.03) / height, 0.98, (inches - 0.06) / height)
            ax = fig.add_axes(box)
            ax.imshow(_coloured(picture), interpolation="nearest")
            ax.set_anchor("W")
            ax.axis("off")
        top -= inches
    fig.text(0.01, 0.1 / height, sentence, fontsize=10, color=INK, wrap=True)
    return fig


def _heading(picture: Picture) -> str:
    if not picture.values.size:
        return f"{picture.title}: {picture.note}"
    low, high = (number(limit) for limit in picture.limits)
    colours = {
        "PuOr": "orange below 0, purple above", "gray": "black to white",
        "viridis": "dark blue to yellow",
    }[picture.colours]
    few = picture.values.ndim == 3 and len(picture.values) > _MOST_ACROSS
    note = f"Shown: the first {_MOST_ACROSS} of {picture.shape[0]} maps." if few else picture.note
    return f"{picture.title}: {low} to {high} ({colours}). {note}".strip()


def _inches(picture: Picture) -> float:
    if not picture.values.size:
        return 0.0
    if picture.values.ndim == 1:
        return 0.19 * -(-picture.values.size // _STRIP)
    return 0.95


def _coloured(picture: Picture) -> Array:
    """(rows, columns, 4): the maps side by side, or the vector in rows; gaps are white."""
    low, high = picture.limits
    if picture.colours == "PuOr":
        high = max(-low, high) or 1.0
        low = -high
    share = np.clip((picture.values - low) / ((high - low) or 1.0), 0, 1)
    pixels = np.asarray(colormaps[picture.colours](np.nan_to_num(share)))
    pixels[~np.isfinite(picture.values)] = (0.835, 0.369, 0, 1)
    if picture.values.ndim == 1:
        rows = -(-len(pixels) // _STRIP)
        strip = np.ones((rows * _STRIP, 4))
        strip[: len(pixels)] = pixels
        return strip.reshape(rows, _STRIP, 4)
    gap = max(picture.values.shape[2] // 12, 1)
    padded = np.pad(
        pixels[:_MOST_ACROSS], ((0, 0), (0, 0), (0, gap), (0, 0)), constant_values=1.0
    )
    return np.asarray(np.concatenate(list(padded), axis=1)[:, :-gap])
