"""A released course that is made once and copied; a small notebook to grade without nbgrader."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from autograder.catalogue import Topic
from autograder.grading import grade, judging
from autograder.grading.grade import grade_one
from autograder.grading.results import ExerciseResult, SubmissionResult
from autograder.grading.secret import rng_for
from autograder.sandbox.limits import Limits
from autograder.sandbox.session import Session
from course_lib.checks.cases import declaration
from tests.autograder.mini_course import MiniCourse
from tests.autograder.postgresql import Server, running
from tests.autograder.small_course import QUICK, SECRET, SLUG, Alone, Grade, handed_in, make_topic


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


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Server]:
    """A database server of our own."""
    with running() as server:
        yield server


@pytest.fixture(scope="session")
def small_topic(tmp_path_factory: pytest.TempPathFactory) -> Topic:
    """The topic of the small course."""
    return make_topic(tmp_path_factory.mktemp("course"))


@pytest.fixture
def graded(small_topic: Topic, tmp_path: Path) -> Grade:
    """Grade a notebook; its arguments are those of `handed_in`."""

    def grade_it(
        sources: Mapping[str, str] | None = None, *, student: str = "ada", **more: Any
    ) -> SubmissionResult:
        path = tmp_path / f"{SLUG}.ipynb"
        path.write_text(json.dumps(handed_in(sources, **more)), encoding="utf-8")
        return grade_one(path, student=student, topic=small_topic, secret=SECRET, limits=QUICK)

    return grade_it


@pytest.fixture(scope="module")
def judge_alone(small_topic: Topic) -> Iterator[Alone]:
    """Judge one exercise by one cell, in a child that all tests share: a child costs a while."""
    limits = Limits(cpu_seconds=0.5, wall_factor=60.0)
    with Session(limits) as session, Session(limits) as referee:
        session.run("import numpy as np")
        referee.run(grade.REFEREE)

        def judge_it(name: str, source: str) -> ExerciseResult:
            session.run(f"{name} = None\ndel {name}")
            ran = session.run(source)
            asked = judging.Asked(small_topic.exercise(name), declaration(name), ran, slow=False)
            rng = rng_for(SECRET, SLUG, "ada", name)
            return judging.judged(
                asked, session, rng, lambda *given: referee.call("ruling", given)
            )

        yield judge_it
