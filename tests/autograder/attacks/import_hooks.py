"""Replace the import system, builtins and standard modules."""

from tests.autograder.attacking import Attack

ATTACK = Attack(
    here="only the student's own process imports that way",
    cells=("""
import builtins, sys, json, struct, numpy as np
builtins.len = builtins.isinstance = builtins.type = lambda *a: True
builtins.__import__ = lambda *a, **k: sys
sys.meta_path.clear(); sys.modules["course_lib.checks"] = None
np.array_equal = np.allclose = lambda *a, **k: True
json.dumps = lambda *a, **k: '{"f": "0x1p0"}'
struct.pack = lambda *a: b""
""",),
)
