"""`python -m course_lib.training.plain_or_residual`: deeper networks, plain and residual.

One line a network: a deep plain network learns worse than a shallow one, a deep residual one does
not. It takes a minute or two. With --save the curves go into a JSON file, as the one in data/.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from course_lib.training.depth import DEPTHS, EPOCHS, compare_depths, write_comparison


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        "python -m course_lib.training.plain_or_residual", description=__doc__
    )
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--epochs", type=int, default=EPOCHS)
    parser.add_argument("--depths", type=int, nargs="+", default=list(DEPTHS), metavar="DEPTH",
                        help="numbers of layers, each 6n + 2")
    parser.add_argument("--save", type=Path, metavar="FILE", help="write the curves there")
    options = parser.parse_args(arguments)
    curves = compare_depths(options.depths, epochs=options.epochs, seed=options.seed)
    if options.save:
        write_comparison(options.save, curves, seed=options.seed)
    return 0


if __name__ == "__main__":
    sys.exit(main())
