"""Print 300 MB."""

from tests.autograder.attacking import Attack

ATTACK = Attack(
    plain="300 MB of notebook and 300 MB of feedback",
    here="printed text goes nowhere",
    cells=("for _ in range(300): print('x' * 1_000_000)", "import sys\nfor _ in range(300):"
           " sys.__stdout__.write('x' * 1_000_000)"),
)
