"""Return gigabytes, numbers of a million digits, and endless sequences."""

from tests.autograder.attacking import Attack

ATTACK = Attack(
    slow=True,
    here="a message has a largest size, and values have a largest depth",
    cells=("""
import numpy as np
def weighted_sum(*a): return np.broadcast_to(0.0, (10**5, 10**5))
def pred_succ(*a): return 10**300_000
def classify_nodes(*a): return {"input": list(range(10**5)), "hidden": "x" * 10**7, "output": []}
def kill_flipped_kernel(): return np.zeros((1, 1, 600, 600)), np.zeros((1, 1, 3, 3))
quiz_sharing = {"a": 10**5000, "b": "x" * 10**6, "c": float("nan"), "d": -0.0}
""",),
)
