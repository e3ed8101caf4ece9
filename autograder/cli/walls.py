"""`walls`: try from inside which walls stand around students' code; or say what helps."""

from __future__ import annotations

import argparse
from typing import Any

from autograder.sandbox.limits import LEVELS, Limits
from autograder.sandbox.selftest import self_test
from autograder.sandbox.walls import NoWalls


def add(commands: Any) -> None:
    """Declare the command."""
    parser = commands.add_parser("walls", help="try the sandbox, and say what helps if it fails")
    parser.add_argument("--sandbox", choices=LEVELS, default="isolated", help="the level to try")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print one line, or what is wrong and what helps; 1 if there are no walls."""
    try:
        print(self_test(Limits(sandbox=args.sandbox)))
    except NoWalls as error:
        print(error)
        return 1
    return 0
