"""How much of the machine one submission may use."""

from __future__ import annotations

from dataclasses import dataclass

MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class Limits:
    """Limits of one sandboxed child.

    cpu_seconds:       CPU time of one request (one cell, one call); decides a time-out.
    wall_factor:       a request may last this many times `cpu_seconds` on the clock, so that
                       a busy machine fails nobody and a sleeping child still ends.
    total_cpu_seconds: CPU time of the child's whole life, enforced by the kernel.
    memory_bytes:      address space; NumPy alone maps about 1 GB of it.
    file_bytes:        size of one written file.
    processes:         processes and threads (not enforced for root by the kernel).
    message_bytes:     one message on the wire, in either direction.
    session_seconds:   the clock's limit for a whole submission, all restarts included.
    restarts:          fresh children after the first; then the rest is "died" or "time".
    """

    cpu_seconds: float = 10.0
    wall_factor: float = 10.0
    total_cpu_seconds: int = 600
    memory_bytes: int = 4096 * MEGABYTE
    file_bytes: int = 32 * MEGABYTE
    processes: int = 256
    message_bytes: int = 32 * MEGABYTE
    session_seconds: float = 900.0
    restarts: int = 20

    @property
    def wall_seconds(self) -> float:
        """The clock's limit for one request."""
        return self.cpu_seconds * self.wall_factor
