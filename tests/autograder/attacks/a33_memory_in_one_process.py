"""Take 4 GB of memory in one process."""

from dataclasses import replace

from tests.autograder.attacking import TIGHT, Attack

ATTACK = Attack(
    plain="succeeds",
    here="MemoryError at the limit",
    limits=replace(TIGHT, cpu_seconds=4.0),
    cells=("""
import numpy as np
kept, found = [], "nothing stopped it"
try:
    for _ in range(64): kept.append(np.empty(64 * 1024 * 1024, np.int8))
except MemoryError:
    found = "MemoryError"
kept = None
""",),
    finds="MemoryError",
)
