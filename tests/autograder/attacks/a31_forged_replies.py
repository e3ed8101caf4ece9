"""Forge the messages that the child sends to the grader."""

from tests.autograder.attacking import Attack

ATTACK = Attack(
    plain="10 of 12",
    here="a message can only say a value, and the value is compared",
    cells=("""
import gc, sys
wire = sys.modules["course_wire"]
talk = next(o for o in gc.get_objects() if isinstance(o, wire.Channel))
send = talk.send
talk.send = lambda value: send({"value": 0.0, "error": None, "passed": True, "points": 100})
""",),
)
