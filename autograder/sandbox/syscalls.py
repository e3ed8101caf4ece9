"""Calls of the kernel that students' code is refused, through libseccomp.

Loaded by path inside the zygote. Everything else is allowed: the walls are namespaces, an empty
file system and a user of one's own; this keeps the parts of the kernel away where walls break.
"""

from __future__ import annotations

import errno

import pyseccomp as seccomp

__all__ = ["REFUSED", "refuse"]

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
DEVICES = "mknod mknodat"
NETWORK = "socket"  # pipes and pairs of sockets that one makes oneself stay possible
REFUSED = tuple(
    " ".join(
        [OTHER_PROCESSES, FILE_SYSTEMS, HISTORY_OF_HOLES, THE_MACHINE, UNCOUNTED_MEMORY, DEVICES,
         NETWORK]
    ).split()
)
NEW_NAMESPACE = (  # flags of clone: mount, cgroup, uts, ipc, user, pid, net
    0x00020000, 0x02000000, 0x04000000, 0x08000000, 0x10000000, 0x20000000, 0x40000000,
)
TIOCSTI, TIOCLINUX = 0x5412, 0x541C  # type on somebody's terminal


def refuse() -> None:
    """Install the filter for this process and all it starts; it cannot be taken off."""
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
        rules.add_rule(not_allowed, "ioctl", seccomp.Arg(1, seccomp.EQ, request))
    # Its flags lie in memory, where no filter can look; glibc then takes clone.
    rules.add_rule(seccomp.ERRNO(errno.ENOSYS), "clone3")
    rules.load()
