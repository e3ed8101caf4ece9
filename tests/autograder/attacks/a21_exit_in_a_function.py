"""End the process whenever a function is called."""

from tests.autograder.attacking import Attack

ATTACK = Attack(
    plain="the submission fails, no grade recorded",
    here="that exercise earns nothing, the others are judged",
    sources={"weighted_sum": "import os\ndef weighted_sum(*a): os._exit(0)"},
    right=True, passes=("pred_succ", "classify_nodes", "quiz_sharing", "kill_flipped_kernel"),
)
