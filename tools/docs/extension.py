"""What Sphinx needs to know of this project: pages by name, plain docstrings, formulas, types."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from docutils import nodes
from latex2mathml.converter import convert
from sphinx.application import Sphinx

from tools.docs import pages
from tools.docs.prose import as_rst
from tools.docs.signatures import written


def write_pages(app: Sphinx) -> None:
    pages.write(Path(app.srcdir) / "docs" / "api")


def notebooks_are_files(app: Sphinx, page: str, text: list[str]) -> None:
    """A link to a notebook gives the notebook: it is meant to be run."""
    text[0] = re.sub(r"\]\(([\w./-]+\.ipynb)\)", r"](path:\1)", text[0])


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
    app.connect("source-read", notebooks_are_files)
    app.connect("autodoc-process-docstring", plain_docstring)
    app.connect("autodoc-process-signature", signature_of_source)
    # MathML needs no script and no font from anywhere: browsers draw it themselves.
    app.add_html_math_renderer("mathml", (formula_in_line, None), (formula_displayed, None))
    return {"parallel_read_safe": True, "parallel_write_safe": True}
