"""Bytes between Jupyter's clients and a kernel behind walls, counted on the way.

A kernel can be made to say anything, without end. What it says between two requests, and in all,
is bounded here; past that it is ended, before a client has collected more than it can hold.
"""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

__all__ = ["Relay"]

CHUNK = 64 * 1024
ASKING = ("shell", "control")  # a request on one of these begins a cell


class Relay:
    """For each channel a socket outside that leads to one inside. Close it when done.

    `kernel_ends`: listening sockets for the kernel, in the order of `channels`.
    `flooded` is called once, from another thread, when a bound is passed.
    """

    def __init__(
        self, folder: Path, channels: dict[str, Path], *, cell_bytes: int, all_bytes: int,
        flooded: Callable[[], None],
    ) -> None:
        self.cell_bytes, self.all_bytes, self.flooded = cell_bytes, all_bytes, flooded
        self.of_cell = self.in_all = 0
        self.over = False
        self.kernel_ends: list[socket.socket] = []
        self._outside: list[tuple[str, socket.socket, str]] = []
        for name, path in channels.items():
            inside = str(folder / f"in-{name}")
            self.kernel_ends.append(_listening(inside))
            self._outside.append((name, _listening(str(path)), inside))
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, name="relay", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Stop passing on, and close everything."""
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        for each in self.kernel_ends:
            each.close()

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        # Held, or the loop may forget them.
        serving = [self._loop.create_task(self._serve(*each)) for each in self._outside]
        self._loop.run_forever()
        tasks = {*serving, *asyncio.all_tasks(self._loop)}
        for task in tasks:
            task.cancel()
        self._loop.run_until_complete(asyncio.gather(*tasks, return_exceptions=True))
        self._loop.close()
        for _, listening, _ in self._outside:
            listening.close()

    async def _serve(self, name: str, listening: socket.socket, inside: str) -> None:
        async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            with suppress(OSError, asyncio.CancelledError):
                theirs, ours = await asyncio.open_unix_connection(inside, limit=CHUNK)
                told = self._asked if name in ASKING else lambda size: None
                passing = {
                    asyncio.ensure_future(_pass_on(reader, ours, told)),
                    asyncio.ensure_future(_pass_on(theirs, writer, self._said)),
                }
                try:
                    await asyncio.wait(passing, return_when=asyncio.FIRST_COMPLETED)
                finally:
                    for each in passing:
                        each.cancel()
                    ours.close()
            writer.close()

        await asyncio.start_unix_server(connected, sock=listening, limit=CHUNK)

    def _asked(self, size: int) -> None:
        self.of_cell = 0

    def _said(self, size: int) -> None:
        self.of_cell += size
        self.in_all += size
        if self.of_cell > self.cell_bytes or self.in_all > self.all_bytes:
            if not self.over:
                self.over = True
                threading.Thread(target=self.flooded, daemon=True).start()
            raise ConnectionAbortedError("the kernel says too much")


async def _pass_on(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, told: Callable[[int], None]
) -> None:
    with suppress(OSError):
        while data := await reader.read(CHUNK):
            told(len(data))
            writer.write(data)
            await writer.drain()


def _listening(path: str) -> socket.socket:
    Path(path).unlink(missing_ok=True)
    made = socket.socket(socket.AF_UNIX)
    made.bind(path)
    made.listen(16)
    return made
