"""Be told which files another child opens, and so what it knows."""

from tests.autograder.attacking import Attack

ATTACK = Attack(
    here="the calls that watch files are refused",
    cells=("""
import ctypes, os
libc = ctypes.CDLL(None, use_errno=True)
found = [libc.inotify_init1(0) < 0, libc.inotify_init() < 0, libc.fanotify_init(0, 0) < 0,
         libc.syscall(451, 0, 0, 0, 0) < 0]
try:
    import fcntl
    fcntl.fcntl(os.open(os.path.dirname(os.__file__), os.O_RDONLY), fcntl.F_NOTIFY, 1)
    found.append(False)
except OSError:
    found.append(True)
""",),
    finds=[True] * 5,
)
