"""What the walls cost: one small submission graded behind them and without (the aim: < 60 ms)."""

from __future__ import annotations

import statistics
import tempfile
from pathlib import Path
from time import perf_counter

from autograder.catalogue import Catalogue
from autograder.grading.grade import grade_one
from autograder.sandbox.limits import Limits

TOPIC = "00"
ROUNDS = 15
AIM = 60.0  # ms


def main() -> None:
    topic = Catalogue().topic(TOPIC)
    limits = {"walls": Limits(), "none": Limits(sandbox="none")}
    taken: dict[str, list[float]] = {name: [] for name in limits}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, topic.notebook.name)
        path.write_bytes(topic.notebook.read_bytes())
        for turn in range(ROUNDS + 1):
            for name, each in limits.items():
                start = perf_counter()
                grade_one(path, student="ada", topic=topic, secret=b"x" * 32, limits=each)
                if turn:  # the first one starts the zygote
                    taken[name].append(1000 * (perf_counter() - start))
    walls, none = (statistics.median(taken[name]) for name in ("walls", "none"))
    reached = "reached" if walls - none < AIM else "NOT reached"
    print(f"one small submission: {walls:.0f} ms behind walls, {none:.0f} ms without")
    print(f"sandbox: {walls - none:+.0f} ms over no sandbox [aim < {AIM:.0f} ms: {reached}]")


if __name__ == "__main__":
    main()
