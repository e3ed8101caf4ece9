"""The names of a student, and where they stand in bytes, however a file spells them."""

from __future__ import annotations

import html
import json
import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import quote

__all__ = ["Names"]

SHORTEST_PART = 3       # a first or last name of two letters stands in too many words


@dataclass(frozen=True)
class Names:
    """The id, and what nbgrader's table of students holds beside it."""

    id: str
    first: str = ""
    last: str = ""
    email: str = ""
    lms: str = ""

    def mentioned_in(self, content: bytes) -> bool:
        """Whether the id, the address or the full name stands there as words of its own."""
        return self._telling.search(content) is not None

    def replaced_in(self, content: bytes, other: str) -> bytes:
        """The same with `other` for every name, first and last names alone too."""
        return self._all.sub(other.encode(), content)

    def is_named(self, component: str) -> bool:
        """Whether a folder or file is this student's by its name: `ada`, or the exchange's `ada+`.
        """
        return component == self.id or component.startswith(f"{self.id}+")

    @cached_property
    def _full(self) -> list[str]:
        if not (self.first and self.last):
            return []
        return [f"{self.first} {self.last}", f"{self.last}, {self.first}",
                f"{self.last} {self.first}"]

    @cached_property
    def _telling(self) -> re.Pattern[bytes]:
        return _pattern([self.id, self.email, *self._full])

    @cached_property
    def _all(self) -> re.Pattern[bytes]:
        parts = [each for each in (self.first, self.last, self.lms) if len(each) >= SHORTEST_PART]
        return _pattern([self.id, self.email, *self._full, *parts])


def _pattern(names: list[str]) -> re.Pattern[bytes]:
    """Any of the names between characters that are no letters, longest first."""
    spelled = {each for name in names if name for form in _spellings(name)
               for each in (form.encode("utf-8", "surrogatepass"),)}
    longest = sorted(spelled, key=lambda each: (-len(each), each))
    return re.compile(rb"(?<![A-Za-z0-9\x80-\xff])(?:%s)(?![A-Za-z0-9\x80-\xff])"
                      % b"|".join(map(re.escape, longest)))


def _spellings(name: str) -> set[str]:
    forms = {name, unicodedata.normalize("NFC", name), unicodedata.normalize("NFD", name)}
    return forms | {made for form in forms for made in (
        json.dumps(form)[1:-1], html.escape(form), quote(form, errors="surrogatepass"))}
