"""An image, a kernel, and the image filtered with it."""

from typing import Any

import numpy as np
from matplotlib.colors import Normalize
from matplotlib.figure import Figure

from course_lib.plots.images import write_numbers
from course_lib.widgets.kernel_records import Filter, filtered
from course_lib.widgets.page import Page


def kernel_playground_figure(
    image: Any, kernel: Any = "sobel_x", *, convolve: Filter | None = None
) -> Figure:
    """The picture that KernelPlayground shows. Arguments and errors: as for filtered."""
    state = filtered(image, kernel, convolve=convolve)
    page = Page(10.2, 4.5, [state.words, state.remark, state.problem])
    size = len(state.kernel)
    # The border meets zeros and would outshine all the rest, so it does not set the scale.
    edge = size // 2
    inner = np.abs(state.y[edge : len(state.y) - edge, edge : state.y.shape[1] - edge])
    most = max(float(inner.max(initial=0.0)), 1e-9)
    weight = max(float(np.abs(state.kernel).max()), 1e-9)
    panels = [
        ("image", state.image, 0.2, 3.8, "gray", Normalize(*_range(state.image))),
        ("kernel", state.kernel, 4.25, 1.7, "PuOr", Normalize(-weight, weight)),
        ("filtered", state.y, 6.2, 3.8, "PuOr" if state.signed else "gray",
         Normalize(-most, most) if state.signed else Normalize(*_range(state.image))),
    ]
    for title, picture, left, width, cmap, scale in panels:
        ax = page.axes(left, 0.4 + (3.8 - width) / 2, width, width)
        ax.imshow(picture, cmap=cmap, norm=scale)
        ax.set_xticks([])
        ax.set_yticks([])
        ax.set_title(title, fontsize=11)
        if title == "kernel" and size <= 3:
            write_numbers(ax, picture, cmap, scale)
    return page.fig


def _range(image: Any) -> tuple[float, float]:
    low, high = float(image.min()), float(image.max())
    return low, high if high > low else low + 1
