"""Return objects that say they are equal to anything, arrays included."""

from tests.autograder.attacking import Attack

ATTACK = Attack(
    plain="3 of 3 points of an exercise",
    here="no object crosses the boundary",
    cells=("""
class Same:
    __array_priority__ = 1e9
    def __eq__(self, other): return True
    __ne__ = lambda self, other: False
    __lt__ = __le__ = __gt__ = __ge__ = __eq__
    def __array_function__(self, *a): return True
    def __array_ufunc__(self, *a, **k): return True
    def __bool__(self): return True
    def __hash__(self): return 0
def weighted_sum(*a): return Same()
pred_succ = classify_nodes = kill_flipped_kernel = weighted_sum
quiz_sharing = {"a": Same(), "b": Same(), "c": Same(), "d": Same()}
""",),
)
