"""The hash of checks: what a result depends on besides the notebook, the secret and the limits.

One hash for each exercise, over the lines of its visible and hidden cases, its reference, its
part of the bank and its cells, with all that these use, and over the machinery that judges. So
a change in one exercise of a lecture leaves the grades of the others as they are. What the hash
does not see is what runs students' code: the sandbox, the versions of Python and NumPy.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from autograder.catalogue import ROOT, ExerciseCell, Topic
from autograder.grading.symbols import Code
from course_lib.checks.cases import MACHINERY

__all__ = ["code_hash", "exercise_hashes", "submission_hash"]

JUDGES = (
    "autograder.bank", "autograder.checks.hidden", "autograder.grading.asserts",
    "autograder.grading.feedback", "autograder.grading.grade", "autograder.grading.judging",
    "autograder.grading.notebook_file", "autograder.grading.submission",
)
# These belong to the exercises that use them, or to the student's side alone.
NO_JUDGES = ("functions", "known", "probes", "report", "student", "tripwire")
NEVER_GRADED = ("plots", "widgets")
INPUTS = "course_lib.checks.functions"


def submission_hash(content: bytes | str) -> str:
    """The hash of a handed-in notebook, or of the reason why there is none."""
    kind = b"bytes" if isinstance(content, bytes) else b"note"
    data = content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass")
    return hashlib.sha256(kind + b"\0" + data).hexdigest()


def exercise_hashes(topic: Topic, root: Path = ROOT) -> dict[str, str]:
    """The hash of each exercise of a topic, and of each assert cell an instructor added."""
    code = Code(root, closed=_machinery())
    setup = [cell["source"] for cell in topic.cells if "setup" in cell["metadata"].get("tags", ())]
    ids = [cell.get("id") for cell in topic.cells if cell["cell_type"] == "code"]
    common = _hash([_machinery_hash(root), topic.slug, setup, ids])
    found: dict[str, str] = {}
    for cell in topic.exercises:
        before = [found.get(name, "") for name in cell.depends]
        found[cell.name] = _hash([common, before, *_parts(code, topic, cell)])
    own = [_source(topic, name) for name in topic.own_solutions]
    for test in topic.assert_cells:
        found[test.name] = _hash([common, own, test.points, test.source])
    return found


@cache
def code_hash(root: Path = ROOT) -> str:
    """The hash of all the code that grading runs: two machines that grade together must agree."""
    files = [*root.glob("course_lib/**/*.py"), *root.glob("autograder/**/*.py")]
    return _hash(_contents(root, (path for path in files if _graded(path.relative_to(root)))))


def _parts(code: Code, topic: Topic, cell: ExerciseCell) -> Iterator[Any]:
    yield [cell.kind, cell.points, _source(topic, cell.cell_id)]
    starts = [
        (f"course_lib.checks.{topic.module}", cell.name),
        (f"autograder.checks.{topic.module}", cell.name),
        (f"autograder.misconceptions.{topic.module}.{cell.name}", ""),
    ]
    texts = code.texts(starts)
    yield texts
    if any("Function(" in text for text in texts):  # a name that only the registry resolves
        yield code.texts([(INPUTS, "")])


def _source(topic: Topic, cell_id: str) -> list[str]:
    return [cell["source"] for cell in topic.cells if cell.get("id") == cell_id]


def _machinery() -> list[str]:
    shared = [f"course_lib.checks.{name}" for name in sorted(MACHINERY - set(NO_JUDGES))
              if not name.endswith("_answers")]
    return [*JUDGES, *shared]


@cache
def _machinery_hash(root: Path) -> str:
    code = Code(root)
    return _hash(_contents(root, filter(None, map(code.path, _machinery()))))


def _graded(path: Path) -> bool:
    return not (path.parts[0] == "course_lib" and path.parts[1] in NEVER_GRADED)


def _contents(root: Path, paths: Iterable[Path]) -> list[list[str]]:
    return sorted(
        [path.relative_to(root).as_posix(), hashlib.sha256(path.read_bytes()).hexdigest()]
        for path in paths
    )


def _hash(parts: Any) -> str:
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()
