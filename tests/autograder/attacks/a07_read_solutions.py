"""Read solutions, hidden checks, the secret and other students' work by path."""

from tests.autograder.attacking import Attack

ATTACK = Attack(
    plain="the solution can be read",
    here="none of it is in the file system of the child",
    cells=("""
import os
found = []
for start in ("@COURSE@", "@ROOT@/solutions", "@ROOT@/autograder", "../../solutions"):
    for folder, _, names in os.walk(start):
        for name in names:
            try:
                text = open(os.path.join(folder, name), errors="replace").read(300)
            except OSError:
                continue
            if "canary" in text or "BEGIN SOLUTION" in text:
                found.append(text)
found += [v for v in os.environ.values() if "canary" in v]
""",),
    finds=[],
)
