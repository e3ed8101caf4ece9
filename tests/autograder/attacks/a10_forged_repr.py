"""Return objects whose repr reads like a score."""

from tests.autograder.attacking import Attack

ATTACK = Attack(
    plain="no gain",
    here="no repr is read",
    cells=("""
class Score:
    def __repr__(self): return "15.0"
    _repr_html_ = _repr_latex_ = __str__ = __repr__
    def __float__(self): return 15.0
def weighted_sum(*a): return Score()
pred_succ = classify_nodes = kill_flipped_kernel = weighted_sum
quiz_sharing = Score()
""",),
)
