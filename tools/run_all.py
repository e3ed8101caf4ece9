"""Run All without a browser: every cell of a notebook in a kernel of its own."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import zmq
from nbclient import NotebookClient
from nbformat import NotebookNode

EVERY = 1.0  # seconds


def run_all(
    notebook: NotebookNode, folder: Path, timeout: int = 300,
    env: dict[str, str] | None = None, **options: Any,
) -> NotebookNode:
    """The notebook, with its outputs, after Run All with `folder` as the working directory.

    A cell may take `timeout` seconds; `options` go to nbclient's NotebookClient, `env` to the
    kernel. Raises CellExecutionError at the first error that neither a tag nor an option allows.

    Now and then an answer of the kernel is there and the event loop is not told of it; nbclient
    then waits until its time is up. Asking the socket once a second wakes it.
    """
    client = NotebookClient(notebook, timeout=timeout, kernel_name="python3", **options)
    watch: list[asyncio.Task[None]] = []

    async def begin(**_: Any) -> None:
        sockets = [client.kc.shell_channel.socket, client.kc.iopub_channel.socket]
        watch.append(asyncio.create_task(_ask_again(sockets)))

    def end(**_: Any) -> None:
        for task in watch:
            task.cancel()

    client.on_notebook_start, client.on_notebook_complete = begin, end
    client.execute(cwd=str(folder), **({} if env is None else {"env": env}))
    return notebook


async def _ask_again(sockets: list[Any]) -> None:
    while not any(socket.closed for socket in sockets):
        await asyncio.sleep(EVERY)
        for socket in sockets:
            if not socket.closed:
                socket.get(zmq.EVENTS)    # pyzmq then hands on what has come
