"""`bundle`: the zip that students get."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from autograder.bundle import write_bundle
from autograder.cli.course import topics_of
from autograder.cli.stop import Stop


def add(commands: Any) -> None:
    """Declare the command."""
    parser = commands.add_parser("bundle", help="write the zip that students get")
    parser.add_argument("--out", type=Path, default=Path("course-student.zip"), metavar="FILE")
    parser.add_argument("--without", nargs="+", default=[], metavar="TOPIC",
                        help="leave the library's answers to these lectures out")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Write the zip and say what is in it."""
    left = _left_out(args)
    try:
        count = write_bundle(args.course, args.out, left.files if left else None)
    except (ValueError, OSError) as trouble:
        raise Stop(str(trouble)) from None
    size = args.out.stat().st_size / 1e6
    print(f"{args.out}: {count} files, {size:.1f} MB, nothing of solutions/ or autograder/")
    if left:
        print(f"left out, and says so when called: {', '.join(left.gone) or 'references only'}")
        if left.stays:
            print(f"still there, because a task of the lecture calls it: {', '.join(left.stays)}")
    return 0


def _left_out(args: argparse.Namespace) -> Any:
    """What --without takes out; None without it, because looking takes a second."""
    if not args.without:
        return None
    from autograder.without import leave_out

    return leave_out(topics_of(args.course, args.without))
