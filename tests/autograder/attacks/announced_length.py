"""Announce a message of 2**62 bytes on the wire, and send noise."""

from tests.autograder.attacking import Attack

ATTACK = Attack(
    here="refused before a byte is stored; the conversation ends",
    cells=("""
import os
def weighted_sum(*a):
    for number in range(3, 64):
        try: os.write(number, b"\\x40" + b"\\0" * 7 + b"x" * 100)
        except OSError: pass
    return 0.0
pred_succ = weighted_sum
""",),
)
