"""A drawn digit as a picture: what the network sees, and what it says."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from course_lib.arrays import Array
from course_lib.plots.palette import BLUE, FAINT, HATCHES, INK
from course_lib.widgets.digit_ink import fit_digit, ink_of, pair_of
from course_lib.widgets.digit_records import DIGITS, Reading, read_digit
from course_lib.widgets.network import expect_network

__all__ = ["digit_pad_figure"]


def digit_pad_figure(
    network: Any,
    image: Any,
    *,
    image_size: tuple[int, int] | None = None,
    labels: Sequence[str] = DIGITS,
) -> Figure:
    """The image beside a bar for every class, and the first two guesses in words.

    network, labels: as for DigitPad. image (rows, columns), 0 to 1: what the network sees, or
    with image_size a drawing of any size, which fit_digit turns into that.
    Raises TypeError for something that is no network, ValueError as fit_digit does; whatever the
    network does is written into the picture and never raised.
    """
    expect_network("digit_pad_figure", network)
    seen = ink_of("digit_pad_figure", image)
    if image_size is not None:
        seen = fit_digit(seen, pair_of(image_size))
    reading = read_digit(network, seen, labels)
    fig = Figure(figsize=(8.0, 3.6))
    picture = fig.add_axes((0.02, 0.16, 0.34, 0.74))
    _draw_image(picture, seen)
    bars = fig.add_axes((0.46, 0.16, 0.44, 0.74))
    _draw_bars(bars, reading)
    fig.text(0.02, 0.05, reading.sentence, fontsize=11, color=INK, wrap=True)
    return fig


def _draw_image(ax: Axes, seen: Array) -> None:
    ax.imshow(seen, cmap="gray", vmin=0, vmax=1, interpolation="nearest")
    ax.set_xticks([])
    ax.set_yticks([])
    ax.set_title(f"What the network sees: {seen.shape[0]} x {seen.shape[1]} pixels", fontsize=10.5)


def _draw_bars(ax: Axes, reading: Reading) -> None:
    labels, shares = reading.labels, reading.probabilities
    known = shares if shares.size else np.zeros(len(labels))
    bars = ax.barh(labels, known, color=BLUE, edgecolor=INK, linewidth=0.8)
    for place, bar in enumerate(bars):
        rank = reading.order.index(place) if shares.size else len(labels)
        bar.set_hatch(HATCHES[min(rank, 2)])
        if rank < 2:
            height = bar.get_y() + bar.get_height() / 2
            words = f" {('first', 'second')[rank]}: {100 * known[place]:.1f} %"
            ax.text(known[place], height, words, va="center", fontsize=9.5, color=INK)
    ax.set_xlim(0, 1)
    ax.set_xlabel("probability", fontsize=10)
    ax.invert_yaxis()
    ax.tick_params(labelsize=10, color=FAINT)
    for side in ("top", "right"):
        ax.spines[side].set_visible(False)
