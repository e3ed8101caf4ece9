"""Reads INPUT -> [[CONV -> RELU]*N -> POOL]*M -> [FC -> RELU]*K -> FC, and says what is wrong."""

import re
from collections.abc import Iterator
from typing import NamedTuple

WORDS = ("BN", "CONV", "DROPOUT", "FC", "INPUT", "POOL", "RELU", "SIGMOID", "TANH")
TOKEN = re.compile(r"->|→|[A-Za-z_]\w*|\d+|\S")
ARROWS, TIMES = ("->", "→"), ("*", "·", "×")
MOST_LAYERS, DEEPEST = 1000, 20


class Symbol(NamedTuple):
    """A word of a pattern and the column where it stands, from 0."""

    text: str
    column: int


def fault(pattern: str, column: int, complaint: str) -> ValueError:
    """The complaint, the pattern on one line, and a pointer to the column there."""
    return ValueError(f"{complaint}\n  {one_line(pattern)}\n  {' ' * column}^")


def one_line(pattern: str) -> str:
    """The pattern with every run of white space as one space: columns count in it."""
    return " ".join(pattern.split())


def parse(pattern: str) -> list[Symbol]:
    """The words in the order of their layers, repeats written out; the first is INPUT.

    Raises TypeError for what is no text, ValueError that points at the first faulty symbol.
    """
    if not isinstance(pattern, str):
        raise TypeError(f"A pattern is a text such as 'INPUT -> FC'; got {pattern!r}.")
    reader = _Reader(pattern)
    symbols = reader.row(depth=0)
    reader.expect_end()
    first = symbols[0] if symbols else Symbol("nothing", 0)
    if first.text != "INPUT":
        raise fault(pattern, first.column, f"A pattern begins with INPUT; got {first.text}.")
    for symbol in symbols[1:]:
        if symbol.text == "INPUT":
            raise fault(pattern, symbol.column, "INPUT stands once, at the beginning.")
    return symbols


class _Reader:
    """Row: item -> item -> ...; item: a word or [row], each with *number behind it or without."""

    def __init__(self, pattern: str) -> None:
        self.pattern = one_line(pattern)
        self.symbols = [Symbol(m.group(), m.start()) for m in TOKEN.finditer(self.pattern)]
        self.place = 0

    def row(self, depth: int) -> list[Symbol]:
        found = self.item(depth)
        while self.next in ARROWS:
            self.take()
            found += self.item(depth)
        return found

    def item(self, depth: int) -> list[Symbol]:
        symbol = self.take()
        if symbol.text == "[":
            if depth == DEEPEST:
                raise self.fault(symbol, f"Brackets stand in at most {DEEPEST} others.")
            found = self.row(depth + 1)
            closing = self.take()
            if closing.text != "]":
                raise self.fault(
                    closing, f"Expected -> or ] after {self.before}; got {closing.text}."
                )
        elif symbol.text in WORDS:
            found = [symbol]
        else:
            raise self.fault(
                symbol, f"Expected [ or one of {', '.join(WORDS)}; got {symbol.text}."
            )
        return self.repeated(found)

    def repeated(self, found: list[Symbol]) -> list[Symbol]:
        while self.next in TIMES:
            self.take()
            number = self.take()
            if not number.text.isdecimal():
                raise self.fault(number, f"Expected a whole number after *; got {number.text}.")
            if len(number.text) > 6 or len(found) * int(number.text) > MOST_LAYERS:
                raise self.fault(number, f"A pattern has at most {MOST_LAYERS} layers.")
            found = found * int(number.text)
        return found

    def expect_end(self) -> None:
        if self.next:
            symbol = self.take()
            raise self.fault(symbol, f"Expected -> or the end; got {symbol.text}.")

    def take(self) -> Symbol:
        symbol = next(self._rest(), Symbol("the end", len(self.pattern)))
        self.place += 1
        return symbol

    @property
    def next(self) -> str:
        return next(self._rest(), Symbol("", 0)).text

    @property
    def before(self) -> str:
        """The symbol before the one that was taken last."""
        return self.symbols[self.place - 2].text

    def fault(self, symbol: Symbol, complaint: str) -> ValueError:
        return fault(self.pattern, symbol.column, complaint)

    def _rest(self) -> Iterator[Symbol]:
        return iter(self.symbols[self.place :])
