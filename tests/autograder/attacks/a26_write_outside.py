"""Write files outside the own folder."""

from tests.autograder.attacking import Attack

ATTACK = Attack(
    plain="succeeds",
    here="everything but a small file system in memory is read-only or absent",
    cells=("""
import os, site
found = []
for place in ["@OUTSIDE@", "@COURSE@", "/", "/etc", "/usr/lib", "/dev", "@ROOT@",
              "@ROOT@/course_lib", os.path.dirname(os.__file__), *site.getsitepackages()]:
    try:
        with open(os.path.join(place, "@TOKEN@"), "w") as file:
            file.write("was here")
        found.append(place)
    except OSError: pass
for place in ("/tmp", "/dev/shm", "/var/tmp"):
    try: open(place + "/@TOKEN@", "w").write("was here")
    except OSError: pass
""",),
    finds=[],
)
