"""Run code at every garbage collection."""

from tests.autograder.attacking import Attack

ATTACK = Attack(
    here="it runs in the student's own process, and only there",
    cells=("""
import gc
gc.callbacks.append(lambda phase, info: open("@OUTSIDE@/@TOKEN@", "w"))
gc.set_threshold(200)
gc.collect()
""",),
    right=True,
)
