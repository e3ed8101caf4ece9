"""Build the documentation into build/docs; a warning is an error. No network is used."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from tools.notebooks import ROOT

# The pages keep their places (README.md, docs/...), so that links between them stay true.
DOOR = '<!doctype html><meta http-equiv="refresh" content="0; url=docs/index.html">\n'


def build(target: Path, source: Path = ROOT, settings: Sequence[str] = ()) -> int:
    """Exit status of Sphinx. settings: "name=value" in place of those in docs/conf.py."""
    trees = [f"--conf-dir={ROOT / 'docs'}", f"--doctree-dir={target.parent / 'doctrees'}"]
    options = ["--builder=html", "--fail-on-warning", "--keep-going", "--quiet"]
    options += [f"--define={setting}" for setting in settings]
    command = [sys.executable, "-m", "sphinx", *options, *trees, str(source), str(target)]
    status = subprocess.run(command, cwd=ROOT).returncode
    if status == 0:
        (target / "index.html").write_text(DOOR, encoding="utf-8")
    return status


def main() -> int:
    target = ROOT / "build" / "docs"
    print("docs: runs each lecture that changed, for some minutes the first time", flush=True)
    status = build(target)
    print("docs: FAILED" if status else f"docs: open {target.relative_to(ROOT)}/index.html")
    return status


if __name__ == "__main__":
    sys.exit(main())
