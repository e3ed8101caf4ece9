"""`make lab`: JupyterLab on index.md, with this course's settings and nobody else's.

Arguments go on to JupyterLab: `python -m tools.lab --no-browser --port 9000`.
"""

from __future__ import annotations

import os
import sys

from tools.index import INDEX
from tools.notebooks import ROOT

SETTINGS = ROOT / "tools" / "jupyter"


def arguments(extra: list[str]) -> list[str]:
    """What JupyterLab is started with."""
    return [f"--LabApp.default_url=/lab/tree/{INDEX}", f"--ServerApp.root_dir={ROOT}", *extra]


def use_course_settings() -> None:
    """Let Jupyter read tools/jupyter too: markdown opens as a page, and no news pop up."""
    others = os.environ.get("JUPYTER_CONFIG_PATH")
    paths = [str(SETTINGS), *([others] if others else [])]
    os.environ["JUPYTER_CONFIG_PATH"] = os.pathsep.join(paths)


def main(extra: list[str] | None = None) -> None:
    use_course_settings()
    from jupyterlab.labapp import main as start  # after the settings: it reads them on import

    print("lab: opening the course in your browser; stop it with Ctrl-C here", flush=True)
    start(arguments(sys.argv[1:] if extra is None else extra))


if __name__ == "__main__":
    main()
