"""Fork without end."""

from tests.autograder.attacking import Attack

ATTACK = Attack(
    here="stopped by the number of processes of a user of its own, and ended together",
    cells=("""
import os, time
found = 0
try:
    while True:
        if os.fork() == 0: time.sleep(1000)
        found += 1
except BlockingIOError: pass
found = found < 40
""",),
    finds=True,
)
