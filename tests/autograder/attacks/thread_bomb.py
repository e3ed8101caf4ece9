"""Start threads without end."""

from tests.autograder.attacking import Attack

ATTACK = Attack(
    here="threads count as processes do",
    cells=("""
import threading, time
found, stay = 0, threading.Event()
try:
    while found < 1000:
        threading.Thread(target=stay.wait, daemon=True).start()
        found += 1
except RuntimeError: pass
stay.set()
found = found < 40
""",),
    finds=True,
)
