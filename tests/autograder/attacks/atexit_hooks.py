"""Register functions that run when the interpreter ends."""

from tests.autograder.attacking import Attack

ATTACK = Attack(
    here="the process ends without running them",
    cells=("""
import atexit, time
def late():
    open("@OUTSIDE@/@TOKEN@", "w").write("x")
    time.sleep(1000)
atexit.register(late)
import threading
threading._register_atexit(late)
""",),
    right=True,
)
