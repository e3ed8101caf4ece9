"""`python -m autograder`: see autograder/cli."""

import os
import sys

# jsonschema takes a second to build a grammar of addresses that no notebook is checked for.
sys.modules["rfc3987_syntax"] = None  # type: ignore[assignment]

from autograder.cli import main  # noqa: E402

if __name__ == "__main__":
    try:
        status = main()
        sys.stdout.flush()
    except BrokenPipeError:  # `... | head` has read enough, and that is no error
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        status = 0
    sys.exit(status)
