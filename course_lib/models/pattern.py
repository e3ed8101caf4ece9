"""Networks from the pattern that most of them follow."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from math import prod
from typing import Literal

import numpy as np
from numpy.typing import DTypeLike

from course_lib.arrays import expect_whole
from course_lib.init import Initializer, he
from course_lib.layers import (
    AvgPool2d,
    BatchNorm1d,
    Flatten,
    Layer,
    MaxPool2d,
    ReLU,
    Sequential,
    Sigmoid,
    Tanh,
)
from course_lib.models.making import Maker
from course_lib.models.pattern_parser import Symbol, fault, parse

ACTIVATIONS: dict[str, Callable[[], Layer]] = {"RELU": ReLU, "SIGMOID": Sigmoid, "TANH": Tanh}
POOLS = {"max": MaxPool2d, "mean": AvgPool2d}


def from_pattern(
    pattern: str,
    input_shape: tuple[int, ...] = (1, 28, 28),
    n_classes: int = 10,
    *,
    filters: int | Sequence[int] = 16,
    units: int | Sequence[int] = 128,
    kernel_size: int = 3,
    pool_size: int = 2,
    pool: Literal["max", "mean"] = "max",
    drop: float = 0.5,
    rng: np.random.Generator,
    init: Initializer = he,
    dtype: DTypeLike = np.float32,
) -> Sequential:
    """INPUT -> [[CONV -> RELU]*2 -> POOL]*2 -> [FC -> RELU]*1 -> FC, from text to layers.

    x (N, *input_shape) -> logits (N, n_classes) if the last of the FC ends the pattern. Words:
    CONV keeps the size of the image; POOL divides it by pool_size; FC is a linear layer, before
    the first of them images are flattened; RELU, TANH, SIGMOID; BN; DROPOUT. [...]*2 stands twice
    in a row, [...]*0 not at all. filters: of the first CONV, twice as many after every POOL; or
    one number for each CONV. units: of every FC but the last, which has n_classes; or one number
    for each. kernel_size: of every CONV. pool: "max" or "mean". drop: the share that DROPOUT
    switches off. Layers are named conv1, relu1, ...
    Raises ValueError that points at the first symbol that is not understood or does not fit.
    Source: RWTH 000:866-871.
    """
    symbols = parse(pattern)
    if pool not in POOLS:
        raise ValueError(f"pool is 'max' or 'mean'; got {pool!r}.")
    if len(input_shape) not in (1, 3):
        raise ValueError(
            f"input_shape is (channels, height, width) or (features,); got {input_shape}."
        )
    for length in input_shape:
        expect_whole("A length in input_shape", length, least=1)
    expect_whole("pool_size", pool_size, least=1)
    words = [symbol.text for symbol in symbols]
    maker = Maker(rng, init, dtype, "strict")
    builder = _Builder(
        pattern, tuple(input_shape), maker,
        filters=iter(_filters(filters, words)),
        units=iter(_units(units, words, n_classes)),
        kernel_size=kernel_size, pool=POOLS[pool], pool_size=pool_size, drop=drop,
    )
    for symbol in symbols[1:]:
        builder.add(symbol)
    return Sequential(**builder.layers)


def _filters(filters: int | Sequence[int], words: Sequence[str]) -> Sequence[int]:
    """A number for every CONV."""
    if not isinstance(filters, int | np.integer):
        return _as_many("filters", filters, words.count("CONV"), "CONV")
    return [
        filters * 2 ** words[:place].count("POOL")
        for place, word in enumerate(words) if word == "CONV"
    ]


def _units(units: int | Sequence[int], words: Sequence[str], n_classes: int) -> Sequence[int]:
    """A number for every FC."""
    hidden = max(words.count("FC") - 1, 0)
    if isinstance(units, int | np.integer):
        return [units] * hidden + [n_classes]
    return [*_as_many("units", units, hidden, "FC but the last"), n_classes]


def _as_many(name: str, numbers: Sequence[int], count: int, what: str) -> Sequence[int]:
    if len(numbers) != count:
        raise ValueError(
            f"{name} has a number for each of the {count} {what}, or is one number; got "
            f"{tuple(numbers)}."
        )
    return numbers


@dataclass
class _Builder:
    """Makes layer after layer, and knows what comes out of the last one."""

    pattern: str
    shape: tuple[int, ...]
    make: Maker
    filters: Iterator[int]
    units: Iterator[int]
    kernel_size: int
    pool: type[MaxPool2d] | type[AvgPool2d]
    pool_size: int
    drop: float
    layers: dict[str, Layer] = field(default_factory=dict)
    seen: Counter[str] = field(default_factory=Counter)

    def add(self, symbol: Symbol) -> None:
        """The layer of a symbol, named by its word and how often that has come."""
        word = symbol.text
        if word in ("CONV", "POOL") and len(self.shape) == 1:
            raise fault(
                self.pattern, symbol.column,
                f"{word} needs images; here are rows of {self.shape[0]} features.",
            )
        if word == "FC" and len(self.shape) == 3:
            self.layers["flatten"] = Flatten()
            self.shape = (prod(self.shape),)
        self.seen[word] += 1
        self.layers[f"{word.lower()}{self.seen[word]}"] = self.layer(symbol)

    def layer(self, symbol: Symbol) -> Layer:
        word, depth = symbol.text, self.shape[0]
        if word in ACTIVATIONS:
            return ACTIVATIONS[word]()
        if word == "DROPOUT":
            return self.make.dropout(self.drop)
        if word == "BN":
            images = len(self.shape) == 3
            return self.make.norm(depth) if images else BatchNorm1d(depth, dtype=self.make.dtype)
        if word == "POOL":
            self.shape = (depth, *(self.pooled(side, symbol) for side in self.shape[1:]))
            return self.pool(self.pool_size)
        if word == "FC":
            self.shape = (next(self.units),)
            return self.make.linear(depth, *self.shape)
        self.shape = (next(self.filters), *self.shape[1:])
        return self.make.conv(depth, self.shape[0], self.kernel_size, padding="same")

    def pooled(self, side: int, symbol: Symbol) -> int:
        if side % self.pool_size:
            raise fault(
                self.pattern, symbol.column,
                f"POOL does not fit images of {self.shape[1]} x {self.shape[2]}: "
                f"{self.pool_size} does not divide {side}.",
            )
        return side // self.pool_size
