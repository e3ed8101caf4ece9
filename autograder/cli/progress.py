"""How far a long command is: a bar on a terminal, ten plain lines elsewhere."""

from __future__ import annotations

import shutil
import sys
from typing import TextIO

__all__ = ["Progress"]

WIDTH = 24


class Progress:
    """`show(done, total, what)` after each step, `end()` at the end."""

    def __init__(self, title: str, out: TextIO | None = None) -> None:
        self.title = title
        self.out = out or sys.stderr
        self.tenth = 0
        self.is_terminal = self.out.isatty()

    def show(self, done: int, total: int, what: str) -> None:
        """Draw the bar again, or print a line."""
        if not self.is_terminal:
            tenth = 10 * done // max(total, 1)
            if tenth != self.tenth:
                print(f"{self.title}: {done} of {total}, {what}", file=self.out, flush=True)
            self.tenth = tenth
            return
        filled = WIDTH * done // max(total, 1)
        bar = "#" * filled + "." * (WIDTH - filled)
        line = f"{self.title} [{bar}] {done}/{total} {what}"
        columns = shutil.get_terminal_size().columns - 1
        self.out.write("\r" + line[:columns].ljust(columns))
        self.out.flush()

    def end(self) -> None:
        """Leave the line to what comes next."""
        if self.is_terminal:
            self.out.write("\r" + " " * (shutil.get_terminal_size().columns - 1) + "\r")
            self.out.flush()
