"""Pictures of the course: graphs, images, volumes, connections, bars, curves and landscapes.

Every function returns a matplotlib Figure and displays nothing; `show(fig, alt=...)` puts it into
the notebook with a text for readers who cannot see it. Colour is never the only carrier.
"""

from course_lib.plots.canvas import panels
from course_lib.plots.charts import bars, lines
from course_lib.plots.computation import draw_computation
from course_lib.plots.connections import draw_connectivity
from course_lib.plots.display import figure_html, show
from course_lib.plots.flow import draw_flow
from course_lib.plots.graphs import draw_graph
from course_lib.plots.images import image_grid, show_images
from course_lib.plots.landscapes import contours, curve
from course_lib.plots.neuron import draw_neuron
from course_lib.plots.palette import OKABE_ITO
from course_lib.plots.volumes import draw_volume

__all__ = [
    "OKABE_ITO",
    "bars",
    "contours",
    "curve",
    "draw_computation",
    "draw_connectivity",
    "draw_flow",
    "draw_graph",
    "draw_neuron",
    "draw_volume",
    "figure_html",
    "image_grid",
    "lines",
    "panels",
    "show",
    "show_images",
]
