"""Steer the terminal of whoever grades: escape sequences in errors and names."""

from tests.autograder.attacking import Attack

ATTACK = Attack(
    here="control characters are replaced in every line that is printed or stored",
    cells=("""
clear = "\\x1b[2J\\x1b]0;owned\\x07\\x9b31m\\u202e\\r"
class Steering(Exception): pass
Steering.__name__ = Steering.__qualname__ = clear
def weighted_sum(*a): raise Steering(clear)
raise Steering(clear)
""",),
)
