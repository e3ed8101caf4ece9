"""Answer one byte at a time, so that the grader waits."""

from dataclasses import replace

from tests.autograder.attacking import TIGHT, Attack

ATTACK = Attack(
    here="the clock of a request does not begin again with a byte",
    limits=replace(TIGHT, cpu_seconds=0.5, wall_factor=4.0),
    cells=("""
import gc, sys, time
wire = sys.modules["course_wire"]
talk = next(o for o in gc.get_objects() if isinstance(o, wire.Channel))
def trickle(value):
    talk.connection.sendall(b"\\0" * 5 + b"\\x10\\0\\0")
    while True:
        talk.connection.sendall(b"x")
        time.sleep(0.05)
talk.send = trickle
""",),
)
