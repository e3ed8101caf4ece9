"""A worker of the cluster: takes orders, answers with JSON text, and tells what it is made of.

Student code never runs here, only in the child that the worker's own zygote makes. Run as
`python -m autograder.grading.desk` it is a worker of the local cluster; it ends with whoever
started it, whose zygote makes its children. On other machines an ordinary `dask worker` does the
same with a zygote of its own.
"""

from __future__ import annotations

import asyncio
import json
import os
import platform
import socket
import sys
import threading
from functools import cache
from typing import Any

import numpy as np

from autograder.grading.fingerprint import code_hash
from autograder.grading.worker import Order, answer
from autograder.sandbox.nursery import join

__all__ = ["differences", "inspected", "work"]

NAMES = {"python": "Python", "numpy": "NumPy", "code": "the course's code", "sandbox": "sandbox"}


@cache
def inspected(level: str) -> str:
    """What this process would grade with, as JSON: versions, hash of the code, walls."""
    return json.dumps({
        "python": ".".join(platform.python_version_tuple()[:2]),
        "numpy": np.__version__,
        "code": code_hash(),
        "sandbox": "none" if level == "none" else _walls(level),
        "host": platform.node(),
    })


def _walls(level: str) -> str:
    from autograder.sandbox.walls import NoWalls, reached

    try:
        return reached(level)  # type: ignore[arg-type]
    except NoWalls:  # starts the zygote, which the first notebook would wait for
        return "none"


def differences(theirs: str, ours: str) -> list[str]:
    """What keeps a worker from grading with us: "NumPy 2.3.1 instead of 2.4.6"."""
    there, here = json.loads(theirs), json.loads(ours)
    return [f"{title} {_short(there[key])} instead of {_short(here[key])}"
            for key, title in NAMES.items() if there[key] != here[key]]


def _short(value: str) -> str:
    return value[:12]


def work(order: Order, level: str, ours: str | None) -> str:
    """The answer to an order, or JSON with why this worker is `refused`.

    `ours` is what the coordinator is made of; None for a worker that it started itself.
    """
    wrong = differences(inspected(level), ours) if ours is not None else []
    if wrong:
        return json.dumps({"refused": wrong, "host": platform.node()})
    return answer(order, guarded=True)


async def _serve(setup: dict[str, Any]) -> None:
    import dask
    from distributed import Worker
    from distributed.security import Security

    dask.config.set({"distributed.worker.http.routes": []})

    async with Worker(
        setup["address"],
        nthreads=1,
        memory_limit=0,
        dashboard=False,
        dashboard_address="127.0.0.1:0",
        host="127.0.0.1",
        security=Security(**setup["security"]),
        local_directory=setup["folder"],
    ) as worker:
        await worker.finished()


def _leave_with_parent() -> None:
    sys.stdin.read()
    os._exit(0)


def main() -> None:
    """Serve the scheduler named on the first line of standard input, until that ends."""
    import logging

    import distributed  # noqa: F401 - before there is somebody to serve

    setup = json.loads(sys.stdin.readline())
    if setup["zygote"] is not None:
        join(socket.socket(fileno=setup["zygote"]))
    threading.Thread(target=_leave_with_parent, daemon=True).start()
    logging.getLogger("distributed").setLevel(logging.CRITICAL)
    inspected(setup["level"])
    asyncio.run(_serve(setup))


if __name__ == "__main__":
    main()
