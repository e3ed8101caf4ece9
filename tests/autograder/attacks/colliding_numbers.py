"""Answer with a set of numbers chosen so that to build it takes the grader hours."""

from tests.autograder.attacking import Attack

ATTACK = Attack(
    here="sets and dictionaries of an answer are bounded before they are built",
    cells=("""
import json, os, struct
numbers = [k * (2**61 - 1) for k in range(1, 300_000)]
head = json.dumps({"d": [["value", {"s": numbers}]]}).encode()
message = struct.pack("<QQ", len(head), 0) + head
def weighted_sum(*a):
    for number in range(3, 64):
        try:
            sent = memoryview(struct.pack(">Q", len(message)) + message)
            while sent: sent = sent[os.write(number, sent):]
        except OSError: pass
    return 0.0
pred_succ = weighted_sum
""",),
)
