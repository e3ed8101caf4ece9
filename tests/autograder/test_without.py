"""`bundle --without`: a lecture's answers are gone, its checks go on, the library is whole."""

from __future__ import annotations

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from autograder.bundle import TOP
from autograder.catalogue import ROOT, Catalogue
from autograder.cli import main
from course_lib.checks.cases import Exercise, declaration
from course_lib.checks.left_out import LeftOut, answers, left_out

SLUG = "09_convolution_gradients"
IMPORTED = """
import importlib, pkgutil, course_lib
for each in pkgutil.walk_packages(course_lib.__path__, "course_lib."):
    importlib.import_module(each.name)
"""
JUDGED = """
import sys
from course_lib.checks.cases import Exercise, declarations
for made in declarations(sys.argv[1]):
    if isinstance(made, Exercise):
        assert [made.expected(case).raised for case in made.cases()] is not None
        print(made.name, len(made.cases()), sum(
            made.expected(case).raised is not None and made.expected(case).raised.type == "LeftOut"
            for case in made.cases()))
"""
AS_A_STUDENT = """
import numpy as np
from course_lib import functional, layers
from course_lib.checks import check
def unpad(g, padding):
    return g
for name in ("unpad", "conv_bias_gradient"):
    try:
        check(name)
    except Exception as error:
        print(type(error).__name__)
try:
    functional.im2col(np.zeros((1, 1, 3, 3)), (2, 2))
except Exception as error:
    print(type(error).__name__, error)
print(layers.Conv2d(1, 2, 3, rng=np.random.default_rng(0)).forward(np.ones((1, 1, 5, 5))).shape)
"""


def unpacked(folder: Path, *topics: str) -> Path:
    """The students' zip without the answers to these lectures."""
    out = folder / "course.zip"
    assert main(["bundle", "--out", str(out), "--without", *topics]) == 0
    with zipfile.ZipFile(out) as archive:
        archive.extractall(folder)
    return folder / TOP


def run(course: Path, code: str, *arguments: str) -> str:
    done = subprocess.run([sys.executable, "-c", code, *arguments], cwd=course, check=False,
                          capture_output=True, text=True, env={"PYTHONPATH": str(course),
                                                               "PATH": "", "HOME": str(course)})
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_what_is_left_out_says_so_and_a_whole_course_records_nothing() -> None:
    error = left_out("im2col", "09")
    assert isinstance(error, LeftOut)
    assert str(error) == (
        "im2col answers an exercise of lecture 09, and this copy of the course was made without "
        "it. Use the function that you write there.")
    assert answers("convolution_gradients", "im2col") == ()
    made = declaration("im2col")
    assert isinstance(made, Exercise) and made.expected(made.cases()[0]).raised is None


@pytest.mark.slow
def test_the_answers_are_gone_and_the_rest_goes_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    course = unpacked(tmp_path, SLUG)
    said = capsys.readouterr().out
    for name in ("matrix.im2col", "matrix.col2im", "convolution.conv2d_backward"):
        assert f"functional.{name}" in said
    for path in ("functional/matrix.py", "checks/convolution_gradients.py"):
        assert "raise left_out(" in (course / "course_lib" / path).read_text(encoding="utf-8")
    run(course, IMPORTED)
    said = run(course, AS_A_STUDENT)
    assert "The first case that fails" in said and "there is no function of that name yet" in said
    assert said.count("This copy of the course holds no ") == 2 and "stands in" not in said
    assert "LeftOut im2col answers an exercise of lecture 09" in said
    assert said.endswith("(1, 2, 3, 3)\n")
    # The whole library over it, as course-update does it: what was recorded counts no more.
    for path in ("functional/matrix.py", "checks/left_out.py", "checks/convolution_gradients.py"):
        shutil.copy(ROOT / "course_lib" / path, course / "course_lib" / path)
    assert "the library's unpad stands in" in run(course, AS_A_STUDENT)


@pytest.mark.slow
@pytest.mark.parametrize("topic", Catalogue().topics, ids=lambda topic: topic.slug)
def test_every_lecture_can_be_left_out_and_keeps_its_checks(topic, tmp_path: Path) -> None:
    course = unpacked(tmp_path, topic.slug)
    for line in run(course, IMPORTED + JUDGED, topic.module).splitlines():
        name, cases, gone = line.split()
        assert int(cases) > 0 and gone == "0", name
