"""Neural networks from scratch in NumPy: what the lectures import.

Take what you need by name: `from course_lib import functional as F, layers, graph, shapes`.
Importing the package itself loads no plotting and no widgets.
"""
