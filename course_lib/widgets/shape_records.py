"""The size rule with numbers in it: what comes out, what does not fit, and what would mend it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from course_lib.arrays import expect_whole
from course_lib.plots.palette import number
from course_lib.shapes import fix_padding, output_size, valid_strides
from course_lib.widgets import learner

_LARGEST = 512

Rule = Callable[[int, int, int, int], Any]


@dataclass(frozen=True)
class ShapeRule:
    """n_out = (N - F + 2P) / S + 1 for one layer of K filters on an input of N x N x D.

    n_out: None where the stride does not fit; places: how many windows fit all the same;
    left_over: pixels after the last of them. strides: those that fit. formula: the rule with the
    numbers. words: the shape and the counts, or why nothing fits and what would. remark: how the
    learner's rule compares; problem: why it cannot.
    """

    n_in: int
    kernel_size: int
    stride: int
    padding: int
    n_out: int | None
    places: int
    left_over: int
    strides: tuple[int, ...]
    formula: str
    words: str
    remark: str
    problem: str


def shape_rule(
    n_in: int,
    kernel_size: int,
    stride: int = 1,
    padding: int = 0,
    *,
    channels: int = 1,
    filters: int = 1,
    rule: Rule | None = None,
) -> ShapeRule:
    """The rule of the decks, in words, for N = n_in, F, S, P, D = channels and K = filters.

    rule: the learner's function of (n_in, kernel_size, stride, padding); it should return the
    size, and raise ValueError where the stride does not fit. Raises ValueError for a window
    larger than the padded input and for sizes that make no sense, TypeError for sizes that are
    not whole. Source: RWTH 000:691-695 and 779-782, TUM 002:539-603.
    """
    for name, value in (
        ("n_in", n_in), ("kernel_size", kernel_size), ("stride", stride), ("channels", channels),
        ("filters", filters),
    ):
        expect_whole(name, value, least=1)
    if n_in > _LARGEST:
        raise ValueError(f"n_in expects at most {_LARGEST} pixels here; got {n_in}.")
    strides = tuple(valid_strides(n_in, kernel_size, padding))
    span = n_in - kernel_size + 2 * padding
    places = output_size(n_in, kernel_size, stride, padding, rounding="floor")
    left_over = span % stride
    fits = not left_over
    exact = f"{n_in} \N{MINUS SIGN} {kernel_size} + 2*{padding}"
    formula = f"({exact}) / {stride} + 1 = {number(span / stride + 1, 5)}"
    words = (
        _shape(places, kernel_size, channels, filters) if fits
        else _misfit(n_in, kernel_size, stride, padding, places, left_over, strides)
    )
    remark, problem = _compared(
        rule, (n_in, kernel_size, stride, padding), places if fits else None
    )
    return ShapeRule(
        n_in, kernel_size, stride, padding, places if fits else None, places, left_over, strides,
        formula, words, remark, problem,
    )


def _shape(n_out: int, kernel_size: int, channels: int, filters: int) -> str:
    size = kernel_size**2 * channels
    each = f"{kernel_size}*{kernel_size}*{channels}"
    return (
        f"The output has shape {n_out} x {n_out} x {filters}. Parameters: {filters} * ({each} + 1) "
        f"= {filters * (size + 1):,}, shared by all places. Multiplications: {n_out}*{n_out} "
        f"places * {filters} * {size} = {n_out**2 * filters * size:,}."
    )


def _misfit(
    n_in: int, kernel_size: int, stride: int, padding: int, places: int, left_over: int,
    strides: tuple[int, ...],
) -> str:
    pixels = "1 pixel is" if left_over == 1 else f"{left_over} pixels are"
    legal = _listed([str(legal) for legal in strides])
    before, after = fix_padding(n_in + 2 * padding, kernel_size, stride)
    more = [k for k in range(1, stride) if (left_over + 2 * k) % stride == 0]
    if more:
        sides = f"Padding {padding + more[0]} on both sides makes stride {stride} fit."
    else:
        sides = (
            f"Padding both sides alike never makes stride {stride} fit: it adds an even number of "
            "pixels. One side alone does: "
            f"{padding + before} before and {padding + after} after."
        )
    return (
        f"Stride {stride} does not fit: after {places} {'window' if places == 1 else 'windows'} "
        f"{pixels} left over. Legal {'stride' if len(strides) == 1 else 'strides'}: {legal}. "
        f"{sides} (PyTorch rounds down to {places} and never sees what is left over.)"
    )


def _listed(words: list[str]) -> str:
    return " and ".join(part for part in (", ".join(words[:-1]), words[-1]) if part)


def _compared(
    rule: Rule | None, sizes: tuple[int, int, int, int], expected: int | None
) -> tuple[str, str]:
    if rule is None:
        return "", ""
    name = learner.name_of(rule)
    refused = []

    def asked(*sizes: int) -> Any:
        try:
            return rule(*sizes)
        except ValueError as problem:
            refused.append(str(problem))
            return None

    mine, problem = learner.call(asked, *sizes, name=name, instead="")
    if problem:
        return "", problem
    if expected is None:
        if refused:
            return f"Your {name} refuses it too: {refused[0] or 'ValueError without a message'}", ""
        return f"Your {name} returned {mine!r}, where it should raise ValueError.", ""
    if refused:
        return f"Your {name} raised ValueError, but the stride fits; expected {expected}.", ""
    return learner.comparison(mine, expected, f"{name}(...)"), ""
