"""`student`: what is kept about somebody, handed over, under another name, or deleted.

Without --yes, `pseudonymise` and `forget` only list what they would do. Exit status: 0 done or
listed; 1 done, but something is left that names the student; 2 it could not be done.
"""

from __future__ import annotations

import argparse
import re
import secrets
from pathlib import Path
from typing import Any

from autograder.cli.course import autograde_app, gradebook_is_there
from autograder.cli.stop import Stop
from autograder.grading.clean import for_terminal

LEFT = 1


def add(commands: Any) -> None:
    """Declare the command."""
    parser = commands.add_parser("student", help="a student's data: export, pseudonymise, forget",
                                 epilog=__doc__)
    deeds = parser.add_subparsers(title="what to do", required=True, metavar="ACTION")
    export = deeds.add_parser("export", help="all that is kept, as a zip")
    pseudonymise = deeds.add_parser("pseudonymise", help="keep the marks under another name")
    forget = deeds.add_parser("forget", help="delete all of it")
    for each in (export, pseudonymise, forget):
        each.add_argument("student", metavar="STUDENT", help="the id")
    export.add_argument("--to", type=Path, metavar="FILE", help="default: STUDENT.zip")
    pseudonymise.add_argument("--as", dest="other", metavar="NAME",
                              help="the new id (default: a random one)")
    for each in (pseudonymise, forget):
        each.add_argument("--yes", action="store_true", help="do it; nothing brings it back")
    export.set_defaults(run=run, deed="export")
    pseudonymise.set_defaults(run=run, deed="pseudonymise")
    forget.set_defaults(run=run, deed="forget")


def run(args: argparse.Namespace) -> int:
    """Look for everything, then do what was asked."""
    from autograder.grading.autograde import checked_student_id
    from autograder.grading.database import GradebookTrouble
    from autograder.people.deeds import dossier

    other = getattr(args, "other", None)
    for each in filter(None, (args.student, other)):
        wrong = checked_student_id(each)
        if wrong is not None:
            raise Stop(wrong)
    if other is not None and not re.fullmatch(r"[A-Za-z]\w*", other, re.ASCII):
        raise Stop("--as wants a letter, then letters and digits, because the name also replaces "
                   "others inside code.")
    app = autograde_app(args.course)
    if not gradebook_is_there(app.coursedir.db_url):
        raise Stop("There is no gradebook yet, so nothing is kept about anybody.")
    try:
        found = dossier(app, args.course, args.student)
        if found.empty:
            if args.deed == "forget" and args.yes:
                found.write_anew()      # the time before, somebody else had it open
            raise Stop(f"Nothing is kept about {for_terminal(args.student)}.")
        return _DEEDS[args.deed](found, args)
    except GradebookTrouble as trouble:
        raise Stop(str(trouble)) from trouble
    except OSError as trouble:
        raise Stop(f"{trouble.filename or 'A file'} cannot be used: {trouble.strerror}. Say it "
                   "again when that is mended.") from trouble


def _export(found: Any, args: argparse.Namespace) -> int:
    target = args.to or Path(f"{args.student}.zip")
    count = found.hand_over(target)
    rows = sum(map(len, found.rows.values())) + len(found.journal)
    print(f"{target}: {rows} rows in data.json, {count} files")
    return 0


def _pseudonymise(found: Any, args: argparse.Namespace) -> int:
    other = args.other or f"p{secrets.token_hex(4)}"
    if not args.yes:
        return _listed(found, args)
    left = found.pseudonymise(other)
    print(f"{for_terminal(args.student)} is {other} from now on. Note that where it is safe, or "
          "nowhere: the course does not.")
    return _after(left)


def _forget(found: Any, args: argparse.Namespace) -> int:
    if not args.yes:
        return _listed(found, args)
    left = found.forget()
    print(f"{for_terminal(args.student)} is forgotten: {sum(map(len, found.rows.values()))} rows, "
          f"{len(found.traces.own)} folders and files.")
    return _after(left)


def _listed(found: Any, args: argparse.Namespace) -> int:
    for line in found.lines():
        print(for_terminal(line))
    print(f"Nothing was changed; add --yes to {args.deed}.")
    return 0


def _after(left: list[Path]) -> int:
    print("Reports and tables of marks that named them are deleted: make them again. Backups of "
          "yours, and what was exported, are not reached.")
    for path in left:
        print(f"  still there, for you to look at: {for_terminal(str(path))}")
    return LEFT if left else 0


_DEEDS = {"export": _export, "pseudonymise": _pseudonymise, "forget": _forget}
