"""What holds for the whole tree: what lies where, how large files are, who agrees with whom."""

from __future__ import annotations

import ast
import fnmatch
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tools import check
from tools.notebooks import ROOT

MUST = {
    ".ci", ".gitattributes", ".gitignore", "ARCHITECTURE.md", "CHANGELOG.md", "CITATION.cff",
    "CONTRIBUTING.md", "LICENSE", "Makefile", "README.md", "autograder", "constraints.txt",
    "course_lib", "course_sandbox", "environment.yml", "index.md", "lectures", "nbgrader_config.py",
    "pyproject.toml", "solutions", "tests", "tools",
}
MAY = {".git", "benchmarks", "data", "deploy", "docs", "noxfile.py"}
MAX_LINES = 400
CODE = ("course_lib", "course_sandbox", "autograder", "tools", "tests", "benchmarks", "deploy")
TOPIC = re.compile(r"\d\d[a-z]?_[a-z][a-z0-9_]*")


def ignored(name: str) -> bool:
    patterns = (ROOT / ".gitignore").read_text().split()
    return any(fnmatch.fnmatch(name, pattern.strip("/")) for pattern in patterns)


def code_files(*suffixes: str) -> list[Path]:
    return [
        path for tree in CODE for path in sorted((ROOT / tree).rglob("*"))
        if path.suffix in suffixes
    ]


def short(path: Path) -> str:
    return str(path.relative_to(ROOT))


def test_no_unexpected_files_at_the_top() -> None:
    found = {path.name for path in ROOT.iterdir() if not ignored(path.name)}
    assert found - MUST - MAY == set()
    assert MUST - found == set()


@pytest.mark.parametrize("tree", ["solutions", "lectures"])
def test_a_topic_is_a_folder_with_one_notebook_of_its_name(tree: str) -> None:
    for folder in (ROOT / tree).iterdir():
        assert TOPIC.fullmatch(folder.name), f"{folder} is not named like 03_some_topic"
        found = [path.name for path in folder.iterdir() if not ignored(path.name)]
        assert found == [f"{folder.name}.ipynb"], f"{folder} holds {found}"


def test_the_bank_holds_folders_of_topics_only() -> None:
    modules = {folder.name.partition("_")[2] for folder in (ROOT / "solutions").iterdir()}
    banks = {
        path.name for shelf in ("misconceptions", "accepted")
        for path in (ROOT / "autograder" / shelf).iterdir() if path.is_dir()
    }
    assert banks - modules - {"__pycache__"} == set()


def test_no_file_is_long() -> None:
    lines = {short(path): len(path.read_text(encoding="utf-8").splitlines())
             for path in code_files(".py", ".js", ".css", ".sh")}
    assert {path: count for path, count in lines.items() if count > MAX_LINES} == {}


def test_no_file_is_named_after_nothing() -> None:
    assert [p for p in code_files(".py") if p.stem in {"utils", "helpers", "misc", "common"}] == []


def test_every_module_says_what_it_is() -> None:
    silent = [
        path for path in code_files(".py")
        if path.read_text().strip() and not ast.get_docstring(ast.parse(path.read_text()))
    ]
    assert silent == []


def test_nothing_is_left_to_do_later() -> None:
    word = re.compile(r"\b(TO" r"DO|FIX" r"ME|XX" r"X)\b")
    assert [p for p in code_files(".py", ".js", ".sh") if word.search(p.read_text())] == []


# ---- packaging ---------------------------------------------------------------------------------

PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text())
CONDA: dict[str, Any] = yaml.safe_load((ROOT / "environment.yml").read_text())


def test_the_package_and_the_citation_name_the_same_work() -> None:
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    project = PROJECT["project"]
    assert [each["name"] for each in project["authors"]] == [
        each["name"] for each in citation["authors"]]
    assert sorted(project["keywords"]) == sorted(citation["keywords"])
    assert (project["version"], project["license"]) == (citation["version"], citation["license"])
    assert (ROOT / project["readme"]).is_file()


def requirements(lines: list[str]) -> dict[str, str]:
    parsed = map(Requirement, lines)
    return {canonicalize_name(r.name): str(r.specifier) for r in parsed}


def test_conda_and_pip_agree() -> None:
    *packages, pip = CONDA["dependencies"]
    conda = requirements(packages)
    assert conda.pop("python") == PROJECT["project"]["requires-python"]
    assert conda.pop("pip") == ""
    # What one system alone needs comes with `pip install -e .` in both.
    everywhere = [each for each in PROJECT["project"]["dependencies"] if ";" not in each]
    assert conda == requirements(everywhere)
    assert pip == {"pip": ["-e ."]}
    assert CONDA["channels"] == ["conda-forge"]


def pins() -> list[str]:
    lines = (ROOT / "constraints.txt").read_text().splitlines()
    return [line for line in lines if not line.startswith("#")]


def test_constraints_are_exact_sorted_and_name_no_index() -> None:
    assert pins() == sorted(pins(), key=lambda line: line.partition("==")[0])
    assert [line for line in pins() if not re.fullmatch(r"[a-z0-9-]+==[0-9][0-9a-z.]*", line)] == []


def test_constraints_hold_every_requirement_and_no_oracle() -> None:
    pinned = requirements(pins())
    extras = PROJECT["project"]["optional-dependencies"]
    wanted = [*PROJECT["project"]["dependencies"], *extras["dev"], *extras["docs"]]
    for requirement in map(Requirement, wanted):
        version = pinned[canonicalize_name(requirement.name)].removeprefix("==")
        assert requirement.specifier.contains(version), f"{requirement} against {version}"
    assert "torch" not in pinned
    assert "torch" not in requirements(wanted)


def test_only_the_library_and_the_door_to_the_sandbox_are_installed() -> None:
    setuptools = PROJECT["tool"]["setuptools"]
    assert setuptools["packages"]["find"]["include"] == ["course_lib*", "course_sandbox"]
    assert [path.name for path in (ROOT / "course_sandbox").glob("*.py")] == ["__init__.py"]


# ---- commands ----------------------------------------------------------------------------------

MAKEFILE = (ROOT / "Makefile").read_text()
TARGETS = dict(re.findall(r"^([a-z-]+):([^#=\n]*)", MAKEFILE, re.MULTILINE))


def test_every_target_is_one_line_says_what_it_does_and_is_set_up_first() -> None:
    for target in TARGETS:
        rule = re.search(rf"^{target}:.*  ## \w.*\n((?:\t.*\n?)+)", MAKEFILE, re.MULTILINE)
        assert rule, f"{target} says nothing after ##"
        assert rule.group(1).count("\n\t") == 0, f"{target} has more than one line"
    needs = {target: words.split() for target, words in TARGETS.items()}
    assert needs.pop("setup") == needs.pop("help") == []
    assert needs.pop("test-all") == ["test"]
    assert needs == {target: ["setup"] for target in needs}
    phony = re.search(r"^\.PHONY: (.*)$", MAKEFILE, re.MULTILINE)
    assert phony and set(phony.group(1).split()) == set(TARGETS)


def test_ci_runs_every_check_and_every_test() -> None:
    script = (ROOT / ".ci" / "run").read_text()
    assert "export CI=true" in script
    assert "make check test test-all" in script
    slow = re.findall(r'-m "([^"]+)"', MAKEFILE)
    assert slow == ["not slow and not browser", "slow or browser"]


def test_check_runs_all_steps_and_fails_if_one_does(capfd: pytest.CaptureFixture[str]) -> None:
    good, bad = ["timeit", "-n1", "-r1", "pass"], ["timeit", "-n1", "raise ValueError"]
    assert check.main({"first": good}) == 0
    assert capfd.readouterr().out.endswith("check: all 1 passed\n")
    assert check.main({"first": bad, "second": good}) == 1
    shown = capfd.readouterr().out
    assert "check: second" in shown
    assert shown.endswith("check: 1 of 2 FAILED: first\n")
    assert [words[0] for words in check.STEPS.values()] == [
        "ruff", "mypy", "tools.notebooks", "tools.release"
    ]
