"""How often a student is graded: so many times within so many seconds, the rest waits."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable
from dataclasses import dataclass

__all__ = ["Pace", "Rate"]


@dataclass(frozen=True)
class Rate:
    """At most `most` gradings of one student within `seconds`."""

    most: int = 10
    seconds: float = 600.0

    def __str__(self) -> str:
        minutes = self.seconds / 60
        return f"{self.most} hand-ins within {minutes:g} minutes"


class Pace:
    """Remembers when each student was graded. Times are seconds of the machine's clock."""

    def __init__(self, rate: Rate, before: Iterable[tuple[str, float]] = ()) -> None:
        self.rate = rate
        self.starts: dict[str, deque[float]] = defaultdict(lambda: deque(maxlen=rate.most))
        for student, time in sorted(before, key=lambda each: each[1]):
            self.starts[student].append(time)

    def free_at(self, student: str) -> float:
        """From when on the student may be graded again; in the past if that is now."""
        starts = self.starts.get(student)
        if starts is None or len(starts) < self.rate.most:
            return 0.0
        return starts[0] + self.rate.seconds

    def recent(self, student: str, now: float) -> int:
        """How many times the student was graded within the last `rate.seconds`."""
        return sum(now - each < self.rate.seconds for each in self.starts.get(student, ()))

    def note(self, student: str, now: float) -> None:
        """The student is graded now."""
        self.starts[student].append(now)
