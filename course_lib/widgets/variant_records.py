"""Five kinds of convolution: what is connected with what, and what that costs."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from course_lib.arrays import Array, expect_whole
from course_lib.plots.palette import number
from course_lib.widgets import learner
from course_lib.widgets.returned import returned

VARIANTS = ("plain", "dilated", "grouped", "depthwise separable", "1 x 1")
_MOST_CHANNELS = 16

Count = Callable[[int, int, int, int], Any]


@dataclass(frozen=True)
class Part:
    """One convolution: C channels in, K filters of F x F, dilation D, in G groups."""

    channels: int
    filters: int
    kernel_size: int
    dilation: int = 1
    groups: int = 1

    @property
    def weights(self) -> int:
        """K (C / G) F F, no biases."""
        return self.filters * (self.channels // self.groups) * self.kernel_size**2

    @property
    def formula(self) -> str:
        inner = f"({self.channels} / {self.groups})" if self.groups > 1 else f"{self.channels}"
        size = self.kernel_size
        return f"{self.filters} * {inner} * {size} * {size} = {self.weights:,}"

    def along(self, length: int) -> Array:
        """(length, length), bool: which pixels of a row an output pixel sees, target first."""
        apart = np.subtract.outer(np.arange(length), np.arange(length))
        reach = self.dilation * (self.kernel_size // 2)
        seen: Array = (np.abs(apart) <= reach) & (apart % self.dilation == 0)
        return seen

    def across(self) -> Array:
        """(K, C), bool: which channels a filter sees, target first."""
        group_of_filter = np.arange(self.filters) // (self.filters // self.groups)
        group_of_channel = np.arange(self.channels) // (self.channels // self.groups)
        return group_of_filter[:, np.newaxis] == group_of_channel


@dataclass(frozen=True)
class Variant:
    """Convolutions that stand for one: weights, multiply-adds, pixels seen along an axis.

    pixels: of the output, every one of which takes all the weights once (stride 1, zeros around).
    """

    name: str
    parts: tuple[Part, ...]
    pixels: int

    @property
    def parameters(self) -> int:
        return sum(part.weights for part in self.parts)

    @property
    def macs(self) -> int:
        return self.parameters * self.pixels

    @property
    def reach(self) -> int:
        return 1 + sum(part.dilation * (part.kernel_size - 1) for part in self.parts)

    @property
    def words(self) -> str:
        terms = "; then ".join(part.formula for part in self.parts)
        total = f", together {self.parameters:,}" if len(self.parts) > 1 else ""
        return (
            f"{self.name}: K * C / G * F * F = {terms} weights{total}, and {self.macs:,} "
            f"multiply-adds on {self.pixels:,} pixels. An output sees {self.reach} x {self.reach} "
            f"pixels{self._channels()}."
        )

    def _channels(self) -> str:
        seen = self.parts[-1].across()[0]
        for part in reversed(self.parts[:-1]):
            seen = part.across()[seen].any(axis=0)
        return f" in {int(seen.sum())} of {self.parts[0].channels} channels"


@dataclass(frozen=True)
class Variants:
    """All five, with the settings they share. remark, problem: about the learner's count.

    `named` raises ValueError for a name that is none of VARIANTS.
    """

    all: tuple[Variant, ...]
    remark: str
    problem: str

    def named(self, name: str) -> Variant:
        """Raises ValueError for a name that is none of VARIANTS."""
        for variant in self.all:
            if variant.name == name:
                return variant
        raise ValueError(f"variant expects one of {', '.join(VARIANTS)}; got {name!r}.")

    def against_plain(self, name: str) -> str:
        """How the costs compare with those of the plain convolution; "" for itself."""
        plain, mine = self.all[0], self.named(name)
        if mine is plain:
            return ""
        if mine.parameters == plain.parameters:
            same = "As many weights and multiply-adds as the plain one"
            return f"{same}." if mine.reach == plain.reach else f"{same}, but it sees further."
        share = number(100 * mine.parameters / plain.parameters)
        return f"That is {share} % of the plain convolution's weights and multiply-adds."


def conv_variants(
    channels: int = 8,
    filters: int = 8,
    kernel_size: int = 3,
    *,
    dilation: int = 2,
    groups: int = 2,
    size: int = 16,
    count: Count | None = None,
) -> Variants:
    """plain, dilated, grouped, depthwise separable and 1 x 1, from channels to filters.

    Weights K (C / G) F F without biases, times size * size output pixels for the multiply-adds.
    channels, filters: 1 to 16, multiples of groups. kernel_size: odd. count: the learner's
    function of C, K, F, G, the weights of one convolution; it is called for every part of all
    five. Raises TypeError for sizes that are not whole, ValueError for those that do not fit.
    Source: Howard et al. 2017 (depthwise separable), Yu, Koltun 2016 (dilated).
    """
    sizes = {"channels": channels, "filters": filters, "kernel_size": kernel_size,
             "dilation": dilation, "groups": groups, "size": size}
    for name, value in sizes.items():
        expect_whole(name, value, 1)
    if max(channels, filters) > _MOST_CHANNELS:
        raise ValueError(
            f"channels and filters go up to {_MOST_CHANNELS}, so that their lines can be told "
            f"apart; got {channels} and {filters}."
        )
    if kernel_size % 2 == 0:
        raise ValueError(f"kernel_size expects an odd number; got {kernel_size}.")
    if channels % groups or filters % groups:
        raise ValueError(
            f"channels and filters must be multiples of groups; got {channels} and {filters} with "
            f"{groups} groups."
        )
    parts = {
        "plain": (Part(channels, filters, kernel_size),),
        "dilated": (Part(channels, filters, kernel_size, dilation),),
        "grouped": (Part(channels, filters, kernel_size, 1, groups),),
        "depthwise separable": (
            Part(channels, channels, kernel_size, 1, channels), Part(channels, filters, 1),
        ),
        "1 x 1": (Part(channels, filters, 1),),
    }
    made = tuple(Variant(name, parts[name], size * size) for name in VARIANTS)
    return Variants(made, *_compared(count, made))


def _compared(count: Count | None, variants: tuple[Variant, ...]) -> tuple[str, str]:
    if count is None:
        return "", ""
    name = learner.name_of(count)
    for variant in variants:
        for part in variant.parts:
            given = part.channels, part.filters, part.kernel_size, part.groups
            mine, problem = returned(count, (), *given)
            if mine is None:
                return "", problem
            if float(mine) != part.weights:
                call = f"{name}({', '.join(map(str, given))})"
                return f"Your {call} is {number(float(mine), 6)}; expected {part.weights}.", ""
    return f"Your {name} agrees for all five.", ""
