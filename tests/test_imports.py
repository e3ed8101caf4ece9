"""Imports follow the arrows: notebooks -> course_lib <- autograder <- tools.

The arrows stand in ARCHITECTURE.md. Read from the syntax trees, so an import inside a function
counts too.
"""

from __future__ import annotations

import ast
import importlib
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from tools.notebooks import ROOT, source_of

TREES = ("course_lib", "course_sandbox", "autograder", "tools")
# Written by hand to be wrong or odd; they may do as they like with NumPy.
BANK = ("autograder.misconceptions", "autograder.accepted")
NUMPY_ONLY = tuple(
    f"course_lib.{name}"
    for name in ("arrays", "functional", "graph", "autodiff", "shapes", "images", "init",
                 "metrics", "gradcheck")
)
DRAWING = ("course_lib.plots", "course_lib.widgets")
# nbgrader and its kind are the trusted side's; torch is an oracle for tests.
SERVER_SIDE = ("nbgrader", "nbconvert", "nbformat", "sqlalchemy", "jupyter_server")

# What a module whose name starts with the key may import of ours. The longest key counts.
OURS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(NUMPY_ONLY, NUMPY_ONLY),
    "course_lib": ("course_lib",),
    "course_lib.layers": (*NUMPY_ONLY, "course_lib.layers"),
    "course_lib.fast": (*NUMPY_ONLY, "course_lib.layers", "course_lib.fast"),
    "course_lib.models": (*NUMPY_ONLY, "course_lib.layers", "course_lib.data", "course_lib.models"),
    "course_lib.optim": (*NUMPY_ONLY, "course_lib.layers", "course_lib.optim"),
    "course_lib.training": (
        *NUMPY_ONLY,
        *(f"course_lib.{name}" for name in ("layers", "optim", "data", "fast", "models",
                                            "training")),
    ),
    "course_lib.plots": ("course_lib",),
    "course_lib.widgets": ("course_lib",),
    "autograder": ("course_lib", "autograder"),
    "autograder.misconceptions": (*NUMPY_ONLY, "autograder.misconceptions"),
    "autograder.accepted": (*NUMPY_ONLY, "autograder.accepted"),
    # The sandbox knows nothing of courses or grades, only which files students may have.
    "autograder.sandbox": ("course_lib", "autograder.sandbox", "autograder.bundle"),
    "course_sandbox": ("autograder.sandbox",),      # the installed door to it, for Jupyter
    "tools": ("course_lib", "autograder", "tools"),
}
# Who may import what of others', where not everybody may.
GUARDED: dict[str, tuple[str, ...]] = {
    "matplotlib": (*DRAWING, "autograder.sandbox"),     # which loads it once for all students
    "anywidget": ("course_lib.widgets",),
    "ipywidgets": ("course_lib.widgets", "tools.docs"),     # the site keeps widgets alive
    "safetensors": ("course_lib",),
    "pickle": (), "cloudpickle": (), "dill": (), "joblib": (), "marshal": (), "shelve": (),
    **dict.fromkeys(SERVER_SIDE, ("autograder", "tools")),
    # Learners have them too; where a lecture is brought up to date, its checksums are read.
    **dict.fromkeys(("nbgrader", "nbformat"), ("autograder", "tools", "course_lib.desk")),
    "torch": (),
}
IN_NOTEBOOKS = ("course_lib", "numpy", "ipywidgets", "IPython")
LEGACY_RANDOM = "np.random."
GENERATORS = ("default_rng", "Generator", "SeedSequence", "BitGenerator", "PCG64")


def name_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


FILES = {name_of(path): path for tree in TREES for path in sorted((ROOT / tree).rglob("*.py"))}


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def starts(name: str, prefixes: tuple[str, ...]) -> bool:
    return any(name == prefix or name.startswith(f"{prefix}.") for prefix in prefixes)


def imported(module: str, tree: ast.Module, *, package: bool) -> Iterator[str]:
    """Full names of what a module imports; `from a import b` counts as a.b."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                parts = module.split(".")
                home = parts[: len(parts) - node.level + (1 if package else 0)]
                base = ".".join([*home, *([base] if base else [])])
            yield from (f"{base}.{alias.name}" for alias in node.names)


def imports_of(module: str) -> set[str]:
    path = FILES[module]
    return set(imported(module, tree_of(path), package=path.name == "__init__.py"))


def complaints(module: str, names: set[str]) -> list[str]:
    key = max((key for key in OURS if starts(module, (key,))), key=len)
    found = []
    for name in sorted(names):
        if starts(name, TREES) and not starts(name, OURS[key]):
            found.append(f"{module} imports {name}; it may import {', '.join(OURS[key])}")
        if starts(name, DRAWING) and not starts(module, (*DRAWING, "tools")):
            found.append(f"{module} imports {name}; only notebooks draw")
        for guarded, allowed in GUARDED.items():
            if starts(name, (guarded,)) and not starts(module, allowed):
                found.append(f"{module} imports {name}; that is for {allowed or 'nobody'}")
        if starts(module, NUMPY_ONLY) and not _is_plain(name):
            found.append(f"{module} imports {name}; it may import NumPy and its peers only")
    return found


def _is_plain(name: str) -> bool:
    return starts(name, ("numpy", *NUMPY_ONLY)) or name.split(".")[0] in sys.stdlib_module_names


def test_imports_follow_the_arrows() -> None:
    assert [told for module in FILES for told in complaints(module, imports_of(module))] == []


@pytest.mark.parametrize(
    ("module", "name"),
    [
        ("course_lib.functional.linear", "course_lib.layers"),
        ("course_lib.functional.linear", "scipy"),
        ("course_lib.graph", "matplotlib.pyplot"),
        ("course_lib.layers.conv", "course_lib.plots"),
        ("course_lib.layers.conv", "course_lib.optim"),
        ("course_lib.models.trained", "course_lib.training"),
        ("course_lib.training.display", "course_lib.plots"),
        ("course_lib.layers.conv", "course_lib.fast"),
        ("course_lib.fast.plan", "course_lib.models"),
        ("course_lib.shapes.tracing", "course_lib.layers"),
        ("course_lib.checks.student", "autograder.catalogue"),
        ("course_lib.checks.student", "course_lib.widgets"),
        ("course_lib.plots.images", "nbformat"),
        ("autograder.catalogue", "tools.notebooks"),
        ("autograder.sandbox.child", "autograder.grading.grade"),
        ("autograder.sandbox.wire", "pickle"),
        ("autograder.grading.grade", "torch"),
    ],
)
def test_an_arrow_the_wrong_way_is_seen(module: str, name: str) -> None:
    assert complaints(module, {name})


def test_relative_imports_are_resolved() -> None:
    tree = ast.parse("from . import b\nfrom ..c import d\nfrom .e import f")
    assert set(imported("x.y.a", tree, package=False)) == {"x.y.b", "x.c.d", "x.y.e.f"}
    assert set(imported("x.y", tree, package=True)) == {"x.y.b", "x.c.d", "x.y.e.f"}


def notebook_code() -> dict[str, str]:
    """The code of every solution notebook, without the lines that only IPython reads."""
    found = {}
    for path in sorted((ROOT / "solutions").glob("*/*.ipynb")):
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        code = "\n".join(source_of(cell) for cell in cells if cell["cell_type"] == "code")
        found[path.parent.name] = re.sub(r"^\s*[%!].*$", "", code, flags=re.MULTILINE)
    return found


@pytest.mark.parametrize("slug", notebook_code())
def test_notebooks_import_what_a_student_has(slug: str) -> None:
    names = set(imported(slug, ast.parse(notebook_code()[slug]), package=False))
    strange = {
        name for name in names
        if not starts(name, IN_NOTEBOOKS) and name.split(".")[0] not in sys.stdlib_module_names
    }
    assert strange == set(), f"{slug} imports {strange}; drawing belongs in course_lib.plots"


def legacy_random(tree: ast.Module) -> list[str]:
    """Calls that use or set NumPy's global random state."""
    attributes = (ast.unparse(node) for node in ast.walk(tree) if isinstance(node, ast.Attribute))
    found = (text.replace("numpy.random.", LEGACY_RANDOM) for text in attributes)
    return [
        text for text in found
        if text.startswith(LEGACY_RANDOM)
        and re.match(r"\w*", text.removeprefix(LEGACY_RANDOM)).group() not in GENERATORS
    ]


def test_no_global_random_state() -> None:
    found = {module: legacy_random(tree_of(path)) for module, path in FILES.items()}
    # A forked child must not draw what its siblings draw: the state is the student's there.
    assert found.pop("autograder.sandbox.zygote") == ["np.random.seed"]
    found |= {slug: legacy_random(ast.parse(code)) for slug, code in notebook_code().items()}
    assert {where: calls for where, calls in found.items() if calls} == {}
    assert legacy_random(ast.parse("numpy.random.seed(1)\nnp.random.normal()")) != []


# Students' code runs in the sandbox. In a learner's own kernel, `bring` defines their own work.
# The last one runs the code blocks of our own docs/widgets.md, when the site is built.
RUNS_CODE = ("autograder.sandbox", "course_lib.checks.bring", "tools.docs.gallery")


def test_nothing_is_unpickled_or_evaluated_outside_the_sandbox() -> None:
    found = []
    for module, path in FILES.items():
        if module.startswith("autograder"):
            assert "course_lib.checks.bring" not in path.read_text(encoding="utf-8"), module
    for module, path in FILES.items():
        for node in ast.walk(tree_of(path)):
            if not isinstance(node, ast.Call):
                continue
            called = ast.unparse(node.func)
            if called in ("eval", "exec") and not starts(module, RUNS_CODE):
                found.append(f"{path.relative_to(ROOT)}:{node.lineno} calls {called}")
            if any(word.arg == "allow_pickle" and ast.unparse(word.value) != "False"
                   for word in node.keywords):
                found.append(f"{path.relative_to(ROOT)}:{node.lineno} allows pickles")
    assert found == []


def kind(name: str) -> tuple[int, list[str]]:
    """Constants, then classes, then functions, 18 before 101: as ruff sorts `__all__`."""
    parts = [part.zfill(9) if part.isdigit() else part for part in re.split(r"(\d+)", name)]
    return (0 if name.isupper() else 1 if name[0].isupper() else 2), parts


def listed(tree: ast.Module) -> list[str] | None:
    for node in tree.body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__":
            names: list[str] = ast.literal_eval(node.value)
            return names
    return None


ALL = {module: listed(tree_of(path)) for module, path in FILES.items()}
PUBLIC = {module: names for module, names in ALL.items() if names is not None}


@pytest.mark.parametrize("module", PUBLIC)
def test_all_is_sorted_and_names_what_is_there(module: str) -> None:
    names = PUBLIC[module]
    assert names == sorted(set(names), key=kind)
    loaded = importlib.import_module(module)
    assert [name for name in names if not hasattr(loaded, name)] == []


def imports_by_name(module: str) -> Iterator[tuple[str, str]]:
    """Pairs (module of ours, name) out of `from module import name`."""
    for full in imports_of(module):
        home, _, name = full.rpartition(".")
        if home in FILES and full not in FILES:
            yield home, name


def test_all_is_complete_what_others_import_is_public() -> None:
    hidden = [
        f"{module} imports {home}.{name}, which __all__ over there does not name"
        for module in FILES for home, name in imports_by_name(module)
        if name not in (ALL[home] or [name]) or name.startswith("_")
    ]
    assert hidden == []


def test_every_module_of_the_library_says_what_is_public() -> None:
    # Inside a package its face says it; a module right below course_lib has to say it itself.
    modules = {
        module for module, path in FILES.items()
        if starts(module, ("course_lib",))
        and (path.name == "__init__.py" or module.count(".") == 1)
    }
    silent = {m for m in modules if tree_of(FILES[m]).body[1:] and ALL[m] is None}
    assert silent == set()


def test_importing_the_library_loads_no_drawing() -> None:
    code = (
        "import sys, course_lib, course_lib.checks, course_lib.functional, course_lib.graph;"
        "print([n for n in ('matplotlib', 'ipywidgets', 'anywidget', 'nbgrader', 'autograder') "
        "if n in sys.modules])"
    )
    command = [sys.executable, "-c", code]
    shown = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "[]"


def test_a_kernel_can_import_course_lib_and_not_the_trusted_side(tmp_path: Path) -> None:
    code = (
        "import importlib.util as u;"
        "print([bool(u.find_spec(n)) for n in ('course_lib', 'autograder', 'tests')])"
    )
    command = [sys.executable, "-c", code]
    shown = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "[True, False, False]"
