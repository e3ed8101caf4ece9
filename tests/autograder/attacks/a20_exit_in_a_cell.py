"""End the process in a cell."""

from tests.autograder.attacking import Attack

ATTACK = Attack(
    plain="the submission fails, no grade recorded",
    here="a fresh child runs the other cells",
    cells=("import os\nos._exit(0)", "import sys\nsys.exit(0)", "raise SystemExit"),
    right=True,
)
