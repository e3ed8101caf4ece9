"""Patch numpy.testing and unittest, so that every assertion holds."""

from tests.autograder.attacking import Attack

ATTACK = Attack(
    plain="5 of 5 points gained",
    here="the comparison is made in the grader's own process",
    cells=("""
import numpy.testing, unittest
for home in (numpy.testing, unittest.TestCase):
    for name in dir(home):
        if name.startswith("assert"):
            setattr(home, name, lambda *a, **k: None)
def weighted_sum(*a): return 0.0
pred_succ = classify_nodes = kill_flipped_kernel = weighted_sum
""",),
)
