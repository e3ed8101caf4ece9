"""The documents are true: links, commands, options, settings, numbers and quoted output.

tests/test_repository.py already looks up links, make targets, tools and tests named in prose;
here come commands in code blocks and what only a particular document promises.
"""

from __future__ import annotations

import argparse
import importlib
import importlib.util
import io
import json
import re
import shlex
from contextlib import redirect_stdout
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from nbgrader.apps import NbGraderApp

from autograder.catalogue import Catalogue
from autograder.cli import COMMANDS
from autograder.demo.students import CLASS
from autograder.grading.nbgrader_bridge import TrustedAutograde
from autograder.grading.results import OUTCOMES
from course_lib import shapes
from course_lib.checks import student
from tools.notebooks import ROOT

DOCUMENTS = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))]
OURS = ("autograder", "benchmarks", "course_lib", "tools")
OTHERS = {"jupyter", "pip", "pytest", "venv"}
EXAMPLE_OF_A_NEW_TOPIC = "04_gradient_descent"
FENCE = re.compile(r"^```\w*\n(.*?)^```$", re.MULTILINE | re.DOTALL)
TARGETS = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
EVERY = pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def flat(name: str) -> str:
    """The text with every run of white space as one space: sentences survive a line break."""
    return " ".join(read(name).split())


def commands(text: str) -> list[str]:
    """Every line of a code block and every code span, without comments."""
    blocks = [line for block in FENCE.findall(text) for line in block.splitlines()]
    spans = re.findall(r"`([^`\n]+)`", FENCE.sub("", text))
    return [part.partition(" #")[0].strip() for part in (*blocks, *spans)]


# ---- every document ----------------------------------------------------------------------------


def anchors(path: Path) -> set[str]:
    headings = re.findall(r"^#+ +(.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", each.lower()).replace(" ", "-") for each in headings}


@EVERY
def test_links_lead_to_files_and_headings(path: Path) -> None:
    for link, anchor in re.findall(r"\]\(([^)#\s]*)(?:#([^)\s]+))?\)", path.read_text("utf-8")):
        if re.match(r"[a-z]+:", link):
            continue
        target = path.parent / link if link else path
        assert target.exists(), f"{path.name} links to {link}, which is not there"
        if anchor:
            assert anchor in anchors(target), f"{path.name}: {link} has no heading #{anchor}"


@EVERY
def test_make_and_python_commands_exist(path: Path) -> None:
    for command in commands(path.read_text(encoding="utf-8")):
        words = command.split()
        if words[:1] == ["make"]:
            for target in words[1:]:
                known = target in TARGETS or "=" in target
                assert known, f"{path.name}: `{command}` names no target of the Makefile"
        found = re.search(r"python -m ([\w.]+)", command)
        if found:
            module = found.group(1)
            ours = module.split(".")[0] in OURS
            known = bool(importlib.util.find_spec(module)) if ours else module in OTHERS
            assert known, f"{path.name}: `{command}` starts no module that we know"


def parser_of_the_grader() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="autograder", exit_on_error=False)
    subcommands = parser.add_subparsers(required=True)
    for command in COMMANDS:
        command.add(subcommands)
    return parser


@EVERY
def test_commands_of_the_grader_are_understood(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for command in commands(path.read_text(encoding="utf-8")):
        _, named, rest = command.partition("-m autograder ")
        rest = re.sub(r" --course \S+", "", rest)      # taken before and after the command
        known = {each.__name__.split(".")[-1].replace("_", "-") for each in COMMANDS}
        if not named or rest.split()[0] not in known:
            assert not named, f"{path.name}: `{command}` is no command of the grader"
            continue
        if len(rest.split()) == 1:      # named in a sentence, arguments left out
            continue
        try:
            parser_of_the_grader().parse_args(shlex.split(rest))
        except SystemExit:
            raise AssertionError(
                f"{path.name}: `{command}` is not understood: {capsys.readouterr().err}"
            ) from None


@EVERY
def test_commands_of_nbgrader_exist(path: Path) -> None:
    for command in commands(path.read_text(encoding="utf-8")):
        found = re.match(r"nbgrader (\w+)", command)
        if found:
            known = NbGraderApp.subcommands
            assert found.group(1).replace("_", "-") in {name.replace("_", "-") for name in known}, (
                f"{path.name}: nbgrader has no command {found.group(1)}"
            )


@EVERY
def test_topics_and_exercises_in_commands_exist(path: Path) -> None:
    slugs = {topic.slug for topic in Catalogue().topics}
    for topic in re.findall(r"\b\d\d[a-z]?_[a-z_]+\b", path.read_text(encoding="utf-8")):
        known = topic in slugs or topic == EXAMPLE_OF_A_NEW_TOPIC
        assert known, f"{path.name}: {topic} is not there"


# ---- README ------------------------------------------------------------------------------------


def test_the_first_screen_of_the_readme_names_the_two_commands() -> None:
    screen = "\n".join(read("README.md").splitlines()[:25])
    assert "make demo" in screen
    assert "make test" in screen
    assert "make lab" in screen


def test_the_readme_names_every_notebook() -> None:
    sentence = re.search(r"(\d+) notebooks: (.*?)\.", flat("README.md"))
    assert sentence, "README names the notebooks"
    named = re.findall(r"\b(\d\d[a-z]?) \(", sentence.group(2))
    assert named == [topic.slug.partition("_")[0] for topic in Catalogue().topics]
    assert len(named) == int(sentence.group(1))


def test_the_readme_counts_the_class_of_the_demo() -> None:
    assert f"a class of {len(CLASS)} from release to feedback" in flat("README.md")


def test_the_readme_and_the_guide_say_what_the_walls_need_and_where_they_end() -> None:
    for name in ("README.md", "docs/instructor_guide.md"):
        assert "--sandbox=none" in flat(name)
        assert "refuses" in flat(name)
        assert "autograder/sandbox/SECURITY.md" in flat(name)
    assert "Holes in the kernel" in flat("autograder/sandbox/SECURITY.md")


# ---- CONTRIBUTING ------------------------------------------------------------------------------


def test_the_first_command_for_developers_stands_by_line_12() -> None:
    lines = read("CONTRIBUTING.md").splitlines()
    assert any(line.startswith("make ") for line in lines[:12])


def test_the_line_that_makes_notebook_diffs_readable_is_the_one_of_make_setup() -> None:
    line = "git config diff.notebook.textconv '.venv/bin/python -m tools.notebooks show'"
    assert line in read("CONTRIBUTING.md")
    assert line in read("tools/setup.sh")
    assert "*.ipynb diff=notebook" in read(".gitattributes")


def test_the_places_of_an_exercise_are_where_contributing_says() -> None:
    places = [
        part for part in re.findall(r"`((?:autograder|course_lib|solutions|docs)/[^`<]+)`",
                                    read("CONTRIBUTING.md"))
        if "NN_" not in part and "TOPIC" not in part
    ]
    assert len(places) >= 5
    for place in places:
        assert (ROOT / place).exists(), f"CONTRIBUTING speaks of {place}"


# ---- instructor guide --------------------------------------------------------------------------


def test_the_guide_explains_every_outcome_and_every_command() -> None:
    guide = read("docs/instructor_guide.md")
    for outcome in OUTCOMES:
        assert re.search(rf"^\| {outcome} \|", guide, re.MULTILINE), outcome
    for command in COMMANDS:
        name = command.__name__.rpartition(".")[2].replace("_", "-")
        assert f"python -m autograder {name}" in guide, name
    for choice in (*student.NAMING, *student.HINTS):
        assert f'| `"{choice}"` |' in guide


def test_settings_in_the_guide_exist() -> None:
    guide = read("docs/instructor_guide.md")
    for name in re.findall(r"c\.TrustedAutograde\.(\w+)", guide):
        assert TrustedAutograde.class_traits(config=True).get(name), name
    default = re.search(r"cpu_seconds = \d+ +# default: (\d+)", guide)
    assert default
    assert float(default.group(1)) == TrustedAutograde.cpu_seconds.default_value


# ---- notation and errata -----------------------------------------------------------------------


def test_names_of_the_library_in_the_notation_exist() -> None:
    modules = "functional|graph|images|init|layers|models|optim|shapes"
    names = re.findall(rf"`((?:{modules})\.\w+)\b", read("docs/notation.md"))
    assert len(names) >= 30
    for name in names:
        module, _, attribute = name.partition(".")
        assert hasattr(importlib.import_module(f"course_lib.{module}"), attribute), name


def dense(*sizes: int) -> int:
    """Weights and biases of a fully connected net."""
    return sum((n_in + 1) * n_out for n_in, n_out in pairwise(sizes))


ERRATA: dict[str, Any] = {
    "19,692,210": dense(256 * 256, 300, 100, 10),
    "19,661,100": 256 * 256 * 300 + 300,
    "201,371,658": dense(128 * 128 * 3, 4096, 10),
    "201,420,810": dense(128 * 128 * 3, 4096, 10) + 128 * 128 * 3,
    "122,304": (5 * 5 + 1) * 28 * 28 * 6,
    "89,856": (5 * 5 + 1) * shapes.output_size(28, 5) ** 2 * 6,
    "3 · 16 · 5 · 5 + 16 = 1216": f"3 · 16 · 5 · 5 + 16 = {3 * 16 * 5 * 5 + 16}",
    "The valid strides are 1 and 7":
        "The valid strides are " + " and ".join(map(str, shapes.valid_strides(10, 3))),
    "output 3 × 3 × 2": f"output 3 × {shapes.output_size(5, 3, 2, 1)} × 2",
    "it is 4 × 4 × 2": f"it is 4 × {shapes.output_size(7, 3, 2, 1, rounding='strict')} × 2",
}


@pytest.mark.parametrize("printed", ERRATA)
def test_numbers_on_the_errata_page_are_recomputed(printed: str) -> None:
    value = ERRATA[printed]
    assert printed == (value if isinstance(value, str) else f"{value:,}")
    assert printed in flat("docs/errata.md")


def test_a_slip_names_its_place_a_lecture_that_exists_and_stands_once() -> None:
    slips = [line.strip("| \n").split(" | ") for line in read("docs/errata.md").splitlines()
             if re.match(r"\| 00\d:", line)]
    assert len(slips) > 40
    numbers = {topic.slug.partition("_")[0] for topic in Catalogue().topics}
    for places, *_, lectures in slips:
        assert re.fullmatch(r"00[0-4]:\d+(-\d+)?(, 00[0-4]:\d+(-\d+)?)*", places), places
        assert set(lectures.split(", ")) <= numbers, places
    assert len({places for places, *_ in slips}) == len(slips)
    starts = [(int(deck), int(line)) for places, *_ in slips
              for deck, line in re.findall(r"^(\d+):(\d+)", places)]
    falls = [k for k in range(1, len(starts)) if starts[k - 1] > starts[k]]
    assert len(falls) == 1, "two tables, each in the order of the decks"


def test_padding_on_both_sides_never_makes_the_stride_fit() -> None:
    for padding in range(5):
        with pytest.raises(ValueError, match="not whole"):
            shapes.output_size(10, 3, 2, padding)


# ---- 00_start_here -----------------------------------------------------------------------------

START = ROOT / "solutions" / "00_start_here" / "00_start_here.ipynb"


def without_bias(x: Any, w: Any, b: float) -> float:
    return float(np.dot(x, w))


def test_the_failed_check_quoted_in_00_is_what_the_check_prints() -> None:
    cells = json.loads(START.read_text(encoding="utf-8"))["cells"]
    text = "".join("".join(cell["source"]) for cell in cells if cell["id"] == "break-it")
    quoted = re.search(r"```text\n(.*?)```", text, re.DOTALL)
    assert quoted
    namespace: dict[str, Any] = {"weighted_sum": without_bias, "check": student.check}
    printed = io.StringIO()
    with redirect_stdout(printed), pytest.raises(student.CheckFailed):
        exec('check("weighted_sum")', namespace)
    assert printed.getvalue().startswith(quoted.group(1))


def test_00_costs_no_points() -> None:
    topic = Catalogue().topic("00")
    assert [exercise.points for exercise in topic.exercises] == [0.0] * len(topic.exercises)
