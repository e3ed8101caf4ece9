"""Ignore the signal of the CPU limit, raise the limits, burn time in many processes."""

from tests.autograder.attacking import Attack

ATTACK = Attack(
    slow=True,
    here="the grader counts the time of all processes and ends them together",
    cells=("""
import os, resource, signal
signal.signal(signal.SIGXCPU, signal.SIG_IGN)
found = []
for name in dir(resource):
    if name.startswith("RLIMIT_"):
        limit = getattr(resource, name)
        soft, hard = resource.getrlimit(limit)
        if hard != resource.RLIM_INFINITY:
            try:
                resource.setrlimit(limit, (hard + 1, hard + 1))
                found.append(name)
            except (OSError, ValueError): pass
""", """
import os, time
for _ in range(8):
    if os.fork() == 0:
        while True: pass
time.sleep(1000)
"""),
    finds=[],
)
