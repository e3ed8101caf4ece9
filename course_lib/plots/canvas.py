"""Figures to draw into: the one that axes belong to, and a new one with several panels."""

from matplotlib.axes import Axes
from matplotlib.figure import Figure


def figure_of(ax: Axes) -> Figure:
    """The whole figure of the axes, also if they sit in a part of it."""
    fig = ax.get_figure(root=True)
    if fig is None:
        raise ValueError("ax belongs to no figure; make a new one, for example fig.add_subplot().")
    return fig


def panels(columns: int, rows: int = 1, *, height: float = 3.2) -> tuple[Figure, list[Axes]]:
    """A figure with empty axes, row by row, for functions that take `ax`.

    height: of one row, in inches. Raises ValueError for fewer than 1 or more than 4 columns.
    """
    if not 1 <= columns <= 4:
        raise ValueError(f"panels expects 1 to 4 columns; got {columns}. Use more rows.")
    fig = Figure(figsize=(max(6.4, 3.3 * columns), height * rows), layout="constrained")
    return fig, [fig.add_subplot(rows, columns, k + 1) for k in range(rows * columns)]
