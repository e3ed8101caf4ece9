"""Patch the shell's showtraceback, so that errors are not reported."""

from tests.autograder.attacking import Attack

ATTACK = Attack(
    plain="blocked",
    here="no output is read",
    cells=("""
shell = get_ipython()
shell.showtraceback = type(shell).showtraceback = lambda *a, **k: None
def weighted_sum(*a): raise ValueError
pred_succ = classify_nodes = kill_flipped_kernel = weighted_sum
""",),
)
