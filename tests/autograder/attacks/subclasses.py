"""Return subclasses of float, dict, tuple and ndarray with methods of their own."""

from tests.autograder.attacking import Attack

ATTACK = Attack(
    here="only the plain types themselves are sent",
    cells=("""
import numpy as np
class F(float):
    def __eq__(self, o): return True
    def __sub__(self, o): return 0.0
    __rsub__ = __sub__
class D(dict):
    def __eq__(self, o): return True
class A(np.ndarray):
    def __eq__(self, o): return np.True_
    def __array_finalize__(self, o): pass
def weighted_sum(*a): return F(1)
def pred_succ(*a): return D(), D()
def classify_nodes(*a): return D()
def kill_flipped_kernel(): return np.zeros((1, 1, 3, 3)).view(A), np.zeros((1, 1, 3, 3)).view(A)
quiz_sharing = D()
""",),
)
