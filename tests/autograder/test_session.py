"""A session: whatever the code in the child does, a request ends, and only values come back."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import psutil
import pytest

from autograder.sandbox import nursery, remedies, spawned, walls
from autograder.sandbox.limits import Limits
from autograder.sandbox.session import SandboxError, Session
from course_lib.checks.values import Answer, Function, Handle

QUICK = Limits(cpu_seconds=1.0, wall_factor=60.0, total_cpu_seconds=60, message_bytes=4_000_000)
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def session() -> Iterator[Session]:
    with Session(QUICK) as shared:
        yield shared


@pytest.fixture
def own_temp(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Children's directories go here, where nobody else's are."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def marked(mark: str) -> list[int]:
    """Processes, dead or alive, that belong to the child with this mark."""
    found = []
    for each in psutil.process_iter():
        try:
            if each.environ().get(spawned.MARK) == mark:
                found.append(each.pid)
        except psutil.Error:
            continue
    return found


class TestCells:
    def test_names_stay_from_cell_to_cell(self, session: Session) -> None:
        assert session.run("import numpy as np\nthree = np.int64(3)").error is None
        assert session.run("four = three + 1").error is None
        assert session.read("four") == Answer(value=4)

    @pytest.mark.parametrize(
        ("code", "error"),
        [
            ("a = 1\n1 / 0", "ZeroDivisionError: division by zero (line 2)"),
            ("nobody", "NameError: name 'nobody' is not defined (line 1)"),
            ("def f(:\n    pass", "SyntaxError: invalid syntax (line 1)"),
            ("if True:\nx = 1", "IndentationError: expected an indented block after 'if' "
             "statement on line 1 (line 2)"),
            ("import sys\nsys.exit()", "SystemExit (line 2)"),
            ("raise KeyboardInterrupt", "KeyboardInterrupt (line 1)"),
            ("class E(BaseException):\n    def __str__(self): 1 / 0\nraise E", "E (line 3)"),
            ("raise ValueError('one\\ntwo')", "ValueError: one (line 1)"),
            ("input()", "EOFError: EOF when reading a line (line 1)"),
        ],
    )
    def test_an_error_is_one_line(self, session: Session, code: str, error: str) -> None:
        ran = session.run(code)
        assert (ran.error, ran.stopped) == (error, None)

    @pytest.mark.parametrize(
        "code",
        [
            "%matplotlib inline\nimport matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.show()",
            "%%time\npass",
            "%load_ext autoreload\n%autoreload 2",
            "%pip install numpy",
            "!rm -rf /nowhere\nfiles = !ls",
            "exit()",
            "import asyncio\nawait asyncio.sleep(0)",
            "from IPython.display import display\ndisplay(3)",
            "three?",
            "",
        ],
    )
    def test_what_a_notebook_allows_does_no_harm(self, session: Session, code: str) -> None:
        assert session.run(code) == session.run("pass")

    def test_output_of_any_size_goes_nowhere(self, session: Session) -> None:
        code = "import os\nprint('x' * 300_000_000)\n" + "os.write(1, b'x' * 10_000_000)\n" * 10
        assert session.run(code).error is None
        assert session.call("show", ("x" * 1_000_000,)) == Answer(value=None)

    def test_null_characters_and_lone_surrogates_are_an_error_of_the_cell(
        self, session: Session
    ) -> None:
        assert session.run("x = 1\0").error is not None
        assert session.run("odd = '\ud800'").stopped is None


@pytest.fixture(scope="module", autouse=True)
def _functions(session: Session) -> None:
    ran = session.run(
        "def add(x, y=1): return x + y\n"
        "def double(x):\n    x *= 2\n    return x\n"
        "def fill(d):\n    d['new'] = 1\n    return d\n"
        "def apply(f, z): return f(z)\n"
        "def fail(x):\n    raise ValueError(f'not {x}')\n"
        "def show(x): print(x)\n"
        "def leave(x):\n    import sys\n    sys.exit(3)\n"
        "def interrupt(x):\n    raise KeyboardInterrupt\n"
        "def deep(x): return deep(x)\n"
        "class Layer:\n"
        "    def __init__(self, weight): self.weight = weight\n"
        "    def forward(self, x): return x @ self.weight\n"
        "short = lambda x: x\n"
    )
    assert ran.error is None


class TestCalls:
    def test_values_go_out_and_come_back(self, session: Session) -> None:
        answer = session.call("add", (np.ones((2, 3)),), {"y": 2})
        assert np.array_equal(answer.value, np.full((2, 3), 3.0))
        assert not answer.value.flags.writeable
        assert session.call("apply", (Function("relu"), -2.0)).value == 0.0

    @pytest.mark.parametrize("size", [1, 100, 100_000], ids=["small", "middling", "large"])
    def test_calls_in_a_row_are_answered_in_their_order(self, session: Session, size: int) -> None:
        # Large requests and replies at once: whoever wrote without reading would wait for ever.
        inputs = [((np.full(size, float(k)),), {"y": k}) for k in range(30)]
        answers = list(session.calls("add", inputs))
        assert [answer.value[-1] for answer in answers] == [2.0 * k for k in range(30)]
        assert all(answer.value.shape == (size,) for answer in answers)

    def test_calls_that_nobody_waits_for_leave_nothing_behind(self, session: Session) -> None:
        given = session.calls("add", [((k,), {}) for k in range(10)])
        assert next(given).value == 1
        assert session.call("add", (20,)).value == 21
        assert list(session.calls("add", [])) == []

    def test_changed_inputs_and_exceptions_are_told(self, session: Session) -> None:
        assert session.call("double", (np.ones(2),)).changed == ("an input",)
        assert session.call("fill", ({},)).changed == ("d",)
        raised = session.call("fail", (3,)).raised
        assert raised is not None
        assert (raised.type, raised.message, raised.line) == ("ValueError", "not 3", 2)
        assert raised.is_a("Exception")

    @pytest.mark.parametrize(
        ("name", "kind"),
        [("leave", "SystemExit"), ("interrupt", "KeyboardInterrupt"), ("deep", "RecursionError"),
         ("nobody", "NameError")],
    )
    def test_no_exception_ends_the_talk(self, session: Session, name: str, kind: str) -> None:
        raised = session.call(name, (1,)).raised
        assert raised is not None
        assert raised.type == kind

    def test_names_are_described(self, session: Session) -> None:
        names = ["add", "short", "Layer", "three", "nobody"]
        session.run("three = 3")
        kinds = ["function", "lambda", "class", "value", "missing"]
        assert [session.describe(name) for name in names] == kinds

    def test_objects_stay_there_and_are_used_by_handle(self, session: Session) -> None:
        layer = session.new("Layer", (np.eye(2) * 3,)).value
        assert isinstance(layer, Handle)
        answer = session.call_handle(layer, "forward", (np.array([1.0, 2.0]),))
        assert answer.value.tolist() == [3.0, 6.0]
        assert session.get_attribute(layer, "weight").value.tolist() == [[3.0, 0.0], [0.0, 3.0]]
        assert session.call_handle(layer, "backward").raised is not None
        assert session.call_handle(Handle(10**6), "forward").raised is not None

    def test_our_version_takes_a_name(self, session: Session) -> None:
        session.run("def weighted_sum(x, w, b): return None")
        session.use_reference("weighted_sum")
        arguments = (np.array([1.0, 2.0]), np.array([3.0, 4.0]), 0.5)
        assert session.call("weighted_sum", arguments).value == 11.5


class TestStops:
    def test_a_stop_costs_its_cell_and_the_rest_is_there_again(self) -> None:
        with Session(QUICK) as session:
            session.run("one = 1")
            assert session.run("while True: pass").stopped == "time"
            session.run("two = one + 1")
            assert session.run("import os\nos._exit(0)").stopped == "died"
            assert session.run("import ctypes\nctypes.string_at(0)").stopped == "died"
            assert session.read("two").value == 2
            assert session.cpu_seconds > 1

    def test_a_stop_in_a_function_is_told_and_the_next_function_is_judged(self) -> None:
        with Session(QUICK) as session:
            session.run(
                "def forever():\n    while True: pass\n"
                "def gone():\n    import os\n    os._exit(0)\n"
                "def flood():\n    return 'x' * 5_000_000\n"
                "def good(): return 1\n"
            )
            session.use_reference("weighted_sum")
            assert session.call("forever").stopped == "time"
            assert session.call("gone").stopped == "died"
            assert session.call("flood").stopped == "message"
            assert session.call("good").value == 1
            assert session.describe("weighted_sum") == "lambda"

    @pytest.mark.parametrize(
        ("body", "stopped"),
        [("while k == 2: pass", "time"), ("k == 2 and os._exit(0)", "died"),
         ("return 'x' * (5_000_000 if k == 2 else 1)", "message")],
        ids=["time", "died", "message"],
    )
    def test_of_calls_in_a_row_the_stopped_one_is_the_last(self, body: str, stopped: str) -> None:
        with Session(QUICK) as session:
            session.run(f"import os\ndef f(k):\n    {body}\ndef g(k): return k")
            answers = list(session.calls("f", [((k,), {}) for k in range(6)]))
            assert [answer.stopped for answer in answers] == [None, None, stopped]
            assert session.deaths == (stopped == "died")
            again = session.calls("g", [((3,), {}), ((4,), {})])
            assert [answer.value for answer in again] == [3, 4]

    def test_what_was_answered_before_a_death_counts(self) -> None:
        with Session(QUICK) as session:
            session.run("import os\ndef f(k, x): k == 2 and os._exit(0); return k")
            assert session._process is not None
            child = session._process.descendants()
            # Three of these are under way at once; the next is sent to a child that is gone.
            answers = session.calls("f", [((k, np.zeros(150)), {}) for k in range(6)])
            first = next(answers)
            assert psutil.wait_procs(child, timeout=60)[0] == child
            assert [each.stopped for each in (first, *answers)] == [None, None, "died"]

    def test_a_child_that_dies_while_nobody_waits_is_noticed(self) -> None:
        with Session(QUICK) as session:
            session.run("import os\ndef f(k): k == 1 and os._exit(0)\nx = 7")
            assert next(session.calls("f", [((k,), {}) for k in range(3)])).stopped is None
            assert session.read("x").value == 7
            assert session.deaths == 1

    def test_a_child_that_sleeps_ends_on_the_clock(self) -> None:
        limits = Limits(cpu_seconds=0.2, wall_factor=1.0)
        with Session(limits) as session:
            assert session.run("import time\ntime.sleep(1000)").stopped == "time"

    def test_work_in_another_process_counts(self) -> None:
        with Session(QUICK) as session:
            busy = "subprocess.Popen([sys.executable, '-c', 'while True: pass'])"
            assert session.run(f"import subprocess, sys\n{busy}").error is None
            child = session._process
            assert child is not None
            for _ in range(5_000):
                if child.cpu_seconds() > child.own_cpu_seconds() + 0.1:
                    break
            else:
                pytest.fail("the work of a process that the child started is not counted")

    def test_each_request_has_the_limit_for_itself(self) -> None:
        with Session(Limits(cpu_seconds=0.6, wall_factor=60.0)) as session:
            busy = ("from time import process_time as used\nend = used() + 0.35\n"
                    "while used() < end: 0")
            assert [session.run(busy).stopped for _ in range(3)] == [None] * 3

    def test_the_limit_for_the_whole_life_is_told_as_time(self) -> None:
        with Session(Limits(cpu_seconds=30.0, total_cpu_seconds=1)) as session:
            assert session.run("while True: pass").stopped == "time"

    def test_restarts_are_limited(self) -> None:
        with Session(Limits(cpu_seconds=1.0, restarts=1)) as session:
            for _ in range(2):
                assert session.run("import os\nos._exit(0)").stopped == "died"
            assert session.run("x = 1").stopped == "died"
            assert session.read("x").stopped == "died"

    def test_the_whole_session_ends_on_the_clock(self) -> None:
        with Session(Limits(session_seconds=0.0)) as session:
            assert session.run("x = 1").stopped == "time"

    def test_a_request_of_ours_that_is_too_large_is_our_fault(self, session: Session) -> None:
        with pytest.raises(SandboxError, match="a request of ours is too large"):
            session.call("add", (np.zeros(1_000_000),))
        assert session.call("add", (1,)).value == 2

    def test_memory_is_limited(self) -> None:
        with Session(Limits(cpu_seconds=5.0, memory_bytes=2 * 2**30)) as session:
            error = session.run("x = bytearray(3 * 2**30)").error
            assert error == "MemoryError (line 1)"

    def test_files_are_limited(self, session: Session) -> None:
        error = session.run("open('big', 'wb').write(b'x' * 40_000_000)").error
        assert error is not None
        assert "File too large" in error


UNWALLED = replace(QUICK, sandbox="none")
LEAVES_MUCH = (
    "import os, time\n"
    "pid = os.fork()\n"
    "if pid == 0:\n"
    "    os.setsid()\n"
    "    if os.fork() == 0:\n"
    "        while True: time.sleep(1000)\n"
    "    os._exit(0)\n"
    "os.waitpid(pid, 0)\n"
)


class TestEnds:
    def test_nothing_is_left_behind(self) -> None:
        with Session(QUICK) as session:
            assert session._process is not None
            warden = psutil.Process(session._process.pid)
            session.run(LEAVES_MUCH)
            family = [warden, *warden.children(recursive=True)]
            assert len(family) == 3
        assert not any(each.is_running() for each in family)

    def test_nothing_is_left_behind_without_walls_either(self, own_temp: Path) -> None:
        with Session(UNWALLED) as session:
            assert isinstance(session._process, spawned.SpawnedChild)
            mark, popen = session._process.mark, session._process.popen
            session.run(f"import subprocess\nsubprocess.Popen(['sleep', '1000'])\n{LEAVES_MUCH}")
            assert len(marked(mark)) >= 3
            assert len(os.listdir(own_temp)) == 1
        assert marked(mark) == []
        assert popen is not None
        assert popen.returncode is not None
        assert os.listdir(own_temp) == []

    def test_a_hostile_directory_is_removed(self, own_temp: Path) -> None:
        with Session(UNWALLED) as session:
            session.run(
                "import os\nos.mkdir('locked')\nopen('locked/file', 'w').close()\n"
                "os.chmod('locked', 0)\nos.symlink('/', 'root')\n"
                "for _ in range(2000):\n    os.mkdir('d')\n    os.chdir('d')\n"
            )
        assert os.listdir(own_temp) == []
        assert Path("/").is_dir()

    @pytest.mark.parametrize("limits", [QUICK, UNWALLED])
    def test_a_child_that_cannot_start_is_our_fault(
        self, limits: Limits, own_temp: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(spawned, "CHILD", Path("/nowhere/child.py"))
        monkeypatch.setattr(nursery, "ZYGOTE", Path("/nowhere/zygote.py"))
        monkeypatch.setattr(nursery, "_nurseries", {})
        monkeypatch.setattr(walls, "_refused", lambda process: None)
        with pytest.raises(SandboxError, match=r"did not start|ended before it could be used"):
            Session(limits).run("x = 1")
        assert os.listdir(own_temp) == []

    def test_where_a_socket_cannot_be_inherited_the_child_calls_back(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(spawned, "INHERITS_SOCKETS", False)
        with Session(UNWALLED) as session:
            session.run("x = 6 * 7")
            assert session.read("x").value == 42

    def test_the_results_say_what_confines_the_child(self) -> None:
        assert Session(QUICK).confinement.startswith("isolated")
        assert Session(UNWALLED).confinement.startswith("none, as it was asked for")

    @pytest.mark.parametrize(("platform", "word"), [("darwin", "container"), ("win32", "WSL2")])
    def test_without_walls_it_refuses_and_says_what_to_do(
        self, platform: str, word: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for module in (walls, remedies):    # Python itself must not take this for Windows
            monkeypatch.setattr(module, "sys", SimpleNamespace(platform=platform))
        assert walls.level_for_own_code() == "none"
        with pytest.raises(SandboxError, match=rf"(?s){word}.*--sandbox=none"):
            Session(QUICK).run("x = 1")

    def test_code_of_ours_runs_behind_walls_where_there_are_some(self) -> None:
        assert walls.level_for_own_code() == "isolated"
