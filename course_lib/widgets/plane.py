"""Points of several classes in the plane: read, framed and drawn with a marker each."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib.axes import Axes

from course_lib.arrays import Array
from course_lib.plots.palette import INK, MARKERS, OKABE_ITO

_MOST_CLASSES = 7  # black stays free for lines


@dataclass(frozen=True)
class Plane:
    """points (N, 2), labels (N,) from 0 to n_classes - 1, and the square they are shown in."""

    points: Array
    labels: Array
    n_classes: int

    @classmethod
    def of(cls, points: Any, labels: Any, most_classes: int = _MOST_CLASSES) -> "Plane":
        """Raises ValueError, in one sentence, for anything but finite points and whole labels."""
        places = np.asarray(points, dtype=float)
        if places.ndim != 2 or places.shape[1] != 2 or not len(places):
            raise ValueError(
                f"points expects shape (N, 2), two numbers a point; got shape {places.shape}."
            )
        if not np.isfinite(places).all():
            raise ValueError("points expects finite numbers; got nan or infinity among them.")
        classes = np.asarray(labels)
        if classes.shape != (len(places),):
            raise ValueError(
                f"labels expects one number for each of the {len(places)} points; "
                f"got shape {classes.shape}."
            )
        whole = classes.astype(int)
        if (whole != classes).any() or whole.min() < 0 or whole.max() >= most_classes:
            raise ValueError(
                f"labels expects whole numbers from 0 to {most_classes - 1}; "
                f"got {np.unique(classes).tolist()}."
            )
        return cls(places, whole, max(2, int(whole.max()) + 1))

    @property
    def square(self) -> tuple[float, float, float, float]:
        """(left, right, bottom, top) of a square around all points, with a margin."""
        low, high = self.points.min(axis=0), self.points.max(axis=0)
        half = max(0.62 * float((high - low).max()), 1.0)
        x, y = (float(value) for value in (low + high) / 2)
        return x - half, x + half, y - half, y + half


def draw_points(ax: Axes, plane: Plane, wrong: Array) -> None:
    """Colour and marker by class; a ring around each point where `wrong` (N,) is true."""
    size = 70 if len(plane.points) <= 40 else 34
    for k in range(plane.n_classes):
        x, y = plane.points[plane.labels == k].T
        dots = ax.scatter(x, y, s=size, c=OKABE_ITO[k], marker=MARKERS[k], label=f"label {k}")
        dots.set(edgecolor="white", linewidth=0.7, zorder=4)
    if wrong.any():
        x, y = plane.points[wrong].T
        rings = ax.scatter(x, y, s=3.4 * size, label="wrong side")
        rings.set(facecolor="none", edgecolor=INK, linewidth=1.8, zorder=5)


def frame(ax: Axes, square: tuple[float, float, float, float]) -> None:
    """The square as limits, axes named x_1 and x_2."""
    ax.set_xlim(*square[:2])
    ax.set_ylim(*square[2:])
    ax.set_aspect("equal")
    ax.set_xlabel("$x_1$", fontsize=11)
    ax.set_ylabel("$x_2$", fontsize=11, rotation=0, labelpad=10)
    ax.tick_params(labelsize=10)
