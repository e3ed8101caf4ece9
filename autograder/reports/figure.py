"""A histogram as inline SVG: it takes its colours from the page, and tells itself as text."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

__all__ = ["binned", "histogram"]

BINS = 10
WIDTH, HEIGHT, BASE, TOP = 640, 240, 200, 24


def binned(shares: Sequence[float]) -> list[int]:
    """How many lie in [0, 0.1), ..., [0.9, 1]. Above 1 (extra credit) counts as 1."""
    counts = [0] * BINS
    for share in shares:
        counts[min(BINS - 1, max(0, int(share * BINS + 1e-9)))] += 1
    return counts


def described(shares: Sequence[float], what: str) -> str:
    """The figure in words."""
    if not shares:
        return f"Histogram of {what}: nobody yet."
    counts = binned(shares)
    told = ", ".join(
        f"{_range(place)}: {number}" for place, number in enumerate(counts) if number
    )
    people = "1 student" if len(shares) == 1 else f"{len(shares)} students"
    return (
        f"Histogram of {what} over {people}; median {100 * median(shares):.0f} %. "
        f"Students in each tenth: {told}."
    )


def histogram(shares: Sequence[float], what: str) -> str:
    """An svg element. `what` names the quantity, in words of ours."""
    counts = binned(shares)
    most = max(1, *counts)
    step = WIDTH / BINS
    parts = []
    for place, number in enumerate(counts):
        height = (BASE - TOP) * number / most
        left, up = place * step + 4, BASE - height
        parts.append(f'<rect class="bar" x="{left:.1f}" y="{up:.1f}" width="{step - 8:.1f}" '
                     f'height="{height:.1f}"/>')
        middle = place * step + step / 2
        if number:
            parts.append(f'<text x="{middle:.1f}" y="{up - 6:.1f}">{number}</text>')
        parts.append(f'<text x="{middle:.1f}" y="{BASE + 18}">{_range(place)}</text>')
    return (
        f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-labelledby="score-figure">'
        f'<title id="score-figure">{described(shares, what)}</title>{"".join(parts)}'
        f'<line class="axis" x1="0" y1="{BASE}" x2="{WIDTH}" y2="{BASE}"/>'
        f'<text x="{WIDTH / 2}" y="{HEIGHT - 4}">{what}, in percent</text></svg>'
    )


def _range(place: int) -> str:
    low = place * 100 // BINS
    return f"{low}–{100 if place == BINS - 1 else low + 100 // BINS - 1}"
