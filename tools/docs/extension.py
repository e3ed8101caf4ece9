"""What Sphinx needs to know of this project: pages by name, plain docstrings, formulas, types."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from docutils import nodes
from latex2mathml.converter import convert
from sphinx.application import Sphinx

from tools.docs import alive, gallery, lectures, pages
from tools.docs.prose import as_rst
from tools.docs.signatures import written

STATIC = Path(__file__).parent / "static"


def write_pages(app: Sphinx) -> None:
    docs = Path(app.srcdir) / "docs"
    pages.write(docs / "api")
    lectures.write(docs / "lectures")


def notebooks_are_pages(app: Sphinx, page: str, text: list[str]) -> None:
    """A link to a lecture leads to its page here, the list of lectures to the one with pages."""
    if not page.startswith("docs/lectures/"):
        lead = re.sub(r"\]\([./]*lectures/(\w+)/\1\.ipynb", r"](/docs/lectures/\1.ipynb", text[0])
        text[0] = lead.replace("](../index.md)", "](/docs/lectures/index.rst)")


def widgets_live(app: Sphinx, page: str, text: list[str]) -> None:
    if page == "docs/widgets":
        text[0] = gallery.with_widgets(text[0])


def write_fronts(app: Sphinx, problem: Exception | None) -> None:
    if problem is None:
        alive.write_fronts(Path(app.outdir) / "_static" / "widgets")


def plain_docstring(
    app: Sphinx, what: str, name: str, thing: Any, options: Any, lines: list[str]
) -> None:
    lines[:] = as_rst("\n".join(lines))


def signature_of_source(
    app: Sphinx, what: str, name: str, thing: Any, options: Any,
    signature: str | None, returns: str | None,
) -> tuple[str, str] | None:
    """A signature that autodoc wrote, with the types as the library's source names them."""
    return written(thing, what) if signature else None


def formula_in_line(translator: Any, node: nodes.math) -> None:
    translator.body.append(convert(node.astext(), display="inline"))
    raise nodes.SkipNode


def formula_displayed(translator: Any, node: nodes.math_block) -> None:
    translator.body.append(convert(node.astext(), display="block"))
    raise nodes.SkipNode


def setup(app: Sphinx) -> dict[str, bool]:
    app.connect("builder-inited", write_pages)
    app.connect("source-read", notebooks_are_pages)
    app.connect("source-read", widgets_live)
    app.connect("build-finished", write_fronts)
    app.connect("autodoc-process-docstring", plain_docstring)
    app.connect("autodoc-process-signature", signature_of_source)
    app.config.html_static_path.append(str(STATIC))
    app.add_css_file("site.css")
    app.add_js_file("live.js", loading_method="defer")
    # MathML needs no script and no font from anywhere: browsers draw it themselves.
    app.add_html_math_renderer("mathml", (formula_in_line, None), (formula_displayed, None))
    return {"parallel_read_safe": True, "parallel_write_safe": True}
