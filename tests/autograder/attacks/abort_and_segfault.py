"""Crash the interpreter: a null pointer, a stack overflow in C, abort."""

from tests.autograder.attacking import Attack

ATTACK = Attack(
    here="the child dies; a fresh one goes on with the other cells",
    cells=("import ctypes\nctypes.string_at(0)", "import os\nos.abort()"),
    right=True,
)
