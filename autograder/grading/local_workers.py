"""The workers of a local cluster: processes of ours, replaced when they die.

Dask's own way to start workers imports the program that started them, which may be all of
JupyterLab. These import what grading needs and nothing else.
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

__all__ = ["COMMAND", "LocalWorkers", "WorkersDie"]

COMMAND = (sys.executable, "-P", "-m", "autograder.grading.desk")
CREDENTIALS = ("tls_ca_file", "tls_client_cert", "tls_client_key", "tls_worker_cert",
               "tls_worker_key")
MOST_DEATHS = 12  # in a row, without an answer between: then it is the machine


class WorkersDie(RuntimeError):
    """Workers end as soon as they start; the message holds their last words."""


class LocalWorkers:
    """`width` processes that serve a scheduler on this machine."""

    def __init__(self, width: int, address: str, security: Any, level: str) -> None:
        self.width = width
        self.folder = tempfile.TemporaryDirectory(prefix="course-grading-")
        credentials = {name: getattr(security, name) for name in CREDENTIALS}
        self.setup = json.dumps({
            "address": address,
            "folder": self.folder.name,
            "level": level,
            "security": {"require_encryption": True, **credentials},
        })
        self.deaths = 0
        self.running: list[tuple[subprocess.Popen[str], Any]] = []
        for _ in range(width):
            self._start()

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
        process = subprocess.Popen(
            COMMAND,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=words,
            env=os.environ | one | {"PYTHONPATH": str(ROOT)},
            text=True,
        )
        assert process.stdin is not None
        with suppress(OSError):
            process.stdin.write(self.setup + "\n")
            process.stdin.flush()
        self.running.append((process, words))


def _let_go(process: subprocess.Popen[str], words: Any) -> None:
    process.wait()
    words.close()
    if process.stdin is not None:
        with suppress(OSError):
            process.stdin.close()
