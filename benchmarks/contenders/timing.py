"""Timing that holds on a computer that does other things too.

All contenders run in one process, in turns of steady blocks of 0.2 s; the first run of a block is
not counted. What is compared is the tenth percentile of all runs, and only as a ratio. Before
each round the computer has to be quiet; if it will not be, the round is counted as disturbed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from time import perf_counter, sleep

import numpy as np
import psutil

Step = Callable[[], object]

BLOCK = 0.2
ROUNDS = 8
BUSY = 0.15         # of one processor, by others
PATIENCE = 5        # looks at the computer before a round runs all the same


def percentiles(steps: Mapping[str, Step], rounds: int = ROUNDS) -> tuple[dict[str, float], int]:
    """Seconds of each step, the tenth percentile; and how many rounds were disturbed."""
    for step in steps.values():
        step()
        step()
    runs: dict[str, list[float]] = {name: [] for name in steps}
    disturbed = 0
    for _ in range(rounds):
        disturbed += not wait_for_quiet()
        for name, step in steps.items():
            runs[name] += block(step)
    return {name: float(np.percentile(taken, 10)) for name, taken in runs.items()}, disturbed


def block(step: Step) -> list[float]:
    """Seconds of each run in a block; a slow step runs twice."""
    taken: list[float] = []
    end = perf_counter() + BLOCK
    while len(taken) < 2 or perf_counter() < end:
        start = perf_counter()
        step()
        taken.append(perf_counter() - start)
    return taken[1:]


def wait_for_quiet() -> bool:
    """Whether the processors stood idle while this process slept."""
    for _ in range(PATIENCE):
        before = psutil.cpu_times()
        sleep(0.1)
        after = psutil.cpu_times()
        idle = after.idle - before.idle
        if 0.1 * (psutil.cpu_count() or 1) - idle < 0.1 * BUSY + 0.02:   # counted in 0.01 s
            return True
    return False
