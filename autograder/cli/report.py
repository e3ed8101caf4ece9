"""`report`: what a class did in a topic, as a page and as tables, with and without names."""

from __future__ import annotations

import argparse
import os
import tempfile
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from autograder.catalogue import Topic
from autograder.cli.course import autograde_app, gradebook_is_there, topics_of
from autograder.cli.stop import Stop

if TYPE_CHECKING:
    from autograder.reports.summary import ClassSummary

FULL, FOR_CLASS = "report.html", "report_without_names.html"


def add(commands: Any) -> None:
    """Declare the command."""
    parser = commands.add_parser("report", help="what the class did and believes, as a page")
    parser.add_argument("topics", nargs="+", metavar="TOPIC", help="03, 08b or a full name")
    parser.add_argument("--to", type=Path, metavar="FOLDER",
                        help="where to put a folder for each topic (default: reports)")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Write the pages and the tables of each topic, and say where they are."""
    topics = topics_of(args.course, args.topics)
    app = autograde_app(args.course)
    if not gradebook_is_there(app.coursedir.db_url):
        raise Stop(f"There is no gradebook yet; python -m autograder grade {topics[0].slug} "
                   "needs one, and a report needs grades.")
    for topic in topics:
        summary = summarised(app, topic)
        folder = (args.to or args.course / "reports") / topic.slug
        _write(folder, _files(summary, args.course))
        waiting = sum(bool(each.waiting) for each in summary.pupils)
        print(f"{topic.slug}: {len(summary.pupils)} submissions, {len(summary.beliefs)} beliefs, "
              f"{len(summary.alike)} groups that share code, {waiting} wait for a person")
        print(f"  {folder / FULL}\n  {folder / FOR_CLASS} (to show in class)")
    return 0


def summarised(app: Any, topic: Topic) -> ClassSummary:
    """The summary of a topic, from the results, the gradebook and what was handed in."""
    from autograder.grading.gradebook import NotInGradebook, opened
    from autograder.grading.stored import stored_results
    from autograder.reports.alike import alike
    from autograder.reports.marks import marks, most_points
    from autograder.reports.summary import summary_of
    from autograder.reports.work import our_sources, written

    results = stored_results(app, [topic])
    if not results:
        raise Stop(f"Nothing of {topic.slug} is graded yet; "
                   f"python -m autograder grade {topic.slug} does it.")
    try:
        with opened(app.coursedir.db_url, app.coursedir.course_id) as book:
            most = sum(most_points(book, topic.slug).values())
            known = marks(book, topic.slug)
    except NotInGradebook as error:
        raise Stop(str(error)) from None
    groups = alike(written(app, topic, results), our_sources(topic))
    return summary_of(topic, results, known, groups, most)


def _files(summary: ClassSummary, course: Path) -> dict[str, str]:
    from autograder.grading.secret import course_secret
    from autograder.reports.class_page import class_page
    from autograder.reports.summary import without_names
    from autograder.reports.tables import class_tables

    made = datetime.now().astimezone()
    nameless = without_names(summary, course_secret(course))
    return {
        FULL: class_page(summary, made),
        FOR_CLASS: class_page(nameless, made),
        **class_tables(summary),
    }


def _write(folder: Path, files: dict[str, str]) -> None:
    """Each file is put in place whole."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            handle, made = tempfile.mkstemp(dir=folder, prefix=".writing-")
            with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
                file.write(content)
            os.replace(made, folder / name)
    except OSError as error:
        raise Stop(f"The report cannot be written to {folder}: {error.strerror}.") from None
