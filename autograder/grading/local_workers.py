"""The workers of a local cluster: processes of ours, replaced when they die.

Dask's own way to start workers imports the program that started them, which may be all of
JupyterLab. These import what grading needs and nothing else, before there is a
scheduler, and have their children from the zygote of the program that started them.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from contextlib import suppress
from typing import Any

from autograder.catalogue import ROOT
from autograder.sandbox.nursery import share

__all__ = ["COMMAND", "LocalWorkers", "WorkersDie"]

COMMAND = (sys.executable, "-P", "-m", "autograder.grading.desk")
CREDENTIALS = ("tls_ca_file", "tls_client_cert", "tls_client_key", "tls_worker_cert",
               "tls_worker_key")
TO_A_ZYGOTE = 4  # workers; a fork takes milliseconds, and there is one at a time
MOST_DEATHS = 12  # in a row, without an answer between: then it is the machine


class WorkersDie(RuntimeError):
    """Workers end as soon as they start; the message holds their last words."""


class LocalWorkers:
    """`width` processes that will serve a scheduler on this machine."""

    def __init__(self, width: int, level: str) -> None:
        self.width, self.level = width, level
        self.folder = tempfile.TemporaryDirectory(prefix="course-grading-")
        self.setup: dict[str, Any] = {}
        self.deaths = 0
        self.running: list[tuple[subprocess.Popen[str], Any]] = []
        self.zygote: dict[int, int | None] = {}  # by process: a descriptor of its
        for _ in range(width):
            self._start()

    def serve(self, address: str, security: Any) -> None:
        """Tell them where the scheduler is."""
        credentials = {name: getattr(security, name) for name in CREDENTIALS}
        self.setup = {
            "address": address,
            "folder": self.folder.name,
            "level": self.level,
            "security": {"require_encryption": True, **credentials},
        }
        for process, _ in self.running:
            self._tell(process)

    def mend(self) -> None:
        """Start a new process for each that is gone. Raises WorkersDie if that goes on and on."""
        for process, words in list(self.running):
            if process.poll() is None:
                continue
            self.deaths += 1
            if self.deaths > MOST_DEATHS:
                words.seek(0)
                told = words.read()[-1000:].decode("utf-8", "replace").strip()
                raise WorkersDie(f"Grading processes end as soon as they start: {told or 'killed'}")
            self.running.remove((process, words))
            _let_go(process, words)
            self._start()

    def answered(self) -> None:
        """An answer came: whatever died before has been made good."""
        self.deaths = 0

    def end(self) -> None:
        """Kill what runs, and remove its folder."""
        for process, words in self.running:
            process.kill()
            _let_go(process, words)
        self.running = []
        with suppress(OSError):
            self.folder.cleanup()

    def _start(self) -> None:
        words = tempfile.TemporaryFile()  # noqa: SIM115 - lives as long as the process
        one = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")
        shared = share() if len(self.running) < TO_A_ZYGOTE else None
        process = subprocess.Popen(
            COMMAND,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=words,
            env=os.environ | one | {"PYTHONPATH": str(ROOT)},
            pass_fds=[] if shared is None else [shared.fileno()],
            text=True,
        )
        self.zygote[process.pid] = None
        if shared is not None:
            self.zygote[process.pid] = shared.fileno()
            shared.close()
        self.running.append((process, words))
        if self.setup:
            self._tell(process)

    def _tell(self, process: subprocess.Popen[str]) -> None:
        assert process.stdin is not None
        told = self.setup | {"zygote": self.zygote[process.pid]}
        with suppress(OSError):
            process.stdin.write(json.dumps(told) + "\n")
            process.stdin.flush()


def _let_go(process: subprocess.Popen[str], words: Any) -> None:
    process.wait()
    words.close()
    if process.stdin is not None:
        with suppress(OSError):
            process.stdin.close()
