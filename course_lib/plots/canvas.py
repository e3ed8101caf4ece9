"""The figure that axes belong to."""

from matplotlib.axes import Axes
from matplotlib.figure import Figure


def figure_of(ax: Axes) -> Figure:
    """The whole figure of the axes, also if they sit in a part of it."""
    fig = ax.get_figure(root=True)
    if fig is None:
        raise ValueError("ax belongs to no figure; make a new one, for example fig.add_subplot().")
    return fig
