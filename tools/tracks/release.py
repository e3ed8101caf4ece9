"""build/tracks/tum/: a folder with everything that a class needs for one plan, and nothing else."""

from __future__ import annotations

import difflib
import shutil
import tempfile
from pathlib import Path

from autograder.bundle import student_files
from autograder.catalogue import Catalogue
from course_lib.desk.contents import CONTENTS
from tools.notebooks import ROOT
from tools.release import generate
from tools.tracks.pages import START, contents_text, index_text
from tools.tracks.plans import Plan, PlanError, faults, plans

FOLDER = ROOT / "build" / "tracks"
SEMESTER = 13


def plan_of(track: str, size: str = "") -> Plan:
    """The plan by its names on the command line. Raises PlanError with what there is."""
    known = plans()
    if not track:
        raise PlanError(f"Say which deck you teach from: {_choices(list(known))}. For instance "
                        "`make release TRACK=tum`. docs/tracks.md shows the plans.")
    if track not in known:
        near = difflib.get_close_matches(track.lower(), known, n=1)
        meant = f" Did you mean {near[0]}?" if near else ""
        raise PlanError(f"There is no track {track!r}, only {_choices(list(known))}.{meant}")
    sizes = {str(number): plan for number, plan in known[track].items()}
    if (size or str(SEMESTER)) not in sizes:
        raise PlanError(f"There is no plan of {size} sessions for {track}, only of "
                        f"{_choices(list(sizes))}. For instance `make release TRACK={track} "
                        f"SESSIONS={next(iter(sizes))}`.")
    return sizes[size or str(SEMESTER)]


def folder_of(plan: Plan) -> Path:
    """Where a plan is released."""
    return FOLDER / (plan.track if plan.size == SEMESTER else f"{plan.track}-{plan.size}")


def release(plan: Plan, folder: Path) -> int:
    """Write the folder anew and return its number of files. Raises PlanError, ReleaseRefused.

    What stands in the folder is removed. Lectures come straight from the solutions, through the
    same guard as always; nothing is written if one is refused.
    """
    catalogue = Catalogue(ROOT)
    for fault in faults(plan, catalogue):
        raise PlanError(fault)
    made = _made(plan, catalogue)
    copied = [path for path in student_files() if path not in made and path.parts[0] != "lectures"]
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent) as beside:
        fresh = Path(beside, folder.name)
        for path in copied:
            _place(fresh, path).write_bytes((ROOT / path).read_bytes())
        for path, text in made.items():
            _place(fresh, path).write_text(text, encoding="utf-8", newline="\n")
        shutil.rmtree(folder, ignore_errors=True)
        fresh.rename(folder)
    return len(copied) + len(made)


def _made(plan: Plan, catalogue: Catalogue) -> dict[Path, str]:
    """What is written for this plan, path to text."""
    made = {
        Path("index.md"): index_text(plan, catalogue),
        CONTENTS.relative_to(ROOT): contents_text(plan, catalogue),
    }
    for number in dict.fromkeys([START, *plan.numbers]):
        topic = catalogue.topic(number)
        made[Path("lectures", topic.slug, topic.notebook.name)] = generate(topic.notebook)
    return made


def _place(folder: Path, path: Path) -> Path:
    place = folder / path
    place.parent.mkdir(parents=True, exist_ok=True)
    return place


def _choices(words: list[str]) -> str:
    return f"{', '.join(words[:-1])} or {words[-1]}"
