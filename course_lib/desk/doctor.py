"""`course-doctor`: what is wrong with an installation, and what to do about it.

Each examination is a function that returns a `Finding`. None of them changes anything.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from course_lib.desk.lab import course_folder, fetched, fetched_folder, unreadable

__all__ = ["EXAMINATIONS", "Finding", "examine", "report"]

DISTRIBUTION = "cnn-from-scratch-course"
OLDEST = (3, 11)
ROOM = 500 * 2**20          # bytes: environments, checkpoints and downloads want some
IMPORTS = ("numpy", "matplotlib", "jupyterlab", "ipykernel", "nbgrader", "ipywidgets", "anywidget")
INSTALL = "Install again: python -m pip install . -c constraints.txt, in the course's folder."


@dataclass(frozen=True)
class Finding:
    """What was looked at, what is wrong ("" if nothing is), and the remedy."""

    what: str
    fault: str = ""
    remedy: str = ""

    def __str__(self) -> str:
        return f"FAULT {self.what}: {self.fault}\n      {self.remedy}" if self.fault else (
            f"ok    {self.what}")


def python_version() -> Finding:
    """Python is new enough."""
    what = f"Python {'.'.join(map(str, sys.version_info[:3]))}"
    if sys.version_info >= OLDEST:
        return Finding(what)
    return Finding(what, f"the course needs {'.'.join(map(str, OLDEST))} or newer",
                   "Make an environment with a newer Python: conda env create -f environment.yml")


def packages() -> Finding:
    """Everything that the course requires is there, and new enough."""
    from packaging.requirements import Requirement

    try:
        wanted = [Requirement(each) for each in metadata.requires(DISTRIBUTION) or []]
    except metadata.PackageNotFoundError:
        return Finding("packages", "course_lib is not installed in this Python", INSTALL)
    faults = []
    for each in wanted:
        if each.marker is not None and not each.marker.evaluate({"extra": ""}):
            continue
        try:
            version = metadata.version(each.name)
        except metadata.PackageNotFoundError:
            faults.append(f"{each.name} is missing")
            continue
        if version not in each.specifier:
            faults.append(f"{each.name} is {version}, not {each.specifier}")
    return Finding("packages", "; ".join(faults), INSTALL)


def imports() -> Finding:
    """What notebooks need can be found by this Python: a broken-off installation shows up here."""
    gone = [name for name in IMPORTS if importlib.util.find_spec(name) is None]
    fault = f"{', '.join(gone)} cannot be imported" if gone else ""
    return Finding("imports", fault, INSTALL)


def kernel() -> Finding:
    """Notebooks run with this Python and not with another one."""
    from jupyter_client.kernelspec import KernelSpecManager, NoSuchKernel

    try:
        spec = KernelSpecManager().get_kernel_spec("python3")
    except NoSuchKernel:
        return Finding("kernel", "Jupyter knows no kernel called python3",
                       "python -m ipykernel install --sys-prefix")
    command = spec.argv[0]
    if command in ("python", "python3"):        # Jupyter takes its own Python for these names
        return Finding("kernel")
    if Path(command).parent.resolve() == Path(sys.executable).parent.resolve():
        return Finding("kernel")
    return Finding("kernel", f"notebooks would run with {command}, not with {sys.executable}",
                   "python -m ipykernel install --sys-prefix, with the Python of the course")


def course() -> Finding:
    """A course lies here or above, or lectures that were fetched."""
    if _folder() is not None:
        return Finding("course folder")
    return Finding("course folder", f"no folder from {Path.cwd()} upwards holds lectures",
                   "Go to the folder that you unpacked, or into which you fetched a lecture, then "
                   "call course-doctor again.")


def _folder() -> Path | None:
    return course_folder(Path.cwd()) or fetched_folder(Path.cwd())


def notebooks() -> Finding:
    """Every notebook of the course can be read."""
    folder = _folder()
    broken = [path.name for path in unreadable(folder)] if folder else []
    fault = f"{', '.join(broken)} cannot be read as a notebook" if broken else ""
    return Finding("notebooks", fault, "JupyterLab's File > Revert to Checkpoint may bring your "
                   "work back. If not, course-reset with the lecture's number gives it anew and "
                   "keeps a copy of the file; or take it from the course's zip again.")


def data() -> Finding:
    """The bundled data is where the library looks for it."""
    from course_lib.data import MissingData, find_data

    try:
        find_data("digits8x8.npz")
    except MissingData as error:
        return Finding("data", str(error), INSTALL)
    return Finding("data")


def writing() -> Finding:
    """The folder can be written and the disk has room."""
    folder = _folder() or Path.cwd()
    try:
        with tempfile.NamedTemporaryFile(dir=folder):
            room = shutil.disk_usage(folder).free
    except OSError as error:
        return Finding("writing", f"{folder} cannot be written ({error.strerror})",
                       "Unpack the course in a folder of your own.")
    if room < ROOM:
        return Finding("writing", f"only {room // 2**20} MB are free on this disk",
                       "Make room: emptied bins and old downloads help most.")
    return Finding("writing")


def shadows() -> Finding:
    """No file of the learner's hides a library: numpy.py beside a notebook stops everything."""
    folder = _folder() or Path.cwd()
    places = [Path.cwd(), folder, *folder.glob("lectures/*"),
              *(notebook.parent for notebook in fetched(folder))]
    found = sorted({str(path) for place in places for name in (*IMPORTS, "random", "copy")
                    if (path := place / f"{name}.py").is_file()})
    fault = f"{', '.join(found)} would be imported in place of the library" if found else ""
    return Finding("names of files", fault, "Give the file another name.")


def environment() -> Finding:
    """No variable sends Python elsewhere."""
    elsewhere = [name for name in ("PYTHONHOME", "PYTHONPATH") if os.environ.get(name)]
    named = " and ".join(elsewhere)
    fault = f"{named} is set and may bring in other libraries" if elsewhere else ""
    return Finding("environment", fault, "Start without it: env -u PYTHONPATH -u PYTHONHOME "
                   "course-lab")


EXAMINATIONS: tuple[Callable[[], Finding], ...] = (
    python_version, packages, imports, kernel, course, notebooks, data, writing, shadows,
    environment,
)


def examine() -> Iterator[Finding]:
    """All findings, in order. An examination that breaks is a finding itself."""
    for examination in EXAMINATIONS:
        try:
            yield examination()
        except Exception as error:
            name = examination.__name__.replace("_", " ")
            yield Finding(name, f"could not be examined: {error!r}", INSTALL)


def report() -> int:
    """Print the findings and one line at the end; 1 if anything is wrong."""
    found = list(examine())
    for finding in found:
        print(finding)
    faults = sum(bool(finding.fault) for finding in found)
    print(f"course-doctor: {faults} of {len(found)} need attention" if faults else
          "course-doctor: everything is as it should be")
    return 1 if faults else 0
