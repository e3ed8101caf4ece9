"""Send thousands of replies before they are asked for."""

from tests.autograder.attacking import Attack

ATTACK = Attack(
    here="answers to other questions are wrong answers",
    cells=("""
import gc, sys
wire = sys.modules["course_wire"]
talk = next(o for o in gc.get_objects() if isinstance(o, wire.Channel))
talk.connection.setblocking(False)
try:
    for _ in range(5000): talk.send({"value": 1.0})
except Exception: pass
talk.connection.setblocking(True)
""",),
)
