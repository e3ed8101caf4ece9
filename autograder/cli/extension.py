"""`extension`: more time for one student, in one topic or in all, before or after hand-in.

    python -m autograder extension ada 03 --until "2027-02-07 23:59"
    python -m autograder extension ada all --days 7
    python -m autograder extension --from extensions.csv
    python -m autograder extension

Late penalties, reports and nbgrader's exports go by it; what is graded already is put right at
once. The file has the columns student, topic, until, days and hours. Times without a zone are UTC,
as nbgrader's due dates are; "2027-02-07 23:59 Europe/Berlin" says which.
"""

from __future__ import annotations

import argparse
import csv
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from autograder.catalogue import Catalogue
from autograder.cli.course import autograde_app, gradebook_is_there
from autograder.cli.stop import Stop
from autograder.grading.clean import for_terminal

if TYPE_CHECKING:
    from autograder.grading.extensions import Extension

ALL = "all"
COLUMNS = ("student", "topic", "until", "days", "hours")
LONGEST = timedelta(days=3653)


def add(commands: Any) -> None:
    """Declare the command."""
    parser = commands.add_parser(
        "extension", help="more time for a student", epilog=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("student", nargs="?", metavar="STUDENT", help="the id")
    parser.add_argument("topic", nargs="?", metavar="TOPIC", help="03, a full name, or all")
    parser.add_argument("--until", metavar="TIME", help="the student's own due date")
    parser.add_argument("--days", metavar="N", help="after the due date, whatever that is")
    parser.add_argument("--hours", metavar="N")
    parser.add_argument("--none", action="store_true", help="take it back")
    parser.add_argument("--from", dest="file", type=Path, metavar="FILE", help="a table of them")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Note what was given; without a student, list what was promised."""
    from autograder.grading.database import GradebookTrouble
    from autograder.grading.gradebook import NotInGradebook

    app = autograde_app(args.course)
    if not gradebook_is_there(app.coursedir.db_url):
        raise Stop("There is no gradebook yet; nbgrader generate_assignment TOPIC makes it.")
    try:
        if args.student is None and args.file is None:
            return _list(app)
        given = [_extension(args.course, row, place) for place, row in _rows(args)]
        return _grant(app, args.course, given)
    except (GradebookTrouble, NotInGradebook) as trouble:
        raise Stop(str(trouble)) from trouble


def _rows(args: argparse.Namespace) -> Iterator[tuple[str, Mapping[str, str]]]:
    """What was said in the command or in the file, with the place for a complaint."""
    if args.file is None:
        said = {"student": args.student, "topic": args.topic or "", "until": args.until or "",
                "days": args.days or "", "hours": args.hours or ""}
        if args.none and (said["until"] or said["days"] or said["hours"]):
            raise Stop("--none takes an extension back, and goes without a time.")
        yield "", {**said, **({"none": "yes"} if args.none else {})}
        return
    try:
        with open(args.file, encoding="utf-8-sig", newline="") as file:
            first = file.readline()
            file.seek(0)
            # Spreadsheets in Germany write semicolons.
            reader = csv.DictReader(file, delimiter=";" if ";" in first else ",")
            if not {"student", "topic"} <= {*(reader.fieldnames or ())} <= {*COLUMNS}:
                raise Stop(f"{args.file} wants a first line with the columns student and topic, "
                           "and until, days or hours.")
            for row in reader:
                yield f"{args.file}, line {reader.line_num}: ", {
                    key: (value or "").strip() for key, value in row.items() if key}
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise Stop(f"{args.file} cannot be read: {error}.") from None


def _extension(course: Path, row: Mapping[str, str], place: str) -> Extension:
    from autograder.grading.autograde import checked_student_id
    from autograder.grading.extensions import EVERY, Extension

    student, topic = row["student"], row["topic"]
    wrong = checked_student_id(student)
    if wrong is not None:
        raise Stop(f"{place}{wrong}")
    if not topic:
        raise Stop(f"{place}say the topic of the extension, or all.")
    assignment = EVERY if topic == ALL else Catalogue(course).topic(topic).slug
    said = [row.get(key, "") for key in ("until", "days", "hours")]
    if row.get("none"):
        return Extension(student, assignment)
    if bool(said[0]) == bool(said[1] or said[2]):
        raise Stop(f"{place}an extension is either until a time, or a number of days and hours.")
    if said[0]:
        if assignment == EVERY:
            raise Stop(f"{place}for all topics say days or hours, because their due dates differ.")
        until = _utc(said[0])
        if until is None:
            raise Stop(f"{place}{said[0]!r} is no time; write it as 2027-02-07 23:59 (UTC) or "
                       "2027-02-07 23:59 Europe/Berlin.")
        return Extension(student, assignment, until=until)
    try:
        more = timedelta(days=float(said[1] or 0), hours=float(said[2] or 0))
    except (ValueError, OverflowError):
        more = timedelta()
    if not timedelta() < more <= LONGEST:     # a date beyond the year 9999 is none
        raise Stop(f"{place}days and hours are numbers, more than 0 and at most ten years.")
    return Extension(student, assignment, more=more)


def _utc(text: str) -> datetime | None:
    """The time in UTC. Stricter than nbgrader, which reads 7.2.2027 as July and MEZ as UTC."""
    day, clock = r"(\d{4}-\d\d-\d\d)", r"(\d\d:\d\d(?::\d\d)?)"
    found = re.fullmatch(rf"{day}(?:[ T]{clock})?(?: ?([^\s\d]\S*))?", text, re.ASCII)
    if found is None:
        return None
    day, clock, zone = found.groups()
    try:
        time = datetime.fromisoformat(f"{day} {clock or '00:00'}")
        if zone in (None, "Z"):
            return time
        if zone[0] in "+-":
            zoned = datetime.fromisoformat(f"{time.isoformat()}{zone}")
        else:
            zoned = time.replace(tzinfo=ZoneInfo(zone))
        return zoned.astimezone(UTC).replace(tzinfo=None)
    except (ValueError, OverflowError, KeyError, OSError):     # KeyError: a zone nobody knows
        return None


def _grant(app: Any, course: Path, given: list[Extension]) -> int:
    """One transaction for all of them; each is said with the time it comes to."""
    from autograder.grading.autograde import TrustedAutograde
    from autograder.grading.extensions import EVERY
    from autograder.grading.gradebook import NotInGradebook, opened

    slugs = [topic.slug for topic in Catalogue(course).topics]
    penalty = TrustedAutograde(coursedir=app.coursedir, parent=app).penalty()
    with opened(app.coursedir.db_url, app.coursedir.course_id) as book:
        dues: dict[str, Any] = {}
        for slug in slugs:
            try:
                dues[slug] = book.release(slug).duedate
            except NotInGradebook:
                continue
        for each in given:
            if each.assignment != EVERY and each.assignment not in dues:
                book.release(each.assignment)   # raises what to do
            if each.until is not None and dues[each.assignment] is None:
                raise Stop(f"{each.assignment} has no due date, so nobody is late: nbgrader db "
                           f"assignment add {each.assignment} --duedate=... sets it.")
        strangers = book.strangers({each.student for each in given})
        book.grant(given, dict.fromkeys(dues, penalty))
        for each in given:
            for slug, due in dues.items():
                if each.assignment == slug and due is not None:
                    print(f"{for_terminal(each.student)}, {slug}: until "
                          f"{due + (each.after(due) or timedelta()):%Y-%m-%d %H:%M} UTC")
                elif each.assignment == slug:
                    print(f"{for_terminal(each.student)}, {slug}: {_more(each)}; it has no due "
                          "date yet")
            if each.assignment == EVERY:
                print(f"{for_terminal(each.student)}, all topics: {_more(each)}")
        for student in sorted(strangers):
            print(f"  the gradebook does not know {for_terminal(student)} yet; is the id right?")
    return 0


def _more(each: Extension) -> str:
    """`7 days more`, `1 day 12:00:00 more`, or that there is no extension now."""
    if each.more is None:
        return "no extension now"
    return f"{str(each.more).removesuffix(', 0:00:00').replace(',', '')} more"


def _list(app: Any) -> int:
    from autograder.grading.extensions import EVERY
    from autograder.grading.gradebook import opened

    with opened(app.coursedir.db_url, app.coursedir.course_id) as book:
        found = book.extensions()
    for each in found:
        topic = "all topics" if each.assignment == EVERY else each.assignment
        told = f"until {each.until:%Y-%m-%d %H:%M} UTC" if each.until else _more(each)
        print(f"{for_terminal(each.student)}, {topic}: {told}")
    if not found:
        print("No extensions.")
    return 0
