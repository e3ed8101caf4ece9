"""noxfile.py asks for what pyproject.toml declares; it runs here with a stand-in for nox."""

from __future__ import annotations

import importlib.util
import sys
import tomllib
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest
from packaging.requirements import Requirement

from tools.notebooks import ROOT

PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]


class Session:
    """Notes down what a session of nox is asked to do."""

    def __init__(self, python: str, folder: Path) -> None:
        self.python, self.folder = python, folder
        self.installed: tuple[str, ...] = ()
        self.ran: tuple[str, ...] = ()

    def create_tmp(self) -> str:
        return str(self.folder)

    def install(self, *words: str) -> None:
        self.installed = words

    def run(self, *words: str, env: dict[str, str]) -> None:
        self.ran = words


@pytest.fixture
def noxfile(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    nox = SimpleNamespace(options=SimpleNamespace(), Session=Session,
                          session=lambda **given: lambda function: function,
                          parametrize=lambda *given: lambda function: function)
    monkeypatch.setitem(sys.modules, "nox", nox)
    monkeypatch.chdir(ROOT)
    spec = importlib.util.spec_from_file_location("noxfile", ROOT / "noxfile.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_it_tries_every_python_with_the_lowest_numpy_that_is_allowed(noxfile: ModuleType) -> None:
    [numpy] = [Requirement(each) for each in PROJECT["dependencies"] if each.startswith("numpy")]
    assert set(noxfile.OLDEST) == set(noxfile.PYTHONS) and "3.11" in noxfile.PYTHONS
    assert PROJECT["requires-python"] == f">={noxfile.PYTHONS[0]}"
    assert all(version in numpy.specifier for version in noxfile.OLDEST.values())
    assert noxfile.OLDEST["3.11"] == f"{str(numpy.specifier).removeprefix('>=')}.0.0"


@pytest.mark.parametrize(("numpy", "wanted"), [("oldest", "numpy==2.1.0"), ("newest", "numpy")])
def test_a_session_installs_that_numpy_and_runs_the_fast_tests(
    noxfile: ModuleType, tmp_path: Path, numpy: str, wanted: str
) -> None:
    session = Session("3.13", tmp_path)
    noxfile.tests(session, numpy)
    assert session.installed[0] == wanted and session.installed[-1] == ".[dev,docs]"
    pins = Path(session.installed[2]).read_text()
    assert "numpy==" not in pins and "matplotlib==" in pins
    assert "not slow and not browser" in session.ran
