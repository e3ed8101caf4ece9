"""Colours that people with any colour vision can tell apart, and what goes with each of them."""

from typing import Literal

LineStyle = Literal["-", "--", "-.", ":"] | tuple[float, tuple[float, ...]]

# Okabe & Ito, "Color Universal Design" (2008); black last, because text and axes use it already.
OKABE_ITO = (
    "#0072B2",  # blue
    "#D55E00",  # vermilion
    "#009E73",  # bluish green
    "#CC79A7",  # reddish purple
    "#56B4E9",  # sky blue
    "#E69F00",  # orange
    "#F0E442",  # yellow
    "#000000",  # black
)
BLUE, VERMILION, GREEN, PURPLE, SKY, ORANGE, YELLOW, BLACK = OKABE_ITO

INK = "#222222"
FAINT = "#767676"  # contrast 4.5 : 1 on white, the least that small grey text may have

# One of each goes with a colour, so that a curve is still known on a black-and-white print.
MARKERS = ("o", "s", "^", "D", "v", "P", "X", "*")
LINE_STYLES: tuple[LineStyle, ...] = (
    "-",
    "--",
    "-.",
    ":",
    (0, (5, 1)),
    (0, (3, 1, 1, 1)),
    (0, (1, 1)),
    (0, (8, 3)),
)
HATCHES = ("", "//", "..", "xx", "\\\\", "++", "oo", "--")


def number(value: float, digits: int = 3) -> str:
    """The value with `digits` significant digits, a true minus sign and no negative zero."""
    text = f"{float(value) + 0.0:.{digits}g}"
    return text.replace("-", "\N{MINUS SIGN}")
