"""How Sphinx builds the documentation; `make docs` runs it from the repository's root."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))  # for tools and course_lib

project = "Neural networks and CNNs from scratch"
html_title = project
language = "en"

root_doc = "docs/index"
include_patterns = ["*.md", "docs/**", "deploy/jupyterhub/README.md"]
exclude_patterns = [".venv", "build", "index.md", "lectures", "my_course.md", "solutions"]

extensions = [
    "sphinx.ext.autodoc",
    "myst_nb",
    "tools.docs.extension",
]

autodoc_inherit_docstrings = False      # a layer's forward needs no copy of Layer's text
autodoc_default_options = {"exclude-members": "__init__"}

myst_enable_extensions = ["dollarmath"]
myst_heading_anchors = 3

# Nothing may come from a network: no scripts for formulas or widgets, no fonts.
html_theme = "furo"
html_math_renderer = "mathml"
nb_ipywidgets_js: dict[str, dict[str, str]] = {}
nb_execution_mode = "off"
html_show_sphinx = False
html_show_copyright = False
html_copy_source = False
