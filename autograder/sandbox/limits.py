"""How much of the machine one submission may use."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

MEGABYTE = 1024 * 1024

# "isolated": namespaces, a user of its own, a filter of system calls, and all limits.
# "bubblewrap": the same room, made by another program; SECURITY.md says what is less.
# "none": the limits that the system has, nothing else; it must be asked for by name.
Level = Literal["isolated", "bubblewrap", "none"]
LEVELS: tuple[Level, ...] = ("isolated", "bubblewrap", "none")


@dataclass(frozen=True)
class Limits:
    """Limits of one sandboxed child.

    cpu_seconds:       CPU time of one request (one cell, one call); decides a time-out.
    wall_factor:       a request may last this many times `cpu_seconds` on the clock, so that
                       a busy machine fails nobody and a sleeping child still ends.
    total_cpu_seconds: CPU time of the child's whole life, enforced by the kernel.
    memory_bytes:      address space of one process, and what all of them really use together;
                       NumPy alone maps about 1 GB of the former.
    file_bytes:        size of one written file.
    scratch_bytes:     all files together, in the memory file system that is the child's disk.
    scratch_files:     number of files there.
    open_files:        file descriptors of one process.
    processes:         processes and threads (without a sandbox not enforced for root).
    message_bytes:     one message on the wire, in either direction.
    session_seconds:   the clock's limit for a whole submission, all restarts included.
    restarts:          fresh children after the first; then the rest is "died" or "time".
    sandbox:           the walls that must stand, see `Level`.
    """

    cpu_seconds: float = 10.0
    wall_factor: float = 10.0
    total_cpu_seconds: int = 600
    memory_bytes: int = 4096 * MEGABYTE
    file_bytes: int = 32 * MEGABYTE
    scratch_bytes: int = 64 * MEGABYTE
    scratch_files: int = 10_000
    open_files: int = 256
    processes: int = 64
    message_bytes: int = 32 * MEGABYTE
    session_seconds: float = 900.0
    restarts: int = 20
    sandbox: Level = "isolated"

    @property
    def wall_seconds(self) -> float:
        """The clock's limit for one request."""
        return self.cpu_seconds * self.wall_factor

    def for_kernel(self) -> dict[str, int]:
        """What the kernel enforces on the child, by the names the child knows."""
        return {
            "cpu": self.total_cpu_seconds,
            "memory": self.memory_bytes,
            "file": self.file_bytes,
            "scratch": self.scratch_bytes,
            "scratch_files": self.scratch_files,
            "open_files": self.open_files,
            "processes": self.processes,
            "message": self.message_bytes,
        }
