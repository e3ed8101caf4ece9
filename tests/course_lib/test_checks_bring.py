"""`bring`: whose function comes from an earlier lecture, and what is said about it."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from course_lib.checks import bring
from course_lib.checks.cases import declaration

RIGHT = "import numpy as np\n\ndef weighted_sum(x, w, b):\n    return np.dot(x, w) + b"
STUB = "def weighted_sum(x, w, b):\n    raise NotImplementedError()"
WRONG = "def weighted_sum(x, w, b):\n    return x @ w"


def course(tmp_path: Path, *sources: object) -> Path:
    """The folder of a later lecture; beside it lecture 00 with these code cells."""
    first = tmp_path / "00_start_here"
    first.mkdir()
    cells = [{"cell_type": "code", "source": source} for source in sources]
    (first / "00_start_here.ipynb").write_text(json.dumps({"cells": cells}), encoding="utf-8")
    later = tmp_path / "12_later"
    later.mkdir()
    return later


def test_a_right_function_is_the_learners_own(tmp_path, capsys):
    found = bring("weighted_sum", folder=course(tmp_path, RIGHT))
    assert found.__module__ == "<00_start_here>"
    assert found(np.array([1.0, 2.0]), np.array([3.0, 4.0]), 1.0) == 12
    assert capsys.readouterr().out == "weighted_sum: yours, from lecture 00\n"


@pytest.mark.parametrize(("sources", "reason"), [
    ([STUB], "it is not written yet in lecture 00"),
    ([WRONG], "yours in lecture 00 does not pass its check"),
    (["weighted_sum = 3"], "lecture 00 has no function of that name yet"),
    ([], "lecture 00 has no function of that name yet"),
])
def test_else_the_library_stands_in_and_says_why(tmp_path, capsys, sources, reason):
    found = bring("weighted_sum", folder=course(tmp_path, *sources))
    assert found.__stands_in__ == "weighted_sum"
    assert found(np.array([2.0]), np.array([3.0]), 1.0) == 7
    assert capsys.readouterr().out == (
        f"weighted_sum: >>> the library's stands in, because {reason}\n"
    )


def test_without_the_notebook_the_library_stands_in(tmp_path, capsys):
    assert bring("weighted_sum", folder=tmp_path / "alone").__stands_in__ == "weighted_sum"
    assert "is not beside this one" in capsys.readouterr().out


def test_helpers_come_along_and_cells_are_not_run(tmp_path):
    helper = "def times(a, b):\n    return sum(p * q for p, q in zip(a, b))"
    marker = tmp_path / "was_run"
    running = f"open({str(marker)!r}, 'w')\n%matplotlib inline"
    mine = ["open(\n", f"open({str(marker)!r}, 'w')", running, helper,
            ["def weighted_sum(x, w, b):\n", "    return times(x, w) + b"]]
    found = bring("weighted_sum", folder=course(tmp_path, *mine))
    assert not hasattr(found, "__stands_in__")
    assert not marker.exists()


def test_a_broken_import_or_file_costs_nothing(tmp_path, capsys):
    broken = "import there_is_no_such_module\n\ndef other(x=unknown):\n    return x"
    later = course(tmp_path, broken, RIGHT)
    assert not hasattr(bring("weighted_sum", folder=later), "__stands_in__")
    (tmp_path / "00_start_here" / "00_start_here.ipynb").write_text("{", encoding="utf-8")
    assert bring("weighted_sum", folder=later).__stands_in__ == "weighted_sum"


def test_whoever_hands_the_work_on_to_the_library_gets_the_librarys(tmp_path, capsys):
    handed_on = ("from course_lib import functional\n\n"
                 "def conv2d_windows(x, weight, bias, stride=1, padding=0):\n"
                 "    return functional.conv2d(x, weight, bias, stride, padding)")
    folder = tmp_path / "08b_convolutional_layer"
    folder.mkdir()
    cells = [{"cell_type": "code", "source": handed_on}]
    (folder / f"{folder.name}.ipynb").write_text(json.dumps({"cells": cells}), encoding="utf-8")
    assert hasattr(bring("conv2d_windows", folder=tmp_path / "12_later"), "__stands_in__")
    assert "does not pass its check" in capsys.readouterr().out


@pytest.mark.parametrize("name", ["no_such_function", "quiz_start"])
def test_only_exercises_can_be_brought(name):
    with pytest.raises(ValueError, match=f"bring: no lecture asks for a function called '{name}'."):
        bring(name)


def test_it_is_the_reference_that_stands_in(tmp_path):
    exercise = declaration("weighted_sum")
    case = exercise.cases()[0]
    found = bring("weighted_sum", folder=tmp_path)
    assert found(*case.args) == exercise.reference(*case.args)
