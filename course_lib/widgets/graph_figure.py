"""One step of the forward pass as a picture: the graph, the pseudo-code, the arithmetic."""

from collections.abc import Callable, Iterable, Sequence
from textwrap import wrap
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from course_lib import functional
from course_lib.arrays import Array
from course_lib.graph import Edge, Weights
from course_lib.plots import draw_graph
from course_lib.plots.graph_layout import columns_by_longest_path
from course_lib.plots.palette import INK, VERMILION
from course_lib.widgets.graph_records import PSEUDO_CODE, Activation, GraphStep, graph_steps

_WIDTH = 11.0
_CHARACTERS = 112
_MOST_WEIGHTS = 12


def graph_step_figure(
    nodes: Iterable[int],
    edges: Iterable[Edge],
    w: Weights,
    x: Sequence[float] | Array,
    step: int,
    f: Activation = functional.sigmoid,
    *,
    forward: Callable[..., Any] | None = None,
) -> Figure:
    """The picture that GraphStepper shows at `step` (0 = start, -1 = end), with its words.

    The other arguments are those of graph_steps. Raises ValueError as graph_steps does, and for
    a step that does not exist.
    """
    nodes, edges = list(nodes), list(edges)
    steps = graph_steps(nodes, edges, w, x, f, forward=forward)
    record = chosen(steps, step)
    lines = [line for text in (record.words, record.sentence) for line in wrap(text, _CHARACTERS)]
    return draw_graph_step(nodes, edges, w, record, [*lines, *wrap(record.remark, _CHARACTERS)])


def chosen(steps: Sequence[Any], step: int) -> Any:
    """steps[step], or a ValueError that names the steps there are."""
    if not -len(steps) <= step < len(steps):
        raise ValueError(
            f"step expects a whole number from 0 to {len(steps) - 1} (or -1 for the last); "
            f"got {step}."
        )
    return steps[step]


def draw_graph_step(
    nodes: list[int], edges: list[Edge], w: Weights, step: GraphStep, lines: Sequence[str] = ()
) -> Figure:
    """The graph with what is known, the pseudo-code with its line marked, `lines` beneath."""
    values = {i: (step.net.get(i), step.a.get(i)) for i in step.net.keys() | step.a.keys()}
    drawing = {"w": _shown(w, edges, step), "highlight": _highlight(edges, step)}
    return page(nodes, edges, PSEUDO_CODE, step.line, lines, values=values, **drawing)


def page(
    nodes: list[int],
    edges: list[Edge],
    code: Sequence[str],
    line: int | None,
    lines: Sequence[str],
    **drawing: Any,
) -> Figure:
    """The graph drawn with `drawing` at the left, `code` with its line at the right, then lines."""
    upper = inches_of_graph(nodes, edges)
    height = upper + 0.24 * len(lines) + (0.15 if lines else 0.0)
    fig = Figure(figsize=(_WIDTH, height))
    share = upper / height
    graph = fig.add_axes((0.0, 1 - 0.98 * share, 0.6, 0.98 * share))
    draw_graph(nodes, edges, ax=graph, **drawing)
    write_code(fig.add_axes((0.61, 1 - 0.98 * share, 0.39, 0.98 * share)), code, line)
    for index, text in enumerate(lines):
        down = (upper + 0.24 * (index + 0.5)) / height
        fig.text(0.02, 1 - down, text, fontsize=11, color=INK, va="center", family="monospace")
    return fig


def inches_of_graph(nodes: Sequence[int], edges: Sequence[Edge]) -> float:
    """The taller the columns of the graph, the taller the picture, within reason."""
    rows = max(len(column) for column in columns_by_longest_path(nodes, edges))
    return float(min(max(4.2, rows + 0.8), 7.0))


def _shown(w: Weights, edges: Sequence[Edge], step: GraphStep) -> dict[Edge, float]:
    """The weights to write down: all in a small graph, else those of the current neuron."""
    few = len(edges) <= _MOST_WEIGHTS
    pairs = [*((i, j) for j, i in edges), *((i, 0) for _, i in edges)]
    return {(i, j): w[i, j] for i, j in pairs if few or i == step.node}


def _highlight(edges: Iterable[Edge], step: GraphStep) -> list[Any]:
    if step.node is None:
        return []
    incoming = [(j, i) for j, i in edges if i == step.node] if step.line == 5 else []
    return [step.node, *incoming]


def write_code(ax: Axes, code: Sequence[str], current: int | None) -> None:
    """The numbered lines of the pseudo-code, the current one marked."""
    ax.axis("off")
    ax.set_xlim(0, 1)
    ax.set_ylim(len(code) + 1.5, -0.5)
    for line, words in enumerate(code, start=1):
        here = line == current
        if here:
            # Arrow, bold and frame say it too, for those who do not see the yellow.
            ax.axhspan(line - 0.48, line + 0.48, facecolor="#FFF3C4", edgecolor=VERMILION)
        ax.text(
            0.01,
            line,
            f"{'▶' if here else ' '}{line:>2} {words}",
            fontsize=10,
            fontweight="bold" if here else "normal",
            color=INK,
            family="monospace",
            va="center",
        )
