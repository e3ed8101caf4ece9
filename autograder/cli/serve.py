"""`serve`: watch a folder, grade what arrives, give feedback within seconds."""

from __future__ import annotations

import argparse
import os
import signal
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from autograder.catalogue import Topic
from autograder.cli.course import autograde_app, gradebook_is_there, topics_of
from autograder.cli.stop import Stop
from autograder.sandbox.limits import LEVELS

STATE = ".serving"
POLL, BUSY = 1.0, 0.1  # seconds between two looks: nothing to wait for, something not yet whole
LEAST_BETWEEN = 0.02  # however often the kernel tells that something changed


def add(commands: Any) -> None:
    """Declare the command."""
    parser = commands.add_parser("serve", help="grade what arrives in a folder, until Ctrl-C")
    parser.add_argument("--inbox", type=Path, required=True, metavar="DIR",
                        help="holds STUDENT/TOPIC.ipynb; or the exchange's inbound folder")
    parser.add_argument("--outbox", type=Path, metavar="DIR",
                        help="for the feedback (default: outbox beside the inbox)")
    parser.add_argument("--most", type=int, default=10, metavar="N",
                        help="hand-ins of one student that are graded within --minutes")
    parser.add_argument("--minutes", type=float, default=10.0, metavar="M")
    parser.add_argument("--waiting", type=int, default=1_000, metavar="N",
                        help="hand-ins taken at a time; more stay in the inbox (default: 1000)")
    parser.add_argument("--workers", type=int, default=0, metavar="N",
                        help="grading processes (default: one for each core)")
    parser.add_argument("--cpu-seconds", type=float, default=10.0, metavar="S",
                        help="limit for one cell or one call")
    parser.add_argument("--sandbox", choices=LEVELS, default="isolated",
                        help="how students' code is confined")
    parser.add_argument("--once", action="store_true", help="end when nothing is left to do")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Serve until a signal comes, then say what became of everything."""
    if min(args.most, args.minutes, args.waiting) <= 0:
        raise Stop("--most, --minutes and --waiting must be more than 0.")
    if not args.inbox.is_dir():
        raise Stop(f"{args.inbox} is not there, or is no folder.")
    app = autograde_app(args.course)
    if not gradebook_is_there(app.coursedir.db_url):
        raise Stop("There is no gradebook yet; nbgrader generate_assignment TOPIC makes it.")
    state = args.course / STATE
    with ExitStack() as stack:
        stack.enter_context(_alone(state))
        return _serve(args, app, state, stack)


@contextmanager
def _alone(state: Path) -> Iterator[None]:
    """Two servers on one journal would grade everything twice."""
    try:
        import fcntl
    except ImportError:
        raise Stop("serve needs Linux, as grading does.") from None
    state.mkdir(exist_ok=True)
    with open(state / "lock", "w", encoding="ascii") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise Stop(f"Another server is at work here already ({state}).") from None
        yield


def _serve(args: argparse.Namespace, app: Any, state: Path, stack: ExitStack) -> int:
    from autograder.grading.secret import course_secret
    from autograder.sandbox.limits import Limits
    from autograder.sandbox.selftest import self_test
    from autograder.sandbox.walls import NoWalls
    from autograder.serving.crew import CannotGrade, Crew
    from autograder.serving.inbox import Inbox
    from autograder.serving.journal import Journal
    from autograder.serving.pace import Pace, Rate
    from autograder.serving.record import GradebookRecorder
    from autograder.serving.server import Server
    from autograder.serving.spool import Spool
    from autograder.serving.wake import Wake

    limits = Limits(cpu_seconds=args.cpu_seconds, sandbox=args.sandbox)
    try:
        _say(self_test(limits))
    except NoWalls as error:
        raise Stop(str(error)) from None
    recorder = stack.enter_context(GradebookRecorder(app))
    topics = _by_name([each for each in topics_of(args.course, []) if recorder.released(each)])
    if not topics:
        raise Stop("No topic is released; nbgrader generate_assignment TOPIC does it.")
    journal = Journal(state / "journal.db")
    stack.callback(journal.close)
    wake = Wake()
    stack.callback(wake.close)
    crew = Crew(args.workers or _cores(), course_secret(args.course), limits, time.monotonic)
    stack.callback(crew.end)
    crew.warm(next(iter(topics.values())))
    if wake.descriptor is not None:
        crew.watch(wake.descriptor)
    rate = Rate(args.most, 60 * args.minutes)
    server = Server(
        Inbox(args.inbox, topics.get), Spool(state / "spool"), journal, crew, recorder,
        Pace(rate, journal.starts(time.time() - rate.seconds)),
        args.outbox or args.inbox.resolve().parent / "outbox", _say, args.waiting,
    )
    _say(f"watching {args.inbox}; feedback goes to {server.outbox}; Ctrl-C ends")
    try:
        _until_told(server, wake, once=args.once)
    except CannotGrade as error:
        raise Stop(str(error)) from None
    counts = journal.counts()
    told = ", ".join(f"{number} {name}" for name, number in sorted(counts.items()))
    _say(f"ended; {told or 'nothing arrived'}. What waits is graded at the next start.")
    return 0


def _until_told(server: Any, wake: Any, *, once: bool) -> None:
    """Look and grade until a signal comes; with `once` also until nothing is left."""
    ended: list[int] = []
    before = {each: signal.signal(each, lambda number, frame: ended.append(number))
              for each in (signal.SIGINT, signal.SIGTERM)}
    try:
        while not ended:
            began = time.monotonic()
            wake.watch(server.inbox.folders())
            busy = server.running or server.settling.waits() or server.stuck
            server.step(BUSY if busy else POLL)
            wake.heard()
            if once and server.idle:
                return
            # A look at a large inbox may cost; a student who keeps touching a file must not.
            rest = began + LEAST_BETWEEN - time.monotonic()
            if rest > 0:
                time.sleep(rest)
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)


def _by_name(topics: list[Topic]) -> dict[str, Topic]:
    """Topics by every name that Catalogue.topic knows."""
    return {name: each for each in topics
            for name in (each.slug, each.module, each.slug.partition("_")[0])}


def _cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _say(line: str) -> None:
    print(f"{time.strftime('%H:%M:%S')} {line}", flush=True)
