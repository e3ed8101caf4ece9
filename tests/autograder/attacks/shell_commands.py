"""Run programs: shell escapes, magics, subprocess, exec."""

from tests.autograder.attacking import Attack

ATTACK = Attack(
    here="there is no program but Python, and shell escapes do nothing",
    cells=("!touch @OUTSIDE@/@TOKEN@", "%%bash\ntouch @OUTSIDE@/@TOKEN@", "%pip install evil", """
import os, subprocess
found = []
for command in (["/bin/sh", "-c", "id"], ["id"], ["curl", "http://127.0.0.1"], ["mount"], ["su"]):
    try: found.append(subprocess.run(command, capture_output=True).stdout)
    except OSError: pass
os.system("touch @OUTSIDE@/@TOKEN@")
"""),
    finds=[],
)
