"""Leave a daemon behind that writes a file after grading."""

from tests.autograder.attacking import Attack

ATTACK = Attack(
    plain="the file appeared 90 s later",
    here="whatever was started ends with the child's namespace",
    cells=("""
import os, time
for _ in range(3):
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            while True:
                time.sleep(0.05)
                try: open("@OUTSIDE@/@TOKEN@", "w").write("still here")
                except OSError: pass
        os._exit(0)
""",),
)
