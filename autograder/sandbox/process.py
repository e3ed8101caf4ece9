"""What every child has, whatever its walls: a connection, a process, what it uses, an end."""

from __future__ import annotations

import os
import socket
import sys
import time
from contextlib import suppress

import psutil

__all__ = ["ChildProcess"]

MOST_CHILDREN = 100
TELLS_CHILDREN = os.path.exists(f"/proc/{os.getpid()}/task/{os.getpid()}/children")
TICKS = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100


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
        if (family := _family(self.pid)) is not None:
            self._own = max(self._own, sum(map(_ticks, family)) / TICKS)
            return self._own
        spent = self.own_cpu_seconds()
        for process in self.descendants():
            with suppress(psutil.Error):
                spent += _seconds(process, children=True)
        return spent

    def uses_more_than(self, limit: int) -> bool:
        """Whether the child and all it started have more memory than that.

        A process that was forked shares what neither side has changed since. Told apart it costs
        milliseconds for each, so this is done only if it could matter.
        """
        family = self.descendants()
        if sum(map(_at_most, family)) <= limit:
            return False
        try:
            return sum(process.memory_full_info().pss for process in family) > limit
        except psutil.NoSuchProcess:
            return False  # the next look is soon
        except (psutil.Error, AttributeError):  # not ours to look into, or no Linux
            with suppress(psutil.Error):
                common = _at_most(psutil.Process(self.pid))
                return sum(max(0, _at_most(process) - common) for process in family) > limit
            return False

    def descendants(self) -> list[psutil.Process]:
        """Everything the child started that still has a parent there."""
        if (family := _family(self.pid)) is not None:
            found = []
            for pid in family[1:]:
                with suppress(psutil.Error):
                    found.append(psutil.Process(pid))
            return found
        try:
            return psutil.Process(self.pid).children(recursive=True)
        except psutil.Error:
            return []

    def end(self) -> int | None:
        """End the child and all it started; its exit status. Nothing is left afterwards."""
        raise NotImplementedError


def _family(parent: int) -> list[int] | None:
    """A process and all below it, by number; None where the kernel keeps no lists of children.

    To look through all processes of the machine, as elsewhere, takes longer than most notebooks.
    """
    if not TELLS_CHILDREN:
        return None
    family = [parent]
    for pid in family:  # which grows
        with suppress(OSError, ValueError):  # it may end while we ask
            for thread in os.listdir(f"/proc/{pid}/task")[:MOST_CHILDREN]:
                with open(f"/proc/{pid}/task/{thread}/children", encoding="ascii") as file:
                    family += map(int, file.read().split())
    return family


def _ticks(pid: int) -> int:
    """What a process used and what those used that it waited for, in the kernel's steps."""
    try:
        with open(f"/proc/{pid}/stat", encoding="ascii", errors="replace") as file:
            fields = file.read().rpartition(")")[2].split()
    except OSError:
        return 0
    return sum(map(int, fields[11:15]))


def _at_most(process: psutil.Process) -> int:
    """What a process has besides files it maps, as if it shared nothing of that."""
    try:
        memory = process.memory_info()
    except psutil.Error:
        return 0
    used: int = memory.rss - getattr(memory, "shared", 0)
    return used


def _seconds(process: psutil.Process, *, children: bool) -> float:
    times = process.cpu_times()
    own: float = times.user + times.system
    return own + (times.children_user + times.children_system if children else 0.0)
