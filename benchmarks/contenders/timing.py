"""Timing that holds on a computer that does other things too.

All contenders run in one process, in rounds of steady blocks of 0.2 s each; the first run of a
block is not counted. What is compared is the tenth percentile of all runs, and only as a ratio.
A round in which others took more than a little of the processors is repeated; if too many are
like that, it is said.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from time import perf_counter, process_time, sleep

import numpy as np
import psutil

Step = Callable[[], object]

BLOCK = 0.2
ROUNDS = 8
TRIES = 12          # rounds, good and bad
BUSY = 0.08         # of one processor, by others
PAUSE = 0.1         # in which the threads of the contender before come to rest


def percentiles(steps: Mapping[str, Step], rounds: int = ROUNDS) -> tuple[dict[str, float], str]:
    """Seconds of each step, the tenth percentile; and a note, if the computer was not quiet."""
    for step in steps.values():
        step()
        step()
    quiet: list[dict[str, list[float]]] = []
    noisy: list[dict[str, list[float]]] = []
    while len(quiet) < rounds and len(quiet) + len(noisy) < max(TRIES, rounds):
        others = Others()
        found = {name: block(step) for name, step in steps.items()}
        (quiet if others.share() < BUSY else noisy).append(found)
    used = quiet if len(quiet) > rounds // 2 else quiet + noisy
    note = "" if used is quiet else f"not quiet: only {len(quiet)} of {len(used)} rounds were"
    return {
        name: float(np.percentile([t for found in used for t in found[name]], 10))
        for name in steps
    }, note


def block(step: Step) -> list[float]:
    """Seconds of each run in a block; a slow step runs twice."""
    sleep(PAUSE)
    taken: list[float] = []
    end = perf_counter() + BLOCK
    while len(taken) < 2 or perf_counter() < end:
        start = perf_counter()
        step()
        taken.append(perf_counter() - start)
    return taken[1:]


class Others:
    """How much of a processor other processes have taken since this was made."""

    def __init__(self) -> None:
        self.start = perf_counter()
        self.before = _busy() - process_time()

    def share(self) -> float:
        return (_busy() - process_time() - self.before) / (perf_counter() - self.start)


def _busy() -> float:
    times = psutil.cpu_times()
    return float(sum(times) - times.idle - getattr(times, "iowait", 0.0))
