"""The demo: release, hand in, autograde, give feedback, and compare with what must come out."""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from autograder.catalogue import Catalogue, Topic
from autograder.cli.course import autograde_app
from autograder.cli.grade import grade_topic
from autograder.cli.progress import Progress
from autograder.cli.stop import Stop
from autograder.demo.handiwork import Papers
from autograder.demo.students import CLASS, TOPICS, Student
from autograder.grading.class_report import report
from autograder.grading.results import ExerciseResult, SubmissionResult
from autograder.grading.stored import stored_results
from autograder.sandbox.walls import level_for_own_code

__all__ = ["complaints", "run_demo"]

CPU_SECONDS = 2.0


def run_demo(source: Path, keep: Path | None = None) -> int:
    """Run the whole demo; 0 if every student got what the class list says."""
    topics = [Catalogue(source).topic(name) for name in TOPICS]
    with _folder(keep) as root:
        print(f"demo: a course in {root}", flush=True)
        app = _course(source, root, topics)
        _release(app, topics)
        _hand_in(root, topics)
        options = _options()
        for topic in topics:
            grade_topic(app, topic, options)
        pages = _feedback(app, topics)
        results = stored_results(app, topics)
        wrong = _show(app, results, topics)
        if pages != len(CLASS) * len(topics):
            wrong.append(f"{pages} pages of feedback for {len(CLASS) * len(topics)} notebooks")
    for line in wrong:
        print(f"demo: NOT as expected: {line}")
    if wrong:
        print(f"demo: failed: {len(wrong)} results are not as the class list says")
        return 1
    print(f"demo: {len(CLASS)} students, {len(topics)} lectures, {len(results)} notebooks graded, "
          f"{pages} pages of feedback: all as expected")
    return 0


@contextmanager
def _folder(keep: Path | None) -> Iterator[Path]:
    if keep is None:
        with tempfile.TemporaryDirectory(prefix="course-demo-") as folder:
            yield Path(folder).resolve()
        return
    if keep.exists():
        raise Stop(f"{keep} is there already; --keep wants a new folder.")
    keep.mkdir(parents=True)
    yield keep.resolve()


def _course(source: Path, root: Path, topics: list[Topic]) -> Any:
    """A course folder of its own with the lectures of the demo, as nbgrader sees it."""
    shutil.copy(source / "nbgrader_config.py", root)
    for topic in topics:
        folder = root / "solutions" / topic.slug
        folder.mkdir(parents=True)
        shutil.copy(topic.notebook, folder)
    return autograde_app(root)


def _api(app: Any) -> Any:
    from nbgrader.apps.api import NbGraderAPI

    return NbGraderAPI(app.coursedir, parent=app)


def _release(app: Any, topics: list[Topic]) -> None:
    api = _api(app)
    progress = Progress("demo: releasing")
    for position, topic in enumerate(topics):
        outcome = api.generate_assignment(topic.slug)
        if not outcome["success"]:
            raise Stop(f"{topic.slug} could not be released: {outcome.get('log', '')[-500:]}")
        progress.show(position + 1, len(topics), topic.slug)
    progress.end()


def _hand_in(root: Path, topics: list[Topic]) -> None:
    """Put every student's notebooks where `nbgrader collect` would."""
    lectures = {
        topic.slug: (root / "lectures" / topic.slug / f"{topic.slug}.ipynb").read_text("utf-8")
        for topic in topics
    }
    for student in CLASS:
        papers = Papers(topics, lectures)
        for edit in student.edits:
            edit(papers)
        for topic in topics:
            folder = root / "submitted" / student.name / topic.slug
            folder.mkdir(parents=True)
            (folder / f"{topic.slug}.ipynb").write_text(papers.text(topic), encoding="utf-8")
    print(f"demo: {len(CLASS)} students handed in {len(topics)} notebooks each", flush=True)


def _options() -> argparse.Namespace:
    level = level_for_own_code()
    if level == "none":
        print("demo: this machine makes no walls; these students are made up, so it goes on")
    return argparse.Namespace(
        student="*", force=False, workers=0, sandbox=level, cpu_seconds=CPU_SECONDS,
        scheduler="", json=False,
    )


def _feedback(app: Any, topics: list[Topic]) -> int:
    """`nbgrader generate_feedback` for everybody, topics side by side; the number of pages."""
    folder = Path(app.coursedir.root, app.coursedir.feedback_directory)
    progress = Progress("demo: writing feedback")
    total, pages = len(CLASS) * len(topics), 0
    command = [sys.executable, "-m", "nbgrader", "generate_feedback", "--log-level=ERROR"]
    running = [subprocess.Popen([*command, topic.slug], cwd=app.coursedir.root)
               for topic in topics]
    try:
        while any(process.poll() is None for process in running):
            time.sleep(0.3)
            pages = sum(1 for _ in folder.glob("*/*/*.html"))
            progress.show(pages, total, "pages")
    finally:
        progress.end()
        for process in running:
            process.kill()
            process.wait()
    return sum(1 for _ in folder.glob("*/*/*.html"))


def _show(app: Any, results: list[SubmissionResult], topics: list[Topic]) -> list[str]:
    """Print the gradebook and the beliefs; returns what is not as expected."""
    from autograder.grading.gradebook import opened

    with opened(app.coursedir.db_url, app.coursedir.course_id) as book:
        scores = book.scores({topic.slug for topic in topics})
    print("\n".join(["", "The gradebook, and what each student's work shows:", "",
                     *report(results, scores), ""]))
    found = {(result.student, result.topic): result for result in results}
    wrong = []
    for student in CLASS:
        for topic in topics:
            result = found.get((student.name, topic.slug))
            score = scores.get((student.name, topic.slug), (None, None))[0]
            wrong += complaints(student, topic, result, score)
        told = " ".join(event for topic in topics
                        for event in getattr(found.get((student.name, topic.slug)), "events", ()))
        if student.event not in told:
            wrong.append(f"{student.name}: nothing told about {student.event!r}; told: {told}")
    return wrong


def complaints(
    student: Student, topic: Topic, result: SubmissionResult | None, score: float | None
) -> list[str]:
    """What differs from the class list for one notebook."""
    where = f"{student.name} ({student.story}), {topic.slug}"
    if result is None or score is None:
        return [f"{where}: no result"]
    if result.note != student.note.get(topic.slug):
        return [f"{where}: {result.note or 'graded'}"]
    if result.note is not None:
        waiting = all(each.needs_person for each in result.exercises)
        return [] if score == 0 and waiting else [f"{where}: {score} points, waiting: {waiting}"]
    everything = student.expected.get("*", "passed")
    wrong = []
    due = 0.0
    for exercise in result.exercises:
        expected = student.expected.get(exercise.name, everything)
        due += exercise.max_points if expected == "passed" else 0.0
        if expected not in (exercise.outcome, exercise.belief):
            wrong.append(f"{where}: {exercise.name} is {_told(exercise)}, expected {expected}")
    if score != due:
        wrong.append(f"{where}: {score:g} points in the gradebook, expected {due:g}")
    return wrong


def _told(exercise: ExerciseResult) -> str:
    return f"{exercise.outcome} ({exercise.belief or exercise.summary})"
