"""Calls of the kernel that students' code is refused, through libseccomp.

Loaded by path inside the zygote. Everything else is allowed: the walls are namespaces, an empty
file system and a user of one's own; this keeps the parts of the kernel away where walls break.
"""

from __future__ import annotations

import errno
import functools
import tempfile
from typing import Any

import pyseccomp as seccomp

__all__ = ["REFUSED", "program"]

OTHER_PROCESSES = "kcmp pidfd_getfd process_madvise process_vm_readv process_vm_writev ptrace"
FILE_SYSTEMS = (
    "chroot fsconfig fsmount fsopen fspick mount mount_setattr move_mount open_tree pivot_root "
    "setns umount2 unshare name_to_handle_at open_by_handle_at fanotify_init quotactl"
)
HISTORY_OF_HOLES = (
    "add_key bpf io_uring_enter io_uring_register io_uring_setup keyctl perf_event_open "
    "request_key userfaultfd"
)
THE_MACHINE = (
    "acct adjtimex clock_adjtime clock_settime delete_module finit_module init_module ioperm iopl "
    "kexec_file_load kexec_load lookup_dcookie modify_ldt personality reboot setdomainname "
    "sethostname settimeofday swapoff swapon syslog vhangup"
)
UNCOUNTED_MEMORY = (
    "memfd_create memfd_secret mbind migrate_pages move_pages msgget semget set_mempolicy shmget"
)
# Two children see the same files of Python: locks on them, and being told who opens them, would
# carry what one knows to the other.
MESSAGES = "cachestat flock inotify_add_watch inotify_init inotify_init1"
DEVICES = "mknod mknodat"
NETWORK = "socket"  # pipes and pairs of sockets that one makes oneself stay possible
REFUSED = tuple(
    " ".join(
        [OTHER_PROCESSES, FILE_SYSTEMS, HISTORY_OF_HOLES, THE_MACHINE, UNCOUNTED_MEMORY, MESSAGES,
         DEVICES, NETWORK]
    ).split()
)
NEW_NAMESPACE = (  # flags of clone: mount, cgroup, uts, ipc, user, pid, net
    0x00020000, 0x02000000, 0x04000000, 0x08000000, 0x10000000, 0x20000000, 0x40000000,
)
TIOCSTI, TIOCLINUX = 0x5412, 0x541C  # type on somebody's terminal
# fcntl: locks of three kinds (asked for, waited for, looked at), leases, notes on a folder
LOCKS = (5, 6, 7, 36, 37, 38, 1024, 1025, 1026)
# mmap: memory shared with the processes one starts belongs to none of them in the kernel's books
SHARED_WITHOUT_A_FILE = (0x21, 0x23)
KIND_OF_MEMORY = 0x23
LOW_WORD = 0xFFFFFFFF


@functools.cache
def program() -> bytes:
    """The filter as the kernel reads it; once it is installed it cannot be taken off."""
    with tempfile.TemporaryFile() as file:
        rules().export_bpf(file)
        file.seek(0)
        return file.read()


def rules() -> Any:
    """What is refused; all else is allowed."""
    rules = seccomp.SyscallFilter(seccomp.ALLOW)
    not_allowed = seccomp.ERRNO(errno.EPERM)
    for name in REFUSED:
        try:
            number = seccomp.resolve_syscall(seccomp.Arch.NATIVE, name)
        except ValueError:
            continue  # another architecture, or a libseccomp that is older than the call
        if number >= 0:
            rules.add_rule(not_allowed, name)
    for flag in NEW_NAMESPACE:
        rules.add_rule(not_allowed, "clone", seccomp.Arg(0, seccomp.MASKED_EQ, flag, flag))
    for request in (TIOCSTI, TIOCLINUX):
        # The kernel looks at the low word only; a filter that compares all of it is evaded.
        low = seccomp.Arg(1, seccomp.MASKED_EQ, LOW_WORD, request)
        rules.add_rule(not_allowed, "ioctl", low)
    for command in LOCKS:
        low = seccomp.Arg(1, seccomp.MASKED_EQ, LOW_WORD, command)
        rules.add_rule(seccomp.ERRNO(errno.ENOLCK), "fcntl", low)
    for kind in SHARED_WITHOUT_A_FILE:
        shared = seccomp.Arg(3, seccomp.MASKED_EQ, KIND_OF_MEMORY, kind)
        rules.add_rule(not_allowed, "mmap", shared)
    # Its flags lie in memory, where no filter can look; glibc then takes clone.
    rules.add_rule(seccomp.ERRNO(errno.ENOSYS), "clone3")
    return rules
