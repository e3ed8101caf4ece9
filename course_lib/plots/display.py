"""Figures in a notebook, with alternative text that a screen reader reads aloud."""

import base64
import html
import io
import struct
import sys

from matplotlib.figure import Figure

_DOTS_PER_INCH = 144
_CSS_PIXELS_PER_INCH = 96
_SHORTEST_ALT = 20


def show(fig: Figure, *, alt: str) -> None:
    """Displays the figure as a PNG whose `alt` attribute is your sentence, and closes it.

    alt: what a reader who cannot see the figure should know; at least 20 characters.
    Without a notebook (a script, a test) the sentence is printed.
    Raises ValueError if `alt` is no sentence, TypeError if `fig` is no matplotlib Figure.
    """
    if not isinstance(fig, Figure):
        raise TypeError(
            f"show expects a matplotlib Figure; got {type(fig).__name__}. "
            "Did you mean show(ax.figure, alt=...)?"
        )
    sentence = _sentence(alt)
    bundle = {"text/html": figure_html(fig, alt=sentence), "text/plain": sentence}
    _close(fig)
    # IPython is loaded in every kernel, and only there is anything able to show HTML.
    ipython = sys.modules.get("IPython")
    if ipython is None or ipython.get_ipython() is None:
        print(sentence)
    else:
        ipython.display.display(bundle, raw=True)


def figure_html(fig: Figure, *, alt: str, trim: bool = True) -> str:
    """An <img> element with the figure inside (a data address) and `alt` as its text.

    trim: cut off white margins, and keep what hangs over the edge. Without it the picture is as
    large as the figure, always the same, and drawn in half the time.
    """
    sentence = _sentence(alt)
    png = _png(fig, trim)
    # Bytes 16..19 of every PNG hold its width; shown smaller than drawn, text is crisp.
    pixels = struct.unpack(">I", png[16:20])[0]
    width = round(pixels * _CSS_PIXELS_PER_INCH / _DOTS_PER_INCH)
    data = base64.b64encode(png).decode("ascii")
    text = html.escape(sentence, quote=True)
    # Never wider than its column: a widget's output would cut off what hangs over.
    fit = "max-width:100%;height:auto"
    return f'<img alt="{text}" width="{width}" style="{fit}" src="data:image/png;base64,{data}">'


def _sentence(alt: object) -> str:
    """The text without white space around it; ValueError if nobody could learn from it."""
    text = alt.strip() if isinstance(alt, str) else ""
    if len(text) < _SHORTEST_ALT or " " not in text:
        raise ValueError(
            f"alt expects a sentence of at least {_SHORTEST_ALT} characters that says what the "
            f"figure shows; got {alt!r}. Write what you would say on the telephone, for example "
            'alt="The error falls from 2 to 0.1 in 20 epochs."'
        )
    return text


def _png(fig: Figure, trim: bool) -> bytes:
    buffer = io.BytesIO()
    # White, never transparent: dark themes would swallow black text.
    fig.savefig(
        buffer,
        format="png",
        dpi=_DOTS_PER_INCH,
        bbox_inches="tight" if trim else None,
        facecolor="white",
        metadata={"Software": None},
    )
    return buffer.getvalue()


def _close(fig: Figure) -> None:
    """Forget a figure that pyplot made, or the notebook would show it a second time."""
    pyplot = sys.modules.get("matplotlib.pyplot")
    if pyplot is not None:
        pyplot.close(fig)
