"""Make system calls by number, past Python and the C library."""

from tests.autograder.attacking import Attack

ATTACK = Attack(
    here="refused by a filter that cannot be taken off",
    cells=("""
import ctypes, platform
libc = ctypes.CDLL(None, use_errno=True)
x86 = platform.machine() == "x86_64"
calls = {"ptrace": 101, "mount": 165, "unshare": 272, "setns": 308, "bpf": 321, "keyctl": 250,
         "io_uring_setup": 425, "userfaultfd": 323, "perf_event_open": 298, "memfd_create": 319,
         "pivot_root": 155, "init_module": 175, "kexec_load": 246, "open_by_handle_at": 304}
found = []
for name, number in calls.items():
    if x86 and not (libc.syscall(number, 0, 0, 0, 0, 0, 0) == -1 and ctypes.get_errno() == 1):
        found.append(name)
""",),
    finds=[],
)
