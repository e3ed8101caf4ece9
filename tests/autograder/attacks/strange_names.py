"""Bind the exercises' names to modules, classes, properties and builtins."""

from tests.autograder.attacking import Attack

ATTACK = Attack(
    here="told by the child as a kind, which gives no points",
    cells=("""
import os
class Meta(type):
    def __call__(cls, *a): return 0.0
    def __instancecheck__(cls, other): return True
class weighted_sum(metaclass=Meta): pass
pred_succ, classify_nodes, kill_flipped_kernel = os, print, eval
quiz_sharing = type("D", (dict,), {"get": lambda self, *a: "q", "__missing__": lambda *a: "q"})()
""",),
)
