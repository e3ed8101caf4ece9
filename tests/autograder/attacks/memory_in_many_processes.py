"""Take memory in many processes, each below its own limit."""

from dataclasses import replace

from tests.autograder.attacking import TIGHT, Attack

ATTACK = Attack(
    slow=True,
    here="the grader adds up what all of them have and ends them together",
    limits=replace(TIGHT, memory_bytes=1024 * 1024 * 1024, cpu_seconds=2.0, restarts=2),
    cells=("""
import os, time
for _ in range(6):
    if os.fork() == 0:
        kept = bytearray(b"x") * (300 * 1024 * 1024)
        time.sleep(1000)
time.sleep(1000)
""",),
    right=True,
)
