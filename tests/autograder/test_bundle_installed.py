"""The students' zip on a machine that has nothing of ours: installed, a lecture run, checked.

The test needs no network: the libraries are those of this environment, shown to a new one
without our course. HOME is empty, and no path leads to the repository.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sysconfig
import venv
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from autograder.bundle import TOP, write_bundle
from autograder.catalogue import ROOT

pytestmark = pytest.mark.slow
GUIDE = "python -m pip install -c constraints.txt -e ."
OFFLINE = "--quiet --disable-pip-version-check --no-deps --no-index --no-build-isolation"
SLUG = "00_start_here"
Typed = Callable[..., str]


def libraries(folder: Path) -> Path:
    """Everything that is installed here, except for the course."""
    folder.mkdir()
    for entry in Path(sysconfig.get_path("purelib")).iterdir():
        ours = entry.name.startswith(("cnn_from_scratch_course", "__editable__"))
        if not ours and entry.suffix != ".pth" and entry.name != "__pycache__":
            (folder / entry.name).symlink_to(entry)
    return folder


def environment(root: Path, name: str) -> Path:
    """A new environment with these libraries and nothing else."""
    venv.create(root / name, with_pip=False, symlinks=True)
    site = Path(sysconfig.get_path("purelib", vars={"base": str(root / name)}))
    (site / "libraries.pth").write_text(f"{root / 'libraries'}\n")
    return root / name / "bin"


@pytest.fixture(scope="module")
def machine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the unpacked zip, an empty home, and an environment of its own."""
    root = tmp_path_factory.mktemp("machine")
    write_bundle(ROOT, root / "course-student.zip")
    with zipfile.ZipFile(root / "course-student.zip") as archive:
        archive.extractall(root)
    (root / "home").mkdir()
    libraries(root / "libraries")
    environment(root, "env")
    return root


def variables(machine: Path, name: str) -> dict[str, str]:
    """All that a process on that machine finds in its environment."""
    return {"HOME": str(machine / "home"), "PYTHONNOUSERSITE": "1", "LANG": "C.UTF-8",
            "PATH": os.pathsep.join([str(machine / name / "bin"), "/usr/bin", "/bin"]),
            "MPLBACKEND": "Agg", "OPENBLAS_NUM_THREADS": "1"}


@pytest.fixture(scope="module")
def typed(machine: Path) -> Typed:
    """Runs a line in the unpacked folder, as a student would; gives its output."""
    env = variables(machine, "env")

    def run(line: str, cwd: Path = machine / TOP, status: int = 0) -> str:
        words = line.split()
        found = str(machine / "env" / "bin" / words[0])
        done = subprocess.run([found, *words[1:]], cwd=cwd, env=env, capture_output=True, text=True,
                              timeout=600, check=False)
        assert done.returncode == status, f"{line}\n{done.stdout}\n{done.stderr}"
        return done.stdout + done.stderr

    run(f"{GUIDE} {OFFLINE}")
    return run


def outputs(notebook: Path) -> dict[str, str]:
    """Cell id to what it printed."""
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    return {cell["id"]: "".join("".join(each.get("text", "")) for each in cell.get("outputs", ()))
            for cell in cells}


def executed(typed: Typed, folder: Path) -> dict[str, str]:
    """Run All in a kernel, in the folder of the lecture."""
    out = folder.parents[2] / "executed.ipynb"
    typed(f"python -m nbconvert --to notebook --execute {folder / SLUG}.ipynb --output {out}",
          folder)
    return outputs(out)


def solved(notebook: Path) -> None:
    """Write our solutions into the gaps."""
    theirs = json.loads(notebook.read_text(encoding="utf-8"))
    ours = json.loads((ROOT / "solutions" / SLUG / f"{SLUG}.ipynb").read_text(encoding="utf-8"))
    sources: dict[str, Any] = {cell["id"]: cell["source"] for cell in ours["cells"]}
    for cell in theirs["cells"]:
        if cell["metadata"].get("nbgrader", {}).get("solution"):
            cell["source"] = sources[cell["id"]]
    notebook.write_text(json.dumps(theirs), encoding="utf-8")


def test_the_guide_and_the_zip_say_how_to_install(machine: Path) -> None:
    for text in (ROOT / "docs" / "student_guide.md", machine / TOP / "README.md"):
        assert f"\n{GUIDE}\ncourse-lab\n" in text.read_text(encoding="utf-8")


def test_it_is_the_library_of_the_zip_and_finds_its_data(machine: Path, typed: Typed) -> None:
    said = typed(f"python {ask(machine)}", machine / "home")
    where, data, path = said.splitlines()
    assert Path(where).is_relative_to(machine / TOP)
    assert Path(data).is_relative_to(machine)
    assert str(ROOT / "course_lib") not in path
    assert typed("python -m autograder", machine / "home", status=1).count("No module named")


def ask(machine: Path) -> Path:
    script = machine / "home" / "ask.py"
    script.write_text(
        "import sys, course_lib\nfrom course_lib import data\nprint(course_lib.__file__)\n"
        "print(data.find_data('digits8x8.npz'))\nprint(sys.path)\n")
    return script


def test_the_doctor_finds_nothing_wrong(typed: Typed) -> None:
    said = typed("course-doctor")
    assert "FAULT" not in said and said.endswith("course-doctor: everything is as it should be\n")


def test_a_lecture_runs_untouched_then_solved_and_progress_knows(
    machine: Path, typed: Typed
) -> None:
    folder = machine / TOP / "lectures" / SLUG
    said = executed(typed, folder)
    assert "nothing written yet" in said["check_weighted_sum"]
    assert "0 of" in typed("course-progress")
    solved(folder / f"{SLUG}.ipynb")
    said = executed(typed, folder)
    assert "hidden checks not run here" in said["check_weighted_sum"]
    assert '"weighted_sum"' in typed("course-progress --json")


def test_the_cell_for_colab_installs_the_zip(machine: Path) -> None:
    guide = (ROOT / "docs" / "student_guide.md").read_text(encoding="utf-8")
    [cell] = re.findall(r"```python\n(import subprocess.*?)```", guide, re.DOTALL)
    python = environment(machine, "colab") / "python"
    folder = machine / "content"
    folder.mkdir()
    shutil.copy(machine / "course-student.zip", folder)
    offline = {"PIP_NO_INDEX": "1", "PIP_NO_DEPS": "1", "PIP_NO_BUILD_ISOLATION": "false"}
    for code in (cell, ask(machine).read_text()):
        done = subprocess.run([python, "-c", code], cwd=folder, capture_output=True, text=True,
                              env={**variables(machine, "colab"), **offline}, check=False)
        assert done.returncode == 0, done.stderr
    where, data, _ = done.stdout.splitlines()
    assert Path(where).is_relative_to(machine / "colab")
    assert Path(data).is_relative_to(machine / "colab")
