"""`verify`: are the checks strong, and do they grade the right code?"""

from __future__ import annotations

import argparse
from typing import Any

from autograder.cli.course import topics_of


def add(commands: Any) -> None:
    """Declare the command."""
    parser = commands.add_parser("verify", help="prove that the checks are strong")
    parser.add_argument("topics", nargs="*", metavar="TOPIC", help="default: all")
    parser.add_argument("--seeds", type=int, default=3, metavar="N", help="draws of hidden cases")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print a line for each exercise; non-zero if any falls short."""
    from autograder.verify import verify

    topics = topics_of(args.course, args.topics)
    return verify(topics, lectures=args.course / "lectures", seeds=args.seeds)
