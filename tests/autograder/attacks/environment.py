"""Read secrets in the environment, in the arguments and in the memory of the process."""

from tests.autograder.attacking import Attack

ATTACK = Attack(
    here="the child starts with a clean environment and was never given a secret",
    cells=("""
import ctypes, os, sys
word = "can" + "ary-7f"
found = [v for v in [*os.environ.values(), *sys.argv, *sys.orig_argv] if word in v]
environ = ctypes.POINTER(ctypes.c_char_p).in_dll(ctypes.CDLL(None), "environ")
number = 0
while environ and environ[number]:
    if word.encode() in environ[number]: found.append("C")
    number += 1
""",),
    finds=[],
)
