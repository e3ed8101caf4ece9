"""What a hostile submission declares, and the course around it that it must not reach."""

from __future__ import annotations

import importlib
import secrets
import site
import sqlite3
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from autograder.catalogue import ROOT
from autograder.sandbox.limits import MEGABYTE, Limits
from tests.autograder.mini_course import MiniCourse
from tests.autograder.small_course import POINTS, Cell, Notebook, code, handed_in, lecture
from tests.autograder.small_course import solution_notebook as solved

FOLDER = Path(__file__).with_name("attacks")
CANARY = "canary-7f3a91-nobody-may-read-this"
# Small, so that an attack which runs into a limit does so at once; the clock is generous.
TIGHT = Limits(
    cpu_seconds=0.5, wall_factor=20.0, total_cpu_seconds=20, memory_bytes=2048 * MEGABYTE,
    scratch_bytes=16 * MEGABYTE, scratch_files=1_000, file_bytes=8 * MEGABYTE, processes=32,
    message_bytes=8 * MEGABYTE, session_seconds=120.0, restarts=6,
)
ALL = tuple(POINTS)
NOTHING: Mapping[str, str] = {}


@dataclass(frozen=True)
class Attack:
    """One hostile submission. The first line of its file's docstring says what it tries.

    plain:   what plain nbgrader did with it, where that was measured.
    here:    what becomes of it here, in words.

    In a notebook of the small course, with nothing written in it unless `right`:
    cells:   code cells put at its end; @COURSE@, @OUTSIDE@ and @TOKEN@ are filled in.
    sources: the exercises' own cells, by name.
    edit:    what is done to the notebook as data.
    passes:  the exercises that truly are right, and so pass.
    looks:   exercises that a person must look at.
    finds:   what the name `found` holds in the child afterwards.
    limits:  walls that differ from TIGHT.
    slow:    it fills much memory, or runs into a limit many times.

    Or as a folder, handed in to `nbgrader autograde`:
    hand_in: puts it into the course, under the id of the student.
    student: that id, if it is part of the attack.
    points:  of 5, or None if a person must look.
    note:    the named outcome, if the notebook is not graded.

    Or as an archive for `nbgrader zip_collect`:
    archive: writes it, and returns its path.
    """

    here: str
    plain: str = ""
    cells: tuple[str, ...] = ()
    sources: Mapping[str, str] = field(default_factory=dict)
    edit: Callable[[Notebook], None] | None = None
    right: bool = False
    passes: tuple[str, ...] | None = None
    looks: tuple[str, ...] = ()
    finds: Any = None
    limits: Limits = TIGHT
    slow: bool = False
    hand_in: Callable[[MiniCourse, str], None] | None = None
    student: str | None = None
    points: float | None = 0.0
    note: str | None = None
    archive: Callable[[Path], Path] | None = None

    @property
    def kind(self) -> str:
        """What carries it: "notebook", "folder" or "archive"."""
        return "folder" if self.hand_in else "archive" if self.archive else "notebook"

    @property
    def expected(self) -> frozenset[str]:
        """The exercises that pass."""
        return frozenset(self.passes if self.passes is not None else ALL if self.right else ())

    def notebook(self, planted: Planted) -> Notebook:
        """The notebook that is handed in."""
        sources = {name: planted.fill(text) for name, text in self.sources.items()}
        made = handed_in(sources, start=solved if self.right else lecture)
        made["cells"] += [
            added(f"attack-{number}", planted.fill(text))
            for number, text in enumerate(self.cells)
        ]
        if self.edit is not None:
            self.edit(made)
        return made


def added(name: str, source: str) -> Cell:
    """A code cell of the student's own."""
    return code(name, source)


def attacks(kind: str | None = None) -> dict[str, Attack]:
    """Every attack of a kind by the name of its file."""
    found = {}
    for path in sorted(FOLDER.glob("*.py")):
        attack: Attack = importlib.import_module(f"tests.autograder.attacks.{path.stem}").ATTACK
        if kind in (None, attack.kind):
            found[path.stem] = attack
    return found


class Planted:
    """A course with canaries in everything private, and a folder that anybody may write to."""

    def __init__(self, folder: Path) -> None:
        self.course, self.outside = folder / "course", folder / "outside"
        self.token = f"trace{secrets.token_hex(6)}"
        self.outside.mkdir(parents=True)
        self.outside.chmod(0o777)
        for name in (".course_secret", "solutions/98_small/98_small.ipynb",
                     "submitted/other/98_small/98_small.ipynb", "autograder/checks/hidden.py"):
            path = self.course / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(f"{CANARY} {name}", encoding="utf-8")
        with sqlite3.connect(self.course / "gradebook.db") as book:
            book.execute("create table grade (student text, manual_score real)")
            book.execute("insert into grade values (?, 1.0)", (CANARY,))
        book.close()
        self.before = self.contents()

    def fill(self, source: str) -> str:
        """The text of an attack with the places it aims at."""
        words = {"@COURSE@": str(self.course), "@OUTSIDE@": str(self.outside),
                 "@TOKEN@": self.token, "@ROOT@": str(ROOT)}
        for word, place in words.items():
            source = source.replace(word, place)
        return source

    def contents(self) -> dict[str, bytes]:
        """Everything that lies in the course and in the open folder."""
        return {
            str(path): path.read_bytes()
            for folder in (self.course, self.outside) for path in sorted(folder.rglob("*"))
            if path.is_file()
        }

    def traces(self) -> list[Path]:
        """Files outside the sandbox that carry the attack's token."""
        places = [Path(tempfile.gettempdir()), Path("/dev/shm"), Path("/var/tmp"), Path("/"),
                  Path.home(), Path.cwd(), ROOT, ROOT / "course_lib", self.outside, self.course,
                  *map(Path, site.getsitepackages())]
        return [path for place in places if place.is_dir() for path in place.iterdir()
                if self.token in path.name]
