"""`grade`: what `nbgrader autograde` does, for several topics, with a table at the end."""

from __future__ import annotations

import argparse
from contextlib import chdir
from typing import Any

from autograder.catalogue import Topic
from autograder.cli.course import autograde_app, gradebook_is_there, submissions, topics_of
from autograder.cli.progress import Progress
from autograder.cli.stop import Stop
from autograder.grading.class_report import report
from autograder.grading.clean import for_terminal
from autograder.grading.results import SubmissionResult

WALLED = (
    "Students' code ran behind walls: namespaces, files and a user of its own, a filter of system "
    "calls, no network."
)
UNCONFINED = "Students' code ran without any sandbox, as --sandbox=none asked for."


def add(commands: Any) -> None:
    """Declare the command."""
    parser = commands.add_parser("grade", help="grade what was handed in")
    parser.add_argument("topics", nargs="+", metavar="TOPIC", help="03, 08b or a full name")
    parser.add_argument("--student", default="*", metavar="ID", help="only this student")
    parser.add_argument("--force", action="store_true", help="also what is graded already")
    parser.add_argument("--workers", type=_positive, default=0, metavar="N",
                        help="grading processes (default: one for each core)")
    parser.add_argument("--cpu-seconds", type=float, metavar="S",
                        help="limit for one cell or one call")
    parser.add_argument("--sandbox", choices=["isolated", "none"], default="isolated",
                        help="how students' code is confined")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Grade each topic, then print the class."""
    from autograder.grading.stored import stored_results

    topics = topics_of(args.course, args.topics)
    app = autograde_app(args.course)
    if not gradebook_is_there(app.coursedir.db_url):
        raise Stop(f"There is no gradebook yet; nbgrader generate_assignment {topics[0].slug} "
                   "makes it.")
    for topic in topics:
        if not submissions(app, topic, args.student):
            raise Stop(_nothing_there(app, topic, args.student))
    failed = [topic for topic in topics if not grade_topic(app, topic, args)]
    results = stored_results(app, topics, args.student)
    _print_class(app, results)
    print(UNCONFINED if args.sandbox == "none" else WALLED)
    for topic in failed:
        print(f"autograder: some submissions of {topic.slug} were not graded; see above")
    return 1 if failed else 0


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("must be 1 or more")
    return number


def _nothing_there(app: Any, topic: Topic, student: str) -> str:
    folder = app.coursedir.submitted_directory
    whose = "" if student == "*" else f" from {for_terminal(student)}"
    return (
        f"Nothing was handed in{whose} for {topic.slug}: {folder}/*/{topic.slug} is not there. "
        f"Fetch it with nbgrader collect {topic.slug}."
    )


def grade_topic(app: Any, topic: Topic, args: argparse.Namespace) -> bool:
    """Grade one topic through the same class as nbgrader; False if something was left out."""
    from nbgrader.converters.base import NbGraderException

    from autograder.grading.nbgrader_bridge import TrustedAutograde

    directory = app.coursedir
    directory.assignment_id, directory.student_id = topic.slug, args.student
    converter = TrustedAutograde(coursedir=directory, parent=app)
    converter.force, converter.workers, converter.sandbox = args.force, args.workers, args.sandbox
    if args.cpu_seconds is not None:
        converter.cpu_seconds = args.cpu_seconds
    progress = Progress(f"grading {topic.slug}")

    def watch(done: int, total: int, result: SubmissionResult | None) -> None:
        progress.show(done, total, for_terminal(result.student) if result else "")

    converter.watch = watch
    try:
        with chdir(app.coursedir.root):
            converter.start()
    except NbGraderException:
        return False
    finally:
        progress.end()
    return True


def _print_class(app: Any, results: list[SubmissionResult]) -> None:
    from autograder.grading.gradebook import opened

    with opened(app.coursedir.db_url, app.coursedir.course_id) as book:
        scores = book.scores({result.topic for result in results})
    print("\n".join(report(results, scores)) + "\n")
