"""What importing the library costs beyond NumPy (the bar is 0.2 s).

Each import runs in a fresh interpreter that has NumPy already; the first run fills the disk's
cache and is not counted. Only differences within one process are timed, so that starting Python
does not count either.
"""

from __future__ import annotations

import subprocess
import sys
from statistics import median

RUNS = 7
BAR = 0.2
UNDER_THE_BAR = ("course_lib", "without drawing")
# What a lecture's setup cell imports before it draws, and what it imports to draw.
IMPORTS = {
    "course_lib": "import course_lib",
    "without drawing": "from course_lib import autodiff, functional, gradcheck, graph, images, "
                       "init, layers, metrics, optim, shapes",
    "checks": "from course_lib.checks import check, case, hint",
    "plots": "from course_lib import plots",
    "widgets": "from course_lib import widgets",
}
TIMED = """
from time import perf_counter
start = perf_counter()
import numpy
between = perf_counter()
{statement}
print(between - start, perf_counter() - between)
"""


def once(statement: str) -> tuple[float, float]:
    """Seconds for NumPy, then for the statement."""
    command = [sys.executable, "-c", TIMED.format(statement=statement)]
    shown = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    numpy, ours = map(float, shown.split())
    return numpy, ours


def medians(statement: str, runs: int = RUNS) -> tuple[float, float]:
    once(statement)
    numpy, ours = zip(*(once(statement) for _ in range(runs)), strict=True)
    return median(numpy), median(ours)


def main() -> None:
    for title, statement in IMPORTS.items():
        numpy, ours = medians(statement)
        verdict = "within" if ours < BAR else "OVER"
        bar = f"  {verdict} the bar of {BAR} s" if title in UNDER_THE_BAR else ""
        print(f"{title:16} {ours:6.3f} s = {ours / numpy:5.2f} x NumPy ({numpy:.3f} s){bar}")


if __name__ == "__main__":
    main()
