"""Write images.npz: the answers of PyTorch for the table of image functions.

Run it after a change of the table, where PyTorch is installed:

    python -m tests.course_lib.golden.write_images

Arguments are stored beside the answers, since random streams may change between versions of NumPy.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from course_lib.arrays import Array
from tests.course_lib.images_table import TABLE

FILE = Path(__file__).with_name("images.npz")


def golden_arrays() -> dict[str, Array]:
    """"<row>/x0", ... for the arguments and "<row>/y0", ... for the answers."""
    import torch

    rng = np.random.default_rng(7)
    arrays: dict[str, Array] = {}
    for row in TABLE:
        args = row.arguments(rng)
        arrays |= {f"{row.id}/x{k}": a for k, a in enumerate(args)}
        answers = row.answers_of_torch(torch, *args)
        arrays |= {f"{row.id}/y{k}": y for k, y in enumerate(answers)}
    return arrays


if __name__ == "__main__":
    np.savez_compressed(FILE, **golden_arrays())
    print(f"wrote {FILE.name}: {FILE.stat().st_size / 1024:.0f} KiB")
