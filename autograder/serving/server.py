"""The watch: take in what arrived, grade it, give feedback, write the gradebook; again and again.

One thread, one step after the other. Each step may be the last: what was begun is in the journal,
what was not begun still lies in the inbox.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from autograder.catalogue import Topic
from autograder.grading.arrival import fits_a_folder
from autograder.grading.clean import for_terminal
from autograder.grading.results import SubmissionResult
from autograder.serving.crew import Done, Grader, Task
from autograder.serving.feedback import SHORT, deliver, pages
from autograder.serving.inbox import Entry, Inbox, Settling
from autograder.serving.journal import Arrival, Journal
from autograder.serving.pace import Pace
from autograder.serving.spool import Refused, Spool

__all__ = ["Clocks", "Recorder", "Server"]

STAMP = "%Y-%m-%d %H:%M:%S.%f UTC"
MOST_ATTEMPTS = 2
RETRY_SECONDS = 30.0
REFUSED = "not_taken.txt"


class Recorder(Protocol):
    """Writes a result where `nbgrader autograde` would, and says it again without harm."""

    def record(self, student: str, topic: Topic, folder: Path, result: SubmissionResult) -> None:
        ...

    def broken(self, student: str, topic: Topic, reason: str) -> SubmissionResult: ...


@dataclass(frozen=True)
class Clocks:
    """Time that only runs on, for waiting; and the time of day, for what is written down."""

    steady: Callable[[], float] = time.monotonic
    day: Callable[[], float] = time.time


@dataclass
class Server:
    """Everything the watch needs. `say` prints one line for whoever runs it."""

    inbox: Inbox
    spool: Spool
    journal: Journal
    grader: Grader
    recorder: Recorder
    pace: Pace
    outbox: Path
    say: Callable[[str], None]
    most_waiting: int = 1_000
    clocks: Clocks = field(default_factory=Clocks)

    def __post_init__(self) -> None:
        self.settling = Settling(self.clocks.steady)
        self.seen = self.journal.places()
        self.running: dict[int, Arrival] = {}
        self.stuck: dict[int, float] = {}
        self.said: set[str] = set()
        self.journal.forget_starts()
        unfinished = self.journal.all("accepted", "graded")
        self.spool.keep(self._folder(each) for each in unfinished)
        for arrival in unfinished:
            if arrival.state == "graded":
                self._finish(arrival)

    def step(self, wait: float = 0.0) -> None:
        """Look once, begin what can begin, end what has ended."""
        self.take_in()
        self._begin()
        for done in self.grader.finished(wait):
            self._ended(done)
        for key, since in list(self.stuck.items()):
            if self.clocks.steady() - since > RETRY_SECONDS:
                self._retry(key)

    @property
    def idle(self) -> bool:
        """Nothing is under way, and nothing that is there may still be taken."""
        return not (self.running or self.stuck or self.settling.waits()
                    or self.journal.waiting())

    def take_in(self) -> None:
        """Accept what has settled, as far as there is room."""
        try:
            entries = self.inbox.look()
        except OSError as error:
            self._once(f"The inbox cannot be read: {error.strerror}.")
            return
        new = [each for each in entries if self.seen.get(each.place) != each.signature]
        self.settling.keep(new)
        for entry in new:
            if entry.odd is not None:
                self._refuse(entry, entry.odd)
            elif self.settling.settled(entry):
                if self.journal.waiting() >= self.most_waiting:
                    self._once(f"{self.most_waiting} hand-ins wait; more are taken when there is "
                               "room.")
                    return
                self._accept(entry)

    def _accept(self, entry: Entry) -> None:
        assert entry.topic is not None
        student, slug = entry.student, entry.topic.slug
        try:
            taken = self.spool.take(entry)
        except Refused as refused:
            self._refuse(entry, str(refused))
            return
        except OSError as error:
            self._once(f"{for_terminal(entry.place)} cannot be copied: {error.strerror}.")
            return
        before = self.journal.last(student, slug)
        arrived = f"{taken.arrived:{STAMP}}"
        if before is not None and before.hash == taken.hash:
            self.journal.add(entry.place, entry.signature, student, slug, hash=taken.hash,
                             arrived=arrived, state="same")
            if before.state == "done" and taken.fresh:
                self.spool.drop(self.spool.place(student, slug, taken.hash))
            self.say(f"{for_terminal(entry.place)}: the same as before, not graded again")
        else:
            made = self.journal.add(entry.place, entry.signature, student, slug,
                                    hash=taken.hash, arrived=arrived)
            self._tell_waiting(made)
        self._taken(entry)

    def _refuse(self, entry: Entry, sentence: str) -> None:
        topic = entry.topic.slug if entry.topic else ""
        self.journal.add(entry.place, entry.signature, entry.student, topic, state="refused")
        self._taken(entry)
        self.say(f"{for_terminal(entry.place)}: not taken. {for_terminal(sentence)}")
        if "/" in entry.place and fits_a_folder(entry.student):
            self._deliver(self.outbox / entry.student,
                          {REFUSED: f"{for_terminal(f'{entry.place}: {sentence}')}\n"})

    def _taken(self, entry: Entry) -> None:
        self.seen[entry.place] = entry.signature
        self.settling.since.pop(entry.place, None)

    def _tell_waiting(self, arrival: Arrival) -> None:
        free_at = self.pace.free_at(arrival.student)
        if free_at > self.clocks.day():
            at = datetime.fromtimestamp(free_at, UTC)
            self._deliver(self._outbox(arrival), {SHORT: (
                f"{arrival.topic}: arrived {arrival.arrived}. {self._pace_told(arrival)} "
                f"This one is graded at {at:%H:%M:%S} UTC, unless a newer one arrives.\n")})

    def _pace_told(self, arrival: Arrival) -> str:
        number = self.pace.recent(arrival.student, self.clocks.day())
        return (f"At most {self.pace.rate} are graded; you had {number}.")

    def _begin(self) -> None:
        if not self.grader.free():
            return
        now = self.clocks.day()
        for arrival in self.journal.all("accepted"):
            if not self.grader.free():
                return
            if arrival.id in self.running or self.pace.free_at(arrival.student) > now:
                continue
            topic = self.inbox.topic_of(arrival.topic)
            if topic is None:
                self._once(f"{arrival.topic} is no topic any longer; its hand-ins wait.")
                continue
            self.journal.start(arrival, now)
            self.pace.note(arrival.student, now)
            self.running[arrival.id] = arrival
            source = self._folder(arrival) / f"{topic.slug}.ipynb"
            self.grader.start(Task(arrival.id, arrival.student, topic, source))

    def _ended(self, done: Done) -> None:
        arrival = self.running.pop(done.key)
        result = done.result
        if result is None:
            [row] = [each for each in self.journal.all("accepted") if each.id == arrival.id]
            if row.attempts < MOST_ATTEMPTS:
                return  # it is begun again
            topic = self.inbox.topic_of(arrival.topic)
            assert topic is not None
            reason = done.broken or "no reason given"
            result = self.recorder.broken(arrival.student, topic, reason).to_json()
        self.journal.graded(arrival, result)
        [row] = [each for each in self.journal.all("graded") if each.id == arrival.id]
        self._finish(row)

    def _finish(self, arrival: Arrival) -> None:
        """Feedback first, because somebody waits for it; both can be done twice without harm."""
        result = SubmissionResult.from_json(arrival.result or "")
        topic = self.inbox.topic_of(arrival.topic)
        if topic is None:
            self._once(f"{arrival.topic} is no topic any longer; its hand-ins wait.")
            return
        if not self.journal.overtaken(arrival):
            made = pages(result, arrival.arrived, [self._pace_told(arrival)])
            if not self._deliver(self._outbox(arrival), made):
                self.stuck[arrival.id] = self.clocks.steady()
                return
            try:
                self.recorder.record(arrival.student, topic, self._folder(arrival), result)
            except Exception as error:  # of the database, of the disk: kept, and tried again
                self._once(f"{for_terminal(arrival.student)}, {arrival.topic}: not in the "
                           f"gradebook yet: {for_terminal(str(error))}")
                self.stuck[arrival.id] = self.clocks.steady()
                return
        self.stuck.pop(arrival.id, None)
        self.journal.done(arrival)
        self.spool.drop(self._folder(arrival))
        outcome = result.note or f"{result.score:g} of {result.max_score:g} points"
        self.say(f"{for_terminal(arrival.student)}, {arrival.topic}: {for_terminal(outcome)}")

    def _retry(self, key: int) -> None:
        self.stuck.pop(key)
        for arrival in self.journal.all("graded"):
            if arrival.id == key:
                self._finish(arrival)

    def _deliver(self, folder: Path, files: dict[str, str]) -> bool:
        try:
            deliver(folder, files)
        except OSError as error:
            self._once(f"Feedback cannot be written to {for_terminal(str(folder))}: "
                       f"{error.strerror}.")
            return False
        return True

    def _folder(self, arrival: Arrival) -> Path:
        return self.spool.place(arrival.student, arrival.topic, arrival.hash)

    def _outbox(self, arrival: Arrival) -> Path:
        return self.outbox / arrival.student / arrival.topic

    def _once(self, sentence: str) -> None:
        if sentence not in self.said:
            self.said.add(sentence)
            self.say(sentence)
