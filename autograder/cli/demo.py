"""`demo`: a class from release to feedback, in a temporary folder."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any


def add(commands: Any) -> None:
    """Declare the command."""
    parser = commands.add_parser("demo", help="release, hand in, grade and give feedback")
    parser.add_argument("--keep", type=Path, metavar="FOLDER",
                        help="leave the demo's course in this new folder")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Non-zero if any student's result is not the declared one."""
    from autograder.demo.run import run_demo

    return run_demo(args.course, keep=args.keep)
