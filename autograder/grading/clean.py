"""Text that came from a student, made harmless for a terminal, a file and a page.

A page is the instructor's browser: formgrader and nbgrader's feedback render Markdown with raw
HTML, any link and any attachment. So Markdown is kept only if it renders to harmless HTML;
anything else is shown as it was typed.
"""

from __future__ import annotations

import html
import re
import unicodedata
from html.parser import HTMLParser

__all__ = ["for_file", "for_page", "for_terminal"]

LONGEST_TEXT = 20_000
LONGEST_RENDERED = 5_000  # Markdown can be made to render in quadratic time
LONGEST_SOURCE = 100_000
HARMLESS_TAGS = frozenset(
    ["a", "blockquote", "br", "code", "dd", "del", "div", "dl", "dt", "em", "hr", "input", "li",
     "ol", "p", "pre", "span", "strong", "table", "tbody", "td", "th", "thead", "tr", "ul"]
)
HARMLESS_ATTRIBUTES = frozenset(["align", "checked", "class", "disabled", "start", "type"])
HARMLESS_CLASSES = re.compile(r"(task-list-item(-checkbox)?|highlight|[a-z][a-z0-9]{0,3})?$")
HARMLESS_STYLE = re.compile(r"text-align: ?(left|right|center);?$")
HARMLESS_LINK = re.compile(r"https?://", re.IGNORECASE)
ACTIVE_MATHS = re.compile(
    r"\\(href|url|style|class|cssId|require|unicode|html\w*|bbox|mmlToken|def|newcommand|let)\b"
)


def for_terminal(text: str) -> str:
    """`text` without characters that steer a terminal; line ends become spaces."""
    return "".join(_visible(character) for character in text)


def _visible(character: str) -> str:
    if character in "\n\r\t\u2028\u2029":
        return " "
    return "\N{REPLACEMENT CHARACTER}" if unicodedata.category(character)[0] == "C" else character


def for_file(text: str, longest: int = LONGEST_SOURCE) -> str:
    """`text` that UTF-8 can hold, without control characters, of bounded length."""
    kept = text[:longest].replace("\r\n", "\n").replace("\r", "\n")
    kept = "".join(
        "\N{REPLACEMENT CHARACTER}"
        if unicodedata.category(character) in ("Cc", "Cs") and character not in "\n\t"
        else character
        for character in kept
    )
    return kept if len(text) <= longest else f"{kept}\n[cut here: {len(text)} characters]"


def for_page(text: str) -> str:
    """Markdown that renders to harmless HTML: `text` itself, or `text` as it was typed."""
    cleaned = for_file(text, LONGEST_TEXT)
    return cleaned if _renders_harmlessly(cleaned) else f"<pre>\n{html.escape(cleaned)}\n</pre>"


def _renders_harmlessly(text: str) -> bool:
    from nbconvert.filters.markdown_mistune import markdown2html_mistune

    if len(text) > LONGEST_RENDERED or ACTIVE_MATHS.search(text):
        return False
    try:
        rendered = markdown2html_mistune(text)
    except Exception:  # a renderer that fails on this text would fail in the feedback too
        return False
    reader = _HarmlessReader()
    reader.feed(rendered)
    reader.close()
    return reader.harmless


class _HarmlessReader(HTMLParser):
    """Looks at every tag; a heading is not harmless, because its id may be that of a score box."""

    def __init__(self) -> None:
        super().__init__()
        self.harmless = True

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in HARMLESS_TAGS or not all(_harmless(tag, *each) for each in attrs):
            self.harmless = False

    def handle_decl(self, decl: str) -> None:
        self.harmless = False

    def unknown_decl(self, data: str) -> None:
        self.harmless = False

    def handle_pi(self, data: str) -> None:
        self.harmless = False

    def handle_comment(self, data: str) -> None:
        self.harmless = False


def _harmless(tag: str, name: str, value: str | None) -> bool:
    if tag == "a":
        return name == "href" and HARMLESS_LINK.match(value or "") is not None
    if name == "class":
        return all(HARMLESS_CLASSES.match(each) for each in (value or "").split())
    if name == "style":
        return HARMLESS_STYLE.match(value or "") is not None
    return name in HARMLESS_ATTRIBUTES
