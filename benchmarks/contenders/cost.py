"""Wall-clock time, CPU time and memory of a command and of everything that it starts."""

from __future__ import annotations

import ctypes
import os
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from benchmarks.contenders.classes import environment

SUBREAPER = 36  # PR_SET_CHILD_SUBREAPER: orphans become ours, so that their CPU time is counted
LAST_BREATH = 10.0  # seconds for processes that end by themselves when their parent is gone


@dataclass(frozen=True)
class Cost:
    """Seconds on the clock, seconds of CPU (all processes together)."""

    wall: float
    cpu: float

    def times(self, factor: float) -> Cost:
        return Cost(self.wall * factor, self.cpu * factor)


@dataclass
class Memory:
    """Resident megabytes over the run: the processes that grade, and the students' children."""

    grading: list[float] = field(default_factory=list)
    children: list[float] = field(default_factory=list)

    def quarters(self) -> list[float]:
        """The most in each quarter of the run."""
        step = max(1, len(self.grading) // 4)
        return [max(self.grading[place:place + step], default=0.0)
                for place in range(0, 4 * step, step)]


def cost(*commands: Sequence[str], folder: Path, memory: Memory | None = None) -> Cost:
    """Run commands side by side, each to its end. Raises when one fails."""
    libc = ctypes.CDLL(None) if sys.platform == "linux" else None
    if libc is not None:
        libc.prctl(SUBREAPER, 1)
    began, spent = time.perf_counter(), _spent()
    running = [subprocess.Popen(command, cwd=folder, env=environment(), stdout=subprocess.PIPE,
                                stderr=subprocess.STDOUT, text=True) for command in commands]
    stop = threading.Event()
    watcher = threading.Thread(target=_watch, args=(running[0].pid, memory, stop), daemon=True)
    if memory is not None:
        watcher.start()
    said = [process.communicate()[0] for process in running]
    wall = time.perf_counter() - began
    stop.set()
    for process, words in zip(running, said, strict=True):
        if process.returncode != 0:
            raise RuntimeError(f"{process.args} ended with {process.returncode}: {words[-2000:]}")
    _reap()
    return Cost(wall, _spent() - spent)


def _spent() -> float:
    used = os.times()
    return used.children_user + used.children_system


def _reap() -> None:
    """Wait for orphans that are ending; one that stays is not waited for."""
    until = time.monotonic() + LAST_BREATH
    with suppress(ChildProcessError):
        while time.monotonic() < until:
            if os.waitpid(-1, os.WNOHANG) == (0, 0):
                time.sleep(0.05)


def _watch(pid: int, memory: Memory | None, stop: threading.Event) -> None:
    while memory is not None and not stop.wait(0.5):
        grading = children = 0.0
        with suppress(psutil.Error):
            top = psutil.Process(pid)
            for process in (top, *top.children(recursive=True)):
                with suppress(psutil.Error):
                    size = process.memory_info().rss / 1e6
                    if any("zygote" in word or "child.py" in word for word in process.cmdline()):
                        children += size
                    else:
                        grading += size
        memory.grading.append(grading)
        memory.children.append(children)
