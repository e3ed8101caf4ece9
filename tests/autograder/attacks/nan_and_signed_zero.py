"""Return nan, infinities and -0.0, which compare oddly."""

from tests.autograder.attacking import Attack

ATTACK = Attack(
    here="nan is right only where the reference says nan",
    cells=("""
import itertools
odd = itertools.cycle([float("nan"), float("inf"), -0.0, complex("nan"), True])
def weighted_sum(*a): return next(odd)
pred_succ = classify_nodes = kill_flipped_kernel = weighted_sum
quiz_sharing = dict.fromkeys("abcd", float("nan"))
""",),
)
