"""Install audit, trace and profile hooks that interfere with whatever runs later."""

from tests.autograder.attacking import Attack

ATTACK = Attack(
    here="they can only spoil the student's own answers",
    cells=("""
import sys, threading
def hook(*a): raise RuntimeError("no")
sys.settrace(lambda *a: hook); threading.settrace(hook)
sys.setprofile(lambda *a: None)
sys.addaudithook(lambda name, args: hook() if name in ("open", "import", "compile") else None)
""",),
)
