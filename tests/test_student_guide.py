"""docs/student_guide.md: what it quotes is what the checks print, and its commands exist."""

from __future__ import annotations

import io
import re
import tomllib
from contextlib import redirect_stdout
from types import FunctionType
from typing import Any

import numpy as np
import pytest

from course_lib.checks import student
from course_lib.desk.progress import FILE
from tools.notebooks import ROOT

GUIDE = (ROOT / "docs" / "student_guide.md").read_text(encoding="utf-8")
SCALE = 1.0


def without_bias(x: Any, w: Any, b: float) -> float:
    return float(np.dot(x, w))


def empty(x: Any, w: Any, b: float) -> float:
    raise NotImplementedError


def with_a_value_from_outside(x: Any, w: Any, b: float) -> float:
    return float(scale * np.dot(x, w) + b)  # type: ignore[name-defined] # noqa: F821


def endless(x: Any, w: Any, b: float) -> float:
    raise KeyboardInterrupt


def said(function: Any) -> str:
    """What check("weighted_sum") prints about a function."""
    namespace: dict[str, Any] = {"check": student.check, "np": np, "scale": SCALE}
    if function is not None:
        namespace["weighted_sum"] = FunctionType(function.__code__, namespace)
    printed = io.StringIO()
    with redirect_stdout(printed):
        try:
            exec('check("weighted_sum")', namespace)
        except student.CheckFailed as failed:
            print(failed)
    return printed.getvalue()


def rows() -> list[str]:
    table = GUIDE.partition("## What the messages mean")[2].partition("\n## ")[0]
    return re.findall(r"^\| `([^`]+)` \|", table, re.MULTILINE)


def test_the_failed_check_is_what_the_check_prints() -> None:
    quoted = re.search(r"```text\n(.*?)```", GUIDE, re.DOTALL)
    assert quoted
    assert said(without_bias).startswith(quoted.group(1))


def test_every_message_is_one_that_a_check_prints() -> None:
    functions = (without_bias, empty, with_a_value_from_outside, endless, None)
    everything = "\n".join(map(said, functions))
    messages = rows()
    assert len(messages) == 8
    missing = [each for each in messages if each not in everything]
    assert missing == ["name 'np' is not defined"]      # Python says that, not a check


def test_hint_and_case_are_called_as_the_guide_says(capsys: pytest.CaptureFixture[str]) -> None:
    student.hint("weighted_sum")
    assert re.match(r"Hint \d of 3 for weighted_sum", capsys.readouterr().out)
    given = student.case("weighted_sum", "two inputs")
    assert (len(given.args), given.kwargs, given.expected) == (3, {}, 1.5)


def test_every_command_of_the_guide_is_installed() -> None:
    scripts = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["scripts"]
    found = re.findall(r"^course-[a-z]+\b(?!-)|(?<=`)course-[a-z]+(?=[` ])", GUIDE, re.MULTILINE)
    named = set(found)
    assert named == set(scripts)
    assert FILE in GUIDE
