"""Change installed libraries, for this and for later students."""

from tests.autograder.attacking import Attack

ATTACK = Attack(
    here="they are read-only",
    cells=("""
import numpy, os, site, course_lib
found = []
for path in (numpy.__file__, os.__file__, course_lib.__file__):
    for act in (lambda: open(path, "a").close(), lambda: os.chmod(path, 0o777),
                lambda: os.utime(path), lambda: os.rename(path, path + "x"),
                lambda: os.remove(path)):
        try:
            act()
            found.append(path)
        except OSError: pass
""",),
    finds=[],
)
