"""How far a long command is: a bar on a terminal, ten plain lines elsewhere."""

from __future__ import annotations

import shutil
import sys
import time
from collections.abc import Callable
from typing import TextIO

__all__ = ["Progress", "duration"]

WIDTH = 24


def duration(seconds: float) -> str:
    """45 s, 2:05 min, 1:30 h."""
    whole = max(0, round(seconds))
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60}:{whole % 60:02d} min"
    return f"{whole // 3600}:{whole % 3600 // 60:02d} h"


class Progress:
    """`show(done, total, what)` after each step, `end()` at the end.

    From the second step on it tells how many a minute and how long it still takes.
    """

    def __init__(
        self,
        title: str,
        out: TextIO | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.title = title
        self.out = out or sys.stderr
        self.clock = clock
        self.began = clock()
        self.tenth = 0
        self.is_terminal = self.out.isatty()

    def show(self, done: int, total: int, what: str) -> None:
        """Draw the bar again, or print a line."""
        pace = self._pace(done, total)
        if not self.is_terminal:
            tenth = 10 * done // max(total, 1)
            if tenth != self.tenth:
                parts = [f"{self.title}: {done} of {total}", *pace, what]
                print(", ".join(filter(None, parts)), file=self.out, flush=True)
            self.tenth = tenth
            return
        filled = WIDTH * done // max(total, 1)
        bar = "#" * filled + "." * (WIDTH - filled)
        line = " ".join([f"{self.title} [{bar}] {done}/{total}", *pace, what])
        columns = shutil.get_terminal_size().columns - 1
        self.out.write("\r" + line[:columns].ljust(columns))
        self.out.flush()

    def end(self) -> None:
        """Leave the line to what comes next."""
        if self.is_terminal:
            self.out.write("\r" + " " * (shutil.get_terminal_size().columns - 1) + "\r")
            self.out.flush()

    def _pace(self, done: int, total: int) -> list[str]:
        passed = self.clock() - self.began
        if done < 2 or passed <= 0.0:
            return []
        rate = done / passed
        each = f"{60 * rate:.0f} a minute" if rate >= 0.1 else f"{3600 * rate:.0f} an hour"
        return [each] if done >= total else [each, f"{duration((total - done) / rate)} left"]
