"""docs/widgets.md shows every widget, with words for those who cannot see the picture."""

from __future__ import annotations

import re

import pytest

from tests.browser import screenshots
from tests.browser.table import WIDGETS, Widget
from tools.notebooks import ROOT

MOST_BYTES = 120_000


def test_the_page_is_what_make_screenshots_writes() -> None:
    assert screenshots.PAGE.read_text(encoding="utf-8") == screenshots.page()


@pytest.mark.parametrize("widget", WIDGETS, ids=lambda widget: widget.name)
def test_every_widget_has_a_small_picture_and_words_for_it(widget: Widget) -> None:
    picture = screenshots.FOLDER / f"{widget.name}.png"
    assert picture.stat().st_size < MOST_BYTES
    assert len(widget.alt) >= 60
    assert widget.alt.endswith(".")


def test_pictures_in_the_readme_exist_and_have_words() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    pictures = re.findall(r"!\[([^\]]*)\]\((docs/widgets/[^)]+)\)", text)
    assert len(pictures) == 2
    for words, path in pictures:
        assert len(words.split()) >= 8
        assert (ROOT / path).is_file()
