"""The few calls of the Linux kernel that Python does not have, each raising OSError by name.

Loaded by path where no module of the grader may be, so it imports the standard library only.
"""

from __future__ import annotations

import ctypes
import os
from pathlib import Path

__all__ = [
    "NEWIPC", "NEWNET", "NEWNS", "NEWPID", "NEWUSER", "NEWUTS", "bind_read_only", "close_all_but",
    "drop_capabilities", "enter", "filter_calls", "forbid_capabilities", "mount_private",
    "mount_tmpfs", "no_new_privileges", "pivot_into", "read_only", "unshare",
]

NEWNS, NEWUTS, NEWIPC = 0x00020000, 0x04000000, 0x08000000
NEWUSER, NEWPID, NEWNET = 0x10000000, 0x20000000, 0x40000000
MS_RDONLY, MS_NOSUID, MS_NODEV, MS_NOEXEC, MS_REMOUNT = 1, 2, 4, 8, 32
MS_BIND, MS_REC, MS_PRIVATE = 4096, 16384, 1 << 18
MNT_DETACH = 2
PR_SET_SECCOMP, PR_CAPBSET_DROP, PR_SET_SECUREBITS, PR_SET_NO_NEW_PRIVS = 22, 24, 28, 38
SECCOMP_MODE_FILTER, SIZE_OF_INSTRUCTION = 2, 8
NOROOT_LOCKED = 0b11  # uid 0 gets no capability back, and this cannot be undone
CAPABILITY_VERSION_3 = 0x20080522
LAST_CAPABILITY = 63
# A remount inside a user namespace must keep what the outer mount forbids.
_KEPT = {os.ST_NOSUID: MS_NOSUID, os.ST_NODEV: MS_NODEV, os.ST_NOEXEC: MS_NOEXEC}

_libc = ctypes.CDLL(None, use_errno=True)


def _must(status: int, what: str) -> None:
    if status < 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{what}: {os.strerror(number)}")


def unshare(flags: int, what: str) -> None:
    """Leave the namespaces that `flags` names; `what` says them in an error."""
    _must(_libc.unshare(flags), f"new {what} namespace")


def enter(descriptor: int, flags: int) -> None:
    """Make the namespace behind an open file of /proc/PID/ns the current one."""
    _must(_libc.setns(descriptor, flags), "enter a namespace")


def mount_private() -> None:
    """From here on no mount of ours is seen outside, and none from outside here."""
    _must(_libc.mount(None, b"/", None, MS_REC | MS_PRIVATE, None), "private mounts")


def mount_tmpfs(where: Path, options: str) -> None:
    """An empty file system in memory, without devices and without set-uid programs."""
    flags = MS_NOSUID | MS_NODEV
    status = _libc.mount(b"tmpfs", os.fsencode(where), b"tmpfs", flags, options.encode())
    _must(status, f"tmpfs on {where}")


def bind_read_only(source: Path, where: Path) -> None:
    """Show a file or folder of this machine at another place, read-only."""
    here = os.fsencode(where)
    _must(_libc.mount(os.fsencode(source), here, None, MS_BIND | MS_REC, None), f"bind {source}")
    read_only(where)


def read_only(where: Path) -> None:
    """Forbid writing to what is mounted there."""
    flags = MS_BIND | MS_REMOUNT | MS_RDONLY | MS_NOSUID
    found = os.statvfs(where).f_flag
    for seen, kept in _KEPT.items():
        flags |= kept if found & seen else 0
    _must(_libc.mount(None, os.fsencode(where), None, flags, None), f"read-only {where}")


def pivot_into(root: Path) -> None:
    """Make `root` the whole file system; what was there before is gone."""
    os.chdir(root)
    _must(_libc.pivot_root(b".", b"."), "pivot_root")
    _must(_libc.umount2(b".", MNT_DETACH), "leave the old root")
    os.chdir("/")


def no_new_privileges() -> None:
    """No program that is started gains rights, set-uid or not."""
    _must(_libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), "no new privileges")


class _Header(ctypes.Structure):
    _fields_ = [("version", ctypes.c_uint32), ("pid", ctypes.c_int)]


def forbid_capabilities() -> None:
    """Nothing that is started from here on can get a capability, not even as uid 0."""
    # Both calls need a capability; a process that has none needs neither.
    _libc.prctl(PR_SET_SECUREBITS, NOROOT_LOCKED, 0, 0, 0)
    for number in range(LAST_CAPABILITY + 1):
        _libc.prctl(PR_CAPBSET_DROP, number, 0, 0, 0)


def drop_capabilities() -> None:
    """Give up every capability that is left."""
    header = _Header(CAPABILITY_VERSION_3, 0)
    _must(_libc.capset(ctypes.byref(header), (ctypes.c_uint32 * 6)()), "drop capabilities")


def close_all_but(kept: set[int], last: int = 1 << 16) -> None:
    """Close every file descriptor above 2 except those."""
    first = 3
    for descriptor in sorted(kept):
        os.closerange(first, descriptor)
        first = max(first, descriptor + 1)
    os.closerange(first, last)


class _Filter(ctypes.Structure):
    _fields_ = [("length", ctypes.c_ushort), ("program", ctypes.c_char_p)]


def filter_calls(program: bytes) -> None:
    """A filter of system calls for this process and all it starts; it cannot be taken off."""
    asked = _Filter(len(program) // SIZE_OF_INSTRUCTION, program)
    _must(_libc.prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, ctypes.byref(asked)), "system calls")
