"""Text that came from a student, made harmless for a terminal, a file and a page.

A page is the instructor's browser: formgrader and nbgrader's feedback render Markdown with raw
HTML, any link and any attachment. So Markdown is kept only if it renders to what nh3 lets
through; else what nh3 leaves of it is kept; and if even that would render to something else,
the text is shown as it was typed. Formulas, tables, pictures and their descriptions stay.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Callable

import nh3
from pygments.token import STANDARD_TYPES

from autograder.grading.pictures import with_pictures_put_back, without_pictures

__all__ = ["for_file", "for_page", "for_terminal", "harmless_html", "without_anchors"]

LONGEST_TEXT = 20_000
LONGEST_RENDERED = 5_000  # Markdown can be made to render in quadratic time
LONGEST_SOURCE = 100_000
LONGEST_HTML = 4_000_000
TYPED = "<p><em>Not all of this can be shown. As it was typed:</em></p><pre>{}</pre>"
TAGS = frozenset(
    ["a", "abbr", "b", "blockquote", "br", "caption", "code", "dd", "del", "div", "dl", "dt", "em",
     "figcaption", "figure", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "i", "img", "input", "ins",
     "kbd", "li", "mark", "ol", "p", "pre", "q", "s", "samp", "small", "span", "strong", "sub",
     "sup", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "u", "ul", "var"]
)
ATTRIBUTES = {
    "*": {"class", "style"},
    "a": {"href", "title"},
    "abbr": {"title"},
    "img": {"src", "alt", "title"},
    "input": {"type", "checked", "disabled"},
    "li": {"value"},
    "ol": {"start"},
    "td": {"align", "colspan", "rowspan"},
    "th": {"align", "colspan", "rowspan", "scope"},
}
LINK = re.compile(r"(https?://|mailto:)[^\s]+$", re.IGNORECASE)
PICTURE = re.compile(r"data:image/(png|jpeg);base64,[A-Za-z0-9+/]*={0,2}$")
# MathJax is told by a class not to look; a class of the page's own could hide text or cover it.
CLASSES = frozenset(
    {"highlight", "mathjax_ignore", "task-list-item", "task-list-item-checkbox", "tex2jax_ignore",
     *STANDARD_TYPES.values()} - {""}
)
STYLE = re.compile(r"text-align: ?(left|right|center);?$")
SMALL_NUMBER = re.compile(r"\d{1,3}$")
WORDS = {"align": ("left", "right", "center"), "scope": ("row", "col"), "type": ("checkbox",)}
NUMBERS = ("colspan", "rowspan", "start", "value")
# The id of a heading may be that of a box for points; nh3 takes it, and leaves a link to nowhere.
ANCHOR = re.compile(r'<a class="anchor-link" href="#[^"<>]*">(&#182;|\N{PILCROW SIGN})</a>')
IDS = re.compile(r'(?<=<h[1-6]) id="[^"<>]*"')
SPELLINGS = (
    ("&quot;", '"'), ("&#39;", "'"), ("&#x27;", "'"), ("&#10;", "\n"), (" />", ">"), ("/>", ">"),
    ("\xa0", "&nbsp;"), (' checked=""', " checked"), (' disabled=""', " disabled"),
)
ACTIVE_MATHS = re.compile(
    r"\\(href|url|style|class|cssId|require|unicode|html\w*|bbox|mmlToken|def|newcommand|let)\b"
)
# Text that is there and not seen, or that is seen in another order than it stands.
UNSEEN = re.compile(
    "[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\U000e0000-\U000e0fff]"
)

# All of Unicode's categories Cc and Cs but the end of a line and the tab.
CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


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
    kept = CONTROL.sub("\N{REPLACEMENT CHARACTER}", UNSEEN.sub("\N{REPLACEMENT CHARACTER}", kept))
    return kept if len(text) <= longest else f"{kept}\n[cut here: {len(text)} characters]"


def for_page(text: str) -> str:
    """Markdown that renders to harmless HTML: `text`, what nh3 leaves of it, or its letters."""
    short, pictures = without_pictures(text)
    cleaned = for_file(short, LONGEST_TEXT)
    return with_pictures_put_back(_for_page(cleaned), pictures)


def _for_page(text: str) -> str:
    rendered = _rendered(text)
    if rendered is not None:
        if _plain(rendered) == _plain(harmless_html(rendered)):
            return text
        trimmed = without_anchors(rendered)
        left = harmless_html(trimmed)
        # Whoever wrote `List<int>` meant it to be read.
        typed = "" if _plain(left) == _plain(trimmed) else TYPED.format(html.escape(text))
        # On one line: after a blank one the rest would be read as Markdown again.
        whole = f"<div>{left}{typed}</div>".replace("\n", "&#10;")
        again = _rendered(whole)
        if again is not None and _plain(again) == _plain(harmless_html(again)):
            return whole
    return f"<pre>\n{html.escape(text)}\n</pre>"


def harmless_html(page: str) -> str:
    """HTML of which only text, tables, lists, links and pictures inside the page are left."""
    return nh3.clean(
        page[:LONGEST_HTML],
        tags=set(TAGS),
        attributes=ATTRIBUTES,
        attribute_filter=_attribute,
        url_schemes={"data", "http", "https", "mailto"},
        link_rel=None,
    )


def without_anchors(page: str) -> str:
    """Rendered Markdown whose headings have no ids, and no links to those."""
    return IDS.sub("", ANCHOR.sub("", page))


def _attribute(tag: str, name: str, value: str) -> str | None:
    """The value that an attribute may have, or None."""
    check = _CHECKS.get(name)
    return value if check is None else check(tag, value)


def _classes(tag: str, value: str) -> str | None:
    return " ".join(each for each in value.split() if each in CLASSES) or None


def _matching(pattern: re.Pattern[str]) -> Callable[[str, str], str | None]:
    return lambda tag, value: value if pattern.match(value) else None


_CHECKS: dict[str, Callable[[str, str], str | None]] = {
    "class": _classes,
    "href": _matching(LINK),
    "src": _matching(PICTURE),
    "style": _matching(STYLE),
    **{name: _matching(SMALL_NUMBER) for name in NUMBERS},
    **{
        name: lambda tag, value, words=words: value if value in words else None  # type: ignore[misc]
        for name, words in WORDS.items()
    },
}


def _rendered(text: str) -> str | None:
    """HTML as feedback and formgrader make it, or None if they would choke on it."""
    from nbconvert.filters.markdown_mistune import markdown2html_mistune

    if len(text) > LONGEST_RENDERED or ACTIVE_MATHS.search(text):
        return None
    try:
        return str(markdown2html_mistune(text))
    except Exception:  # a renderer that fails on this text would fail in the feedback too
        return None


def _plain(page: str) -> str:
    """Without the differences in spelling between the renderer and nh3."""
    for one, other in SPELLINGS:
        page = page.replace(one, other)
    return page.strip()
