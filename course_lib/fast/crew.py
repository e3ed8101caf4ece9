"""Threads that share the lanes of a batch, and a matrix product that keeps to one of them.

NumPy lets go of the interpreter while it computes, so Python threads do work side by side. Each
lane is worked on by one thread at a time and gathers its own sums: which thread that is, and how
many there are, changes nothing in the result.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from queue import SimpleQueue

from threadpoolctl import ThreadpoolController

Task = Callable[[], None]


class Crew:
    """`threads` workers, the caller being one of them. The others end with the program."""

    def __init__(self, threads: int) -> None:
        self.threads = threads
        self._waiting: SimpleQueue[Task | None] = SimpleQueue()
        self._hired = 0

    def run(self, tasks: Sequence[Task]) -> None:
        """All tasks, side by side; what one raises is raised here, after all have ended."""
        if self.threads == 1 or len(tasks) == 1:
            for task in tasks:
                task()
            return
        helpers = min(self.threads, len(tasks)) - 1
        self._hire(helpers)
        shift = _Shift(tasks, helpers)
        for _ in range(helpers):
            self._waiting.put(shift.help)
        shift.work()
        shift.wait()

    def _hire(self, helpers: int) -> None:
        while self._hired < helpers:
            self._hired += 1
            threading.Thread(target=_serve, args=(self._waiting,), daemon=True).start()

    def __del__(self) -> None:
        for _ in range(self._hired):
            self._waiting.put(None)


def _serve(waiting: SimpleQueue[Task | None]) -> None:
    while (task := waiting.get()) is not None:
        task()
        del task


class _Shift:
    """Tasks that several workers take in turn, until there are none left."""

    def __init__(self, tasks: Sequence[Task], helpers: int) -> None:
        self.left = iter(tasks)
        self.taking = threading.Lock()
        self.errors: list[BaseException] = []
        self.helpers = helpers
        self.done = threading.Semaphore(0)

    def work(self) -> None:
        while True:
            with self.taking:
                task = next(self.left, None)
            if task is None:
                return
            try:
                task()
            except BaseException as error:
                self.errors.append(error)

    def help(self) -> None:
        self.work()
        self.done.release()

    def wait(self) -> None:
        for _ in range(self.helpers):
            self.done.acquire()
        if self.errors:
            raise self.errors[0]


_blas: list[ThreadpoolController] = []


@contextmanager
def blas_threads(threads: int) -> Iterator[None]:
    """Within, a matrix product takes at most so many threads."""
    if not _blas:
        _blas.append(ThreadpoolController().select(user_api="blas"))
    libraries = _blas[0].lib_controllers
    before = [library.num_threads for library in libraries]
    for library, now in zip(libraries, before, strict=True):
        if now != threads:
            library.set_num_threads(threads)
    try:
        yield
    finally:
        for library, now in zip(libraries, before, strict=True):
            if now != threads:
                library.set_num_threads(now)
