"""When a submission came in, as the instructor's side saw it, and how it is fetched.

The folder's name in the exchange and the timestamp.txt in it are written by the student's own
`nbgrader submit`, so they are the student's word. The change time of a file (ctime) is the
kernel's: it cannot be set, only renewed. So the newest one in the folder says by when the work
had its present form. `collect` writes it into the timestamp.txt on the instructor's side, and
late penalties, `--update` and `--before-duedate` go by it.
"""

from __future__ import annotations

import os
import re
import secrets
import shutil
import stat
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any

from nbgrader.exchange.default.collect import ExchangeCollect
from nbgrader.plugins import FileNameCollectorPlugin
from nbgrader.utils import ignore_patterns, parse_utc
from traitlets import Bool

from autograder.grading.clean import for_terminal
from autograder.grading.extensions import by_student
from autograder.grading.gradebook import opened

__all__ = ["SECRET", "TIMESTAMP", "NamesWithoutTimes", "TrustedCollect", "fits_a_folder",
           "last_change", "mounted_inside", "stamp"]

MOST_LOOKED_AT = 20_000
WORTH_A_WORD = timedelta(minutes=5)
HYPHENATED = re.compile(r"(\d{4}-\d\d-\d\d)-(\d\d)-(\d\d)-(\d\d)")
TIMESTAMP, SECRET = "timestamp.txt", "submission_secret.txt"


def last_change(path: Path) -> datetime:
    """The newest change time of a file, or of a folder and all in it; in UTC, without a zone.

    Links are not followed. A file system mounted inside could tell any time, and a folder with
    too much in it cannot be looked through: both count as changed right now.
    """
    top = os.lstat(path)
    newest, left = top.st_ctime_ns, MOST_LOOKED_AT
    for found in _below(path) if stat.S_ISDIR(top.st_mode) else ():
        left -= 1
        newest = max(newest, found.st_ctime_ns)
        if left < 0:
            break
    if left < 0 or mounted_inside(path, _mounts()):
        return datetime.now(UTC).replace(tzinfo=None)
    return _utc(newest)


def _below(folder: Path) -> Iterator[os.stat_result]:
    waiting = [str(folder)]
    while waiting:
        with suppress(OSError), os.scandir(waiting.pop()) as entries:
            for entry in entries:
                found = entry.stat(follow_symlinks=False)
                yield found
                if stat.S_ISDIR(found.st_mode):
                    waiting.append(entry.path)


def mounted_inside(path: Path, mounts: str) -> bool:
    """Whether a line of /proc/self/mountinfo is about a place in this folder."""
    inside = f"{os.path.realpath(path)}/"
    places = (line.split()[4] for line in mounts.splitlines() if len(line.split()) > 4)
    return any(_unescaped(place).startswith(inside) for place in places)


def _mounts() -> str:
    with suppress(OSError):
        return Path("/proc/self/mountinfo").read_text(encoding="utf-8", errors="surrogateescape")
    return ""


def _unescaped(place: str) -> str:
    return re.sub(r"\\([0-7]{3})", lambda found: chr(int(found[1], 8)), place)


def _utc(nanoseconds: int) -> datetime:
    seconds, rest = divmod(nanoseconds, 10**9)
    return datetime(1970, 1, 1) + timedelta(seconds=seconds, microseconds=rest // 1000)


def stamp(folder: Path, time: datetime) -> None:
    """Write `time` into the folder's timestamp.txt, whatever lay there under that name."""
    path = folder / TIMESTAMP
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
    with open(path, "x", encoding="ascii") as file:
        file.write(f"{time:%Y-%m-%d %H:%M:%S.%f} UTC\n")


def fits_a_folder(student: str) -> bool:
    """Whether an id can be the name of a folder, and nothing but that."""
    odd = set(student) & set("/\\*?[]") or not student.isprintable()
    return not odd and student not in ("", ".", "..")


class TrustedCollect(ExchangeCollect):
    """`nbgrader collect` by the exchange's clock, in which one folder cannot stop the others.

    nbgrader follows links when it copies, so a link to a solution would be collected as the
    solution; here a link stays a link, and grading names it. Pipes and devices are left out.
    """

    only_by_owner = Bool(
        False, help="Leave out a hand-in whose folder belongs to another account than it says."
    ).tag(config=True)

    def _path_to_record(self, path: str) -> dict[str, Any]:
        name = os.path.basename(path)
        student = name.partition(f"+{self.coursedir.assignment_id}+")[0]
        if self.only_by_owner and (owner := _owner(path)) != student:
            self.log.error("%s says it is of %s, and belongs to %s", for_terminal(name),
                           for_terminal(student), for_terminal(owner))
            student = ""    # an id that no folder can have
        return {"username": student, "filename": name, "timestamp": last_change(Path(path))}

    def init_src(self) -> None:
        super().init_src()
        named: list[dict[str, Any]] = self.src_records
        self.src_records: list[dict[str, Any]] = [
            each for each in named if fits_a_folder(each["username"])
        ]
        if len(self.src_records) < len(named):
            self.log.error("%d submissions have no usable student id and were left out",
                           len(named) - len(self.src_records))

    def _sort_by_timestamp(self, records: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Newest first; of `--before-duedate` the newest by the student's own due date."""
        found: list[dict[str, Any]] = super()._sort_by_timestamp(records)
        if not (self.before_duedate and self.duedate and found):
            return found
        due = self.duedate + (self._more.get(found[0]["username"]) or timedelta())
        return [each for each in found if each["timestamp"] <= due][:1] or found

    @cached_property
    def _more(self) -> dict[str, timedelta | None]:
        directory = self.coursedir
        with opened(directory.db_url, directory.course_id) as book:
            return by_student(book.extensions(directory.assignment_id), self.duedate)

    def do_copy(self, src: str, dest: str, log: Any = None) -> None:
        source, target = Path(src), Path(dest)
        try:
            before = last_change(source)
            if self.get_size(src) > 1000 * self.coursedir.max_dir_size:
                raise OSError(f"it has more than {self.coursedir.max_dir_size} kB")
            shutil.copytree(source, target, symlinks=True, ignore=self._left_out)
            self._share(target)
            # A change while we copied may be in the copy already.
            time = max(before, last_change(source))
        except (OSError, RecursionError) as error:  # shutil.Error is an OSError
            shutil.rmtree(target, ignore_errors=True)
            self.log.error("%s was not collected: %s", for_terminal(source.name),
                           for_terminal(str(error))[:300])
            return
        self._compare(source.name, time)
        stamp(target, time)
        if not (target / SECRET).is_file():  # release_feedback stops for everybody without it
            with suppress(OSError), open(target / SECRET, "x", encoding="ascii") as file:
                file.write(secrets.token_hex(64))

    def _left_out(self, folder: str, names: list[str]) -> set[str]:
        directory = self.coursedir
        ignored = ignore_patterns(
            exclude=directory.ignore, include=directory.include,
            max_file_size=directory.max_file_size, log=self.log,
        )
        plain = [name for name in names if _is_plain(Path(folder, name))]
        return {*names} - {*plain} | {*ignored(folder, plain)}

    def _share(self, folder: Path) -> None:
        """What nbgrader does for graders in a group, without following links."""
        if not self.coursedir.groupshared:
            return
        for path in (folder, *folder.rglob("*")):
            if not path.is_symlink():
                mode = 0o2770 if path.is_dir() else 0o660
                with suppress(PermissionError):
                    path.chmod((path.stat().st_mode | mode) & 0o2777)

    def _compare(self, name: str, time: datetime) -> None:
        try:
            claimed = parse_utc(name.rpartition(f"+{self.coursedir.assignment_id}+")[2]
                                .partition("+")[0])
        except Exception:  # dateutil raises many kinds of error for what people write
            claimed = None
        if not isinstance(claimed, datetime) or abs(time - claimed) > WORTH_A_WORD:
            self.log.warning("%s was last changed at %s UTC, by the exchange's clock: that counts",
                             for_terminal(name), f"{time:%Y-%m-%d %H:%M:%S}")


def _owner(path: str) -> str:
    import pwd  # there is none on Windows, and no exchange either

    user = os.lstat(path).st_uid
    with suppress(KeyError):
        return pwd.getpwuid(user).pw_name
    return f"user {user}"


def _is_plain(path: Path) -> bool:
    """A regular file, a folder or a link: what can be copied without waiting for somebody."""
    mode = os.lstat(path).st_mode
    return stat.S_ISREG(mode) or stat.S_ISDIR(mode) or stat.S_ISLNK(mode)


class NamesWithoutTimes(FileNameCollectorPlugin):
    """`nbgrader zip_collect` without the timestamp.txt of an archive.

    nbgrader would take that for the time of hand-in, before the one in the file's name, which the
    learning platform wrote. A time with hyphens throughout, as in nbgrader's manual, is read as
    it is meant: dateutil makes 10:00 of 2024-02-03-04-05-06.
    """

    def collect(self, submitted_file: str) -> dict[str, Any] | None:
        found: dict[str, Any] | None = super().collect(submitted_file)
        named = os.path.splitext(str((found or {}).get("file_id", "")))[0]
        if found and os.path.basename(named).lower() == "timestamp":
            self.log.warning("left out: %s", for_terminal(submitted_file))
            return None
        if found and (parts := HYPHENATED.fullmatch(str(found.get("timestamp", "")))):
            found["timestamp"] = f"{parts[1]} {parts[2]}:{parts[3]}:{parts[4]}"
        return found
