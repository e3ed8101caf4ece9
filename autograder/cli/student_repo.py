"""`student-repo`: a git repository for students, with one commit and no history of ours."""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

from autograder.cli.stop import Stop

AUTHOR = ("Course", "course@localhost")     # of the commit, if git knows nobody


def add(commands: Any) -> None:
    """Declare the command."""
    parser = commands.add_parser("student-repo",
                                 help="a git repository with what students get, in one commit")
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="new, or made by this command")
    parser.add_argument("--message", default="Course", metavar="TEXT", help="of the commit")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Make it; in a repository that is there, a correction is one commit on top."""
    folder = args.folder.resolve()
    if shutil.which("git") is None:
        raise Stop("git is not installed.")
    fresh = not (folder / ".git").exists()
    if fresh and folder.exists() and any(folder.iterdir()):
        raise Stop(f"{folder} is not empty, and no repository that this command made.")
    if folder == args.course or folder in args.course.parents:
        raise Stop(f"{folder} holds the course itself; name a folder elsewhere.")
    try:
        count = _fill(args.course, folder, fresh)
    except (OSError, ValueError) as error:
        raise Stop(f"{folder} cannot be made: {error}.") from None
    _git(folder, "add", "--all", "--force")
    if not _git(folder, "status", "--porcelain"):
        print(f"{folder}: nothing has changed")
        return 0
    _git(folder, "commit", "--quiet", "--no-verify", "--message", args.message)
    print(f"{folder}: {count} files, commit {_git(folder, 'rev-parse', '--short', 'HEAD')}; "
          "nothing of solutions/ or autograder/")
    return 0


def _fill(course: Path, folder: Path, fresh: bool) -> int:
    """Copy what students get, in the place of what was there. Returns the number of files."""
    from autograder.bundle import content, student_files

    files = student_files(course)
    if not any(path.suffix == ".ipynb" for path in files):
        raise ValueError(f"{course}/lectures holds no notebook; make lectures writes them")
    if fresh:
        folder.mkdir(parents=True, exist_ok=True)
        _git(folder, "init", "--quiet", "--initial-branch", "main")
    elif _git(folder, "status", "--porcelain"):
        raise ValueError("it has changes that are in no commit")
    for each in _git(folder, "ls-files", "-z").split("\0"):
        if each:
            (folder / each).unlink(missing_ok=True)
    for path in files:
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content(course, path))
    return len(files)


def _git(folder: Path, *words: str) -> str:
    """What git says, in that folder alone, whatever hooks and settings lie about."""
    names = ("GIT_AUTHOR_NAME", "GIT_AUTHOR_EMAIL", "GIT_COMMITTER_NAME", "GIT_COMMITTER_EMAIL")
    clean = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
    who = dict(zip(names, AUTHOR * 2, strict=True))
    known = subprocess.run(["git", "-C", str(folder), "config", "user.email"],
                           env=clean, capture_output=True, text=True, check=False).stdout.strip()
    done = subprocess.run(
        ["git", "-C", str(folder), "-c", "core.hooksPath=/dev/null", "-c", "commit.gpgsign=false",
         *words], env=clean if known else {**clean, **who}, capture_output=True, text=True,
        check=False)
    if done.returncode:
        raise Stop(f"git {words[0]} failed: {done.stderr.strip() or done.returncode}")
    return done.stdout.strip()
