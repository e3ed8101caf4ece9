"""Users for children, where we are root: one that no other living child has."""

from __future__ import annotations

import itertools
import os
from pathlib import Path

__all__ = ["slot", "user"]

SLOTS = 64  # users for the children of one grading process
FIRST_USER = 1_000_000_000
SMALL_RANGE = 30_000  # where the machine knows 65,536 users only, as in most containers

_numbers = itertools.count(1)


def user(number: int) -> int:
    """The user of a child: of this process by number, of others by process id."""
    uid = FIRST_USER + os.getpid() * SLOTS + number % SLOTS
    lines = Path("/proc/self/uid_map").read_text(encoding="ascii").splitlines()
    known = sum(int(line.split()[2]) for line in lines)
    return uid if uid < known else SMALL_RANGE + uid % SMALL_RANGE


def slot() -> int:
    """The next user."""
    return user(next(_numbers))
