"""Raise exceptions whose text is huge, endless, or raises by itself."""

from tests.autograder.attacking import Attack

ATTACK = Attack(
    here="the text is cut, or left out",
    cells=("""
class Huge(Exception):
    def __str__(self): return "x" * 5_000_000
class Worse(Exception):
    def __str__(self): raise Worse
    __repr__ = __str__
def weighted_sum(*a): raise Huge
def pred_succ(*a): raise Worse
def classify_nodes(*a): raise ExceptionGroup("x", [Huge() for _ in range(20)])
raise Huge
""",),
)
