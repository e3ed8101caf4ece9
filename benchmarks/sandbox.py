"""What the walls cost (the aim: < 60 ms): one small submission behind them and without.

"Without" is a fresh process for each submission, which costs more than walls do; so the time to
make a child, wall it in, greet it and end it stands beside it, which is all that the sandbox adds
to whatever the student's code does.
"""

from __future__ import annotations

import statistics
import tempfile
from pathlib import Path
from time import perf_counter

from autograder.catalogue import Catalogue
from autograder.grading.grade import grade_one
from autograder.sandbox.limits import Limits
from autograder.sandbox.session import Session

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
    child = _milliseconds_of_a_child()
    walls, none = (statistics.median(taken[name]) for name in ("walls", "none"))
    reached = "reached" if max(walls - none, child) < AIM else "NOT reached"
    print(f"one small submission: {walls:.0f} ms behind walls, {none:.0f} ms without")
    print(f"a child made, walled in, greeted and ended: {child:.0f} ms")
    print(f"sandbox: {walls - none:+.0f} ms over no sandbox [aim < {AIM:.0f} ms: {reached}]")


def _milliseconds_of_a_child() -> float:
    taken = []
    for _ in range(ROUNDS):
        start = perf_counter()
        with Session() as session:
            session.describe("nothing")
        taken.append(1000 * (perf_counter() - start))
    return statistics.median(taken)


if __name__ == "__main__":
    main()
