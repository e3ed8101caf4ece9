"""From solutions/ to lectures/: what students get, and the guard that nothing else gets out.

    python -m tools.release [TOPIC...]      write lectures/ again; without TOPIC also index.md
    python -m tools.release --check         only say what would change

The same three preprocessors run in `nbgrader generate_assignment`, behind formgrader's button
and here, so all three give the same bytes. `nbgrader_config.py` calls `configure`.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
from nbgrader.converters import GenerateAssignment
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import ClearSolutions
from nbgrader.preprocessors.base import NbGraderPreprocessor
from nbgrader.utils import temp_attrs
from traitlets.config import Config
from traitlets.config.loader import PyFileConfigLoader

from tools.index import written as written_pages
from tools.leaks import faults_of_source, leaks, stray_files
from tools.notebooks import ROOT, Cell, Notebook, canonical

CONFIG = "nbgrader_config.py"
JUNK = [".ipynb_checkpoints", "__pycache__", "*.pyc", "feedback", ".DS_Store", "Thumbs.db"]
_SOURCE = "course_solution"


class ReleaseRefused(RuntimeError):
    """A student would have been given something of the solution; the message says what."""


class Canonicalise(NbGraderPreprocessor):
    """Brings a notebook to its stored form.

    As the first step it makes the release independent of how an editor saved the solution, and
    keeps that solution for the guard. As the last step but one it tidies what nbgrader wrote.
    """

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        first = _SOURCE not in resources
        notebook = canonical(nb, released=not first)
        if first:
            resources[_SOURCE] = notebook
        return nbformat.from_dict(notebook), resources


class ClearGaps(ClearSolutions):
    """nbgrader's ClearSolutions, except that a quiz keeps its empty answers and no stub."""

    def preprocess_cell(self, cell: Any, resources: Any, cell_index: int) -> tuple[Any, Any]:
        if not _is_quiz(cell):
            return super().preprocess_cell(cell, resources, cell_index)
        with temp_attrs(self, code_stub=dict.fromkeys(self.code_stub, "")):
            cell, resources = super().preprocess_cell(cell, resources, cell_index)
        cell.source = cell.source.rstrip()
        return cell, resources


class LeakGuard(NbGraderPreprocessor):
    """Refuses the release if a solution, a marker or a hidden module can be read in it."""

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        solution: Notebook = resources[_SOURCE]
        faults = [*faults_of_source(solution), *leaks(solution, nb)]
        folder = resources["metadata"]["path"]
        if folder:
            faults += stray_files(Path(folder), JUNK)
        if faults:
            name = resources["metadata"]["name"]
            raise ReleaseRefused(f"{name} is not released:\n  " + "\n  ".join(faults))
        return nb, resources


def preprocessors() -> list[type]:
    """nbgrader's own steps in their order, between ours."""
    steps = GenerateAssignment.preprocessors.default()
    return [
        Canonicalise,
        *(ClearGaps if step is ClearSolutions else step for step in steps),
        Canonicalise,
        LeakGuard,
    ]


def configure(config: Config, root: Path = ROOT) -> None:
    """Tell nbgrader how a course folder is laid out. `root` is the folder with solutions/."""
    config.CourseDirectory.root = str(root)
    config.CourseDirectory.course_id = "cnn_from_scratch"
    config.CourseDirectory.source_directory = "solutions"
    config.CourseDirectory.release_directory = "lectures"
    # The default, `solution`, is one letter away from the folder it must not be taken for.
    config.CourseDirectory.solution_directory = "executed_solutions"
    config.CourseDirectory.ignore = JUNK
    config.Exchange.root = str(_exchange(root))
    config.GenerateAssignment.preprocessors = preprocessors()
    # lectures/ is stored and always made from solutions/; without this nbgrader would leave it as
    # it is, and the gradebook empty.
    config.GenerateAssignment.force = True


def _exchange(root: Path) -> Path:
    """The folder through which work is handed out and in; nbgrader does not make it itself."""
    folder = root / "exchange"
    with contextlib.suppress(OSError):  # a course folder that is only read needs none
        folder.mkdir()
        # Students' accounts write into it, and may not move what is not theirs.
        folder.chmod(0o1777)
    return folder


def generate(notebook: Path) -> str:
    """The text of the lecture that a solution notebook gives. Raises ReleaseRefused.

    `notebook` is ROOT/solutions/TOPIC/NAME.ipynb of any course folder; its nbgrader_config.py
    is read if it has one. Nothing is written, and no gradebook is opened.
    """
    notebook = notebook.absolute()
    root, topic = notebook.parents[2], notebook.parent.name
    config = _config_of(root)
    config.SaveCells.enabled = False
    config.GenerateAssignment.no_database = True
    directory = CourseDirectory(config=config, assignment_id=topic)
    converter = GenerateAssignment(coursedir=directory, config=config)
    exporter = converter.exporter_class(parent=converter, config=converter.config)
    for step in converter.preprocessors:
        exporter.register_preprocessor(step)
    source = directory.format_path(directory.source_directory, ".", topic)
    file = os.path.join(source, notebook.name)
    with contextlib.chdir(root):
        text, _ = exporter.from_filename(
            file, resources=converter.init_single_notebook_resources(file)
        )
    return str(text)


def _config_of(root: Path) -> Config:
    if (root / CONFIG).is_file():
        return PyFileConfigLoader(CONFIG, path=str(root)).load_config()
    config = Config()
    configure(config, root)
    return config


def _is_quiz(cell: Cell) -> bool:
    return bool(cell.get("metadata", {}).get("course", {}).get("kind") == "quiz")


def solutions(root: Path = ROOT) -> list[Path]:
    """Every solution notebook, in the order of the course."""
    return sorted((root / "solutions").glob("*/*.ipynb"))


def lecture_of(notebook: Path) -> Path:
    """Where the lecture of a solution notebook lies."""
    root = notebook.absolute().parents[2]
    return root / "lectures" / notebook.parent.name / notebook.name


def differences(root: Path = ROOT) -> Iterator[str]:
    """How lectures/ and index.md differ from what solutions/ gives; nothing if not at all."""
    expected = {lecture_of(notebook): notebook for notebook in solutions(root)}
    for lecture, notebook in expected.items():
        if not lecture.is_file():
            yield f"{lecture.relative_to(root)} is missing; run `make lectures`"
        elif lecture.read_bytes() != generate(notebook).encode():
            yield (
                f"{lecture.relative_to(root)} is not what {notebook.relative_to(root)} gives; "
                "edit the solution and run `make lectures`"
            )
    for path in sorted((root / "lectures").rglob("*")):
        if path.is_file() and path not in expected and ".ipynb_checkpoints" not in path.parts:
            yield f"{path.relative_to(root)} comes from no solution; run `make lectures`"
    for page, text in written_pages(root).items():
        if not page.is_file() or page.read_text(encoding="utf-8") != text:
            yield f"{page.relative_to(root)} is not what the notebooks say; run `make lectures`"


def write_lecture(notebook: Path) -> bool:
    """Write one lecture; False if it was already right. Raises ReleaseRefused, writing nothing."""
    text, lecture = generate(notebook).encode(), lecture_of(notebook)
    if lecture.is_file() and lecture.read_bytes() == text:
        return False
    lecture.parent.mkdir(parents=True, exist_ok=True)
    lecture.write_bytes(text)
    return True


def remove_stale(root: Path = ROOT) -> list[Path]:
    """Delete what lies in lectures/ and comes from no solution; say what it was."""
    expected = {lecture_of(notebook) for notebook in solutions(root)}
    kept = expected | {lecture.parent for lecture in expected}
    stale = [path for path in sorted((root / "lectures").glob("*")) if path not in kept]
    stale += [path for path in sorted((root / "lectures").glob("*/*"))
              if path not in kept and path.parent in kept]
    for path in stale:
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()
    return stale


def _say_differences() -> int:
    found = list(differences())
    for difference in found:
        print(f"lectures: {difference}")
    if not found:
        print("lectures: exactly what solutions/ gives")
    return 1 if found else 0


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tools.release")
    parser.add_argument("topics", nargs="*", metavar="TOPIC", help="03_multilayer_perceptrons")
    parser.add_argument("--check", action="store_true", help="only say what would change")
    given = parser.parse_args(arguments)
    if given.check:
        return _say_differences()
    notebooks = [n for n in solutions() if not given.topics or n.parent.name in given.topics]
    unknown = set(given.topics) - {notebook.parent.name for notebook in notebooks}
    if unknown:
        parser.error(f"no solutions/{sorted(unknown)[0]}/ with a notebook in it")
    refused = 0
    for notebook in notebooks:
        try:
            written = write_lecture(notebook)
        except ReleaseRefused as refusal:
            refused += 1
            print(f"lectures: {refusal}")
        else:
            print(f"lectures: {notebook.parent.name} {'written' if written else 'is up to date'}")
    if not given.topics:
        for path in remove_stale():
            print(f"lectures: {path.relative_to(ROOT)} removed; no solution gives it")
        for page, text in written_pages().items():
            page.write_text(text, encoding="utf-8", newline="\n")
    print(f"lectures: {len(notebooks) - refused} of {len(notebooks)} are released")
    return 1 if refused else 0


if __name__ == "__main__":
    sys.exit(main())
