"""A child without walls, for --sandbox=none: a process in an empty directory, watched, killed.

What confines it are limits of the kernel where it has them, and a time limit kept by the
session. It can read what the grader's user can read, and it can use the network.
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

import psutil

import course_lib
from autograder.sandbox.environment import environment, font_lists
from autograder.sandbox.limits import Limits
from autograder.sandbox.process import ChildProcess

__all__ = ["SpawnedChild"]

CHILD = Path(__file__).with_name("child.py")
MARK = "COURSE_SANDBOX"
INHERITS_SOCKETS = os.name == "posix"
START_SECONDS = 60.0
ROUNDS = 100  # of killing, against a child that starts processes faster than they end


class SpawnedChild(ChildProcess):
    """One child, its end of the conversation, and its directory."""

    def __init__(self, limits: Limits) -> None:
        self.directory = Path(tempfile.mkdtemp(prefix="course-child-")).resolve()
        self.mark = secrets.token_hex(16)
        self.popen: subprocess.Popen[bytes] | None = None
        connection = None
        try:
            connection = self._start(limits)
            assert self.popen is not None
            super().__init__(connection, self.popen.pid)
        except BaseException:
            if connection is not None:
                connection.close()
            self._bury()
            raise

    def end(self) -> int | None:
        self.connection.close()
        return self._bury()

    def _bury(self) -> int | None:
        status = None if self.popen is None else self._kill(self.popen)
        _remove(self.directory)
        return status

    def _kill(self, popen: subprocess.Popen[bytes]) -> int:
        survivors = _children(popen.pid)
        if os.name == "posix":
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(popen.pid, signal.SIGKILL)
        popen.kill()
        for _ in range(ROUNDS):
            for process in survivors:
                with suppress(psutil.Error):
                    process.kill()
            psutil.wait_procs(survivors, timeout=1)
            survivors = [each for each in psutil.process_iter() if self._is_ours(each)]
            if not survivors:
                break
        return popen.wait()

    def _start(self, limits: Limits) -> socket.socket:
        for folder in ("home", "work"):
            (self.directory / folder).mkdir()
        _copy_font_lists(self.directory / "home")
        setup = json.dumps(
            {
                "library": str(Path(course_lib.__file__).parent.parent),
                "parent": os.getpid(),
            }
            | limits.for_kernel()
        )
        if not INHERITS_SOCKETS:
            return self._start_over_loopback(setup)
        ours, theirs = socket.socketpair()
        with theirs:
            self._spawn(f"fd:{theirs.fileno()}", setup, (theirs.fileno(),))
        return ours

    def _start_over_loopback(self, setup: str) -> socket.socket:
        """Where a socket cannot be inherited: the child calls back and shows its mark."""
        with socket.create_server(("127.0.0.1", 0), backlog=1) as server:
            server.settimeout(START_SECONDS)
            self._spawn(f"port:{server.getsockname()[1]}", setup, ())
            while True:
                ours, _ = server.accept()
                ours.settimeout(START_SECONDS)
                with suppress(OSError):
                    if ours.recv(len(self.mark), socket.MSG_WAITALL) == self.mark.encode():
                        return ours
                ours.close()

    def _spawn(self, where: str, setup: str, fds: tuple[int, ...]) -> None:
        self.popen = subprocess.Popen(
            [sys.executable, "-I", "-B", str(CHILD), where, setup],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=self.directory / "work",
            env=self._environment(),
            pass_fds=fds,
            start_new_session=True,
        )

    def _environment(self) -> dict[str, str]:
        """Only what is needed: the course's secret and the user's settings stay here."""
        home = str(self.directory / "home")
        return environment(home, temp=home) | {"USERPROFILE": home, "TEMP": home, MARK: self.mark}

    def _is_ours(self, process: psutil.Process) -> bool:
        """Whether it carries our mark: also when it left the session and lost its parent."""
        if self.popen is not None and process.pid == self.popen.pid:
            return False
        with suppress(psutil.Error, OSError):
            return (
                process.status() != psutil.STATUS_ZOMBIE
                and process.environ().get(MARK) == self.mark
            )
        return False


def _children(pid: int) -> list[psutil.Process]:
    try:
        return psutil.Process(pid).children(recursive=True)
    except psutil.Error:
        return []


def _copy_font_lists(home: Path) -> None:
    for source in font_lists():
        (home / "matplotlib").mkdir(exist_ok=True)
        shutil.copyfile(source, home / "matplotlib" / source.name)


def _remove(directory: Path) -> None:
    """Remove a tree that may be hostile: unreadable folders, or folders too deep for Python."""
    try:
        shutil.rmtree(directory, ignore_errors=True)
    except RecursionError:
        pass
    if directory.exists() and os.name == "posix":
        for command in (["chmod", "-R", "u+rwx"], ["rm", "-rf"]):
            subprocess.run([*command, "--", str(directory)], check=False, capture_output=True)
