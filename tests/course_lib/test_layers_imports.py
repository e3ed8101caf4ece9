"""Importing the parts that layers are built on loads NumPy at most."""

from __future__ import annotations

import subprocess
import sys

HEAVY = ("matplotlib", "ipywidgets", "IPython", "scipy", "torch", "nbgrader")
PARTS = (
    "arrays", "autodiff", "functional", "gradcheck", "graph", "images", "init", "layers", "metrics",
    "optim", "shapes",
)


def test_import_loads_numpy_at_most() -> None:
    modules = ", ".join(f"course_lib.{part}" for part in PARTS)
    code = f"import sys, {modules}; print(*(name for name in {HEAVY!r} if name in sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []
