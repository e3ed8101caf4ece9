"""`bundle`: the zip that students get."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from autograder.bundle import write_bundle
from autograder.cli.stop import Stop


def add(commands: Any) -> None:
    """Declare the command."""
    parser = commands.add_parser("bundle", help="write the zip that students get")
    parser.add_argument("--out", type=Path, default=Path("course-student.zip"), metavar="FILE")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Write the zip and say what is in it."""
    try:
        count = write_bundle(args.course, args.out)
    except (ValueError, OSError) as trouble:
        raise Stop(str(trouble)) from None
    size = args.out.stat().st_size / 1e6
    print(f"{args.out}: {count} files, {size:.1f} MB, nothing of solutions/ or autograder/")
    return 0
