"""Code that several students share: a place to look, never a verdict.

Two cells are alike when they have the same tokens, once comments, docstrings, white space and
the names of variables are left aside. What was handed out, our own solution, and what more than
a tenth of the class writes say nothing, and are left out.
"""

from __future__ import annotations

import hashlib
import io
import keyword
import tokenize
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

__all__ = ["Alike", "Fingerprint", "alike", "fingerprint"]

LONGEST_SOURCE = 50_000
FEWEST_TOKENS = 30  # a line or two is the same for everybody who is right
COMMON_SHARE, COMMON_LEAST = 0.1, 4  # shared by more than this: the obvious way to write it
LAYOUT = frozenset([tokenize.NEWLINE, tokenize.NL, tokenize.INDENT, tokenize.DEDENT,
                    tokenize.COMMENT, tokenize.ENCODING, tokenize.ENDMARKER])
ENDS = frozenset([tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.ENCODING])
Token = tuple[int, str]


@dataclass(frozen=True)
class Fingerprint:
    """Hashes of the tokens: with their names, and with names replaced by their first place."""

    words: str
    shape: str
    tokens: int


@dataclass(frozen=True)
class Alike:
    """Students who share the code of these exercises; `word_for_word` if the names agree too."""

    students: tuple[str, ...]
    exercises: tuple[str, ...]
    tokens: int
    word_for_word: bool


def fingerprint(source: str) -> Fingerprint:
    """The fingerprint of a cell; of code that does not parse, as far as it can be read."""
    # Half a pair of surrogates, which JSON can hold, is no text for Python 3.12 and later.
    text = source[:LONGEST_SOURCE].encode("utf-8", "backslashreplace").decode("utf-8")
    tokens = list(_tokens(text))
    return Fingerprint(_hash(tokens), _hash(list(_renamed(tokens))), len(tokens))


def alike(
    work: Mapping[str, Mapping[str, str]], known: Mapping[str, Collection[str]]
) -> list[Alike]:
    """Groups of students, most shared code first.

    work:  source by student and exercise.
    known: sources that everybody may have, by exercise: the stub, our solution.
    """
    too_many = max(COMMON_LEAST, round(COMMON_SHARE * len(work)))
    shared: dict[tuple[str, ...], list[tuple[str, int, bool]]] = {}
    for exercise in sorted({name for sources in work.values() for name in sources}):
        ours = {fingerprint(source).shape for source in known.get(exercise, ())}
        same: dict[str, dict[str, Fingerprint]] = {}
        for student in sorted(work):
            if exercise in work[student]:
                mark = fingerprint(work[student][exercise])
                if mark.tokens >= FEWEST_TOKENS and mark.shape not in ours:
                    same.setdefault(mark.shape, {})[student] = mark
        for marks in same.values():
            if 2 <= len(marks) <= too_many:
                exact = len({mark.words for mark in marks.values()}) == 1
                tokens = min(mark.tokens for mark in marks.values())
                shared.setdefault(tuple(marks), []).append((exercise, tokens, exact))
    groups = [
        Alike(students, tuple(name for name, _, _ in found),
              sum(tokens for _, tokens, _ in found), all(exact for _, _, exact in found))
        for students, found in shared.items()
    ]
    return sorted(groups, key=lambda each: (-each.tokens, each.students))


def _tokens(source: str) -> Iterator[Token]:
    """Tokens without comments, layout and strings that stand alone."""
    before, held = tokenize.ENCODING, None
    try:
        for token in tokenize.generate_tokens(io.StringIO(source).readline):
            if held is not None and token.type != tokenize.NEWLINE:
                if token.type in LAYOUT:
                    continue
                yield held
            held = None
            if token.type == tokenize.STRING and before in ENDS:
                held = (token.type, token.string)
            elif token.type not in LAYOUT:
                yield token.type, token.string
            if token.type not in (tokenize.NL, tokenize.COMMENT):
                before = token.type
    except (tokenize.TokenError, SyntaxError):
        return


def _renamed(tokens: list[Token]) -> Iterator[Token]:
    """Names by the place where they first stand; keywords and names after a dot stay."""
    places: dict[str, int] = {}
    before = ""
    for kind, text in tokens:
        if kind == tokenize.NAME and not keyword.iskeyword(text) and before != ".":
            yield kind, f"name {places.setdefault(text, len(places))}"
        else:
            yield kind, text
        before = text


def _hash(tokens: list[Token]) -> str:
    text = "\0".join(f"{kind} {text}" for kind, text in tokens)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
