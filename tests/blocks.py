"""The code blocks of the documents, and a course of its own in which their lines are typed."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from autograder.bundle import TOP
from tools.notebooks import ROOT

DOCUMENTS = [ROOT / name for name in (
    "README.md", "docs/instructor_guide.md", "docs/semester.md", "docs/student_guide.md")]
DOCUMENTS += [path for pattern in ("*.md", "docs/*.md", "data/*.md", "deploy/**/*.md",
                                   "autograder/**/*.md")
              for path in sorted(ROOT.glob(pattern)) if path not in DOCUMENTS]
SHELL = ("", "sh", "bash", "shell", "console")
FENCE = re.compile(r"^```([\w{}-]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
COPIED = (".ci", ".gitattributes", ".gitignore", "CHANGELOG.md", "CITATION.cff", "LICENSE",
          "Makefile", "README.md", "autograder", "benchmarks", "constraints.txt", "course_lib",
          "course_sandbox", "data", "docs", "environment.yml", "index.md", "lectures",
          "nbgrader_config.py", "pyproject.toml", "solutions", "tools")
TOPIC = "03_multilayer_perceptrons"
SECONDS = 900
NOTHING_TO_DO = 3       # of `grade`, when everything is graded already


@dataclass(frozen=True)
class Block:
    """One fenced block: the document's name, the language, and the text."""

    document: str
    language: str
    text: str

    @property
    def lines(self) -> list[str]:
        """Commands without comments; a line that ends in a backslash goes on in the next."""
        joined = self.text.replace("\\\n", " ")
        return [line for each in joined.splitlines() if (line := without_comment(each))]


def without_comment(line: str) -> str:
    """A shell line up to its comment."""
    return re.sub(r"(^|\s)#.*$", "", line).strip()


def blocks() -> list[Block]:
    """All blocks of all documents, in the order in which they are tried."""
    return [
        Block(path.relative_to(ROOT).as_posix(), language, text) for path in DOCUMENTS
        for language, text in FENCE.findall(path.read_text(encoding="utf-8"))
        if language in (*SHELL, "python")
    ]


class Sandbox:
    """A copy of the course, with commands that start this environment, and a student's folder."""

    def __init__(self, root: Path) -> None:
        self.course, self.home, self.student = root / "course", root / "home", root / TOP
        self.home.mkdir()
        self.course.mkdir()
        skip = shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints")
        for name in COPIED:
            source = ROOT / name
            if source.is_dir():
                shutil.copytree(source, self.course / name, ignore=skip)
            else:
                shutil.copy(source, self.course / name)
        self._commands()
        self.shell("git init --quiet .", self.course)

    def _commands(self) -> None:
        """`.venv/bin` of the copy: this environment's commands; make's set-up finds it done."""
        folder = self.course / ".venv" / "bin"
        folder.mkdir(parents=True)
        made = {command.name: f'exec "{command}" "$@"'
                for command in Path(sys.executable).parent.iterdir()
                if command.is_file() and os.access(command, os.X_OK)}
        project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
        for name, place in project["scripts"].items():
            module, _, function = place.partition(":")
            code = f"import sys; from {module} import {function}; sys.exit({function}())"
            made[name] = f'exec "{sys.executable}" -c "{code}" "$@"'
        for name, line in made.items():
            (folder / name).write_text(f"#!/bin/sh\n{line}\n")
            (folder / name).chmod(0o755)
        self.shell('echo "$(pwd) $(cat pyproject.toml constraints.txt tools/setup.sh | cksum)" '
                   "> .venv/.setup-stamp", self.course)

    def shell(self, line: str, place: Path) -> str:
        """What a line prints, typed in bash. Raises AssertionError if it fails."""
        done = subprocess.run(["bash", "-c", line], cwd=place, env=self._environment(place),
                              capture_output=True, text=True, timeout=SECONDS, check=False,
                              stdin=subprocess.DEVNULL)
        fine = (0, NOTHING_TO_DO) if line.startswith("python -m autograder grade") else (0,)
        assert done.returncode in fine, f"{line}\n{done.stdout[-2000:]}\n{done.stderr[-2000:]}"
        return done.stdout

    def _environment(self, place: Path) -> dict[str, str]:
        path = os.pathsep.join([str(self.course / ".venv" / "bin"), os.environ["PATH"]])
        return {**os.environ, "PATH": path, "HOME": str(self.home), "PYTHONPATH": str(place),
                "PIP_TARGET": str(self.home / "pip"),   # nothing is installed into this environment
                "MPLBACKEND": "Agg", "OPENBLAS_NUM_THREADS": "1", "COURSE_FAST": "1"}

    def type_in(self, line: str) -> None:
        """Type a line where its reader would: course-... as a student, the rest as instructor."""
        words = shlex.split(line)
        if line.startswith("course-"):
            self.shell(line, self.unpacked())
        elif words[:4] == ["python", "-m", "autograder", "serve"]:
            self._until_stopped(words)
        else:
            self.shell(line, self.course)

    def unpacked(self) -> Path:
        """The students' zip, unpacked once."""
        if not self.student.exists():
            zipped = self.course / "course-student.zip"
            if not zipped.exists():
                self.shell("python -m autograder bundle", self.course)
            with zipfile.ZipFile(zipped) as archive:
                archive.extractall(self.student.parent)
            shutil.copy(zipped, self.student)
        return self.student

    def _until_stopped(self, words: list[str]) -> None:
        """Start it, wait until it says that it watches, and stop it as Ctrl-C does."""
        with subprocess.Popen(words, cwd=self.course, env=self._environment(self.course),
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as run:
            assert run.stdout is not None
            said = run.stdout.readline()
            run.send_signal(signal.SIGINT)
            said += run.stdout.read()
        assert run.returncode in (0, 130) and "Traceback" not in said, said

    def run_python(self, texts: list[str]) -> None:
        """Blocks of one document in one process, in the folder of the first lecture."""
        script = self.home / "blocks.py"
        script.write_text("\n".join(texts), encoding="utf-8")
        self.shell(f"cd lectures/00_start_here && PYTHONPATH={self.course} python {script}",
                   self.course)


def hand_in(sandbox: Sandbox, topic: str = TOPIC) -> None:
    """Ada hands the untouched lecture in."""
    folder = sandbox.course / "submitted" / "ada" / topic
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(sandbox.course / "lectures" / topic / f"{topic}.ipynb", folder)


def second_topic(sandbox: Sandbox) -> None:
    """Lecture 08b is in the gradebook too."""
    sandbox.shell("nbgrader generate_assignment 08b_convolutional_layer --force", sandbox.course)
    hand_in(sandbox, "08b_convolutional_layer")


def due_long_ago(sandbox: Sandbox) -> None:
    """The due date of the lecture is over."""
    sandbox.shell(f'nbgrader db assignment add {TOPIC} --duedate="2020-01-01 12:00"',
                  sandbox.course)


def inbox(sandbox: Sandbox) -> None:
    """A folder in which work arrives."""
    (sandbox.course / "inbox").mkdir(exist_ok=True)


def table_of_extensions(sandbox: Sandbox) -> None:
    """A file with one extension."""
    (sandbox.course / "extensions.csv").write_text("student,topic,until,days,hours\nada,03,,7,\n")


def table_of_students(sandbox: Sandbox) -> None:
    """A file with one student."""
    (sandbox.course / "students.csv").write_text(
        "id,first_name,last_name,email,lms_user_id\nada,Ada,Lovelace,ada@example.org,17\n")


def fetched(sandbox: Sandbox) -> None:
    """The lecture lies in a fresh folder, and the student has begun in the old one."""
    shutil.copytree(sandbox.course / "lectures" / TOPIC, sandbox.home / "new" / TOPIC,
                    dirs_exist_ok=True)
    notebook = sandbox.unpacked() / "lectures" / TOPIC / f"{TOPIC}.ipynb"
    assert json.loads(notebook.read_text(encoding="utf-8"))["cells"]


BEFORE: dict[str, Callable[[Sandbox], None]] = {
    f"nbgrader autograde {TOPIC}": hand_in,
    "python -m autograder grade 03 08b": second_topic,
    "python -m autograder serve --inbox inbox": inbox,
    "python -m autograder publish 03": due_long_ago,
    "python -m autograder extension --from extensions.csv": table_of_extensions,
    "nbgrader db student import students.csv": table_of_students,
    f"course-update ~/new/{TOPIC}": fetched,
}
