"""Rewrite every later cell before it runs, so that no check is left in it."""

from tests.autograder.attacking import Attack

ATTACK = Attack(
    plain="10 of 12, full automatic marks",
    here="what runs later are the student's own cells; the checks run elsewhere",
    cells=("""
get_ipython().input_transformers_cleanup.append(lambda lines: ["passed = True"])
""", "def weighted_sum(*a): return 0.0"),
)
