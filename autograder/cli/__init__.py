"""The commands of `python -m autograder`: each is a module with `add(commands)` and `run(args)`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from autograder.catalogue import ROOT, CatalogueError
from autograder.cli import (
    bundle,
    demo,
    explain,
    export,
    extension,
    grade,
    publish,
    replay,
    report,
    serve,
    student,
    student_repo,
    verify,
    walls,
)
from autograder.cli.stop import Stop

__all__ = ["main"]

COMMANDS = (
    grade, serve, report, export, extension, explain, replay, publish, student, verify, walls,
    bundle, student_repo, demo,
)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; every expected trouble is one sentence on stderr and a non-zero exit."""
    parser = argparse.ArgumentParser(
        prog="python -m autograder", description="Grade the course, and look at what came out."
    )
    parser.add_argument(
        "--course",
        type=Path,
        default=_here(),
        metavar="FOLDER",
        help="the folder with solutions/ and nbgrader_config.py (default: this one)",
    )
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    for command in COMMANDS:
        command.add(commands)
    # It is taken after the command, too.
    anywhere = argparse.ArgumentParser(add_help=False, allow_abbrev=False, prog=parser.prog)
    anywhere.add_argument("--course", type=Path, metavar="FOLDER")
    given, words = anywhere.parse_known_args(argv)
    args = parser.parse_args(words)
    args.course = (given.course or args.course).resolve()
    try:
        return int(args.run(args))
    except (Stop, CatalogueError) as trouble:
        print(f"autograder: {trouble}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("autograder: stopped; what was graded so far is kept", file=sys.stderr)
        return 130


def _here() -> Path:
    """The current folder if it is a course, else the course this file belongs to."""
    here = Path.cwd()
    return here if (here / "nbgrader_config.py").is_file() else ROOT
