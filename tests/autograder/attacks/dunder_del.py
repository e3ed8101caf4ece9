"""Hide work in destructors and weak references."""

from tests.autograder.attacking import Attack

ATTACK = Attack(
    here="there is nothing of the grader's in that process to disturb",
    cells=("""
import weakref
class Late(float):
    def __del__(self):
        for name in list(globals()):
            if name.startswith("course"): globals().pop(name)
def weighted_sum(*a): return Late(0.0)
""",),
)
