"""`verify`: are the checks strong, and do they grade the right code?"""

from __future__ import annotations

import argparse
import os
from pathlib import Path
from typing import Any

from autograder.cli.course import topics_of


def add(commands: Any) -> None:
    """Declare the command."""
    parser = commands.add_parser("verify", help="prove that the checks are strong")
    parser.add_argument("topics", nargs="*", metavar="TOPIC", help="default: all")
    parser.add_argument("--seeds", type=int, default=3, metavar="N", help="draws of hidden cases")
    parser.add_argument("--table", type=Path, metavar="FILE", help="write the findings as a page")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, metavar="N",
                        help="lectures at once; default: one for each core")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print a line for each exercise; non-zero if any falls short."""
    from autograder.verify import verify

    topics = topics_of(args.course, args.topics)
    lectures = args.course / "lectures"
    return verify(
        topics, lectures=lectures, seeds=args.seeds, table=args.table, jobs=max(args.jobs, 1)
    )
