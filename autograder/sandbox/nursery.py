"""The grader's end of a zygote: starts it, asks it for children, learns when they are gone."""

from __future__ import annotations

import atexit
import json
import os
import select
import shutil
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder.bundle import student_files
from autograder.sandbox.environment import environment, font_lists
from autograder.sandbox.limits import Limits
from autograder.sandbox.rooms import SCRATCH
from autograder.sandbox.users import user

__all__ = ["ROOT", "Birth", "Nursery", "NurseryError", "join", "nursery", "share"]

ROOT = Path(__file__).resolve().parents[2]
ZYGOTE = Path(__file__).with_name("zygote.py")
START_SECONDS = 120.0
END_SECONDS = 30.0
LARGEST_REPLY = 64 * 1024
CREDENTIALS = struct.Struct("3i")  # pid, uid, gid, as the kernel vouches for them

class NurseryError(RuntimeError):
    """The zygote did not start, or is gone: a fault of the machine or of ours."""


@dataclass(frozen=True)
class Birth:
    """A child that runs: our end of its connection, its number, its warden's process id."""

    connection: socket.socket
    number: int
    pid: int


class Nursery:
    """A zygote and the children that this process asked of it. Safe to use from several threads.

    A zygote of `kernels` has ipykernel loaded, and its children are kernels of Jupyter. With
    `shared`, a socket that another process had from `share`, the zygote is that of the other.
    """

    def __init__(self, kernels: bool = False, shared: socket.socket | None = None) -> None:
        self._lock = threading.RLock()
        self._numbers = 0
        self._ended: dict[int, int] = {}
        self._door: subprocess.Popen[bytes] | None = None
        self._root: Path | None = None
        if shared is not None:
            self._control = shared
        else:
            self._start(kernels)

    def _start(self, kernels: bool) -> None:
        self._root = Path(tempfile.mkdtemp(prefix="course-room-"))
        self._control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        setup = {
            "root": str(self._root),
            "top": str(ROOT),
            "files": [str(path) for path in student_files(ROOT)],
            "font_lists": [str(path) for path in font_lists()],
            "user_namespace": os.geteuid() != 0,
            "kernels": kernels,
        }
        with theirs:
            self._door = subprocess.Popen(
                [sys.executable, "-I", "-B", str(ZYGOTE), f"fd:{theirs.fileno()}"],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                cwd="/",
                env=environment(f"{SCRATCH}/home", temp=SCRATCH),
                pass_fds=(theirs.fileno(),),
                start_new_session=True,
            )
        try:
            self._control.send(json.dumps(setup).encode())
            hello = self._next(START_SECONDS)
            if hello is None:
                raise NurseryError("The sandbox did not start in time")
            if "ready" not in hello:
                raise NurseryError(f"The sandbox could not be made: {hello.get('broken')}")
        except BaseException:
            self.close()
            raise

    def begin(self, limits: Limits, listening: Sequence[socket.socket] = ()) -> Birth:
        """Fork a child. NurseryError if the zygote is gone or does not answer.

        A kernel takes over the five sockets it listens on.
        """
        ours, theirs = socket.socketpair()
        ours.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 1)
        with self._lock:
            self._numbers += 1
            number = self._numbers
            request = {
                "do": "begin",
                "child": number,
                "uid": user(number) if os.geteuid() == 0 else None,
                "environment": environment(f"{SCRATCH}/home", temp=SCRATCH),
                "limits": limits.for_kernel(),
            }
            try:
                with theirs:
                    sockets = [theirs.fileno(), *(each.fileno() for each in listening)]
                    socket.send_fds(self._control, [json.dumps(request).encode()], sockets)
            except OSError as error:
                ours.close()
                raise NurseryError(f"The sandbox is gone ({error.strerror})") from None
        try:
            pid = _sender(ours)
        except NurseryError:
            ours.close()
            raise
        return Birth(ours, number, pid)

    def interrupt(self, number: int) -> None:
        """What Ctrl-C does, for a kernel."""
        with self._lock, suppress(OSError):
            self._control.send(json.dumps({"do": "interrupt", "child": number}).encode())

    def has_ended(self, number: int) -> bool:
        """Whether a child ended by itself; `end` then tells how."""
        with self._lock:
            try:
                self._listen(number, 0.0)
            except (OSError, NurseryError):
                return True
            return number in self._ended

    def end(self, number: int, patience: float = 0.0) -> int:
        """End a child and all it started; its exit status. Nothing of it is left afterwards.

        A child that is about to end by itself has `patience` seconds to do so.
        """
        with self._lock:
            try:
                self._listen(number, patience)
                if number not in self._ended:
                    self._control.send(json.dumps({"do": "end", "child": number}).encode())
                    self._listen(number, END_SECONDS)
            except (OSError, NurseryError):
                self._ended.pop(number, None)
            if number not in self._ended:
                self.close()  # which ends them all
                return -signal.SIGKILL
            return self._ended.pop(number)

    def _listen(self, number: int, seconds: float) -> None:
        """Take note of who ended, until `number` did or the time is over."""
        deadline = time.monotonic() + seconds
        while number not in self._ended:
            told = self._next(deadline - time.monotonic())
            if told is None:
                return
            if "ended" in told:
                self._ended[told["ended"]] = told["status"]

    def share(self) -> socket.socket:
        """A socket for another process, which may then ask the same zygote for children."""
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with self._lock, theirs:
            socket.send_fds(self._control, [json.dumps({"do": "share"}).encode()],
                            [theirs.fileno()])
        return ours

    @property
    def alive(self) -> bool:
        """Whether the zygote still runs."""
        if self._door is not None:
            return self._door.poll() is None
        try:
            return bool(self._control.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT))
        except BlockingIOError:
            return True
        except OSError:
            return False

    def close(self) -> None:
        """End every child of this process, and the zygote unless others share it."""
        with self._lock:
            self._control.close()
            if self._door is not None:
                with suppress(subprocess.TimeoutExpired):
                    self._door.wait(END_SECONDS)
                self._door.kill()
                self._door.wait()
            if self._root is not None:
                shutil.rmtree(self._root, ignore_errors=True)

    def _next(self, seconds: float) -> dict[str, Any] | None:
        """What the zygote says next; None if it says nothing in that time."""
        ready, _, _ = select.select([self._control], [], [], max(0.0, seconds))
        if not ready:
            return None
        data = self._control.recv(LARGEST_REPLY)
        if not data:
            raise NurseryError("The sandbox ended before it could be used")
        told: dict[str, Any] = json.loads(data)
        return told


_nurseries: dict[tuple[int, bool], Nursery] = {}
_making = threading.Lock()


def nursery(kernels: bool = False) -> Nursery:
    """The zygote of this process, started when first needed, and again if it died."""
    key = os.getpid(), kernels
    with _making:
        found = _nurseries.get(key)
        if found is None or not found.alive:
            if found is not None:
                found.close()
            found = _nurseries[key] = Nursery(kernels)
            atexit.register(found.close)
        return found


def share() -> socket.socket | None:
    """A socket to the zygote of this process for another to `join`; None if there is none."""
    found = _nurseries.get((os.getpid(), False))
    try:
        return found.share() if found is not None and found.alive else None
    except OSError:
        return None


def join(shared: socket.socket) -> None:
    """Use the zygote of another process, until that is gone."""
    _nurseries[os.getpid(), False] = Nursery(shared=shared)


def _sender(connection: socket.socket) -> int:
    """The process that wrote the first byte, by its number here."""
    connection.settimeout(START_SECONDS)
    space = socket.CMSG_SPACE(CREDENTIALS.size)
    try:
        data, messages, _, _ = connection.recvmsg(1, space)
    except TimeoutError:
        raise NurseryError("The sandbox does not answer") from None
    finally:
        connection.settimeout(None)
    for level, kind, payload in messages:
        if data and level == socket.SOL_SOCKET and kind == socket.SCM_CREDENTIALS:
            pid: int = CREDENTIALS.unpack(payload[: CREDENTIALS.size])[0]
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 0)
            return pid
    raise NurseryError("The sandbox could not make a child")
