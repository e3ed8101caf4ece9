"""What a grading process is asked and answers: plain values in, JSON text out.

An order holds all that grading one notebook takes: the student's notebook, ours, and the seeds
of this student's hidden numbers. The course's secret stays with the coordinator. The answer is
text that this module wrote; nothing in it is an object of the student's child.

Run as `python -m autograder.grading.worker` it reads orders as lines and writes answers as lines.
"""

from __future__ import annotations

import base64
import faulthandler
import json
import os
import sys
import traceback
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from autograder.catalogue import Topic
from autograder.grading.grade import grade_one
from autograder.grading.results import SubmissionResult
from autograder.sandbox.limits import Limits

__all__ = ["Order", "answer", "from_line", "patience_of", "to_line"]

PATIENCE = 4  # limit on the clock for one order, as a multiple of the child's total CPU time


@dataclass(frozen=True)
class Order:
    """One notebook to grade, complete. `kept` is an earlier result whose verdicts still hold."""

    slug: str
    solution: str
    student: str
    notebook: bytes
    seeds: Mapping[str, int]
    limits: Mapping[str, Any]
    kept: str | None = None


def patience_of(limits: Limits) -> float:
    """Seconds after which a process that grades one notebook is broken."""
    return float(limits.total_cpu_seconds * PATIENCE)


def answer(order: Order, *, guarded: bool = False) -> str:
    """JSON with the `result`, or with why the grader is `broken`.

    With `guarded` the process ends if it takes longer than it may: nothing else stops a loop in
    native code, and whoever waits for the answer learns that the process is gone.
    """
    limits = Limits(**order.limits)
    if guarded:
        silent = open(os.devnull, "w")  # noqa: SIM115 - faulthandler writes to it at the end
        faulthandler.dump_traceback_later(patience_of(limits), exit=True, file=silent)
    try:
        result = grade_one(
            order.notebook,
            student=order.student,
            topic=_topic(order.slug, order.solution),
            secret=order.seeds,
            limits=limits,
            kept=SubmissionResult.from_json(order.kept) if order.kept else None,
        )
        return json.dumps({"result": result.to_json()})
    except Exception:
        return json.dumps({"broken": traceback.format_exc(limit=-6)})
    finally:
        if guarded:
            faulthandler.cancel_dump_traceback_later()
            silent.close()


@lru_cache(maxsize=8)
def _topic(slug: str, solution: str) -> Topic:
    return Topic(slug, Path(f"{slug}.ipynb"), solution)


def to_line(order: Order) -> str:
    """An order as one line of JSON."""
    fields = asdict(order) | {"notebook": base64.b64encode(order.notebook).decode("ascii")}
    return json.dumps(fields)


def from_line(line: str) -> Order:
    """The inverse of `to_line`."""
    fields = json.loads(line)
    return Order(**fields | {"notebook": base64.b64decode(fields["notebook"])})


def main() -> None:
    """Answer every line on standard input; end when it ends."""
    replies = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # whatever prints must not reach the conversation
    for line in sys.stdin:
        replies.write(answer(from_line(line)) + "\n")
        replies.flush()


if __name__ == "__main__":
    main()
