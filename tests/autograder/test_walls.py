"""The walls: what a child sees, may do, and leaves behind."""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any

import psutil
import pyseccomp
import pytest

from autograder.bundle import student_files
from autograder.catalogue import ROOT
from autograder.sandbox import zygote
from autograder.sandbox.nursery import Nursery, NurseryError, nursery
from autograder.sandbox.session import Session
from autograder.sandbox.syscalls import REFUSED
from course_lib.checks import cases, tripwire
from tests.autograder.small_course import QUICK


@pytest.fixture(scope="module")
def session() -> Iterator[Session]:
    with Session(QUICK) as shared:
        yield shared


def value(session: Session, code: str) -> Any:
    """What `found` is after this code."""
    ran = session.run(code)
    assert (ran.error, ran.stopped) == (None, None)
    return session.read("found").value


def test_the_room_holds_student_files_python_and_libraries(session: Session) -> None:
    seen = value(
        session,
        "import os, sys\n"
        f"top = {str(ROOT)!r}\n"
        "found = sorted(os.path.relpath(os.path.join(folder, name), top)\n"
        "    for folder, _, names in os.walk(top) for name in names\n"
        "    if not folder.startswith(sys.prefix))\n",
    )
    assert seen == [path.as_posix() for path in student_files()]
    assert set(value(session, "found = os.listdir('/')")) <= {
        "dev", "etc", "lib", "lib64", "scratch", "tmp", "usr",
        *(path.parts[1] for path in (ROOT, *map(Path, value(session, "found = sys.path")))
          if len(path.parts) > 1),
    }
    assert value(session, "found = os.listdir('/etc')") == ["passwd"]


@pytest.mark.parametrize(
    "path",
    [
        "/etc/shadow", "/etc/hostname", "/proc/self/status", "/proc/1/environ", "/sys/kernel",
        "/home", "/var", "/dev/sda", "/dev/mem", "/dev/kmsg", "/bin/sh", "/usr/bin/env",
        str(ROOT / "solutions"), str(ROOT / "autograder"), str(ROOT / ".git"),
        str(ROOT / ".course_secret"), str(ROOT / "gradebook.db"),
    ],
)
def test_what_is_not_public_is_not_there(session: Session, path: str) -> None:
    assert value(session, f"import os\nfound = os.path.lexists({path!r})") is False


@pytest.mark.parametrize("path", [
    str(ROOT / "course_lib" / "functional" / "linear.py"), str(ROOT / "new"), "/new",
    "/usr/lib/new", os.__file__, psutil.__file__, "/etc/passwd", "/dev/new",
])
def test_nothing_but_the_own_corner_can_be_written(session: Session, path: str) -> None:
    error = session.run(f"open({path!r}, 'a')").error
    assert error is not None
    assert error.startswith(("OSError: [Errno 30]", "PermissionError"))
    assert session.run("open('/scratch/work/mine', 'w').write('x')").error is None


def test_the_corner_is_small_and_gone_with_the_child() -> None:
    fill = (
        "n = 0\n"
        "try:\n"
        "    while True:\n"
        "        open(f'/scratch/work/{n}', 'wb').write(b'x' * 8_000_000)\n"
        "        n += 1\n"
        "except OSError as error:\n"
        "    found = [n, error.errno]\n"
    )
    files = fill.replace("b'x' * 8_000_000", "b''")
    with Session(QUICK) as session:
        assert value(session, fill) == [8, 28]
    with Session(QUICK) as session:
        count, error = value(session, files)
        assert 9_000 < count < 10_001
        assert error == 28
    with Session(QUICK) as session:
        assert value(session, "import os\nfound = os.listdir('/scratch/work')") == []


def test_there_is_no_network_and_no_way_to_ask_for_one(session: Session) -> None:
    error = session.run("import socket\nsocket.create_connection(('127.0.0.1', 1), 1)").error
    assert error is not None
    assert error.startswith("PermissionError")
    assert session.run("pair = socket.socketpair()\npair[0].send(b'x')").error is None


@pytest.mark.parametrize("kind", ["ipc", "mnt", "net", "pid_for_children", "uts"])
def test_every_child_has_namespaces_of_its_own(session: Session, kind: str) -> None:
    """Two walls stand in most places; this one is looked at with the filter out of the way."""
    with Session(QUICK) as other:
        assert session._process is not None
        assert other._process is not None
        pids = (os.getpid(), session._process.pid, other._process.pid)
        seen = [Path(f"/proc/{pid}/ns/{kind}").readlink() for pid in pids]
    assert len(set(seen)) == 3


def test_no_right_is_left(session: Session) -> None:
    assert value(session, "import os\nfound = os.getuid()") not in (0, os.getuid())
    for number in (0, os.getuid()):
        # Inside a user namespace the number is not even known.
        refused = ("PermissionError", "OSError: [Errno 22]")
        assert str(session.run(f"os.setuid({number})").error).startswith(refused)
    assert "PermissionError" in str(session.run("os.chroot('/scratch')").error)
    assert "PermissionError" in str(session.run("os.mknod('/scratch/x', 0o60600, 1)").error)
    assert "PermissionError" in str(session.run("os.mkfifo('/scratch/f')").error)
    assert "PermissionError" in str(session.run("os.nice(-5)").error)


@pytest.mark.parametrize("name", [
    "bpf", "io_uring_setup", "keyctl", "mount", "perf_event_open", "ptrace", "setns", "unshare",
    "userfaultfd", "process_vm_readv", "memfd_create", "open_by_handle_at", "shmget",
])
def test_calls_of_the_kernel_are_refused(session: Session, name: str) -> None:
    assert name in REFUSED
    number = pyseccomp.resolve_syscall(pyseccomp.Arch.NATIVE, name)
    code = (
        "import ctypes\nlibc = ctypes.CDLL(None, use_errno=True)\n"
        f"found = [libc.syscall({number}, 0, 0, 0, 0, 0, 0), ctypes.get_errno()]"
    )
    assert value(session, code) == [-1, 1]


def test_new_namespaces_are_refused_and_threads_and_forks_are_not(session: Session) -> None:
    clone = 56 if os.uname().machine == "x86_64" else 220
    code = (
        "import ctypes, os, threading\nlibc = ctypes.CDLL(None, use_errno=True)\n"
        f"found = [libc.syscall({clone}, 0x10000000 | 17, 0, 0, 0, 0), ctypes.get_errno()]"
    )
    assert value(session, code) == [-1, 1]
    code = (
        "done = []\n"
        "worker = threading.Thread(target=done.append, args=(1,))\nworker.start(); worker.join()\n"
        "pid = os.fork()\n"
        "if pid == 0:\n    os._exit(7)\n"
        "found = [done, os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])]"
    )
    assert value(session, code) == [[1], 7]


BOMB = (
    "import os, time\nfound = 0\n"
    "try:\n"
    "    while True:\n"
    "        if os.fork() == 0:\n            time.sleep(1000)\n"
    "        found += 1\n"
    "except BlockingIOError:\n    pass\n"
)


def test_a_fork_bomb_stays_small_and_takes_nothing_from_others() -> None:
    with Session(QUICK) as session, Session(QUICK) as other:
        taken = value(session, BOMB)
        assert QUICK.processes - 8 <= taken <= QUICK.processes
        assert value(other, BOMB) == taken


def test_children_differ_in_what_is_random() -> None:
    code = (
        "import random, numpy\nfound = [random.random(), float(numpy.random.random()),"
        " float(numpy.random.default_rng().random())]"
    )
    seen = []
    for _ in range(3):
        with Session(QUICK) as session:
            seen.append(value(session, code))
    assert all(len(set(column)) == 3 for column in zip(*seen, strict=True))


def test_one_child_leaves_nothing_for_the_next() -> None:
    spoil = (
        "import numpy, course_lib.functional as functional, builtins\n"
        "numpy.sum = functional.relu = builtins.len = None\nleft = 1\n"
        "import sys\nsys.modules['json'] = None\n"
    )
    with Session(QUICK) as session:
        assert session.run(spoil).error is None
    with Session(QUICK) as session:
        assert session.run(
            "import json, numpy, course_lib.functional as functional\n"
            "assert len([float(numpy.sum([1, 2])), functional.relu]) == 2 and functional.relu"
        ).error is None
        assert session.describe("left") == "missing"


@pytest.mark.slow
def test_no_process_is_left_after_two_hundred_kills() -> None:
    def one(_: int) -> None:
        with Session(QUICK) as session:
            session.run("import os, time\nfor _ in range(3):\n    if os.fork() == 0:\n"
                        "        os.setsid()\n        time.sleep(1000)")

    zygote = psutil.Process(nursery()._door.pid).children()[0]
    before = zygote.children(recursive=True)
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(one, range(200)))
    assert zygote.children(recursive=True) == before


def test_the_zygote_ends_with_the_grader() -> None:
    """Its socket closes, so it ends, and with it whoever it forked."""
    import subprocess
    import sys

    code = (
        "import os\n"
        "from autograder.sandbox.session import Session\n"
        "from autograder.sandbox.nursery import nursery\n"
        "session = Session()\nsession.run('import os\\nos.fork()')\n"
        "import psutil\n"
        "family = psutil.Process(nursery()._door.pid)\n"
        "print(*[p.pid for p in [family, *family.children(recursive=True)]], flush=True)\n"
        "os.kill(os.getpid(), 9)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True,
                          check=False)
    pids = [int(word) for word in done.stdout.split()]
    assert len(pids) >= 4
    _, alive = psutil.wait_procs([psutil.Process(pid) for pid in pids if psutil.pid_exists(pid)],
                                 timeout=20)
    assert alive == []


def test_a_grader_that_shares_a_zygote_ends_with_its_children_and_leaves_the_others() -> None:
    """Its own socket closes; the children of whoever else asks that zygote go on."""
    import subprocess
    import sys

    shared = nursery().share()
    code = (
        "import os, socket, sys\n"
        "from autograder.sandbox.nursery import join, nursery\n"
        "from autograder.sandbox.session import Session\n"
        "join(socket.socket(fileno=int(sys.argv[1])))\n"
        "session = Session()\nsession.run('import os\\nos.fork()')\n"
        "assert nursery()._door is None and nursery().alive\n"
        "print(session._process.pid, flush=True)\n"
        "os.kill(os.getpid(), 9)\n"
    )
    with Session(QUICK) as ours, shared:
        assert ours.run("kept = 7").error is None
        done = subprocess.run(
            [sys.executable, "-c", code, str(shared.fileno())], cwd=ROOT, capture_output=True,
            text=True, check=False, pass_fds=[shared.fileno()])
        shared.close()
        with suppress(psutil.NoSuchProcess):
            psutil.Process(int(done.stdout)).wait(20)  # a warden: none of its namespace is left
        assert ours.read("kept").value == 7


def test_a_shared_zygote_that_is_gone_is_known_to_be() -> None:
    home = Nursery()
    borrowed = Nursery(shared=home.share())
    assert borrowed.alive
    psutil.Process(home._door.pid).children()[0].kill()  # type: ignore[union-attr]
    home.close()
    assert not borrowed.alive
    with pytest.raises(NurseryError, match="The sandbox is gone"):
        borrowed.begin(QUICK)
    borrowed.close()


def test_a_broken_topic_fails_where_somebody_asks_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    asked, prepared = cases.declarations, []

    def declarations(topic: str) -> list[cases.Declaration]:
        if topic == cases.topics()[0]:
            raise ValueError("half written")
        return asked(topic)

    monkeypatch.setattr(cases, "declarations", declarations)
    monkeypatch.setattr(tripwire, "prepare", lambda references: prepared.extend(references))
    zygote.load_exercises()
    whole = [each.reference for topic in cases.topics()[1:] for each in asked(topic)
             if isinstance(each, cases.Exercise)]
    assert prepared == whole
