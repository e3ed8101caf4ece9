"""Look through all frames and all objects for expected values, from inside the called function."""

from tests.autograder.attacking import Attack

ATTACK = Attack(
    plain="hidden tests leaked",
    here="references and expected values are computed in another process",
    cells=("""
import gc, sys
found = []
def weighted_sum(x, w, b):
    frame, seen = sys._getframe(), []
    while frame:
        seen += [v for v in frame.f_locals.values() if isinstance(v, float) and v != b]
        frame = frame.f_back
    found.extend(n for n in sys.modules if n.partition(".")[0] == "autograder")
    for thing in gc.get_objects():
        if type(thing).__name__ in ("Verdict", "Report", "SubmissionResult"):
            found.append(type(thing).__name__)
    return seen[0] if seen else 0.0
weighted_sum([1.0], [1.0], 0.0)
""",),
    finds=[],
)
