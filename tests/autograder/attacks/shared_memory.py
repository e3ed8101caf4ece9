"""Take memory that no process is seen to have: shared with processes that touched it and ended."""

from tests.autograder.attacking import Attack

ATTACK = Attack(
    here="memory that is shared without a file cannot be had, and /dev/zero is not there",
    cells=("""
import ctypes, mmap, os
found = []
for flags in (mmap.MAP_SHARED | mmap.MAP_ANONYMOUS, 3 | mmap.MAP_ANONYMOUS):
    try:
        kept = mmap.mmap(-1, 64 * 2**20, flags=flags)
        if os.fork() == 0:
            kept[:] = b"x" * len(kept)
            os._exit(0)
        found.append("taken")
    except OSError:
        found.append("refused")
found.append(os.path.exists("/dev/zero"))
libc = ctypes.CDLL(None, use_errno=True)
found.append(libc.memfd_create(b"x", 0) < 0)
mine = mmap.mmap(-1, 2**20, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
mine[:] = b"x" * len(mine)
found.append(len(bytes(mine)))
""",),
    finds=["refused", "refused", False, True, 2**20],
)
