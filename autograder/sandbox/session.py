"""A conversation with one student's code: cells in, plain values out, whatever it does.

The child may lie, hang, die or flood; each request ends all the same, with a value or with the
word for what stopped it. After a stop a fresh child runs the earlier cells again, without the
one that stopped it, so that the remaining exercises are still judged.
"""

from __future__ import annotations

import signal
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from types import TracebackType
from typing import Any

from autograder.sandbox.limits import Limits
from autograder.sandbox.process import ChildProcess
from autograder.sandbox.walls import NoWalls, start_child, told
from autograder.sandbox.wire import Channel, Closed, Malformed, TooLarge, WireError, message
from course_lib.checks.values import Answer, Handle, Raised

__all__ = ["Ran", "SandboxError", "Session"]

START_SECONDS = 120.0
KINDS = frozenset(["class", "function", "lambda", "missing", "value"])
LONGEST_TEXT = 500
AHEAD_BYTES = 4 * 1024  # a socket takes as many in any case, whether or not the child reads
# The kernel's signal at the limit of CPU time, as a status of ours or of a shell's kind.
_OUT_OF_TIME = {-signal.SIGXCPU, 128 + signal.SIGXCPU} if hasattr(signal, "SIGXCPU") else set()


class SandboxError(RuntimeError):
    """No child could be started, or asked: a fault of ours, never of the student."""


class _Enough(Exception):
    """A request used more than it may; `stopped` is the word for what."""

    def __init__(self, stopped: str) -> None:
        super().__init__(stopped)
        self.stopped = stopped


@dataclass(frozen=True)
class Ran:
    """How a cell ended: `error` is "NameError: ... (line 2)"; `stopped` as in Answer."""

    error: str | None = None
    stopped: str | None = None


class Session:
    """One student's code in one child at a time. Use as a context manager.

    Every request returns; none raises for anything the code did. `stopped` is "time" (the limit
    for one request), "died" (the process ended) or "message" (an answer that is too large or
    no plain value). SandboxError means that the machine cannot start a child.
    """

    def __init__(self, limits: Limits | None = None) -> None:
        self.limits = limits or Limits()
        self._process: ChildProcess | None = None
        self._channel: Channel | None = None
        self._history: list[tuple[Any, ...]] = []
        self._unanswered: deque[int] = deque()  # sizes of the requests under way
        self._starts = 0
        self._spent = 0.0
        self._last_stop = "died"
        self.deaths = 0  # of children that no limit of ours ended: whose doing, we cannot know
        self._began = time.monotonic()

    def __enter__(self) -> Session:
        self._ready()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def confinement(self) -> str:
        """One sentence: the walls that the child has."""
        return told(self.limits)

    @property
    def cpu_seconds(self) -> float:
        """CPU time of all children so far."""
        running = self._process.cpu_seconds() if self._process else 0.0
        return self._spent + running

    @property
    def own_cpu_seconds(self) -> float:
        """Of the running child, finely, for differences; 0 where the kernel does not tell."""
        return self._process.fine_cpu_seconds() if self._process else 0.0

    def run(self, code: str) -> Ran:
        """Run one cell. Its error is data; the names it bound stay for the next cell."""
        reply, stopped = self._ask(("run", code))
        if stopped is not None:
            return Ran(stopped=stopped)
        self._history.append(("run", code))
        raised = reply.get("raised")
        told = f"{raised.type}: {raised.message}" if isinstance(raised, Raised) else None
        return Ran(error=_text(told or reply.get("error")))

    def call(self, name: str, args: Sequence[Any] = (), kwargs: Mapping[str, Any] = {}) -> Answer:
        """What the function of that name gives for these plain arguments."""
        return self._answer(("call", name, tuple(args), dict(kwargs)))

    def calls(
        self, name: str, inputs: Iterable[tuple[Sequence[Any], Mapping[str, Any]]]
    ) -> Iterator[Answer]:
        """As `call` for each (args, kwargs) in turn, up to the first that is stopped.

        The next requests go out while the child works, so that it never waits for whoever judges.
        """
        self._skip()
        waiting = deque(self._message(("call", name, tuple(args), dict(kwargs)))
                        for args, kwargs in inputs)
        for _ in range(len(waiting)):
            answer = _as_answer(*self._attempt(lambda: self._ahead(waiting)))
            yield answer
            if answer.stopped is not None:
                return

    def read(self, name: str) -> Answer:
        """The value bound to a name."""
        return self._answer(("read", name))

    def describe(self, name: str) -> str:
        """What a name is bound to: "function", "lambda", "class", "missing" or "value"."""
        kind = self._answer(("describe", name)).value
        return kind if isinstance(kind, str) and kind in KINDS else "missing"

    def library_use(self, name: str) -> tuple[str, ...]:
        """What the function of that name takes from the library, as far as the child tells."""
        told = self._answer(("library_use", name)).value
        return _texts(tuple(told) if isinstance(told, list) else ())

    def use_reference(self, name: str) -> None:
        """Bind the library's implementation to the name, for what is graded after it."""
        _, stopped = self._ask(("use_reference", name))
        if stopped is None:
            self._history.append(("use_reference", name))

    def new(self, name: str, args: Sequence[Any] = (), kwargs: Mapping[str, Any] = {}) -> Answer:
        """Make an object of the class of that name; the value is a Handle."""
        answer = self._answer(("new", name, tuple(args), dict(kwargs)))
        if answer.has_value and not isinstance(answer.value, Handle):
            return Answer(strange="something that is no object")
        return answer

    def call_handle(
        self, handle: Handle, method: str, args: Sequence[Any] = (), kwargs: Mapping[str, Any] = {}
    ) -> Answer:
        """Call a method of an object in the child."""
        return self._answer(("call_handle", handle, method, tuple(args), dict(kwargs)))

    def get_attribute(self, handle: Handle, name: str) -> Answer:
        """The value of an attribute of an object in the child."""
        return self._answer(("get_attribute", handle, name))

    def close(self) -> None:
        """End the child and all it started, and remove its directory."""
        if self._process is not None:
            self._spent += self._process.cpu_seconds()
            process, self._process, self._channel = self._process, None, None
            self._unanswered.clear()
            if process.end() in _OUT_OF_TIME:
                self._last_stop = "time"

    def _answer(self, request: tuple[Any, ...]) -> Answer:
        return _as_answer(*self._ask(request))

    def _ask(self, request: tuple[Any, ...]) -> tuple[dict[str, Any], str | None]:
        """The child's reply, or what stopped it; then the next request finds a fresh child."""
        self._skip()
        return self._attempt(lambda: self._exchange(request))

    def _attempt(self, talk: Callable[[], dict[str, Any]]) -> tuple[dict[str, Any], str | None]:
        if not self._ready():
            return {}, self._last_stop
        try:
            reply = talk()
        except (WireError, _Enough) as error:
            self._give_up(error)
            return {}, self._last_stop
        return reply, "message" if reply.get("stopped") else None

    def _give_up(self, error: WireError | _Enough) -> None:
        self._last_stop = error.stopped
        self.close()
        self.deaths += self._last_stop == "died"

    def _exchange(self, request: tuple[Any, ...]) -> dict[str, Any]:
        self._send(self._message(request))
        return self._receive()

    def _ahead(self, waiting: deque[bytes]) -> dict[str, Any]:
        """The oldest reply, after as many more requests have gone out as surely fit.

        Two that both write and do not read would wait for ever. A child that died over a later
        request may have answered this one before: that is seen when the answers end.
        """
        if not self._unanswered:
            self._send(waiting.popleft())
        with suppress(Closed):
            while waiting and sum(self._unanswered) + len(waiting[0]) <= AHEAD_BYTES:
                self._send(waiting.popleft())
        return self._receive()

    def _skip(self) -> None:
        """Read the replies that nobody waits for any more."""
        try:
            while self._unanswered:
                self._receive()
        except (WireError, _Enough) as error:
            self._give_up(error)

    def _message(self, request: tuple[Any, ...]) -> bytes:
        try:
            return message(request, self.limits.message_bytes)
        except TooLarge as error:
            raise SandboxError(f"a request of ours is too large: {error}") from None

    def _send(self, request: bytes) -> None:
        assert self._channel is not None and self._process is not None
        self._unanswered.append(len(request))
        self._channel.send_message(request, _patience(self.limits, self._process))

    def _receive(self) -> dict[str, Any]:
        assert self._channel is not None and self._process is not None
        reply = self._channel.receive(_patience(self.limits, self._process))
        self._unanswered.popleft()
        if not isinstance(reply, dict):
            raise Malformed("a reply is not a dictionary")
        return reply

    def _ready(self) -> bool:
        """A child that has run the history; False when restarts or time are used up."""
        if time.monotonic() - self._began > self.limits.session_seconds:
            self._last_stop = "time"
            return False
        while self._process is None:
            if self._starts > self.limits.restarts:
                return False
            self._start()
            self._replay()
        return True

    def _start(self) -> None:
        self._starts += 1
        try:
            self._process = start_child(self.limits)
            self._channel = Channel(self._process.connection, self.limits.message_bytes)
            hello = self._channel.receive(_clock(START_SECONDS))
        except NoWalls as error:
            raise SandboxError(str(error)) from error
        except (OSError, WireError, _Enough) as error:
            self.close()
            raise SandboxError(f"the child did not start: {error}") from error
        if hello != {"value": "ready"}:
            self.close()
            raise SandboxError("the child did not start: it said something else than ready")

    def _replay(self) -> None:
        """Run the earlier cells; one that stops the child now is left out from here on."""
        for position, request in enumerate(self._history):
            try:
                self._exchange(request)
            except (WireError, _Enough):
                del self._history[position]
                self.close()
                self.deaths += 1
                return


def _as_answer(reply: Mapping[str, Any], stopped: str | None) -> Answer:
    if stopped is not None:
        return Answer(stopped=stopped)
    raised = reply.get("raised")
    return Answer(
        value=reply.get("value"),
        raised=raised if isinstance(raised, Raised) else None,
        changed=_texts(reply.get("changed")),
        strange=_text(reply.get("strange")),
    )


def _clock(seconds: float) -> Callable[[], float]:
    end = time.monotonic() + seconds

    def wait() -> float:
        left = end - time.monotonic()
        if left <= 0:
            raise _Enough("time")
        return left

    return wait


def _patience(limits: Limits, process: ChildProcess) -> Callable[[], float]:
    """Ends a request at its CPU limit, or at ten times that on the clock.

    Most requests are over before the first look, which counts what was used before.
    """
    began = time.monotonic()
    before: float | None = None
    step = min(0.1, limits.cpu_seconds / 4)

    def wait() -> float:
        nonlocal before
        passed = time.monotonic() - began
        if passed > limits.wall_seconds:
            raise _Enough("time")
        if passed > step:
            spent = process.cpu_seconds()
            before = spent if before is None else before
            if spent - before > limits.cpu_seconds:
                raise _Enough("time")
            if process.uses_more_than(limits.memory_bytes):
                raise _Enough("died")
        return step

    return wait


def _text(value: Any) -> str | None:
    """A short printable line, whatever the child sent."""
    if not isinstance(value, str):
        return None
    return "".join(c if c.isprintable() else " " for c in value[:LONGEST_TEXT])


def _texts(value: Any) -> tuple[str, ...]:
    items = value[:20] if isinstance(value, tuple) else ()
    return tuple(text for text in map(_text, items) if text is not None)
