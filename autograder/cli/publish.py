"""`publish`: solutions for students, after the last of them is due.

The due date is the gradebook's, and whoever has an extension is waited for.
"""

from __future__ import annotations

import argparse
import json
from contextlib import chdir
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from autograder.catalogue import Topic
from autograder.cli.course import autograde_app, gradebook_is_there, topics_of
from autograder.cli.stop import Stop


def add(commands: Any) -> None:
    """Declare the command."""
    parser = commands.add_parser("publish", help="solutions for students, after the due date")
    parser.add_argument("topics", nargs="+", metavar="TOPIC", help="03, 08b or a full name")
    parser.add_argument("--to", type=Path, metavar="FOLDER", help="default: published")
    parser.add_argument("--executed", action="store_true",
                        help="with what every cell prints and draws; takes a minute")
    parser.add_argument("--force", action="store_true", help="now, whatever the due date")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Write a notebook for each topic, all of them or none."""
    from autograder.publish import NAME, published, text_of

    topics = topics_of(args.course, args.topics)
    app = autograde_app(args.course)
    if not args.force:
        _refuse_early(app, topics)
    made = {NAME.format(slug=topic.slug): text_of(published(_notebook(app, topic, args)))
            for topic in topics}
    folder = args.to or args.course / "published"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in made.items():
            (folder / name).write_text(text, encoding="utf-8", newline="\n")
            print(folder / name)
    except OSError as error:
        raise Stop(f"{folder} cannot be written: {error.strerror}.") from None
    return 0


def _refuse_early(app: Any, topics: list[Topic]) -> None:
    from autograder.grading.database import GradebookTrouble
    from autograder.grading.gradebook import NotInGradebook, opened
    from autograder.publish import why_closed

    if not gradebook_is_there(app.coursedir.db_url):
        raise Stop("There is no gradebook, so there is no due date; --force publishes without.")
    now = datetime.now(UTC).replace(tzinfo=None)
    try:
        with opened(app.coursedir.db_url, app.coursedir.course_id) as book:
            for topic in topics:
                due = book.release(topic.slug).duedate
                why = why_closed(topic.slug, due, book.extensions(topic.slug), now)
                if why is not None:
                    raise Stop(f"{why}.")
    except (GradebookTrouble, NotInGradebook) as trouble:
        raise Stop(str(trouble)) from trouble


def _notebook(app: Any, topic: Topic, args: argparse.Namespace) -> dict[str, Any]:
    """The solution as it stands, or as `nbgrader generate_solution` has run it."""
    if not args.executed:
        return dict(json.loads(topic.source))
    from nbgrader.converters import GenerateSolution
    from nbgrader.converters.base import NbGraderException

    directory = app.coursedir
    directory.assignment_id = topic.slug
    converter = GenerateSolution(coursedir=directory, parent=app)
    converter.force = True
    try:
        with chdir(directory.root):
            converter.start()
    except NbGraderException as error:
        raise Stop(f"The solution of {topic.slug} does not run: {error}.") from error
    folder = directory.format_path(directory.solution_directory, ".", topic.slug)
    return dict(json.loads(Path(folder, f"{topic.slug}.ipynb").read_text(encoding="utf-8")))
