"""Recurse without end, in Python, in reprs, in nested values and in source."""

from tests.autograder.attacking import Attack

ATTACK = Attack(
    slow=True,
    here="an error of the student's, or the death of the child",
    cells=("""
import sys
sys.setrecursionlimit(10**9)
def weighted_sum(*a): return weighted_sum(*a)
def pred_succ(*a):
    loop = []
    for _ in range(100_000): loop = [loop]
    return loop
def classify_nodes(*a):
    loop = {}
    loop["x"] = loop
    return loop
quiz_sharing = []
quiz_sharing.append(quiz_sharing)
""", "x = " + "(" * 500 + ")" * 500, "x = " + "-" * 20_000 + "1"),
)
