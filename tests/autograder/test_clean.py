"""Text of a student's on a page: what a page may hold stays, whatever acts or hides goes."""

from __future__ import annotations

import base64
import io
import struct
import zlib
from html.parser import HTMLParser

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib import image
from nbconvert.filters.markdown_mistune import markdown2html_mistune

from autograder.grading.clean import LONGEST_TEXT, for_file, for_page, harmless_html
from autograder.grading.pictures import MOST_PICTURES, bearable


def picture(kind: str = "png") -> str:
    file = io.BytesIO()
    image.imsave(file, np.zeros((9, 7)), format=kind)
    return f"data:image/{kind};base64,{base64.b64encode(file.getvalue()).decode()}"


def bomb(side: int) -> str:
    """A small PNG that says it has side * side pixels."""
    head = struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
    chunk = struct.pack(">I", 13) + b"IHDR" + head + struct.pack(">I", zlib.crc32(b"IHDR" + head))
    return base64.b64encode(b"\x89PNG\r\n\x1a\n" + chunk + b"\0" * 40).decode()


KEPT = [
    "$|x|$ and $$\\left| \\bar{x} \\right| < |y|$$ and $P(A \\mid B)$",
    "\\begin{equation}\\overline{ab} & x<y\\end{equation}",
    "a | b\n--|:-:\n1 | `|x|`",
    "- [x] done\n- not *done*, **not** ~~at all~~",
    "```python\nif a < b and c > d: print('x')\n```",
    '[a](https://example.org/x?a=1&b=2 "t") <https://example.org>',
    "> x < y\n\n---\n\n1. a\n\n2. b",
    "a &lt;script&gt; & \"b\" 'c'&nbsp;d",
    f"![the curve falls]({picture()})",
    f"![a | b]({picture('jpeg')})",
]


@pytest.mark.parametrize("text", KEPT)
def test_markdown_that_is_harmless_stays_as_it_is(text: str) -> None:
    assert for_page(text) == text


def test_a_picture_in_html_keeps_its_bytes_and_its_description() -> None:
    url = picture()
    shown = rendered(f'<img src="{url}" alt="loss |y - t|" onerror="owned()"> $|x|$\n\n# Title')
    assert f'<img src="{url}" alt="loss |y - t|">' in shown
    assert "$|x|$" in shown
    assert "<h1>Title</h1>" in shown


def rendered(text: str) -> str:
    """As nbgrader's pages show what is kept of a text."""
    return str(markdown2html_mistune(for_page(text)))


HOSTILE = [
    "<script>owned()</script>", "<img src=x onerror=owned()>", "[x](javascript:owned())",
    "[x](JaVaScRiPt:owned())", "[x](data:text/html;base64,PHNjcmlwdD4=)", "<svg onload=owned()>",
    "<iframe src='javascript:owned()'></iframe>", "<style>body{display:none}</style>",
    "<p style='position:fixed;inset:0;background:url(//x)'>x</p>", "<p class='hide'>x</p>",
    "<a href='//example.org/x'>x</a>", "![](http://example.org/seen.png)", "<!-- owned -->",
    "<base href='//example.org'>", "<link rel=stylesheet href=//example.org>", "<form action=x>",
    "<meta http-equiv=refresh content='0;url=//example.org'>", "<object data=x></object>",
    "<math><mi href='javascript:owned()'>x</mi></math>", "<details ontoggle=owned() open>x",
    "<b id='score'>x</b>", "<input name=score value=5>", "<noscript><p title='</noscript><img "
    "src=x onerror=owned()>'>", "<svg><style><img src=x onerror=owned()></style></svg>",
    "<pre>\n\n[x](javascript:owned())\n</pre>", "<xmp><script>owned()</script></xmp>",
    "<textarea><img src=x onerror=owned()></textarea>",
    "<div>\n\n<script>owned()</script>\n\n</div>",
    "<a href='java&#10;script:owned()'>x</a>", "<![CDATA[<script>owned()</script>]]>", "<?php x ?>",
    f"<img src='data:image/svg+xml;base64,{base64.b64encode(b'<svg/>' * 20).decode()}'>",
    f"![]( {'data:image/png;base64,' + bomb(60_000)})",
]
ACTIVE = {"script", "style", "svg", "math", "iframe", "object", "embed", "base", "link", "meta",
          "form", "button", "textarea", "xmp", "noscript", "template", "details"}


class Active(HTMLParser):
    """Notes tags and attributes that could act, hide, or ask another machine."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ACTIVE:
            self.found.append(tag)
        for name, value in attrs:
            text = (value or "").strip().lower()
            if name.startswith("on") or name in ("id", "name", "srcset", "action"):
                self.found.append(f"{tag} {name}")
            if name == "style" and not text.startswith("text-align"):
                self.found.append(f"{tag} {name}={text}")
            if name == "href" and not text.startswith(("https://", "http://", "mailto:")):
                self.found.append(f"{tag} {name}={text}")
            if name == "src" and not text.startswith(("data:image/png;", "data:image/jpeg;")):
                self.found.append(f"{tag} {name}={text}")
            if name == "class" and {"hide", "hidden"} & set(text.split()):
                self.found.append(f"{tag} {name}={text}")

    def handle_comment(self, data: str) -> None:
        self.found.append(f"comment {data}")

    def unknown_decl(self, data: str) -> None:
        self.found.append(f"declaration {data}")

    def handle_pi(self, data: str) -> None:
        self.found.append(f"instruction {data}")


@pytest.mark.parametrize("text", HOSTILE)
def test_what_acts_or_hides_is_gone_and_what_was_typed_can_be_read(text: str) -> None:
    table = f"| a |\n|--|\n| {text} |"
    for whole in (text, f"before\n\n{text}\n\nafter", f"> {text}", f"- {text}", table):
        assert Active(rendered(whole)).found == [], for_page(whole)
    word = next(w for w in ("owned", "example", "hide", "body", "score", "form", "object", "style",
                            "php", "PHNjcmlwdD4", "base64") if w in text)
    assert word in rendered(text)


def test_the_reader_of_this_test_finds_what_is_there() -> None:
    seen = [text for text in HOSTILE if Active(str(markdown2html_mistune(text))).found]
    assert len(seen) > len(HOSTILE) - 4


def test_a_text_with_signs_in_it_is_not_lost() -> None:
    assert "List&lt;int&gt;" in rendered("A List<int> holds numbers.")


WORDS = st.sampled_from([
    "<", ">", "</", "<script>", "</script>", "<img src=x onerror=owned()>", "<div>", "<pre>",
    "[x](javascript:owned())", "```", "`", "$", "$$", "|", "<!--", "-->", "&#60;", "&lt;",
    "\n\n", "<style>", "<svg>", "<math>", "<xmp>", "<b", " onload=owned() ", "'", '"', "x",
    "> ", "- ", "    ", "\\", "<textarea>", "</div>", "<table>", "</pre>", "<![CDATA[", "]]>",
    "<title>", "<noscript>",
])


@given(st.lists(WORDS, max_size=14).map("".join))
def test_no_mixture_of_them_acts(text: str) -> None:
    assert Active(rendered(text)).found == []
    assert Active(harmless_html(text)).found == []


def test_a_page_is_not_made_large() -> None:
    assert len(for_page("<b>" * 1_000_000)) < 10 * LONGEST_TEXT
    many = "\n\n".join(f"![{number}]({picture()})" for number in range(2 * MOST_PICTURES))
    assert for_page(many).count("iVBOR") == MOST_PICTURES


@pytest.mark.parametrize("text", ["a\u202eb", "a\u200bb", "a\ufeffb", "a\U000e0041b", "a\x1b[31mb"])
def test_no_text_is_there_and_not_seen(text: str) -> None:
    for made in (for_file(text), for_page(text)):
        assert made.startswith("a\N{REPLACEMENT CHARACTER}")


def test_a_picture_that_announces_too_many_pixels_is_none() -> None:
    assert bearable(bomb(2_000))
    assert not bearable(bomb(60_000))
    assert not bearable("AAAA" * 20)
    assert not bearable("/9j/" + "AAAA" * 20)
