"""The child as a process: started in an empty directory, watched, killed with all it started.

What it is confined by is what `confinement` says, no more: limits of the kernel where it has
them, and a time limit kept here. It can read what the grader's user can read.
"""

from __future__ import annotations

import functools
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
from autograder.sandbox.limits import Limits

__all__ = ["ChildProcess", "confinement"]

CHILD = Path(__file__).with_name("child.py")
MARK = "COURSE_SANDBOX"
INHERITS_SOCKETS = os.name == "posix"
START_SECONDS = 60.0
ROUNDS = 100  # of killing, against a child that starts processes faster than they end
PASSED_ON = ("COURSE_DATA", "COURSE_FAST", "SYSTEMROOT", "TZ")


def confinement() -> str:
    """One sentence for the results: what confines a child on this machine, and what does not."""
    if sys.platform == "linux":
        return "limits only: time, memory, file size and processes; files and network are open"
    if os.name == "posix":
        return "limits only: time and file size; memory, files and network are open"
    return "time limit only: memory, processes, files and network are open"


class ChildProcess:
    """One child, its end of the conversation, and its directory."""

    def __init__(self, limits: Limits) -> None:
        self.directory = Path(tempfile.mkdtemp(prefix="course-child-")).resolve()
        self.mark = secrets.token_hex(16)
        self._own = 0.0
        self.connection: socket.socket | None = None
        self.popen: subprocess.Popen[bytes] | None = None
        try:
            self.connection = self._start(limits)
        except BaseException:
            self.end()
            raise

    def own_cpu_seconds(self) -> float:
        """CPU time of the child and of what it waited for; cheap enough for every request."""
        with suppress(psutil.Error):
            times = self._process().cpu_times()
            self._own = times.user + times.system + times.children_user + times.children_system
        return self._own

    def cpu_seconds(self) -> float:
        """CPU time of the child and of all it started, as far as that is still there."""
        spent = self.own_cpu_seconds()
        for process in self._descendants():
            with suppress(psutil.Error):
                times = process.cpu_times()
                spent += times.user + times.system
        return spent

    def end(self) -> int | None:
        """Kill everything, wait for it, remove the directory. Returns the child's exit status."""
        if self.connection is not None:
            self.connection.close()
        status = None if self.popen is None else self._kill(self.popen)
        _remove(self.directory)
        return status

    def _kill(self, popen: subprocess.Popen[bytes]) -> int:
        survivors = self._descendants()
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
        _font_list_for(self.directory / "home")
        setup = json.dumps(
            {
                "library": str(Path(course_lib.__file__).parent.parent),
                "parent": os.getpid(),
                "cpu": limits.total_cpu_seconds,
                "memory": limits.memory_bytes,
                "file": limits.file_bytes,
                "processes": limits.processes,
                "message": limits.message_bytes,
            }
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
        return {name: os.environ[name] for name in PASSED_ON if name in os.environ} | {
            "PATH": os.defpath,
            "LANG": "C.UTF-8",
            "HOME": home,
            "USERPROFILE": home,
            "TMPDIR": home,
            "TEMP": home,
            "IPYTHONDIR": str(Path(home, "ipython")),
            "MPLCONFIGDIR": str(Path(home, "matplotlib")),
            "MPLBACKEND": "Agg",
            "OPENBLAS_NUM_THREADS": "1",
            "OMP_NUM_THREADS": "1",
            "MKL_NUM_THREADS": "1",
            "VECLIB_MAXIMUM_THREADS": "1",
            MARK: self.mark,
        }

    def _process(self) -> psutil.Process:
        if self.popen is None:
            raise psutil.NoSuchProcess(0)
        return psutil.Process(self.popen.pid)

    def _descendants(self) -> list[psutil.Process]:
        try:
            return self._process().children(recursive=True)
        except psutil.Error:
            return []

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


@functools.cache
def _font_list() -> tuple[str, bytes] | None:
    """Matplotlib's list of fonts, made once: a child with an empty home would search again."""
    try:
        import matplotlib
        from matplotlib import font_manager
    except ImportError:
        return None
    name = f"fontlist-v{font_manager.FontManager.__version__}.json"
    path = Path(matplotlib.get_cachedir(), name)
    return (name, path.read_bytes()) if path.is_file() else None


def _font_list_for(home: Path) -> None:
    found = _font_list()
    if found is not None:
        folder = home / "matplotlib"
        folder.mkdir()
        (folder / found[0]).write_bytes(found[1])


def _remove(directory: Path) -> None:
    """Remove a tree that may be hostile: unreadable folders, or folders too deep for Python."""
    try:
        shutil.rmtree(directory, ignore_errors=True)
    except RecursionError:
        pass
    if directory.exists() and os.name == "posix":
        for command in (["chmod", "-R", "u+rwx"], ["rm", "-rf"]):
            subprocess.run([*command, "--", str(directory)], check=False, capture_output=True)
