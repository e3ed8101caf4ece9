"""Trace, read and steer other processes."""

from tests.autograder.attacking import Attack

ATTACK = Attack(
    here="no other process has a number here, and the calls are refused",
    cells=("""
import ctypes, os
libc = ctypes.CDLL(None, use_errno=True)
found = []
for pid in (1, os.getppid(), os.getpid() + 1):
    for request in (16, 0x4206):  # attach, seize
        if libc.ptrace(request, pid, 0, 0) == 0: found.append(pid)
    if libc.syscall(310, pid, 0, 0, 0, 0, 0) >= 0: found.append("process_vm_readv")
""",),
    finds=[],
)
