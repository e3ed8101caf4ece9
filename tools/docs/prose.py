"""Docstrings here are plain prose with formulas in it; this makes reStructuredText of them.

Stars, bars, underscores and backslashes mean themselves, `names` become code, lines that begin
with "- " become a list, and an indented block after a blank line or a colon keeps its layout.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator

CODE = re.compile(r"(`+)(.+?)\1")
SPECIAL = re.compile(r"([\\*_|`])")
# reStructuredText would take these for numbered lists, comments, fields and the like.
MARKUP_AT_THE_START = re.compile(r"\w+[.)] |\(\w+\) |\.\. |:|>>>|[-+•] |[^\w\s]+$")
# These lines begin a paragraph of their own, whatever stands before them.
OWN_PARAGRAPH = re.compile(r"(Source|Sources|Raises|All raise|Both raise|Returns)\b")


def escaped(text: str) -> str:
    """One paragraph as text that reStructuredText shows as it stands."""
    parts = []
    end = 0
    for code in CODE.finditer(text):
        parts += [SPECIAL.sub(r"\\\1", text[end:code.start()]), rf"\ ``{code.group(2)}``\ "]
        end = code.end()
    parts.append(SPECIAL.sub(r"\\\1", text[end:]))
    return "".join(parts)


def _paragraph(lines: list[str]) -> list[str]:
    text = " ".join(line.strip() for line in lines)
    guard = r"\ " if MARKUP_AT_THE_START.match(text) else ""
    return [guard + escaped(text), ""]


def _items(lines: list[str]) -> list[str]:
    items: list[str] = []
    for line in lines:
        if line.startswith("- "):
            items.append(line[2:])
        else:
            items[-1] += " " + line.strip()
    return [*(f"- {_paragraph([item])[0]}" for item in items), ""]


def _literal(lines: list[str]) -> list[str]:
    return ["::", "", *(f"    {line}" for line in lines), ""]


def _blocks(text: str) -> Iterator[list[str]]:
    """Lines that belong together: paragraphs, lists, indented parts."""
    block: list[str] = []
    for line in [*text.splitlines(), ""]:
        starts_list = line.startswith("- ") and block and not block[0].startswith("- ")
        after_colon = line.startswith(" ") and block and block[-1].endswith(":")
        if block and (not line or starts_list or after_colon or OWN_PARAGRAPH.match(line)):
            yield block
            block = []
        if line:
            block.append(line)


def as_rst(docstring: str) -> list[str]:
    """The lines of a docstring as reStructuredText."""
    lines: list[str] = []
    for block in _blocks(inspect.cleandoc(docstring)):
        if block[0].startswith("- "):
            lines += _items(block)
        elif block[0].startswith(" "):
            lines += _literal(block)
        else:
            lines += _paragraph(block)
    return lines
