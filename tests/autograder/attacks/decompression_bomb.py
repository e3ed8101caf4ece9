"""Unpack gigabytes out of a few kilobytes."""

from dataclasses import replace

from tests.autograder.attacking import TIGHT, Attack

ATTACK = Attack(
    slow=True,
    here="the limit of memory, and of the file system",
    limits=replace(TIGHT, cpu_seconds=4.0, memory_bytes=1400 * 2**20),
    cells=("""
import bz2, gzip, zlib
found = []
packed = zlib.compress(b"\\0" * 4_000_000)
try:
    kept = [zlib.decompress(packed) for _ in range(1000)]
    found.append("in memory")
except MemoryError: pass
kept = None
try:
    with open("/scratch/work/bomb", "wb") as file:
        for _ in range(100): file.write(zlib.decompress(packed))
    found.append("on disk")
except OSError: pass
""",),
    finds=[],
)
