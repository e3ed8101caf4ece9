"""A batch in one transaction leaves the rows that nbgrader's own writer would have left."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from nbgrader.api import Gradebook
from nbgrader.plugins import LateSubmissionPlugin
from sqlalchemy import event, text
from sqlalchemy.exc import OperationalError

from autograder.grading.bulk import Entry
from autograder.grading.gradebook import Book, NotInGradebook, opened
from autograder.grading.results import ExerciseResult, SubmissionResult
from tests.autograder.mini_course import TOPIC, MiniCourse, cell, databases
from tests.autograder.nbgrader_writer import rows, write_by_nbgrader

DUE = datetime(2025, 1, 1)
TASK = cell("markdown", "report", "Draw it on paper.",
            {"task": True, "locked": True, "points": 3})
OLD = cell("code", "check_tables", "assert tables[2] == 4",
           {"grade": True, "locked": True, "points": 4})
UNTOUCHED = ("weighted_sum", "open_bias", "check_tables")


def entry(student: str, outcome: str, time: datetime | None = None, *, note: str | None = None,
          untouched: tuple[str, ...] = (), hint: str | None = None) -> Entry:
    points = {"passed": 5.0, "failed": 0.0, "missing": 0.0}.get(outcome)
    verdict = ExerciseResult("weighted_sum", "exercise", outcome, points, 5.0, "A sentence.",  # type: ignore[arg-type]
                             hint=hint, check_id="check_weighted_sum")
    half = ExerciseResult("check_tables", "assert", "failed", 1.5, 3.0, "", check_id="check_tables")
    result = SubmissionResult(student, TOPIC, (verdict, half), note, ("an event",), "isolated", 0.5)
    return Entry(result, time, untouched, "a" * 64, {"weighted_sum": "b" * 64})


FIRST = [
    entry("ada", "passed", datetime(2024, 12, 31)),
    entry("bob", "failed", datetime(2025, 1, 1, 0, 1), hint="You leave out b."),
    entry("cid", "needs a look", note="not JSON", untouched=UNTOUCHED),
    entry("dan", "missing", untouched=UNTOUCHED),
    entry("eve", "error"),
    entry("fay", "passed", datetime(2025, 2, 1), untouched=("open_bias",)),
]
SECOND = [
    entry("ada", "failed", datetime(2025, 1, 2), hint="Look at w."),
    entry("bob", "passed", datetime(2025, 1, 1, 0, 1)),
    entry("cid", "passed", datetime(2024, 12, 31)),
    entry("dan", "failed"),
    entry("fay", "missing", datetime(2025, 2, 1), untouched=UNTOUCHED),
    entry("gus", "passed", datetime(2025, 1, 3)),
]


def graded_by_hand(gradebook: Gradebook) -> None:
    """What a person does between two gradings."""
    for student in ("ada", "bob"):
        find = (TOPIC, TOPIC, student)
        grade = gradebook.find_grade("check_weighted_sum", *find)
        grade.manual_score, grade.extra_credit, grade.needs_manual_grade = 2.5, 1.0, False
        gradebook.find_grade("check_tables", *find).extra_credit = 0.5
        gradebook.find_grade("open_bias", *find).manual_score = 2.0
        gradebook.find_comment("weighted_sum", *find).manual_comment = "Nearly."
        gradebook.find_submission_notebook(*find).flagged = True
    gradebook.find_grade("report", TOPIC, TOPIC, "fay").manual_score = 3.0
    gradebook.grant_extension(TOPIC, "gus", days=1) if _has(gradebook, "gus") else None
    gradebook.grant_extension(TOPIC, "fay", days=10)
    gradebook.db.commit()


def _has(gradebook: Gradebook, student: str) -> bool:
    return student in {each.id for each in gradebook.students}


@pytest.fixture(params=["sqlite", "postgresql"], scope="module")
def new_gradebook(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[], str]:
    """Makes a released gradebook at each call; the address of it."""
    new = databases(request.param, request, tmp_path_factory)
    url = new(None)
    course = MiniCourse.released(tmp_path_factory.mktemp("a") / "course", [TASK, OLD], db_url=url)
    with course.api().gradebook as found:
        found.update_or_create_assignment(TOPIC, duedate=DUE)
        found.add_notebook("another", TOPIC)
        found.add_grade_cell("a_cell", "another", TOPIC, max_score=1, cell_type="code")
        found.add_solution_cell("a_cell", "another", TOPIC)
    return lambda: new(url)


@contextmanager
def both(url: str) -> Iterator[tuple[Book, Gradebook]]:
    with opened(url, "course") as book, Gradebook(url, "cnn_from_scratch") as gradebook:
        book.prepare()
        yield book, gradebook


def ours(book: Book, entries: list[Entry], plugin: LateSubmissionPlugin) -> None:
    release = book.release(TOPIC)
    for start in range(0, len(entries), 4):
        book.write(release, TOPIC, entries[start : start + 4], plugin.late_submission_penalty)


@pytest.mark.parametrize("method", ["none", "zero"])
def test_row_by_row_as_nbgraders_own_writer(
    new_gradebook: Callable[[], str], method: str
) -> None:
    plugin = LateSubmissionPlugin(penalty_method=method)
    with both(new_gradebook()) as (_, theirs), both(new_gradebook()) as (book, gradebook):
        for round_ in (FIRST, SECOND, SECOND):
            for each in round_:
                write_by_nbgrader(theirs, each.result, each.time, each.untouched, plugin)
            ours(book, round_, plugin)
            expected, found = rows(theirs), rows(gradebook)
            for table in expected:
                assert found[table] == expected[table], table
            assert any(row[-1] for row in found["submitted_notebook"]) == (method == "zero")
            scores = {student: each.score for (student, each) in
                      ((each.student.id, each) for each in theirs.assignment_submissions(TOPIC))}
            assert {student: score for (student, _), (score, most)
                    in book.scores([TOPIC]).items() if most == 15.0} == scores
            if round_ is FIRST:
                graded_by_hand(theirs)
                graded_by_hand(gradebook)
            theirs.db.rollback()
            gradebook.db.rollback()


def test_what_is_stored_comes_back_and_goes_with_the_submission(
    new_gradebook: Callable[[], str],
) -> None:
    plugin = LateSubmissionPlugin()
    with both(new_gradebook()) as (book, gradebook):
        assert book.stored(TOPIC) == []
        ours(book, FIRST, plugin)
        ours(book, SECOND, plugin)
        expected = {each.student: each.result for each in [*FIRST, *SECOND]}
        found = {each.student: each for each in book.stored(TOPIC)}
        assert {name: each.result for name, each in found.items()} == expected
        assert found["ada"].submission == "a" * 64
        assert found["ada"].checks == {"weighted_sum": "b" * 64}
        assert [each.student for each in book.stored(TOPIC, "[af]*")] == ["ada", "fay"]
        gradebook.remove_student("ada")
        assert "ada" not in {each.student for each in book.stored(TOPIC)}
        ours(book, FIRST[:1], plugin)
        assert book.stored(TOPIC, "ada")[0].result == FIRST[0].result


def test_a_batch_is_written_whole_or_not_at_all(new_gradebook: Callable[[], str]) -> None:
    def fails(student: str, score: float, seconds: float) -> float | None:
        raise ValueError(f"a plug-in that does not like {student}")

    with both(new_gradebook()) as (book, gradebook):
        before = rows(gradebook)
        gradebook.db.rollback()
        with pytest.raises(ValueError, match="does not like bob"):
            book.write(book.release(TOPIC), TOPIC, FIRST, fails)
        assert rows(gradebook) == before
        assert book.stored(TOPIC) == []


@pytest.mark.parametrize("moment", [1, 4, 9, "commit"])
def test_a_connection_that_breaks_loses_nothing_and_counts_nothing_twice(
    new_gradebook: Callable[[], str], moment: int | str, request: pytest.FixtureRequest
) -> None:
    """At a statement of ours, or at the commit, the server or the file is suddenly gone."""
    plugin, url = LateSubmissionPlugin(), new_gradebook()
    with opened(url, "course") as book:
        book.prepare()
        ours(book, FIRST, plugin)
        broken: list[bool] = []
        seen: list[bool] = []

        def breaks(connection: Any, *_: Any) -> None:
            if not connection.get_execution_options().get("writes"):
                return
            seen.append(True)
            if len(broken) < 2 and (moment == "commit" or len(seen) >= int(moment)):
                broken.append(True)
                _cut(connection, url, request)

        name = "commit" if moment == "commit" else "before_cursor_execute"
        event.listen(book.engine, name, breaks)
        ours(book, SECOND, plugin)
        event.remove(book.engine, name, breaks)
        assert len(broken) == 2
    with both(new_gradebook()) as (quiet, undisturbed), both(url) as (book, gradebook):
        ours(quiet, FIRST, plugin)
        ours(quiet, SECOND, plugin)
        assert rows(gradebook) == rows(undisturbed)
        assert book.stored(TOPIC) == quiet.stored(TOPIC)


def _cut(connection: Any, url: str, request: pytest.FixtureRequest) -> None:
    if connection.dialect.name == "postgresql":
        request.getfixturevalue("postgresql").cut_connections(url)
        connection.execute(text("SELECT 1"))  # finds out
        return
    gone = OperationalError("SELECT 1", {}, Exception("disk I/O error"))
    gone.connection_invalidated = True
    connection.connection.driver_connection.rollback()
    raise gone


def test_an_unknown_assignment_is_named(new_gradebook: Callable[[], str]) -> None:
    with both(new_gradebook()) as (book, _):
        with pytest.raises(NotInGradebook, match="nbgrader generate_assignment 17_nothing first"):
            book.release("17_nothing")
        assert book.strangers(["ada"]) == {"ada"}


def test_a_gradebook_that_is_an_empty_file_knows_no_assignment(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'gradebook.db'}"
    with opened(url, "course") as book, pytest.raises(NotInGradebook):
        book.release(TOPIC)
