"""What every child has, whatever its walls: a connection, a process, what it uses, an end."""

from __future__ import annotations

import socket
import sys
import time
from contextlib import suppress

import psutil

__all__ = ["ChildProcess"]

MOST_CHILDREN = 100


class ChildProcess:
    """One child, our end of its conversation, and what it and all it started use."""

    def __init__(self, connection: socket.socket, pid: int) -> None:
        self.connection = connection
        self.pid = pid
        self._own = 0.0

    def own_cpu_seconds(self) -> float:
        """CPU time of the child and of what it waited for; cheap enough for every request."""
        with suppress(psutil.Error):
            self._own = _seconds(psutil.Process(self.pid), children=True)
        return self._own

    def fine_cpu_seconds(self) -> float:
        """CPU time of the child and what it started, to the microsecond; cheap. Linux only."""
        spent, waiting = 0.0, [self.pid] if sys.platform == "linux" else []
        while waiting:
            pid = waiting.pop()
            with suppress(OSError, ValueError):  # it may end while we ask
                spent += time.clock_gettime(~pid << 3 | 2)  # as clock_getcpuclockid makes it
                with open(f"/proc/{pid}/task/{pid}/children", encoding="ascii") as file:
                    waiting += map(int, file.read().split()[:MOST_CHILDREN])
        return spent

    def cpu_seconds(self) -> float:
        """CPU time of the child and of all it started, as far as that is still there."""
        spent = self.own_cpu_seconds()
        for process in self.descendants():
            with suppress(psutil.Error):
                spent += _seconds(process, children=True)
        return spent

    def memory_bytes(self) -> int:
        """Memory that the child and all it started have to themselves, or near enough."""
        used = 0
        for process in self.descendants():
            with suppress(psutil.Error):
                memory = process.memory_info()
                used += memory.rss - memory.shared
        return used

    def descendants(self) -> list[psutil.Process]:
        """Everything the child started that still has a parent there."""
        try:
            return psutil.Process(self.pid).children(recursive=True)
        except psutil.Error:
            return []

    def end(self) -> int | None:
        """End the child and all it started; its exit status. Nothing is left afterwards."""
        raise NotImplementedError


def _seconds(process: psutil.Process, *, children: bool) -> float:
    times = process.cpu_times()
    own: float = times.user + times.system
    return own + (times.children_user + times.children_system if children else 0.0)
