"""The last gate before a page: what nbgrader's feedback and formgrader show of any notebook.

`graded_notebook` writes nothing that is not harmless already. This holds for whatever else comes
to lie in autograded/, and bounds the page as a whole.
"""

from __future__ import annotations

import html
import re
from typing import Any

from nbconvert.filters.markdown_mistune import markdown2html_mistune
from nbconvert.preprocessors import Preprocessor

from autograder.grading.clean import for_file, harmless_html, without_anchors
from autograder.grading.pictures import bearable

__all__ = ["SafeCells", "guard_pages", "safe_markdown"]

# Each word and sign of code becomes a tag, and tags cost time; a lecture has some eight thousand.
MOST_WORDS = 30_000
WORD = re.compile(r"\w+|[^\w\s]")
MOST_TEXT = 4_000_000
LEFT_OUT = "[left out: this page is full]"
PICTURES = ("image/png", "image/jpeg")


def guard_pages(c: Any) -> None:
    """Let nbgrader make its pages with this gate; `c` is its configuration."""
    c.HTMLExporter.preprocessors = [SafeCells]
    c.HTMLExporter.filters = {"markdown2html": safe_markdown}


def safe_markdown(source: str) -> str:
    """Markdown as HTML that nh3 let through; its letters if it cannot be rendered."""
    try:
        rendered = str(markdown2html_mistune(source))
    except Exception:  # a picture that is not attached is one reason
        return f"<pre>{html.escape(source)}</pre>"
    return harmless_html(without_anchors(rendered))


class SafeCells(Preprocessor):
    """Keeps of outputs what cannot act, and of all cells what fits on a page."""

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """Change the cells in place, as nbconvert wants it."""
        left = {"words": MOST_WORDS, "text": MOST_TEXT}
        for cell in nb.cells:
            cell.source = _within(left, cell.source, code=cell.cell_type == "code")
            cell.pop("attachments", None)
            if cell.cell_type == "code":
                cell.outputs = [_safe_output(each, left) for each in cell.outputs]
        nb.metadata.pop("widgets", None)
        return nb, resources


def _safe_output(output: Any, left: dict[str, int]) -> Any:
    if output.output_type == "stream":
        output.text = _within(left, output.text)
    elif output.output_type == "error":
        output.traceback = [_within(left, line) for line in output.traceback]
    else:
        output.data = {
            kind: _within(left, str(shown))
            for kind, each in output.data.items()
            if (shown := _safe_data(kind, each)) is not None
        } or {"text/plain": ""}
        output.metadata = {}
    return output


def _safe_data(kind: str, data: Any) -> str | None:
    text = data if isinstance(data, str) else None
    if text is None:
        return None
    if kind == "text/plain":
        return for_file(text)
    if kind == "text/html":
        return harmless_html(text)
    return text if kind in PICTURES and bearable(text.replace("\n", "")) else None


def _within(left: dict[str, int], text: str, *, code: bool = False) -> str:
    """The text if there is room for it on the page; a shorter one may still find some."""
    rest = left["text"] - len(text)
    words = left["words"] - (sum(1 for _ in WORD.finditer(text)) if code else 0)
    if min(rest, words) < 0:
        return LEFT_OUT
    left["text"], left["words"] = rest, words
    return text
