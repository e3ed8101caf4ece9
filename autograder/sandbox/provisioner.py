"""The kernel provisioner `course-sandbox`: any Jupyter client runs a notebook behind the walls.

JUPYTER_DEFAULT_PROVISIONER_NAME=course-sandbox jupyter nbconvert --execute notebook.ipynb

The kernel is a real ipykernel in a child of a zygote. It is confined, and no more: whoever wrote
the notebook controls what it answers, so a score that it reports is worth nothing.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from jupyter_client.provisioning import KernelProvisionerBase

from autograder.sandbox.isolated import IsolatedChild
from autograder.sandbox.limits import MEGABYTE, Limits
from autograder.sandbox.notebook_kernel import CHANNELS
from autograder.sandbox.nursery import NurseryError, nursery
from autograder.sandbox.relay import Relay
from autograder.sandbox.walls import NoWalls, refusal
from autograder.sandbox.wire import Channel

__all__ = ["NoWalls", "SandboxProvisioner", "files_beside"]

CELL_BYTES = 16 * MEGABYTE  # that a kernel says between two requests
ALL_BYTES = 64 * MEGABYTE
MOST_BESIDE, MOST_FILES = 16 * MEGABYTE, 500
# A notebook may hold tests that are to stay hidden; a gradebook and a secret never belong here.
NOT_SHOWN = (".ipynb", ".db", ".sqlite")
KILLED = -signal.SIGKILL


class SandboxProvisioner(KernelProvisionerBase):
    """Runs the kernel of one KernelManager behind walls."""

    limits = Limits(open_files=1024)
    child: IsolatedChild | None = None
    relay: Relay | None = None
    folder: Path | None = None
    status: int | None = None

    @property
    def has_process(self) -> bool:
        return self.child is not None

    async def pre_launch(self, **kwargs: Any) -> dict[str, Any]:
        """Choose sockets in a folder of our own; the command of the kernelspec is not used."""
        language = str(self.kernel_spec.language or "python").lower()
        if language != "python":
            raise RuntimeError(f"course-sandbox runs Python kernels; this one is for {language}.")
        if self.folder is None:
            # A path of a socket has 107 bytes at most.
            self.folder = Path(tempfile.mkdtemp(prefix="course-k-", dir=_short_folder()))
        manager = self.parent
        manager.transport, manager.ip, manager.cache_ports = "ipc", str(self.folder / "k"), False
        for port, name in enumerate(CHANNELS, start=1):
            setattr(manager, f"{name}_port", port)
        manager.write_connection_file()
        self.connection_info = manager.get_connection_info()
        for unused in ("extra_arguments", "transport_encryption"):
            kwargs.pop(unused, None)
        return await super().pre_launch(cmd=[], **kwargs)

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> Any:
        """Start a child behind walls, and make it a kernel."""
        self.status = None
        cwd = kwargs.get("cwd")
        files = dict(files_beside(Path(cwd))) if cwd else {}
        await asyncio.to_thread(self._launch, files)
        return self.connection_info

    def _launch(self, files: dict[str, Any]) -> None:
        assert self.folder is not None
        outside = {name: Path(f"{self.folder}/k-{n}") for n, name in enumerate(CHANNELS, start=1)}
        self.relay = Relay(
            self.folder, outside, cell_bytes=CELL_BYTES, all_bytes=ALL_BYTES, flooded=self._end
        )
        try:
            self.child = IsolatedChild(
                self.limits, nursery(kernels=True), self.relay.kernel_ends
            )
        except NurseryError as error:
            raise refusal(str(error)) from error
        info = {**self.connection_info, "key": self.parent.session.key.decode()}
        told = {name: info[name] for name in info if isinstance(info[name], (int, str))}
        Channel(self.child.connection, self.limits.message_bytes).send(
            {"files": files, "info": told}
        )

    async def poll(self) -> int | None:
        """None while it runs; it is ended here if it takes too much memory."""
        if self.status is None and self.child is not None:
            if self.child.ended or self.child.uses_more_than(self.limits.memory_bytes):
                await asyncio.to_thread(self._end)
        return 0 if self.child is None else self.status

    async def wait(self) -> int | None:
        while await self.poll() is None:
            await asyncio.sleep(0.05)
        status, self.child = self.status, None
        return status

    async def send_signal(self, signum: int) -> None:
        """SIGINT interrupts the cell that runs; whatever ends a process ends all of them."""
        if self.child is None or signum == 0:
            return
        if signum == signal.SIGINT:
            self.child.interrupt()
        else:
            await asyncio.to_thread(self._end)

    async def kill(self, restart: bool = False) -> None:
        await self.send_signal(signal.SIGKILL)

    async def terminate(self, restart: bool = False) -> None:
        await self.send_signal(signal.SIGTERM)

    async def cleanup(self, restart: bool = False) -> None:
        """Nothing is left: no process, no socket, and no folder unless it is used again."""
        self._end()  # not in a thread: it may be the interpreter that ends
        if self.relay is not None:
            self.relay.close()
            self.relay = None
        if not restart and self.folder is not None:
            shutil.rmtree(self.folder, ignore_errors=True)
            self.folder = None

    def _end(self) -> None:
        if self.child is not None and self.status is None:
            ended = self.child.end()
            self.status = KILLED if ended is None else ended


def files_beside(folder: Path) -> Iterator[tuple[str, Any]]:
    """What a notebook finds beside it: copies of plain files, up to 16 MB, by relative name."""
    room, count = MOST_BESIDE, 0
    for top, folders, names in os.walk(folder):
        folders[:] = sorted(each for each in folders if not each.startswith((".", "__")))
        for name in sorted(names):
            path = Path(top, name)
            if name.startswith(".") or path.suffix in NOT_SHOWN:
                continue
            found = path.lstat()
            room, count = room - found.st_size, count + 1
            if not stat.S_ISREG(found.st_mode) or room < 0 or count > MOST_FILES:
                continue
            yield path.relative_to(folder).as_posix(), np.frombuffer(path.read_bytes(), np.uint8)


def _short_folder() -> str | None:
    return None if len(tempfile.gettempdir()) < 60 else "/tmp"
