"""No hidden input or expected value reaches anything that a student can see, in any spelling."""

from __future__ import annotations

import base64
import io
import json
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import numpy as np
import pytest

from autograder.checks.hidden import hidden_cases
from autograder.grading.secret import rng_for
from course_lib.checks.cases import Exercise, declaration
from tests.autograder.mini_course import TOPIC, MiniCourse
from tests.autograder.small_course import Grade

SECRET = b"a secret that the tests know, long enough"
# Tells every input it ever saw, in many spellings: in texts, names of types, and values.
# The last lines try to tell another child, by locks on a file that both of them see.
TELL = """
import base64, fcntl, io, json, pathlib, struct
import numpy as np
seen = []
shared = open(json.__file__, "rb")
def lock(command, kind, start):
    asked = struct.pack("hhqqi4x", kind, 0, start, 1, 0)
    return struct.unpack("hhqqi4x", fcntl.fcntl(shared, command, asked))[0]
def tell_by_locks():
    for position, letter in enumerate(spelled().encode()[:200]):
        for bit in range(8):
            if letter >> bit & 1:
                try: lock(fcntl.F_SETLK, fcntl.F_RDLCK, 8 * position + bit)
                except OSError: pass
def told_by_locks():
    try:
        return bytes(sum((lock(fcntl.F_GETLK, fcntl.F_WRLCK, 8 * k + bit) != fcntl.F_UNLCK) << bit
                         for bit in range(8)) for k in range(200)).decode("latin-1")
    except OSError:
        return spelled()
def spelled():
    numbers = np.concatenate([np.ravel(np.asarray(x, float)) for x in seen]) if seen else [0.0]
    numbers = np.asarray(numbers)[-6:]
    file = io.BytesIO()
    np.save(file, numbers)
    return " ".join([
        repr(list(numbers)), json.dumps(list(map(float, numbers))), numbers.tobytes().hex(),
        numbers.astype(np.float32).tobytes().hex(), base64.b64encode(file.getvalue()).decode(),
    ])
"""
LEAKS = {
    "raises": "    raise ValueError(spelled())",
    "type": "    raise type(spelled(), (Exception,), {})()",
    "returns": "    return spelled()",
    "array": "    return np.concatenate([np.ravel(np.asarray(each, float)) for each in seen])",
    "last": "    return float(np.ravel(np.asarray(seen[0], float))[0])",
    "strange": "    return type(spelled(), (), {})()",
    "prints": "    print(spelled())\n    return 0.0",
    "locks": "    tell_by_locks()\n    raise ValueError(told_by_locks())",
    "files": "    pathlib.Path('/scratch/told').write_text(spelled())\n"
             "    raise ValueError(pathlib.Path('/scratch/told').read_text())",
}


def leaky(how: str) -> str:
    return f"{TELL}\ndef weighted_sum(x, w, b):\n    seen.extend([x, w, b])\n{LEAKS[how]}\n"


def spellings(number: float) -> Iterator[bytes]:
    """The number as text and as bits, in every alignment that base64 knows."""
    for text in (repr(number), json.dumps(number), f"{number:.6g}", f"{number:.8f}"):
        yield text.encode()
    for text in (number.hex(), f"{number:.12e}", repr(number)[::-1]):
        yield text.encode()
    for wide in ("utf-16-le", "utf-16-be", "utf-32-le"):
        yield repr(number).encode(wide)
    yield base64.b64encode(repr(number).encode()).rstrip(b"=")[:-1]
    for kind in ("<f4", "<f8", ">f8"):
        raw = np.array(number, kind).tobytes()
        yield raw.hex().encode()
        if len(raw) == 8:
            yield raw
            yield base64.b85encode(raw)
            yield str(int.from_bytes(raw, "little")).encode()
        for shift in range(3) if len(raw) == 8 else ():  # fewer letters are found by chance
            whole = base64.b64encode(b"\0" * shift + raw + b"\0" * 3)
            yield whole[-(-shift * 8 // 6) : (shift + len(raw)) * 8 // 6]


def hidden_numbers(student: str, assignment: str = TOPIC, secret: bytes = SECRET) -> set[float]:
    """Inputs and expected values of one student that do not stand in a public case as well."""
    declared = declaration("weighted_sum")
    assert isinstance(declared, Exercise)

    def numbers(cases: object) -> set[float]:
        found = set()
        for case in cases:  # type: ignore[attr-defined]
            for value in (*case.args, declared.expected(case).value):
                found |= {float(each) for each in np.ravel(np.asarray(value, float))}
        return found

    rng = rng_for(secret, assignment, student, "weighted_sum")
    hidden = numbers(hidden_cases("weighted_sum", rng)) - numbers(declared.cases())
    return {number for number in hidden if len(repr(number)) > 8}  # 1.0 stands everywhere


@pytest.fixture(scope="module")
def shown(new_course: Callable[[], MiniCourse]) -> dict[str, bytes]:
    """For each leaky student all bytes of feedback, graded notebook, comments and log."""
    course = new_course()
    (course.root / ".course_secret").write_bytes(SECRET)
    for how in LEAKS:
        course.hand_in(how, course.solved(leaky(how)))
    log = io.StringIO()
    with redirect_stdout(log), redirect_stderr(log):
        assert course.autograde() == 0
        course.nbgrader("generate_feedback", TOPIC)
    comments = []
    with course.api().gradebook as book:
        for how in LEAKS:
            found = book.find_submission_notebook(TOPIC, TOPIC, how)
            comments += [str(each.auto_comment) for each in found.comments]
    common = "\n".join([log.getvalue(), *comments]).encode()
    return {how: common + b"".join(_files(course.root, how)) for how in LEAKS}


def _files(root: Path, student: str) -> Iterator[bytes]:
    for step in ("autograded", "feedback"):
        for path in sorted((root / step / student).rglob("*")):
            if path.is_file():
                yield path.read_bytes()


@pytest.mark.parametrize("how", LEAKS)
def test_no_spelling_of_a_hidden_number_is_shown(shown: dict[str, bytes], how: str) -> None:
    numbers = hidden_numbers(how)
    assert len(numbers) > 10
    leaked = {n for n in numbers for spelled in spellings(n) if spelled in shown[how]}
    assert leaked == set()


def test_the_search_finds_what_is_there() -> None:
    number = 0.123456789012
    raw = np.array([1.0, number, 2.0])
    for text in (repr(number), raw.tobytes().hex(), f"x{number:.6g}x", number.hex(),
                 repr(number).encode("utf-16-le").decode("latin-1"), repr(number)[::-1],
                 base64.b64encode(repr(number).encode()).decode(),
                 *(base64.b64encode(b"x" * shift + raw.tobytes()).decode() for shift in range(3))):
        assert any(spelled in text.encode() for spelled in spellings(number)), text


def test_a_quiz_and_a_kill_task_tell_nothing_either(graded: Grade) -> None:
    """What an earlier function saw is not told by a later answer, nor by a name of the library."""
    from tests.autograder.small_course import SECRET as SMALL
    from tests.autograder.small_course import SLUG

    result = graded({
        "weighted_sum": leaky("last").replace(
            "def weighted_sum(x, w, b):\n", "def weighted_sum(x, w, b):\n    tell()\n"
        ) + (
            "def tell():\n"
            "    global quiz_sharing\n"
            "    quiz_sharing = dict.fromkeys('abcd', spelled())\n"
            "    weighted_sum.__module__ = 'course_lib.' + spelled()\n"
        ),
        "quiz_sharing": "quiz_sharing = {'a': 'q', 'b': 1, 'c': 2, 'd': 'r'}",
        "kill_flipped_kernel": "def kill_flipped_kernel():\n    raise ValueError(spelled())",
    })
    told = result.to_json().encode()
    numbers = hidden_numbers("ada", SLUG, SMALL)
    assert {n for n in numbers for spelled in spellings(n) if spelled in told} == set()
    assert result.exercise("kill_flipped_kernel").outcome == "failed"
