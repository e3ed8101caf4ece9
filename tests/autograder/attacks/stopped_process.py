"""Stop the own process, so that it neither answers nor ends."""

from dataclasses import replace

from tests.autograder.attacking import TIGHT, Attack

ATTACK = Attack(
    here="ended by the clock; a stopped process is killed like any other",
    limits=replace(TIGHT, cpu_seconds=0.5, wall_factor=4.0),
    cells=("import os, signal\nos.kill(os.getpid(), signal.SIGSTOP)",),
)
