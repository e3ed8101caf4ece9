"""Give two different cells the same grade_id, one right and one wrong."""

import copy

from tests.autograder.attacking import Attack


def edit(notebook):
    again = copy.deepcopy(next(c for c in notebook["cells"] if c["id"] == "weighted_sum"))
    again["source"] = "def weighted_sum(*a): return 0.0"
    notebook["cells"].append(again)


ATTACK = Attack(
    plain="the submission crashed, no grade recorded",
    here="a person looks at that exercise; the others are graded",
    edit=edit, right=True, looks=("weighted_sum",),
    passes=("pred_succ", "classify_nodes", "quiz_sharing", "kill_flipped_kernel"),
)
