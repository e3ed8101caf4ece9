"""`make lab`: JupyterLab on the page of the course, as an instructor sees it.

Arguments go on to JupyterLab: `python -m tools.lab --no-browser --port 9000`.
"""

from __future__ import annotations

import sys

from course_lib.desk.lab import start
from tools.notebooks import ROOT

if __name__ == "__main__":
    sys.exit(start(ROOT, sys.argv[1:], "instructor"))
