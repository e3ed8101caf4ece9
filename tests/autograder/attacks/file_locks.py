"""Carry hidden inputs from child to child by locks on files that all of them see."""

from tests.autograder.attacking import Attack

ATTACK = Attack(
    here="no child can lock a file; and none that knows hidden inputs runs while others are asked",
    cells=("""
import fcntl, struct, sys
found = []
shared = open(sys.modules["os"].__file__, "rb")
def number(error): return error.errno
for name, tried in {
    "whole file": lambda: fcntl.flock(shared, fcntl.LOCK_EX | fcntl.LOCK_NB),
    "range": lambda: fcntl.lockf(shared, fcntl.LOCK_SH | fcntl.LOCK_NB, 8, 1000),
    "look": lambda: fcntl.fcntl(shared, fcntl.F_GETLK, struct.pack("hhqqi4x", 1, 0, 0, 8, 0)),
    "open file": lambda: fcntl.fcntl(shared, 37, struct.pack("hhqqi4x", 0, 0, 0, 8, 0)),
    "lease": lambda: fcntl.fcntl(shared, fcntl.F_SETLEASE, fcntl.F_RDLCK),
    "high word": lambda: __import__("ctypes").CDLL(None).fcntl(shared.fileno(), (1 << 32) + 6, 0),
}.items():
    try:
        found.append([name, "done" if tried() != -1 else "refused"])
    except OSError:
        found.append([name, "refused"])
""",),
    finds=[[each, "refused"] for each in
           ("whole file", "range", "look", "open file", "lease", "high word")],
)
