"""`make check`: style, types, stored notebooks, lectures; all of them, then how it went."""

from __future__ import annotations

import subprocess
import sys

from tools.notebooks import ROOT

STEPS = {
    "style (ruff, notebooks too)": ["ruff", "check", "--quiet", "--output-format=concise", "."],
    "types (mypy --strict)": ["mypy", "--no-error-summary"],
    "notebooks in their stored form": ["tools.notebooks", "check"],
    "lectures equal generate(solutions)": ["tools.release", "--check"],
}


def main(steps: dict[str, list[str]] | None = None) -> int:
    steps = STEPS if steps is None else steps
    failed = []
    for title, command in steps.items():
        print(f"check: {title}", flush=True)
        if subprocess.run([sys.executable, "-m", *command], cwd=ROOT).returncode:
            failed.append(title)
    if failed:
        print(f"check: {len(failed)} of {len(steps)} FAILED: {'; '.join(failed)}")
        return 1
    print(f"check: all {len(steps)} passed")
    return 0


if __name__ == "__main__":
    sys.exit(main())
