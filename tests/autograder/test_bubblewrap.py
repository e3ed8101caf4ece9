"""The walls of bubblewrap, forced: what holds behind the zygote's holds behind these."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import psutil
import pytest

from autograder.bundle import student_files
from autograder.catalogue import ROOT, Topic
from autograder.grading.grade import grade_one
from autograder.sandbox.bubblewrap import BubblewrapChild
from autograder.sandbox.session import Session
from tests.autograder.attacking import CANARY, TIGHT, attacks
from tests.autograder.small_course import POINTS, QUICK, SECRET, SLUG, handed_in
from tests.autograder.test_attacks import carried_out

# Nothing is preloaded here: a cell that imports Matplotlib takes a second by itself.
WRAPPED = replace(QUICK, sandbox="bubblewrap", cpu_seconds=5.0)
ATTACKS = ["a07_read_solutions", "a08_own_score", "a25_network", "a26_write_outside", "a32_daemon",
           "descriptors", "file_locks", "fork_bomb", "proc_and_sys", "ptrace_of_siblings",
           "raw_system_calls", "shared_memory", "signals_to_everyone", "site_packages"]


@pytest.fixture(scope="module")
def session() -> Iterator[Session]:
    with Session(WRAPPED) as shared:
        yield shared


def value(session: Session, code: str) -> Any:
    ran = session.run(code)
    assert (ran.error, ran.stopped) == (None, None)
    return session.read("found").value


def test_the_same_files_are_in_the_room(session: Session) -> None:
    seen = value(session, (
        "import os, sys\n"
        f"top = {str(ROOT)!r}\n"
        "found = sorted(os.path.relpath(os.path.join(folder, name), top)\n"
        "    for folder, _, names in os.walk(top) for name in names\n"
        "    if not folder.startswith(sys.prefix))\n"
    ))
    assert seen == [path.as_posix() for path in student_files()]
    assert value(session, "found = sorted(os.listdir('/etc') + os.listdir('/dev'))") == [
        "full", "null", "passwd", "random", "shm", "urandom"
    ]
    absent = ["/proc", "/sys", "/home", "/var", "/bin/sh", str(ROOT / "autograder"),
              str(ROOT / "solutions"), str(ROOT / ".git")]
    assert value(session, f"found = [p for p in {absent} if os.path.lexists(p)]") == []


def test_a_child_has_namespaces_of_its_own(session: Session) -> None:
    assert isinstance(session._process, BubblewrapChild)
    inner = session._process.descendants()[-1].pid
    for kind in ("ipc", "mnt", "net", "pid", "uts"):
        seen = [Path(f"/proc/{pid}/ns/{kind}").readlink() for pid in (os.getpid(), inner)]
        assert seen[0] != seen[1], kind


def test_the_corner_is_small_and_gone_with_the_child(session: Session) -> None:
    fill = ("n = 0\ntry:\n    while True:\n        open(f'{n}', 'wb').write(b'x' * 8_000_000)\n"
            "        n += 1\nexcept OSError as error:\n    found = [n, error.errno]\n")
    with Session(WRAPPED) as other:
        assert value(other, fill) == [8, 28]
    assert "0" not in value(session, "import os\nfound = os.listdir('/scratch/work')")


def test_functions_and_figures_work(session: Session) -> None:
    session.run("import numpy as np\nimport matplotlib.pyplot as plt\n"
                "def f(x):\n    plt.plot(x)\n    return np.asarray(x) * 2\n")
    assert session.call("f", (np.arange(3),)).value.tolist() == [0, 2, 4]
    assert session.confinement.startswith("bubblewrap")


@pytest.mark.slow
def test_what_stops_a_child_is_told_and_a_fresh_one_goes_on() -> None:
    with Session(WRAPPED) as session:
        session.run("def f(): return 7\ndef hang():\n    while True: pass\n"
                    "def die():\n    import os; os._exit(3)\n")
        assert session.call("die").stopped == "died"
        assert session.call("hang").stopped == "time"
        assert session.call("f").value == 7


@pytest.mark.slow
def test_no_process_is_left() -> None:
    def one(_: int) -> None:
        with Session(WRAPPED) as session:
            session.run("import os, time\nfor _ in range(3):\n    if os.fork() == 0:\n"
                        "        os.setsid()\n        time.sleep(1000)")

    before = set(psutil.Process().children(recursive=True))
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(one, range(6)))
    assert set(psutil.Process().children(recursive=True)) <= before


@pytest.mark.slow
def test_a_result_is_the_same_but_for_the_stamp(small_topic: Topic, tmp_path: Path) -> None:
    path = tmp_path / f"{SLUG}.ipynb"
    wrong = {"weighted_sum": "def weighted_sum(x, w, b):\n    return float(np.dot(x, w))"}
    path.write_text(json.dumps(handed_in(wrong)), encoding="utf-8")
    one, other = (
        grade_one(path, student="ada", topic=small_topic, secret=SECRET, limits=limits)
        for limits in (QUICK, WRAPPED)
    )
    assert other == replace(one, sandbox=other.sandbox)
    assert other.sandbox != one.sandbox
    assert '"bubblewrap: own namespaces' in other.to_json()


@pytest.mark.slow
@pytest.mark.parametrize("name", ATTACKS)
def test_an_attack_comes_to_nothing_here_too(
    small_topic: Topic, tmp_path: Path, name: str
) -> None:
    attack = attacks("notebook")[name]
    limits = replace(attack.limits, sandbox="bubblewrap", processes=TIGHT.processes)
    limited = replace(attack, limits=limits)
    outcome = carried_out(limited, small_topic, tmp_path)
    if outcome.result.died:  # as grading does: once more, alone, and that one counts
        again = tmp_path / "again"
        again.mkdir()
        outcome = carried_out(limited, small_topic, again)
    assert outcome.result.score == sum(POINTS[each] for each in attack.expected)
    if attack.finds is not None:
        assert outcome.found.value == attack.finds
    assert CANARY not in str(outcome.found) + outcome.page + outcome.result.to_json()
    assert outcome.planted.contents() == outcome.planted.before
    assert outcome.planted.traces() == []
    assert outcome.honest.score == outcome.honest.max_score
