"""Search memory and the library's files for quiz answers and known solutions."""

from tests.autograder.attacking import Attack

ATTACK = Attack(
    here="the child holds digests of answers at most, and no hidden case",
    cells=("""
import gc, sys
from course_lib.checks.cases import declaration
quiz = declaration("quiz_sharing")
found = sorted(n for n in dir(quiz) if n in ("answers", "truth", "solution", "right_answers"))
try:
    from autograder.checks.hidden import hidden_answers
    found.append("hidden")
except ImportError: pass
""",),
    finds=[],
)
