"""A grading process whose grader does to each student what the student's name says.

Run with `desk` or `worker`, the module that is served. It marks in the folder SEEN what it was
asked, because it does not outlive its own death.
"""

from __future__ import annotations

import ctypes
import json
import os
import signal
import sys
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from autograder.grading import desk, worker
from autograder.grading.results import ExerciseResult, SubmissionResult


def strange(source: bytes, *, student: str, topic: Any, **more: Any) -> SubmissionResult:
    seen = Path(os.environ["SEEN"])
    times = len(list(seen.glob(f"{student}.*")))
    (seen / f"{student}.{times}").write_text(json.dumps(
        {"busy": sorted(path.name for path in seen.glob("*.running")), "bytes": len(source),
         "secret": sorted(more["secret"])}))
    if student.startswith("kills") and (student == "kills" or times == 0):
        os.kill(os.getpid(), signal.SIGKILL)
    if student == "hangs":
        ctypes.PyDLL(None).sleep(3600)  # holds the interpreter's lock: no thread can help
    if student == "raises":
        raise RuntimeError("a bug of ours")
    running = seen / f"{student}-{os.getpid()}.running"
    running.touch()
    time.sleep(0.05)
    running.unlink()
    slow = student == "slow" or (student == "slow-in-company" and times == 0)
    exercise = ExerciseResult(
        "weighted_sum", "exercise", "failed" if slow else "passed", 0.0 if slow else 5.0, 5.0, "",
        check_id="check_weighted_sum", timed_out=slow)
    return SubmissionResult(student, topic.slug, (exercise,))


worker.grade_one = strange  # type: ignore[assignment]
{"desk": desk, "worker": worker}[sys.argv[1]].main()
