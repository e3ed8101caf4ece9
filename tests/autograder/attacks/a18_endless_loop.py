"""Loop for ever in a cell and in a function."""

from tests.autograder.attacking import Attack

ATTACK = Attack(
    plain="35 s until the time-out",
    here="ended at the limit of CPU time; the other exercises are judged",
    sources={"weighted_sum": "def weighted_sum(*a):\n    while True: pass"},
    cells=("while True: pass",),
    right=True, passes=("pred_succ", "classify_nodes", "quiz_sharing", "kill_flipped_kernel"),
)
