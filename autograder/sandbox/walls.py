"""Which walls this machine can put around students' code, and a child behind them.

Never without walls in silence: if the level that is asked for cannot be had, starting a child
raises with what is missing and what to do about it.
"""

from __future__ import annotations

import functools
import os
import sys
import threading
from contextlib import suppress

from autograder.sandbox.bubblewrap import BubblewrapChild, made_walls
from autograder.sandbox.isolated import IsolatedChild
from autograder.sandbox.limits import Level, Limits
from autograder.sandbox.nursery import NurseryError, nursery
from autograder.sandbox.process import ChildProcess
from autograder.sandbox.remedies import facts, remedies
from autograder.sandbox.spawned import SpawnedChild

__all__ = [
    "NoWalls", "early", "level_for_own_code", "reached", "refusal", "start_child", "told",
]

TOLD: dict[Level, str] = {
    "isolated": "isolated: own namespaces, files, user and system calls; no network",
    "bubblewrap": "bubblewrap: own namespaces, files and system calls; no network",
    "none": "none, as it was asked for: students' code could read files and use the network",
}


class NoWalls(RuntimeError):
    """The walls that were asked for cannot be had here; the message says what to do."""


def start_child(limits: Limits) -> ChildProcess:
    """A child behind the walls that `limits` asks for, or NoWalls."""
    level = reached(limits.sandbox)
    if level == "none":
        return SpawnedChild(limits)
    if level == "bubblewrap":
        return BubblewrapChild(limits)
    try:
        return IsolatedChild(limits)
    except NurseryError as error:
        raise refusal(str(error)) from error


def reached(asked: Level) -> Level:
    """The level that a child gets when this one is asked for: no lower one, or NoWalls.

    "isolated" is also satisfied by bubblewrap, where namespaces cannot be made directly.
    """
    if asked == "none":
        return "none"
    if sys.platform != "linux":
        raise refusal("This machine does not run Linux")
    if asked == "isolated":
        trouble = _refused(os.getpid())
        if trouble is None:
            return "isolated"
    else:
        trouble = "It was asked for"
    other = _bubblewrap_refused(os.getpid())
    if other is not None:
        raise refusal(f"{trouble}; bubblewrap: {other}")
    return "bubblewrap"


def early(asked: Level) -> None:
    """Begin to make what `reached` will look for, beside whatever else this process does."""

    def make() -> None:
        with suppress(NoWalls):  # said when somebody asks
            reached(asked)

    threading.Thread(target=make, name="walls").start()


def refusal(trouble: str) -> NoWalls:
    """The error that says what is wrong and what helps."""
    return NoWalls("\n  - ".join([f"No walls for students' code: {trouble}.", *remedies(facts())]))


def level_for_own_code() -> Level:
    """The walls this machine has, or none: for code that we wrote, as in the demo and in verify."""
    try:
        return reached("isolated")
    except NoWalls:
        return "none"


def told(limits: Limits) -> str:
    """One sentence for the results: what confines a child with these limits."""
    return TOLD[reached(limits.sandbox)]


@functools.cache
def _refused(process: int) -> str | None:
    """Why no zygote can be had in this process, asked once; None if it can."""
    try:
        nursery()
    except NurseryError as error:
        return str(error)
    return None


@functools.cache
def _bubblewrap_refused(process: int) -> str | None:
    """Why bubblewrap makes no walls here, asked once; None if it does."""
    return made_walls(Limits())
