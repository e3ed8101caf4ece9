"""An instructor's own assert cells score as in nbgrader, in the student's process."""

from __future__ import annotations

import pytest

from tests.autograder.mini_course import MiniCourse, cell

OWN_TESTS = {
    "asserts": "assert double(2) == 4",
    "counts": "points = 0\npoints += double(1)\npoints",
    "ends": "double(1)",
}
NUMPY = "import numpy as np\ndouble = lambda x: np.float64(0)"
OWN: dict[str, tuple[str | None, str, tuple[float | None, bool]]] = {
    # what is written, the test cell to look at, and its grade
    "right": ("double = lambda x: x + x", "asserts", (4.0, False)),
    "wrong": ("double = lambda x: 3 * x", "asserts", (0.0, False)),
    "untouched": (None, "asserts", (0.0, False)),
    "exits": ("import os\nos._exit(0)", "asserts", (0.0, False)),
    "partly": ("double = lambda x: 1.5", "counts", (1.5, False)),
    "numpy-zero": (NUMPY, "ends", (0.0, False)),
    "not-a-number": ("double = lambda x: float('nan')", "ends", (None, True)),
    "huge": ("double = lambda x: 10 ** 5000", "ends", (0.0, False)),
    "a-word": ("double = lambda x: 'a word'", "ends", (4.0, False)),
    "true": ("double = lambda x: True", "ends", (4.0, False)),
    "negative": ("double = lambda x: -1", "ends", (None, True)),
    "too-much": ("double = lambda x: 400", "ends", (None, True)),
}


@pytest.fixture(scope="module")
def with_own_tests(tmp_path_factory: pytest.TempPathFactory) -> MiniCourse:
    """A lecture with an instructor's own solution cell and ordinary assert cells, graded."""
    stub = "### BEGIN SOLUTION\ndouble = lambda x: 2 * x\n### END SOLUTION"
    more = [cell("code", "double", stub, {"solution": True})]
    more += [cell("code", name, source, {"grade": True, "locked": True, "points": 4})
             for name, source in OWN_TESTS.items()]
    course = MiniCourse.released(tmp_path_factory.mktemp("own") / "course", more)
    for student, (written, _, _) in OWN.items():
        handed_in = course.solved()
        for each in handed_in["cells"]:
            if each["id"] == "double" and written is not None:
                each["source"] = written
            elif each["id"] in OWN_TESTS:
                each["source"] = "4"  # an edited test is restored
        course.hand_in(student, handed_in)
    assert course.autograde() == 0
    return course


@pytest.mark.parametrize("student", OWN)
def test_an_instructors_assert_cell_scores_as_in_nbgrader(
    with_own_tests: MiniCourse, student: str
) -> None:
    course = with_own_tests
    _, test, grade = OWN[student]
    assert course.grades(student)[test] == grade
    assert course.grades(student)["check_weighted_sum"] == (5.0, False)
    shown = {each["id"]: each for each in course.graded(student)["cells"]}[test]
    assert shown["source"] == OWN_TESTS[test]
    assert "in the student's process" in shown["outputs"][0]["data"]["text/plain"]
