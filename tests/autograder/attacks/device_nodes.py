"""Make device nodes, and read the machine's memory and disks."""

from tests.autograder.attacking import Attack

ATTACK = Attack(
    here="no device can be made, and only null, zero, full and random are there",
    cells=("""
import os, stat
harmless = ("null", "zero", "full", "random", "urandom", "shm")
found = [name for name in os.listdir("/dev") if name not in harmless]
for kind, number in ((stat.S_IFCHR, os.makedev(1, 1)), (stat.S_IFBLK, os.makedev(8, 0))):
    try:
        os.mknod("/scratch/work/device", kind | 0o600, number)
        found.append("made one")
    except OSError: pass
""",),
    finds=[],
)
