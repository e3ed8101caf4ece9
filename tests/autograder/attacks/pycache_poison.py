"""Leave bytecode for the next student: in the library, beside it, in the own folder."""

from tests.autograder.attacking import Attack

ATTACK = Attack(
    here="the library is read-only, and the own folder is gone with the child",
    cells=("""
import importlib.util, os, py_compile, sys
import course_lib.functional as functional
found = []
open("/scratch/work/evil.py", "w").write("print(1)")
for module in (os, functional):
    target = importlib.util.cache_from_source(module.__file__)
    try:
        os.makedirs(os.path.dirname(target), exist_ok=True)
        py_compile.compile("/scratch/work/evil.py", cfile=target, doraise=True)
        found.append(target)
    except OSError: pass
sys.pycache_prefix = "/scratch/work"
""",),
    finds=[],
)
