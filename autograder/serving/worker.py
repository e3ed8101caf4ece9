"""One grading process of the server: a job as a line of JSON comes in, a result goes out.

Run as `python -m autograder.serving.worker`. The zygote that children are forked from starts with
the first job and stays, so the second job costs no start.
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
from autograder.sandbox.limits import Limits


def work(job: dict[str, Any]) -> str:
    """The result as JSON. What ran out of time is tried once more."""
    topic, source = Topic(job["slug"], Path(job["solution"])), Path(job["source"])
    secret, limits = bytes.fromhex(job["secret"]), Limits(**job["limits"])
    result = grade_one(source, student=job["student"], topic=topic, secret=secret, limits=limits)
    return confirm(result, source, topic=topic, secret=secret, limits=limits).to_json()


def main() -> None:
    """Answer every line on standard input; end when it ends."""
    replies = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # whatever prints must not reach the conversation
    for line in sys.stdin:
        try:
            reply = {"result": work(json.loads(line))}
        except Exception:
            reply = {"broken": traceback.format_exc(limit=-6)}
        replies.write(json.dumps(reply) + "\n")
        replies.flush()


if __name__ == "__main__":
    main()
