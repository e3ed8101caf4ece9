"""Give back the public cases' results, learnt by heart."""

from tests.autograder.attacking import Attack
from tests.autograder.small_course import by_heart

ATTACK = Attack(
    here="hidden cases are drawn for each student from a secret",
    cells=(f"known = {by_heart()}\n" + """
def weighted_sum(*args): return known.get(repr(args), 0.0)
""",),
)
