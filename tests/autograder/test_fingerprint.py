"""The hash of checks changes with what an exercise depends on, and with nothing else."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from autograder.catalogue import ROOT, Catalogue
from autograder.grading import fingerprint
from autograder.grading.fingerprint import code_hash, exercise_hashes, submission_hash
from autograder.grading.symbols import Code

TOPIC = "03_multilayer_perceptrons"
MODULE = "multilayer_perceptrons"


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The code that grades, with room to change it."""
    root = tmp_path_factory.mktemp("code")
    for folder in ("course_lib", "autograder"):
        shutil.copytree(ROOT / folder, root / folder,
                        ignore=shutil.ignore_patterns("*.npz", "__pycache__", "front", "jupyter"))
    shutil.copytree(ROOT / "solutions" / TOPIC, root / "solutions" / TOPIC)
    return root


def changed(root: Path, path: str, edit: Callable[[str], str]) -> set[str]:
    """The exercises whose hash changes with an edit of a file, which is undone again."""
    file = root / path
    text = file.read_text(encoding="utf-8")
    before = exercise_hashes(Catalogue(root).topic(TOPIC), root)
    assert edit(text) != text
    file.write_text(edit(text), encoding="utf-8")
    fingerprint._machinery_hash.cache_clear()
    try:
        after = exercise_hashes(Catalogue(root).topic(TOPIC), root)
    finally:
        file.write_text(text, encoding="utf-8")
        fingerprint._machinery_hash.cache_clear()
    assert list(after) == list(before)
    return {name for name in before if after[name] != before[name]}


EVERYTHING = {
    "pred_succ", "classify_nodes", "quiz_graphs", "topological_order", "kill_numeric_order",
    "forward_graph", "layer", "count_fc", "quiz_images",
}


@pytest.mark.parametrize(
    ("path", "old", "new", "expected"),
    [
        (f"autograder/checks/{MODULE}.py", 'Case("a chain"', 'Case("one chain"',
         {"pred_succ", "classify_nodes", "topological_order"}),  # two depend on the first
        (f"autograder/checks/{MODULE}.py", "import numpy as np", "import numpy as np  # numbers",
         set()),
        (f"autograder/misconceptions/{MODULE}/count_fc.py", '"""You ', '"""Yes, you ',
         {"count_fc"}),
        (f"course_lib/checks/{MODULE}.py", "the 2-2-1 network", "the small network", None),
        ("autograder/grading/judging.py", "import traceback", "import traceback ", EVERYTHING),
        ("course_lib/plots/__init__.py", '"""', '"""Now: ', set()),
        ("course_lib/optim/__init__.py", '"""', '"""Now: ', set()),
        ("autograder/grading/store.py", '"""', '"""Now: ', set()),
    ],
)
def test_an_edit_changes_the_hashes_of_what_depends_on_it(
    copied: Path, path: str, old: str, new: str, expected: set[str] | None
) -> None:
    found = changed(copied, path, lambda text: text.replace(old, new, 1))
    if expected is None:
        assert "pred_succ" in found and "quiz_images" not in found
    else:
        assert found == expected


def test_a_quiz_depends_on_its_own_answers_alone(copied: Path) -> None:
    path = f"autograder/checks/{MODULE}.py"
    found = changed(copied, path, lambda text: text.replace(
        "answers(", "answers(another={'a': 1}, ", 1))
    assert found == set()


def test_the_notebook_counts_where_grading_reads_it(copied: Path) -> None:
    path = f"solutions/{TOPIC}/{TOPIC}.ipynb"
    assert changed(copied, path, lambda text: text.replace("# ", "# About: ", 1)) == set()

    def with_more_setup(text: str) -> str:
        notebook = json.loads(text)
        cell = next(c for c in notebook["cells"] if "setup" in c["metadata"].get("tags", ()))
        cell["source"] = [*cell["source"], "\nimport math"]
        return json.dumps(notebook)

    assert changed(copied, path, with_more_setup) == EVERYTHING
    assert changed(copied, path, lambda text: text.replace('"points": ', '"points": 1', 1))


def test_a_reference_in_the_library_counts_and_what_it_does_not_use_does_not(
    copied: Path,
) -> None:
    found = changed(copied, "course_lib/graph/structure.py", lambda text: text.replace(
        "def pred_succ(", "def pred_succ(  # comments do not count\n    "))
    assert found == set()
    found = changed(copied, "course_lib/graph/structure.py", lambda text: text.replace(
        "def topological_order(", "UNUSED = 3\n\n\ndef topological_order("))
    assert found == set()


def test_the_hash_of_all_code_is_that_of_what_grades(copied: Path, tmp_path: Path) -> None:
    root = tmp_path / "code"
    shutil.copytree(copied, root)
    before = code_hash(root)
    (root / "course_lib" / "plots" / "__init__.py").write_text("")
    code_hash.cache_clear()
    assert code_hash(root) == before
    (root / "autograder" / "bank.py").write_text("")
    code_hash.cache_clear()
    assert code_hash(root) != before


def test_a_note_is_no_notebook_with_the_same_words() -> None:
    assert submission_hash("not JSON") != submission_hash(b"not JSON")
    assert submission_hash("lone surrogate \ud800")


def test_symbols_follow_imports_and_attributes(tmp_path: Path) -> None:
    package = tmp_path / "course_lib"
    package.mkdir()
    (package / "__init__.py").write_text("")
    (package / "maths.py").write_text("import numpy\nTWO = 2\ndef double(x): return TWO * x\n"
                                      "def unused(): return 3\n")
    (package / "tasks.py").write_text("from course_lib import maths as m\n"
                                      "def task(): return m.double(1)\ndef other(): return 0\n")
    texts = Code(tmp_path).texts([("course_lib.tasks", "task")])
    assert [text.partition(": ")[2].split("\n")[0] for text in texts] == [
        "TWO = 2", "def double(x):", "def task():"]
