"""Which walls this machine can put around students' code, and a child behind them.

Never without walls in silence: if the level that is asked for cannot be had, starting a child
raises with what is missing and what to do about it.
"""

from __future__ import annotations

import sys

from autograder.sandbox.isolated import IsolatedChild
from autograder.sandbox.limits import Level, Limits
from autograder.sandbox.nursery import NurseryError, nursery
from autograder.sandbox.process import ChildProcess
from autograder.sandbox.spawned import SpawnedChild

__all__ = ["NoWalls", "level_for_own_code", "start_child", "told"]

ISOLATED = "isolated: own namespaces, files, user and system calls; no network"
NONE = "none, as it was asked for: students' code could read files and use the network"

ELSEWHERE = (
    "Students' code can only be walled in on Linux. On Windows grade in WSL2, on macOS in a Linux "
    "container or virtual machine (docs/instructor_guide.md says how). --sandbox=none grades "
    "without walls, and says so on every result."
)
REMEDY = (
    "{error}. One of these helps: grade as root, or in a container that may make namespaces "
    "(docker run --privileged); allow user namespaces (sysctl kernel.unprivileged_userns_clone=1, "
    "on Ubuntu sysctl kernel.apparmor_restrict_unprivileged_userns=0); install libseccomp2. "
    "--sandbox=none grades without walls, and says so on every result."
)


class NoWalls(RuntimeError):
    """The walls that were asked for cannot be had here; the message says what to do."""


def start_child(limits: Limits) -> ChildProcess:
    """A child behind the walls that `limits` asks for, or NoWalls."""
    if limits.sandbox == "none":
        return SpawnedChild(limits)
    if sys.platform != "linux":
        raise NoWalls(ELSEWHERE)
    try:
        return IsolatedChild(limits)
    except NurseryError as error:
        raise NoWalls(REMEDY.format(error=error)) from error


def level_for_own_code() -> Level:
    """The walls this machine has, or none: for code that we wrote, as in the demo and in verify."""
    if sys.platform != "linux":
        return "none"
    try:
        nursery()
    except NurseryError:
        return "none"
    return "isolated"


def told(limits: Limits) -> str:
    """One sentence for the results: what confines a child with these limits."""
    return NONE if limits.sandbox == "none" else ISOLATED
