"""`export`: marks for Canvas or Moodle, or by exercise; quizzes for Moodle's question bank."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from autograder.catalogue import Topic
from autograder.cli.course import autograde_app, gradebook_is_there, topics_of
from autograder.cli.stop import Stop
from autograder.grading.clean import for_terminal

FORMS = ("canvas", "moodle", "exercises", "quiz")


def add(commands: Any) -> None:
    """Declare the command."""
    parser = commands.add_parser("export", help="marks for Canvas or Moodle, quizzes for Moodle")
    parser.add_argument("form", choices=FORMS, help="who reads the file")
    parser.add_argument("topics", nargs="+", metavar="TOPIC", help="03, 08b or a full name")
    parser.add_argument("--to", type=Path, metavar="FILE",
                        help="default: grades_FORM.csv, or quiz.xml")
    parser.add_argument("--title", action="append", default=[], metavar="TOPIC=TEXT",
                        help="how the platform calls the column, such as 03='Lecture 3 (4711)'")
    parser.add_argument("--by", choices=("email", "idnumber", "username"), default="email",
                        help="how Moodle finds people (default: email)")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Write the file, and name everybody who is not fully in it."""
    from autograder.grading.gradebook import NotInGradebook, opened
    from autograder.reports.lms import TopicMarks, canvas, exercises, moodle
    from autograder.reports.marks import marks, most_points

    topics = topics_of(args.course, args.topics)
    if args.form == "quiz":
        return _quiz(args, topics)
    titles = _titles(args)
    app = autograde_app(args.course)
    if not gradebook_is_there(app.coursedir.db_url):
        raise Stop("There is no gradebook yet, so there are no marks.")
    columns = []
    try:
        with opened(app.coursedir.db_url, app.coursedir.course_id) as book:
            for topic in topics:
                most = sum(most_points(book, topic.slug).values())
                title = titles.get(topic.slug, topic.slug)
                columns.append(TopicMarks(title, most, marks(book, topic.slug)))
    except NotInGradebook as error:
        raise Stop(str(error)) from None
    if not columns[0].marks:
        raise Stop("The gradebook has no students, so there are no marks.")
    if args.form == "moodle":
        made = moodle(columns, args.by)
    else:
        made = canvas(columns) if args.form == "canvas" else exercises(columns)
    people = made.text.count("\n") - (2 if args.form == "canvas" else 1)
    if people == 0:
        raise Stop(f"The file would be empty: {for_terminal(made.notes[0])}")
    target = args.to or args.course / f"grades_{args.form}.csv"
    _write(target, made.text.encode())
    print(f"{target}: {_count(people, 'student')}, {_count(len(columns), 'topic')}")
    for note in made.notes:
        print(f"  {for_terminal(note)}")
    return 0


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}{'' if number == 1 else 's'}"


def _quiz(args: argparse.Namespace, topics: list[Topic]) -> int:
    """Questions with their answers: for the question bank, not for students."""
    from autograder.reports.moodle_quiz import quiz_xml

    content, questions, oral = quiz_xml(topics)
    if not questions and not oral:
        raise Stop("There is no quiz in these topics, and no question for an oral exam.")
    target = args.to or args.course / "quiz.xml"
    _write(target, content)
    print(f"{target}: {questions} questions of quizzes, {oral} for an oral exam")
    return 0


def _write(target: Path, content: bytes) -> None:
    try:
        target.write_bytes(content)
    except OSError as error:
        raise Stop(f"{target} cannot be written: {error.strerror}.") from None


def _titles(args: argparse.Namespace) -> dict[str, str]:
    titles = {}
    for given in args.title:
        name, equals, text = given.partition("=")
        if not equals or not text.strip():
            raise Stop(f"--title wants TOPIC=TEXT, such as 03='Lecture 3 (4711)'; got {given!r}.")
        [topic] = topics_of(args.course, [name])
        titles[topic.slug] = text.strip()
    return titles
