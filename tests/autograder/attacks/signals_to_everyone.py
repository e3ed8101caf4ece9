"""Send signals to the parent, to process 1, to the group, and to everybody."""

from tests.autograder.attacking import Attack

ATTACK = Attack(
    here="they reach what the student started, and nobody else",
    cells=("""
import os, signal
for number in (signal.SIGTERM, signal.SIGKILL, signal.SIGSTOP):
    for pid in (os.getppid(), 1, 2, -1):
        try: os.kill(pid, number)
        except OSError: pass
""", "import os, signal\nos.killpg(0, signal.SIGKILL)"),
    right=True,
)
