"""Print without end, to every descriptor there is."""

from tests.autograder.attacking import Attack

ATTACK = Attack(
    slow=True,
    here="ended at the limit of CPU time; nothing of it is kept",
    cells=("while True: print('x')", "import os\nwhile True: os.write(1, b'x' * 100_000)"),
)
