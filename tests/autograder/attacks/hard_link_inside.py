"""Make hard links and symbolic links to what is private, inside the child."""

from tests.autograder.attacking import Attack

ATTACK = Attack(
    here="there is nothing to link to",
    cells=("""
import os
found = []
for number, target in enumerate(["@COURSE@/gradebook.db", "/etc/shadow", "/etc/passwd",
                                 "@ROOT@/solutions", "/proc/1/root", "/scratch/../../.."]):
    for make in (os.link, os.symlink):
        name = f"/scratch/work/{number}{make.__name__}"
        try:
            make(target, name)
            found += [os.path.basename(target)] if os.path.isfile(name) else []
        except OSError: pass
found = sorted(set(found))
""",),
    finds=["passwd"],  # of the room itself: two lines, no secret
)
