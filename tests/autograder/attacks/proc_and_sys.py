"""Read the machine through /proc and /sys."""

from tests.autograder.attacking import Attack

ATTACK = Attack(
    here="neither is there, nor can be mounted",
    cells=("""
import ctypes, os
found = [p for p in ("/proc/self", "/proc/1/environ", "/proc/meminfo", "/sys/class",
                     "/sys/fs/cgroup", "/dev/fd", "/run", "/var", "/boot") if os.path.lexists(p)]
libc = ctypes.CDLL(None, use_errno=True)
os.makedirs("/scratch/work/p", exist_ok=True)
for kind in (b"proc", b"sysfs", b"tmpfs", b"overlay"):
    if libc.mount(b"none", b"/scratch/work/p", kind, 0, None) == 0: found.append(kind.decode())
""",),
    finds=[],
)
