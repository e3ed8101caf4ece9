"""`grade`: what `nbgrader autograde` does, for several topics, with a table at the end.

Exit status: 0 everything that was to do is graded; 1 something was not, and that is our fault;
2 the command could not begin or go on, one sentence says why; 3 there was nothing to do.
"""

from __future__ import annotations

import argparse
import json
import os
from collections import Counter
from contextlib import chdir, suppress
from pathlib import Path
from typing import Any

from autograder.catalogue import CatalogueError, Topic
from autograder.cli.course import autograde_app, gradebook_is_there, submissions, topics_of
from autograder.cli.progress import Progress
from autograder.cli.stop import Stop
from autograder.grading.class_report import report
from autograder.grading.clean import for_terminal
from autograder.grading.results import OUTCOMES, SubmissionResult
from autograder.sandbox.limits import LEVELS, Limits
from autograder.sandbox.walls import early

GRADED, OUR_ERRORS, NOTHING_TO_DO = 0, 1, 3


def add(commands: Any) -> None:
    """Declare the command."""
    parser = commands.add_parser("grade", help="grade what was handed in", epilog=__doc__)
    parser.add_argument("topics", nargs="+", metavar="TOPIC", help="03, 08b or a full name")
    parser.add_argument("--student", default="*", metavar="ID", help="only this student")
    parser.add_argument("--force", action="store_true", help="also what is graded already")
    parser.add_argument("--workers", type=_positive, default=0, metavar="N",
                        help="grading processes (default: one for each core)")
    parser.add_argument("--scheduler", default="", metavar="ADDRESS",
                        help="grade on a Dask cluster that is there, tls://host:port")
    parser.add_argument("--cpu-seconds", type=float, metavar="S",
                        help="limit for one cell or one call")
    parser.add_argument("--sandbox", choices=LEVELS, default="isolated",
                        help="how students' code is confined")
    parser.add_argument("--json", action="store_true",
                        help="print what happens as lines of JSON, for a program")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Grade each topic, then print the class."""
    _begin_early(args)
    from autograder.grading.database import GradebookTrouble

    try:
        status = _grade(args)
    except (Stop, CatalogueError, GradebookTrouble) as trouble:
        _event(args, {"event": "end", "status": 2, "why": str(trouble)})
        raise Stop(str(trouble)) from trouble
    _event(args, {"event": "end", "status": status})
    return status


def _begin_early(args: argparse.Namespace) -> None:
    """The walls take as long to make as nbgrader takes to import."""
    with suppress(CatalogueError):  # said later
        if not args.scheduler and topics_of(args.course, args.topics):
            early(args.sandbox)


def _grade(args: argparse.Namespace) -> int:
    from autograder.grading.autograde import checked_student_id
    from autograder.grading.stored import stored_results

    topics = topics_of(args.course, args.topics)
    wrong = checked_student_id(args.student)
    if wrong is not None:
        raise Stop(wrong)
    app = autograde_app(args.course)
    if not gradebook_is_there(app.coursedir.db_url):
        raise Stop(f"There is no gradebook yet; nbgrader generate_assignment {topics[0].slug} "
                   "makes it.")
    for topic in topics:
        if not submissions(app, topic, args.student):
            raise Stop(_nothing_there(app, topic, args.student))
    walls = _walls(args)
    runs = [grade_topic(app, topic, args) for topic in topics]
    if not args.json:
        _print_class(app, stored_results(app, topics, args.student))
        print(walls)
        for topic, done in zip(topics, runs, strict=True):
            if done.failed:
                print(f"autograder: some submissions of {topic.slug} were not graded; see above")
    if any(done.failed or done.outcomes["error"] for done in runs):
        return OUR_ERRORS
    return GRADED if any(done.total for done in runs) else NOTHING_TO_DO


def _walls(args: argparse.Namespace) -> str:
    """One line on the walls that stand here; a Stop that says what helps if there are none."""
    from autograder.sandbox.selftest import self_test
    from autograder.sandbox.walls import NoWalls

    if args.scheduler:
        return f"Sandbox: {args.sandbox}, on every worker that took part."
    try:
        return self_test(Limits(sandbox=args.sandbox))
    except NoWalls as error:
        raise Stop(str(error)) from None


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("must be 1 or more")
    return number


def _nothing_there(app: Any, topic: Topic, student: str) -> str:
    folder = app.coursedir.submitted_directory
    place = Path(app.coursedir.root, folder)
    if place.exists() and not os.access(place, os.R_OK | os.X_OK):
        return f"The folder {place} cannot be read: permission denied."
    whose = "" if student == "*" else f" from {for_terminal(student)}"
    return (
        f"Nothing was handed in{whose} for {topic.slug}: {folder}/*/{topic.slug} is not there. "
        f"Fetch it with nbgrader collect {topic.slug}."
    )


class Watch:
    """Follows the grading of one topic: draws the bar, counts outcomes, or prints events."""

    def __init__(self, topic: Topic, args: argparse.Namespace) -> None:
        self.args = args
        self.total, self.failed = 0, 0
        self.outcomes: Counter[str] = Counter()
        self.progress = Progress(f"grading {topic.slug}")

    def __call__(self, event: dict[str, Any]) -> None:
        """Take note of one event."""
        _event(self.args, event)
        if event["event"] == "start":
            self.total = event["total"]
        elif event["event"] == "graded":
            self.outcomes.update(event["outcomes"])
            if not self.args.json:
                self.progress.show(event["done"], event["total"], self.counted())
        elif event["event"] == "failed":
            self.failed += 1
        elif event["event"] == "refused" and not self.args.json:
            self.progress.end()
            print(f"autograder: the worker {event['worker']} is refused: "
                  f"{for_terminal(', '.join(event['why']))}", file=self.progress.out)

    def counted(self) -> str:
        """How many exercises ended how: "12 passed, 3 failed"."""
        return ", ".join(f"{self.outcomes[each]} {each}" for each in OUTCOMES
                         if self.outcomes[each])


def grade_topic(app: Any, topic: Topic, args: argparse.Namespace) -> Watch:
    """Grade one topic through the same class as nbgrader. Raises Stop if it cannot go on."""
    from nbgrader.converters.base import NbGraderException

    from autograder.grading.autograde import TrustedAutograde

    directory = app.coursedir
    directory.assignment_id, directory.student_id = topic.slug, args.student
    converter = TrustedAutograde(coursedir=directory, parent=app)
    converter.force, converter.workers, converter.sandbox = args.force, args.workers, args.sandbox
    converter.scheduler = args.scheduler
    if args.cpu_seconds is not None:
        converter.cpu_seconds = args.cpu_seconds
    watch = Watch(topic, args)
    converter.watch = watch
    try:
        with chdir(app.coursedir.root):
            converter.start()
    except NbGraderException as trouble:
        if not watch.failed:
            raise Stop(str(trouble)) from trouble
    finally:
        watch.progress.end()
    return watch


def _event(args: argparse.Namespace, event: dict[str, Any]) -> None:
    if args.json:
        print(json.dumps(event), flush=True)


def _print_class(app: Any, results: list[SubmissionResult]) -> None:
    from autograder.grading.gradebook import opened

    with opened(app.coursedir.db_url, app.coursedir.course_id) as book:
        scores = book.scores({result.topic for result in results})
    print("\n".join(report(results, scores)) + "\n")
