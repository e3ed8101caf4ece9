"""A released course that is made once, and copied for every test that needs one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.autograder.mini_course import MiniCourse


@pytest.fixture(scope="session")
def released_course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course folder with gradebook and lecture; copy it, never change it."""
    return MiniCourse.released(tmp_path_factory.mktemp("released") / "course").root


@pytest.fixture(scope="module")
def new_course(
    released_course: Path, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[], MiniCourse]:
    """Makes a course folder of its own at each call."""
    return lambda: MiniCourse.copied(released_course, tmp_path_factory.mktemp("course") / "course")


@pytest.fixture
def course(new_course: Callable[[], MiniCourse]) -> MiniCourse:
    """A released course without submissions."""
    return new_course()
