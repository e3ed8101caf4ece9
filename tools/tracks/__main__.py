"""The command.

    python -m tools.tracks page                     write docs/tracks.md
    python -m tools.tracks release tum [SESSIONS]   a folder for one class, in build/tracks/
"""

from __future__ import annotations

import argparse
import sys

from tools.notebooks import ROOT
from tools.release import ReleaseRefused
from tools.tracks.pages import PAGE, page
from tools.tracks.plans import PlanError
from tools.tracks.release import folder_of, plan_of, release


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tools.tracks")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("page", help="write docs/tracks.md")
    handing_out = commands.add_parser("release", help="write a folder for one class")
    handing_out.add_argument("track", nargs="?", default="")
    handing_out.add_argument("sessions", nargs="?", default="")
    given = parser.parse_args(arguments)
    if given.command == "page":
        PAGE.write_text(page(), encoding="utf-8")
        print(f"tracks: {PAGE.relative_to(ROOT)} written")
        return 0
    try:
        plan = plan_of(given.track, given.sessions)
        count = release(plan, folder_of(plan))
    except (PlanError, ReleaseRefused) as refusal:
        print(f"release: {refusal}", file=sys.stderr)
        return 2
    place = folder_of(plan).relative_to(ROOT)
    print(f"release: {place}/ holds {count} files for {plan.size} session(s) beside {plan.deck}; "
          f"zip it, or copy it, for your class")
    return 0


if __name__ == "__main__":
    sys.exit(main())
