"""A child behind the walls of bubblewrap, where this account may not make namespaces itself.

Some systems let only one program make them: `bwrap`, by a profile of AppArmor or because it is
set-uid. It makes the same room; each child then starts Python from nothing, which takes a second.
What is less than in a child of the zygote stands in SECURITY.md.
"""

from __future__ import annotations

import atexit
import functools
import json
import os
import shutil
import socket
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import IO

import psutil

from autograder.bundle import student_files
from autograder.sandbox.environment import environment, font_lists
from autograder.sandbox.limits import Limits
from autograder.sandbox.nursery import ROOT
from autograder.sandbox.process import ChildProcess
from autograder.sandbox.remedies import facts
from autograder.sandbox.rooms import DEVICES, PEOPLE, SCRATCH, interpreter, places_shown
from autograder.sandbox.users import slot

__all__ = ["BubblewrapChild", "arguments", "made_walls", "program"]

PROGRAM = "bwrap"
HERE = Path(__file__).resolve().parent
NOBODY = 65534
NAMESPACES = ("ipc", "net", "pid", "uts")
# What Python needs until it has become a user of its own; then nothing is left of it.
TO_BECOME_ANOTHER = ("CAP_SETUID", "CAP_SETGID", "CAP_SETPCAP")
# Nothing of the grader is in the room, so the child's code comes through a descriptor.
START = "import os, sys; exec(os.fdopen(int(sys.argv[1])).read())"
PARTS = ("child", "kernel", "wire", "walled")
END_SECONDS = 30.0


class BubblewrapChild(ChildProcess):
    """One child. `pid` is bwrap's, the parent of all that runs inside.

    OSError if bwrap is not there. If it cannot make the walls, the connection closes at once.
    """

    def __init__(self, limits: Limits) -> None:
        self.number = slot()
        ours, theirs = socket.socketpair()
        with theirs, ExitStack() as files:
            setup = {
                "connection": theirs.fileno(),
                "limits": limits.for_kernel() | {"processes": limits.processes + _others()},
                "top": str(ROOT),
                "uid": self.number if os.geteuid() == 0 else None,
            }
            code = files.enter_context(_memory(_code(setup)))
            rules = files.enter_context(_memory(_filter()))
            command = [*arguments(limits, rules.fileno()), sys.executable, "-I", "-B", "-c", START,
                       str(code.fileno())]
            kept = (theirs.fileno(), code.fileno(), rules.fileno())
            try:
                self.popen = _spawner(os.getpid()).submit(_start, command, kept).result()
            except BaseException:
                ours.close()
                raise
        super().__init__(ours, self.popen.pid)

    def end(self) -> int | None:
        self.connection.close()
        family = self.descendants()
        with suppress(PermissionError):  # a set-uid bwrap; what it started is ours to end
            self.popen.kill()
        _kill(family)  # with bwrap, or with Python inside, the whole namespace ends
        status = self.popen.wait()
        psutil.wait_procs(family, timeout=END_SECONDS)
        return status


def _kill(family: list[psutil.Process]) -> None:
    for process in family:
        with suppress(psutil.Error):
            process.kill()


def made_walls(limits: Limits) -> str | None:
    """None if bwrap makes the room and starts Python in it; else what it complains of."""
    try:
        with _memory(_filter()) as rules:
            command = [*arguments(limits, rules.fileno()), sys.executable, "-I", "-S", "-c", ""]
            done = subprocess.run(
                command, capture_output=True, text=True, errors="replace", timeout=END_SECONDS,
                pass_fds=(rules.fileno(),), check=False,
            )
    except (ImportError, OSError, RuntimeError, subprocess.SubprocessError) as error:
        return str(error)
    said = done.stderr.strip().splitlines() or [f"it ended with {done.returncode}"]
    return said[-1][:300] if done.returncode else None


def arguments(limits: Limits, rules: int) -> list[str]:
    """The command line that makes the room; `rules` is the descriptor of the system call filter."""
    told = [program(), "--die-with-parent", "--new-session", "--hostname", "sandbox"]
    if os.geteuid() == 0:
        told += [f"--unshare-{each}" for each in NAMESPACES] + ["--cap-drop", "ALL"]
        for right in TO_BECOME_ANOTHER:
            told += ["--cap-add", right]
    else:
        told += ["--unshare-all", "--uid", str(NOBODY), "--gid", str(NOBODY)]
    top = _room(os.getpid())
    # Those that bwrap makes by itself are for one user.
    python = interpreter()
    ways = _on_the_way([ROOT, *places_shown(), *([python] if python else [])])
    for way in [Path("/dev"), Path("/etc"), *ways]:
        told += ["--perms", "0755", "--dir", str(way)]
    for place in places_shown() + [Path("/dev", each) for each in DEVICES]:
        if place.is_symlink():
            told += ["--symlink", os.readlink(place), str(place)]
        elif ROOT not in place.parents:
            told += ["--dev-bind" if place.parts[1] == "dev" else "--ro-bind", *[str(place)] * 2]
    if python:
        told += ["--ro-bind", os.path.realpath(python), str(python)]
    told += ["--ro-bind", str(top / "course"), str(ROOT)]
    for place in places_shown():
        if ROOT in place.parents:
            told += ["--ro-bind", str(place), str(place)]
    told += ["--ro-bind", str(top / "passwd"), "/etc/passwd", "--symlink", SCRATCH, "/dev/shm"]
    if not any(place.parts[1] == "tmp" for place in (ROOT, *places_shown())):
        told += ["--symlink", SCRATCH, "/tmp"]
    if not _set_uid():  # which forbids the option
        told += ["--size", str(limits.scratch_bytes)]
    told += ["--perms", "1777", "--tmpfs", SCRATCH]
    for folder in ("home", "home/matplotlib", "work"):
        told += ["--perms", "0777", "--dir", f"{SCRATCH}/{folder}"]
    for font_list in font_lists():
        told += ["--ro-bind", str(font_list), f"{SCRATCH}/home/matplotlib/{font_list.name}"]
    return [*told, "--remount-ro", "/", "--chdir", f"{SCRATCH}/work", "--seccomp", str(rules), "--"]


def _on_the_way(places: list[Path]) -> list[Path]:
    """The folders that lead to those places, from the top."""
    found = {folder for place in places for folder in place.parents if ROOT not in folder.parents}
    return sorted(found - {Path("/"), ROOT})


def program() -> str:
    """Where bwrap is. FileNotFoundError if it is nowhere."""
    found = shutil.which(PROGRAM)
    if found is None:
        raise FileNotFoundError(f"{PROGRAM} is not installed")
    return found


def _set_uid() -> bool:
    return bool(os.stat(program()).st_mode & stat.S_ISUID) and os.geteuid() != 0


def _others() -> int:
    """Where there may be no user namespace, the limit on processes counts all of this account."""
    from autograder.sandbox.child import threads_of_user

    return threads_of_user() if _set_uid() and facts().most_namespaces == "0" else 0


def _code(setup: dict[str, object]) -> bytes:
    sources = {name: (HERE / f"{name}.py").read_text(encoding="utf-8") for name in PARTS}
    last = sources.pop("walled")
    return f"{last}\nmain({json.dumps(setup)!r}, {json.dumps(sources)!r})\n".encode()


def _filter() -> bytes:
    from autograder.sandbox import syscalls  # which looks for a library that may not be there

    return syscalls.program()


@contextmanager
def _memory(content: bytes) -> Iterator[IO[bytes]]:
    """A file that holds it, for somebody who inherits its descriptor."""
    with tempfile.TemporaryFile() as file:
        file.write(content)
        file.seek(0)
        yield file


@functools.cache
def _room(process: int) -> Path:
    """Copies of STUDENT_FILES, and places to put Python on that lies among them."""
    top = Path(tempfile.mkdtemp(prefix="course-room-"))
    atexit.register(shutil.rmtree, top, ignore_errors=True)
    top.chmod(0o755)
    for file in student_files(ROOT):
        target = top / "course" / file
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / file, target)
    for place in places_shown():
        if ROOT in place.parents:
            (top / "course" / place.relative_to(ROOT)).mkdir(parents=True, exist_ok=True)
    (top / "passwd").write_text(PEOPLE.format(uid=NOBODY), encoding="utf-8")
    return top


@functools.cache
def _spawner(process: int) -> ThreadPoolExecutor:
    """A thread that lives as long as we do: bwrap ends with the thread that started it."""
    return ThreadPoolExecutor(1, thread_name_prefix="bwrap")


def _start(command: list[str], kept: tuple[int, ...]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd="/",
        env=environment(f"{SCRATCH}/home", temp=SCRATCH),
        pass_fds=kept,
        start_new_session=True,
    )
