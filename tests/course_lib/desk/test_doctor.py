"""The doctor finds each fault that was made on purpose, says the remedy, and changes nothing."""

from __future__ import annotations

import json
import sys
from importlib import metadata
from pathlib import Path

import pytest

from course_lib.desk import doctor


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "lectures" / "00_start_here"
    folder.mkdir(parents=True)
    (folder / "00_start_here.ipynb").write_text(json.dumps({"cells": [], "nbformat": 4}))
    monkeypatch.chdir(folder)
    monkeypatch.delenv("PYTHONPATH", raising=False)
    return tmp_path


def test_a_sound_installation_has_no_fault(
    course: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = {str(finding) for finding in doctor.examine()}
    assert [line for line in found if line.startswith("FAULT")] == []
    doctor.report()
    assert capsys.readouterr().out.count("ok    ") == len(doctor.EXAMINATIONS)


def break_notebook(course: Path, patch: pytest.MonkeyPatch) -> None:
    (course / "lectures" / "00_start_here" / "00_start_here.ipynb").write_text('{"cells": [')


def leave_course(course: Path, patch: pytest.MonkeyPatch) -> None:
    patch.chdir(course.parent)


def hide_numpy(course: Path, patch: pytest.MonkeyPatch) -> None:
    (course / "lectures" / "00_start_here" / "numpy.py").touch()


def age_python(course: Path, patch: pytest.MonkeyPatch) -> None:
    patch.setattr(sys, "version_info", (3, 9, 1))


def lose_package(course: Path, patch: pytest.MonkeyPatch) -> None:
    version = metadata.version

    def without(name: str) -> str:
        if name == "matplotlib":
            raise metadata.PackageNotFoundError(name)
        return "1.0" if name == "numpy" else version(name)

    patch.setattr(metadata, "version", without)


def lose_course(course: Path, patch: pytest.MonkeyPatch) -> None:
    patch.setattr(doctor, "DISTRIBUTION", "there-is-no-such-distribution")


def lose_import(course: Path, patch: pytest.MonkeyPatch) -> None:
    patch.setattr(doctor, "IMPORTS", ("numpy", "there_is_no_such_module"))


def lose_data(course: Path, patch: pytest.MonkeyPatch) -> None:
    import course_lib.data

    def gone(name: str) -> Path:
        raise course_lib.data.MissingData(f"{name} is not there")

    patch.setattr(course_lib.data, "find_data", gone)


def fill_disk(course: Path, patch: pytest.MonkeyPatch) -> None:
    patch.setattr(doctor, "ROOM", 2**70)


def other_kernel(course: Path, patch: pytest.MonkeyPatch) -> None:
    from jupyter_client.kernelspec import KernelSpec, KernelSpecManager

    spec = KernelSpec(argv=["/elsewhere/bin/python", "-m", "ipykernel"])
    patch.setattr(KernelSpecManager, "get_kernel_spec", lambda self, name: spec)


def no_kernel(course: Path, patch: pytest.MonkeyPatch) -> None:
    from jupyter_client.kernelspec import KernelSpecManager, NoSuchKernel

    def none(self: object, name: str) -> None:
        raise NoSuchKernel(name)

    patch.setattr(KernelSpecManager, "get_kernel_spec", none)


def send_elsewhere(course: Path, patch: pytest.MonkeyPatch) -> None:
    patch.setenv("PYTHONPATH", "elsewhere")


@pytest.mark.parametrize(("harm", "fault", "remedy"), [
    (break_notebook, "00_start_here.ipynb cannot be read as a notebook", "course's zip again"),
    (leave_course, "upwards holds lectures", "Go to the folder that you unpacked"),
    (hide_numpy, "numpy.py would be imported in place of the library", "another name"),
    (age_python, "the course needs 3.11 or newer", "environment.yml"),
    (lose_package, "matplotlib is missing; numpy is 1.0, not >=2", "pip install . -c constraints"),
    (lose_course, "course_lib is not installed in this Python", "pip install"),
    (lose_import, "there_is_no_such_module cannot be imported", "pip install"),
    (lose_data, "digits8x8.npz is not there", "pip install"),
    (fill_disk, "MB are free on this disk", "Make room"),
    (other_kernel, "notebooks would run with /elsewhere/bin/python", "ipykernel install"),
    (no_kernel, "Jupyter knows no kernel called python3", "ipykernel install --sys-prefix"),
    (send_elsewhere, "PYTHONPATH is set and may bring in other libraries", "env -u PYTHONPATH"),
], ids=lambda value: getattr(value, "__name__", ""))
def test_a_fault_is_found_and_has_a_remedy(
    course: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
    harm: object, fault: str, remedy: str,
) -> None:
    harm(course, monkeypatch)  # type: ignore[operator]
    assert doctor.report() == 1
    said = capsys.readouterr().out
    line = next(line for line in said.split("FAULT ") if fault in line)
    assert remedy in line
    assert "need attention" in said.splitlines()[-1]


def test_lectures_that_were_fetched_are_examined_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    place = tmp_path / "00_start_here"
    place.mkdir()
    (place / "00_start_here.ipynb").write_text(json.dumps({"cells": [], "nbformat": 4}))
    monkeypatch.delenv("PYTHONPATH", raising=False)
    for here in (tmp_path, place):
        monkeypatch.chdir(here)
        assert doctor.report() == 0
    (place / "00_start_here.ipynb").write_text("[")
    (place / "numpy.py").touch()
    monkeypatch.chdir(tmp_path)
    capsys.readouterr()
    assert doctor.report() == 1
    said = capsys.readouterr().out
    assert "00_start_here.ipynb cannot be read" in said and "numpy.py would be imported" in said


def test_a_folder_that_cannot_be_written_is_a_finding(
    course: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(**options: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(doctor.tempfile, "NamedTemporaryFile", refuse)
    finding = doctor.writing()
    assert "cannot be written (Permission denied)" in finding.fault
    assert "folder of your own" in finding.remedy


def test_an_examination_that_breaks_is_a_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken_look() -> doctor.Finding:
        raise RuntimeError("no")

    monkeypatch.setattr(doctor, "EXAMINATIONS", (broken_look,))
    (finding,) = doctor.examine()
    assert str(finding).startswith("FAULT broken look: could not be examined: RuntimeError('no')")
