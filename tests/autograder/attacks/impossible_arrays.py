"""Answer with arrays whose shape NumPy itself cannot bear."""

from tests.autograder.attacking import Attack

ATTACK = Attack(
    here="an answer that cannot be read is no plain value: the conversation ends, not the grader",
    cells=("""
import json, os, struct
def forged(shape):
    head = json.dumps({"d": [["value", {"a": ["float64", shape, "C"]}]]}).encode()
    return struct.pack(">Q", len(head) + 16) + struct.pack("<QQ", len(head), 0) + head
def weighted_sum(*a):
    for number in range(3, 64):
        try: os.write(number, forged([2**39, 0, 2**39]))
        except OSError: pass
    return 0.0
def pred_succ(*a):
    for number in range(3, 64):
        try: os.write(number, forged([0] * 16) + forged([1] * 65))
        except OSError: pass
    return 0.0
""",),
)
