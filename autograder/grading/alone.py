"""One grading process beside this one, for one notebook at a time, with nothing of Dask.

A process of its own, so that a notebook that breaks the grader breaks only its own result. It
starts in a fraction of the time a cluster takes: formgrader's button grades one submission.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from autograder.catalogue import ROOT
from autograder.grading.worker import Order, to_line

__all__ = ["COMMAND", "Alone"]

COMMAND = (sys.executable, "-P", "-m", "autograder.grading.worker")
Reply = dict[str, Any]


class Alone:
    """Answers orders one after the other; the process starts when it is first needed."""

    def __init__(self, patience: float) -> None:
        self.patience, self.command = patience, COMMAND
        self._worker: _Worker | None = None

    def ask(self, order: Order) -> Reply:
        """{"result": JSON of it}, or {"broken": why}; then the next order finds a new process."""
        if self._worker is None:
            self._worker = _Worker(self.command)
        reply = self._worker.ask(to_line(order), self.patience)
        if "broken" in reply:
            self.end()
        return reply

    def end(self) -> None:
        """End the process, also in the middle of something."""
        if self._worker is not None:
            self._worker.end()
            self._worker = None


class _Worker:
    """A process that answers one line with one line."""

    def __init__(self, command: Sequence[str]) -> None:
        self.complaints = tempfile.TemporaryFile()  # noqa: SIM115 - lives as long as the worker
        environment = os.environ | {"PYTHONPATH": str(ROOT), "OPENBLAS_NUM_THREADS": "1"}
        self.process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self.complaints,
            env=environment,
            text=True,
            encoding="utf-8",
        )

    def ask(self, line: str, patience: float) -> Reply:
        """The reply, or {"broken": why} when there is none."""
        assert self.process.stdin is not None and self.process.stdout is not None
        alarm = threading.Timer(patience, self.process.kill)
        alarm.start()
        try:
            self.process.stdin.write(line + "\n")
            self.process.stdin.flush()
            reply = json.loads(self.process.stdout.readline())
        except (OSError, ValueError):
            return {"broken": self._last_words()}
        finally:
            alarm.cancel()
        return reply if isinstance(reply, dict) else {"broken": "the worker spoke nonsense"}

    def end(self) -> None:
        """Kill the process and let go of its files."""
        self.process.kill()
        self.process.wait()
        for stream in (self.process.stdin, self.process.stdout, self.complaints):
            if stream is not None:
                with suppress(OSError, ValueError):
                    stream.close()

    def _last_words(self) -> str:
        self.process.kill()
        status = self.process.wait()
        self.complaints.seek(0)
        words = self.complaints.read()[-2000:].decode("utf-8", "replace")
        return f"the worker ended with status {status}. {words}".strip()
