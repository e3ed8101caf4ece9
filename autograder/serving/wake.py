"""Told by the kernel when something appears in a folder, where it can tell.

This only ends the waiting sooner: what counts is found by looking, so a file system that tells
nothing (a network share) costs a second and no hand-in.
"""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

__all__ = ["Wake"]

# <sys/inotify.h>: closed after writing, moved here, made here
CHANGES = 0x8 | 0x80 | 0x100
ONLY_FOLDERS = 0x01000000


class Wake:
    """Watches folders through inotify. `descriptor` is None where there is no inotify."""

    def __init__(self) -> None:
        self.descriptor: int | None = None
        self.watched: set[Path] = set()
        if sys.platform == "linux":
            self.libc = ctypes.CDLL(None, use_errno=True)
            made = self.libc.inotify_init1(os.O_NONBLOCK | os.O_CLOEXEC)
            self.descriptor = made if made >= 0 else None

    def watch(self, folders: Iterable[Path]) -> None:
        """Watch these too. What cannot be watched is left to the regular look."""
        wanted = set(folders)
        if self.descriptor is not None:
            for folder in wanted - self.watched:
                self.libc.inotify_add_watch(
                    self.descriptor, os.fsencode(folder), CHANGES | ONLY_FOLDERS
                )
        self.watched = wanted

    def heard(self) -> None:
        """Forget what was told; looking comes next."""
        if self.descriptor is not None:
            with suppress(BlockingIOError):
                while len(os.read(self.descriptor, 65536)) > 60_000:
                    pass

    def close(self) -> None:
        """Stop watching."""
        if self.descriptor is not None:
            os.close(self.descriptor)
            self.descriptor = None
