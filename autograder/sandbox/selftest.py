"""Before grading: try every wall from inside, in a child as students' code gets it.

A wall that was asked of the kernel is not yet a wall that stands. One line says what was reached;
whatever does not stand, stops the grading.
"""

from __future__ import annotations

import os

from autograder.sandbox.limits import Limits
from autograder.sandbox.nursery import ROOT
from autograder.sandbox.session import SandboxError, Session
from autograder.sandbox.walls import NoWalls, reached, refusal

__all__ = ["WALLS", "self_test"]

WALLS = ("files", "writing", "network", "processes", "user", "rights", "system calls", "limits")
# Each entry is True if that wall stands, seen from where a student's code would be.
PROBE = """
import ctypes, os, resource, socket, sys
libc = ctypes.CDLL(None, use_errno=True)
held = (ctypes.c_uint32 * 6)(*[1] * 6)
libc.capget((ctypes.c_uint32 * 2)(0x20080522, 0), held)
def refused(number):
    return libc.syscall(number, *[ctypes.c_long()] * 6) == -1 and ctypes.get_errno() == 1
def raises(act):
    try:
        act()
    except OSError:
        return True
    return False
def limit(name):
    return resource.getrlimit(getattr(resource, "RLIMIT_" + name))[0]
found = {{
    "files": not any(map(os.path.lexists, {absent!r})),
    "writing": all(raises(lambda: open(path, "ab")) for path in (os.__file__, "/new", {ours!r})),
    "network": raises(socket.socket),
    "processes": os.getpid() < 10 and ({grader} < 10 or raises(lambda: os.kill({grader}, 0))),
    "user": os.getuid() != 0 and raises(lambda: os.setuid(0)),
    "rights": not any(held) and libc.prctl(39, 0, 0, 0, 0) == 1,
    "system calls": libc.prctl(21, 0, 0, 0, 0) == 2 and all(map(refused, {calls!r})),
    "limits": [limit(each) for each in ("AS", "NOFILE", "FSIZE")] == {limits!r}
        and {processes} <= limit("NPROC") < 100_000,
}}
"""


def self_test(limits: Limits) -> str:
    """One line: the level reached and what stands. NoWalls if anything is missing."""
    level = reached(limits.sandbox)
    if level == "none":
        return "Sandbox: none, as --sandbox=none asked for. Students' code can do what you can do."
    down = _missing(limits)
    if down:
        raise refusal(f"They were made ({level}), but these do not stand: {', '.join(down)}")
    return f"Sandbox: {level}. Tried from inside and standing: {', '.join(WALLS)}."


def _missing(limits: Limits) -> list[str]:
    asked = limits.for_kernel()
    code = PROBE.format(
        absent=["/proc/1", "/sys/kernel", "/home", "/etc/shadow",
                *(str(ROOT / each) for each in ("autograder", "solutions", ".course_secret"))],
        ours=str(ROOT / "course_lib" / "arrays.py"),
        grader=os.getpid(),
        calls=_numbers(),
        limits=[asked[each] for each in ("memory", "open_files", "file")],
        processes=asked["processes"],
    )
    try:
        with Session(limits) as session:
            ran = session.run(code)
            found = session.read("found").value
    except SandboxError as error:
        raise NoWalls(str(error)) from error
    if not isinstance(found, dict):
        raise refusal(f"The walls could not be tried: {ran.error or ran.stopped}")
    return [each for each in WALLS if found.get(each) is not True]


def _numbers() -> list[int]:
    """What a few refused calls are called here; all of them only fail, whatever stands."""
    import pyseccomp

    names = ("ptrace", "mount", "unshare", "bpf", "keyctl", "io_uring_setup", "userfaultfd",
             "perf_event_open", "setns", "process_vm_readv")
    return [pyseccomp.resolve_syscall(pyseccomp.Arch.NATIVE, name) for name in names]
