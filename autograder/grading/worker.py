"""One grading process: a job as a line of JSON comes in, a result as a line of JSON goes out.

Grading runs in processes of its own so that a notebook that breaks the grader breaks only its
own result. Run as `python -m autograder.grading.worker`.
"""

from __future__ import annotations

import json
import os
import sys
import traceback
from pathlib import Path
from typing import Any

from autograder.catalogue import Topic
from autograder.grading.grade import confirm, grade_one
from autograder.grading.results import SubmissionResult
from autograder.sandbox.limits import Limits


def work(job: dict[str, Any]) -> SubmissionResult:
    """Grade one job, or, if it brings an earlier result, confirm that."""
    topic = Topic(job["slug"], Path(job["solution"]))
    secret = bytes.fromhex(job["secret"])
    limits = Limits(**job["limits"])
    source = Path(job["source"])
    if job["before"] is None:
        return grade_one(
            source, student=job["student"], topic=topic, secret=secret, limits=limits
        )
    before = SubmissionResult.from_json(json.dumps(job["before"]))
    return confirm(before, source, topic=topic, secret=secret, limits=limits)


def main() -> None:
    """Answer every line on standard input; end when it ends."""
    replies = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # whatever prints must not reach the conversation
    for line in sys.stdin:
        try:
            reply = {"result": json.loads(work(json.loads(line)).to_json())}
        except Exception:
            reply = {"broken": traceback.format_exc(limit=-6)}
        replies.write(json.dumps(reply) + "\n")
        replies.flush()


if __name__ == "__main__":
    main()
