"""Hostile code in a session: it forges, floods and looks around, and only values come back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from autograder.sandbox.environment import PASSED_ON
from autograder.sandbox.session import Session
from course_lib.checks.values import Answer, Raised
from tests.autograder.small_course import QUICK

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def session() -> Iterator[Session]:
    with Session(QUICK) as shared:
        yield shared


@pytest.mark.parametrize(
    ("body", "strange"),
    [
        ("class Same:\n    def __eq__(self, other): return True\n"
         "def f(): return Same()", "a Same object"),
        ("class Same(float):\n    def __eq__(self, other): return True\n"
         "def f(): return Same(3)", "a Same object"),
        ("import numpy as np\nclass A(np.ndarray): pass\n"
         "def f(): return np.ones(2).view(A)", "a A, a subclass of ndarray"),
        ("class Forged:\n    __array_interface__ = {'shape': (10**9,), 'typestr': '<f8',"
         " 'data': (0, False), 'version': 3}\ndef f(): return Forged()", "a Forged object"),
        ("import numpy as np\ndef f(): return np.array([{}], dtype=object)",
         "an array of dtype object"),
        ("def f(): return print", "a builtin_function_or_method object"),
        ("def f():\n    loop = []\n    loop.append(loop)\n    return loop",
         "a value nested more than 40 deep"),
        ("class Liar:\n    @property\n    def __class__(self): return float\n"
         "def f(): return Liar()", "a Liar object"),
        ("def f(): return (x for x in [1])", "a generator object"),
    ],
)
def test_objects_are_described_and_stay_there(
    session: Session, body: str, strange: str
) -> None:
    session.run(body)
    answer = session.call("f")
    assert (answer.value, answer.strange, answer.stopped) == (None, strange, None)


def test_a_patched_library_and_patched_asserts_forge_values_at_most() -> None:
    with Session(QUICK) as session:
        session.run(
            "import numpy.testing, course_lib.checks.judge as judge, sys\n"
            "numpy.testing.assert_allclose = lambda *a, **k: None\n"
            "judge.judge = judge.judge_answer = lambda *a, **k: True\n"
            "import course_lib.checks.calling as calling\n"
            "class Passed: ok = passed = True\n"
            "calling.answer_of_call = lambda *a: Passed()\n"
            "def f(): return 1\n"
        )
        answer = session.call("f")
        assert not answer.has_value
        assert "passed" not in vars(answer)


@pytest.mark.parametrize(
    "reply",
    [
        "['a', 'list']",
        "{'value': 1, 'raised': {'type': 3}, 'changed': 7, 'strange': ['x']}",
        "{'raised': 'x' * 100000, 'strange': '\\x1b[2J' * 1000, 'changed': ('y',) * 10000}",
        "{'stopped': {'a': ()}}",
        "None",
    ],
)
def test_a_forged_reply_is_read_as_data(reply: str) -> None:
    with Session(QUICK) as session:
        session.run(
            "import gc, sys\n"
            "wire = sys.modules['course_wire']\n"
            "talk = next(o for o in gc.get_objects() if isinstance(o, wire.Channel))\n"
            "send = talk.send\n"
            f"def f():\n    talk.send = lambda value: send({reply})\n"
        )
        answer = session.call("f")
        assert isinstance(answer, Answer)
        assert answer.raised is None or isinstance(answer.raised, Raised)
        assert len(answer.strange or "") <= 500
        assert (answer.strange or "").isprintable()
        assert len(answer.changed) <= 20


def test_noise_on_the_wire_ends_the_child_and_not_the_session() -> None:
    with Session(QUICK) as session:
        session.run("def ok(): return 5\n")
        session.run(
            "import os\n"
            "def noise():\n"
            "    for fd in range(3, 50):\n"
            "        try: os.write(fd, b'\\x00' * 7 + b'\\x09' + b'{\"pickle\"')\n"
            "        except OSError: pass\n"
        )
        assert session.call("noise").stopped == "message"
        assert session.call("ok").value == 5


def test_the_child_holds_nothing_of_the_grader(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    session.run(
        "import os, sys\n"
        "modules = sorted(sys.modules)\n"
        "path = [str(p) for p in sys.path]\n"
        "variables = dict(os.environ)\n"
        "here = [os.getcwd(), *os.listdir()]\n"
    )
    modules = session.read("modules").value
    assert not [name for name in modules if name.partition(".")[0] == "autograder"]
    assert "course_lib" in modules
    assert "" not in session.read("path").value
    assert session.run("import autograder").error == (
        "ModuleNotFoundError: No module named 'autograder' (line 1)"
    )
    assert session.read("here").value == ["/scratch/work"]
    monkeypatch.setenv("COURSE_SECRET", "x" * 40)
    with Session(QUICK) as other:
        other.run("import os\nvariables = dict(os.environ)")
        variables = other.read("variables").value
    assert not {"COURSE_SECRET", "PYTHONPATH", "USER"} & set(variables)
    assert set(variables) <= {
        "PATH", "LANG", "LC_CTYPE", "HOME", "TMPDIR", "IPYTHONDIR", "MPLCONFIGDIR", "MPLBACKEND",
        "PYTHONHASHSEED", "OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS",
        "VECLIB_MAXIMUM_THREADS", *PASSED_ON,
    }


def test_check_in_a_cell_of_the_students_puts_nothing_under_a_name(
    session: Session
) -> None:
    session.run(
        "from course_lib.checks import check, case\n"
        "def weighted_sum(x, w, b): return 'mine'\n"
        "check('weighted_sum')\n"
    )
    assert session.call("weighted_sum", (1, 2, 3)).value == "mine"
