"""`course-update`: corrected lectures come in, and the learner's work stays.

`course-reset`: a lecture, or one cell of it, as it was handed out. Both copy first what they
change, say in a line each what they did, and touch nothing that they cannot read.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from course_lib.desk.lab import course_folder, fetched_folder
from course_lib.desk.merge import Change, merged
from course_lib.desk.notebook_files import (
    ORIGINALS,
    NotANotebook,
    notebook_in,
    original_of,
    put,
    replace_files,
    text_of,
)
from course_lib.desk.pairing import name_of, paired
from course_lib.desk.sources import NoSource, Offer, offered

__all__ = ["Home", "Refused", "reset", "update"]

CHECKPOINTS = ".ipynb_checkpoints"      # JupyterLab's copies
REOPEN = "If a lecture is open in JupyterLab: File > Reload Notebook from Disk."
Say = Callable[[str], None]


class Refused(ValueError):
    """It cannot be done, and nothing was changed; the message says why."""


@dataclass(frozen=True)
class Home:
    """Where a learner's lectures lie: `lectures/SLUG/` of a course, or folders of nbgrader's."""

    folder: Path
    is_course: bool

    @classmethod
    def at(cls, here: Path) -> Home:
        """The course around `here`; otherwise the folder into which lectures were fetched."""
        course = course_folder(here)
        if course is not None and (course / "solutions").is_dir():
            raise Refused(f"{course} is the instructors' repository; its lectures are made by "
                          "`make lectures`")
        if course is not None:
            return cls(course, True)
        return cls(fetched_folder(here) or here.resolve(), False)

    def notebook(self, slug: str) -> Path | None:
        """The learner's notebook of a lecture; None if there is none."""
        inside = [Path("lectures", slug)] if self.is_course else [Path(slug), Path()]
        found = (self.folder / part / f"{slug}.ipynb" for part in inside)
        return next((path for path in found if path.is_file()), None)

    def slugs(self) -> list[str]:
        """The lectures that are here."""
        pattern = "lectures/*/*.ipynb" if self.is_course else "*/*.ipynb"
        paths = [*self.folder.glob(pattern), *(() if self.is_course else
                                               self.folder.glob("*.ipynb"))]
        return sorted({path.stem for path in paths if path.parent.name != CHECKPOINTS})


@dataclass
class _Plan:
    """Everything that will be written, before anything is."""

    files: dict[Path, bytes] = field(default_factory=dict)
    originals: dict[Path, bytes] = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)
    corrected: int = 0
    same: int = 0
    trouble: int = 0


def update(source: Path, wanted: Sequence[str] = (), *, here: Path, dry_run: bool = False,
           say: Say = print) -> int:
    """Bring corrected lectures in; 1 if one of them could not be. Raises Refused."""
    home = Home.at(here)
    offer = _offer(source)
    slugs = _chosen(wanted, sorted(offer.lectures)) if wanted else sorted(offer.lectures)
    plan = _Plan()
    for slug in slugs:
        _plan_lecture(home, slug, offer.lectures[slug], plan)
    if not wanted:
        _plan_library(home, offer, plan)
    if not (plan.corrected or plan.same or plan.trouble):
        raise Refused(f"{home.folder} holds none of the lectures in {source}; go to the folder of "
                      "your course")
    for line in plan.lines:
        say(line)
    told = f"{plan.corrected} corrected, {plan.same} up to date"
    told += f", {plan.trouble} left alone" if plan.trouble else ""
    if dry_run:
        say(f"course-update: {told}; nothing was written")
    else:
        say(f"course-update: {told}{_written(home, plan)}")
    return 1 if plan.trouble else 0


def _plan_lecture(home: Home, slug: str, content: bytes, plan: _Plan) -> None:
    path = home.notebook(slug)
    try:
        lecture = notebook_in(content)
    except NotANotebook as error:
        plan.trouble += 1
        plan.lines.append(f"{slug}: left alone, because of what was sent: {error}")
        return
    kept = home.folder / ORIGINALS / f"{slug}.ipynb"
    if path is None:
        if home.is_course:
            plan.files[home.folder / "lectures" / slug / f"{slug}.ipynb"] = content
            plan.originals[kept] = content
            plan.corrected += 1
            plan.lines.append(f"{slug}: a new lecture")
        return
    try:
        mine = notebook_in(path.read_bytes())
    except (NotANotebook, OSError) as error:
        plan.trouble += 1
        plan.lines.append(f"{slug}: left alone, because yours cannot be read: {error}. "
                          "course-reset gives the lecture anew, and keeps a copy of this file.")
        return
    made = merged(mine, lecture, original_of(home.folder, slug))
    if made.changes:
        plan.corrected += 1
        plan.files[path] = text_of(made.notebook)
        plan.lines += [f"{slug}:", *_told(made.changes)]
    else:
        plan.same += 1
    if not _is_file_with(kept, content):
        plan.originals[kept] = content


def _plan_library(home: Home, offer: Offer, plan: _Plan) -> None:
    """The library, data and texts of the course, where they lie beside the lectures."""
    if not home.is_course or not (home.folder / "course_lib").is_dir():
        return
    fresh = {home.folder / name: content for name, content in offer.files.items()
             if not _is_file_with(home.folder / name, content)}
    if fresh:
        plan.files |= fresh
        plan.lines.append(f"library and texts: {len(fresh)} files new or changed")
        if Path(__file__).resolve().parent != (home.folder / "course_lib" / "desk").resolve():
            plan.lines.append("  then install them: python -m pip install . -c constraints.txt")


def _is_file_with(path: Path, content: bytes) -> bool:
    return path.is_file() and path.read_bytes() == content


def _told(changes: Iterable[Change]) -> Iterable[str]:
    for change in changes:
        yield f"  {change.sentence}"
        yield from (f"      {_plain(line)}" for line in change.lines)


def _plain(line: str) -> str:
    return "".join(each if each.isprintable() or each == "\t" else "?" for each in line)


def _written(home: Home, plan: _Plan) -> str:
    try:
        copies = replace_files(home.folder, plan.files, "\n".join(plan.lines) + "\n")
        for path, content in plan.originals.items():
            put(path, content)
    except OSError as error:
        raise Refused(f"{error.filename or home.folder} cannot be written ({error.strerror}); "
                      "what was there is there still") from None
    if copies is None:
        return ""
    return f". What was replaced is in {copies.relative_to(home.folder)}. {REOPEN}"


def reset(lecture: str, cell: str | None = None, *, here: Path, source: Path | None = None,
          say: Say = print) -> int:
    """Put a lecture, or one cell of it, back to how it was handed out. Raises Refused."""
    home = Home.at(here)
    offer = _offer(source) if source is not None else Offer()
    known = {*home.slugs(), *offer.lectures}
    [slug] = _chosen([lecture], sorted(known))
    original = _original(home, offer, slug)
    place = home.notebook(slug) or (
        home.folder / ("lectures" if home.is_course else "") / slug / f"{slug}.ipynb")
    made = original if cell is None else _with_cell_again(place, original, cell)
    try:
        copies = replace_files(home.folder, {place: text_of(made)}) or home.folder
        if slug in offer.lectures:
            put(home.folder / ORIGINALS / f"{slug}.ipynb", offer.lectures[slug])
    except OSError as error:
        raise Refused(f"{error.filename or place} cannot be written ({error.strerror}); what was "
                      "there is there still") from None
    what = slug if cell is None else f"{cell} in {slug}"
    say(f"course-reset: {what} is as it was handed out. What was there is in "
        f"{copies.relative_to(home.folder)}. {REOPEN}")
    return 0


def _original(home: Home, offer: Offer, slug: str) -> dict[str, Any]:
    if slug in offer.lectures:
        try:
            return notebook_in(offer.lectures[slug])
        except NotANotebook as error:
            raise Refused(f"{slug} as it was sent cannot be read: {error}") from None
    original = original_of(home.folder, slug)
    if original is None:
        raise Refused(f"no copy of {slug} as it was handed out is kept here; name the course's zip "
                      f"or the lecture: course-reset {slug.partition('_')[0]} --from FILE")
    return original


def _with_cell_again(place: Path, original: dict[str, Any], name: str) -> dict[str, Any]:
    """The learner's notebook with one cell of the lecture as it was; put back if it is gone."""
    try:
        mine = notebook_in(place.read_bytes())
    except (NotANotebook, OSError) as error:
        raise Refused(f"{place.name} cannot be read: {error}. Without --cell the whole lecture is "
                      "given anew") from None
    names = [name_of(cell) for cell in original["cells"]]
    if name not in names:
        raise Refused(f"the lecture has no cell {name!r}; {_named_like(name, original)}")
    at, pairs, cells = names.index(name), paired(mine["cells"], original["cells"]), [*mine["cells"]]
    if at in pairs:
        cells[pairs[at]] = original["cells"][at]
    else:
        before = max((pairs[each] for each in range(at) if each in pairs), default=-1)
        cells.insert(before + 1, original["cells"][at])
    return {**mine, "cells": cells}


def _named_like(name: str, notebook: dict[str, Any]) -> str:
    """The names that look like it; where none does, those of the gaps, which a learner knows."""
    names = [name_of(cell) for cell in notebook["cells"]]
    gaps = [name_of(cell) for cell in notebook["cells"]
            if cell["metadata"].get("nbgrader", {}).get("solution")]
    near = difflib.get_close_matches(name, filter(None, names), n=3)
    return (f"names like it are {', '.join(near)}" if near
            else f"its gaps are {', '.join(filter(None, gaps))}")


def _offer(source: Path) -> Offer:
    try:
        return offered(source)
    except NoSource as error:
        raise Refused(str(error)) from None


def _chosen(wanted: Sequence[str], slugs: Sequence[str]) -> list[str]:
    """The slugs that are meant by 03, 03_multilayer_perceptrons or a path to the notebook."""
    chosen = []
    for name in wanted:
        stem = Path(name).name.removesuffix(".ipynb")
        found = [slug for slug in slugs if stem in (slug, slug.partition("_")[0])]
        if len(found) != 1:
            there = ", ".join(slug.partition("_")[0] for slug in slugs) or "none"
            raise Refused(f"there is no lecture {name!r} here; there are: {there}")
        chosen += found
    return chosen
