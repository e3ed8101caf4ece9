"""A page of HTML that asks nobody for anything: no script, no request, light and dark.

Every text that is not ours comes in through `text`.
"""

from __future__ import annotations

import html
from collections.abc import Iterable, Sequence

from autograder.grading.clean import for_terminal

__all__ = ["document", "section", "table", "text"]

LONGEST_TEXT = 600
STYLE = """
:root { color-scheme: light dark; --ink: #1b1b1b; --paper: #fff; --quiet: #595959;
  --line: #c8c8c8; --bar: #0072b2; --stripe: #f4f4f4; }
@media (prefers-color-scheme: dark) { :root { --ink: #ececec; --paper: #1c1c1e; --quiet: #b5b5b5;
  --line: #555; --bar: #56b4e9; --stripe: #262629; } }
body { font: 16px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper);
  max-width: 72rem; margin: 0 auto; padding: 1.5rem; }
h1 { font-size: 1.6rem; line-height: 1.25; } h2 { font-size: 1.2rem; margin-top: 2.2rem; }
p, li { max-width: 46rem; } .quiet { color: var(--quiet); }
.wide { overflow-x: auto; } .wide:focus-visible { outline: 2px solid var(--bar); }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
caption { text-align: left; color: var(--quiet); padding: 0 0 .4rem; }
th, td { text-align: left; vertical-align: top; padding: .3rem .7rem .3rem 0;
  border-bottom: 1px solid var(--line); overflow-wrap: break-word; }
thead th { border-bottom-width: 2px; overflow-wrap: normal; } th { font-weight: 600; }
tbody th { font-weight: 500; } .number { text-align: right; white-space: nowrap; }
tbody tr:nth-child(even) { background: var(--stripe); }
svg { width: 100%; max-width: 40rem; height: auto; } svg text { font-size: 13px;
  text-anchor: middle; fill: var(--ink); } .bar { fill: var(--bar); }
.axis { stroke: var(--ink); } summary { cursor: pointer; } code { font-size: .95em;
  white-space: nowrap; }
.rate { display: inline-block; width: 5rem; height: .6rem; border: 1px solid var(--line);
  margin-right: .5rem; } .rate i { display: block; height: 100%; background: var(--bar); }
"""


def text(value: object, longest: int = LONGEST_TEXT) -> str:
    """Escaped, on one line, without characters that steer anything, and not too long."""
    line = " ".join(for_terminal(str(value)).split())
    return html.escape(line if len(line) <= longest else f"{line[:longest]} ...")


def document(title: str, body: Iterable[str]) -> str:
    """The whole page; `title` is plain text, `body` is HTML."""
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta http-equiv="Content-Security-Policy" '
        "content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n'
        f"<title>{text(title)}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main>\n"
        f"<h1>{text(title)}</h1>\n" + "\n".join(body) + "\n</main>\n</body>\n</html>\n"
    )


def section(heading: str, *body: str) -> str:
    """A section with its heading (plain text)."""
    return f"<section>\n<h2>{text(heading)}</h2>\n" + "\n".join(body) + "\n</section>"


def table(
    caption: str, columns: Sequence[str], rows: Iterable[Sequence[str]], numbers: Iterable[int] = ()
) -> str:
    """A table with headers both ways; cells are HTML, caption and columns plain text.

    `numbers` are the places of columns that are set to the right. A wide table scrolls by itself,
    by keys too.
    """
    right = frozenset(numbers)

    def mark(place: int) -> str:
        return ' class="number"' if place in right else ""

    head = "".join(f'<th scope="col"{mark(place)}>{text(each)}</th>'
                   for place, each in enumerate(columns))
    body = "".join(
        "<tr>" + "".join(
            f'<th scope="row">{cell}</th>' if place == 0 else f"<td{mark(place)}>{cell}</td>"
            for place, cell in enumerate(row)
        ) + "</tr>\n"
        for row in rows
    )
    return (
        f'<div class="wide" tabindex="0" role="region" aria-label="{text(caption)}"><table>'
        f"<caption>{text(caption)}</caption>\n<thead><tr>{head}</tr></thead>\n"
        f"<tbody>{body}</tbody></table></div>"
    )
