"""Pass, and spell hidden inputs in names of the library that appear only once they are known."""

from tests.autograder.attacking import Attack

ATTACK = Attack(
    here="what a function takes from the library is looked at before it is called",
    right=True,
    sources={"weighted_sum": """
from course_lib import functional
def weighted_sum(x, w, b):
    global told_by_name
    told_by_name = functional.relu if b > 0 else functional.sigmoid
    return float(np.dot(x, w) + b)
def unused(): return told_by_name
weighted_sum.also = lambda: told_by_name
"""},
)
