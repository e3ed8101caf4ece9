"""Sleep for ever: no CPU time, no end."""

from dataclasses import replace

from tests.autograder.attacking import TIGHT, Attack

ATTACK = Attack(
    here="ended by the clock",
    limits=replace(TIGHT, cpu_seconds=0.5, wall_factor=4.0),
    cells=("import time\ntime.sleep(10**6)", "import threading\nthreading.Event().wait()"),
)
