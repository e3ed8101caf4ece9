"""Fill the disk, the memory file system, and its table of files."""

from tests.autograder.attacking import Attack

ATTACK = Attack(
    here="a small file system of its own, gone with the child",
    cells=("""
found, n = [], 0
try:
    while True:
        open(f"/scratch/work/{n}", "wb").write(b"x" * 4_000_000)
        n += 1
except OSError as error: found.append(error.errno)
""", """
import os
for name in os.listdir("/scratch/work"): os.remove(f"/scratch/work/{name}")
try:
    for n in range(1_000_000): open(f"/scratch/work/{n}", "wb").close()
except OSError as error: found.append(error.errno)
"""),
    finds=[28, 28],
)
