"""The fast tests with every declared Python, and with the oldest and the newest NumPy allowed.

    pipx run nox                              # all of them; a Python that is missing is an error
    pipx run nox -s "tests-3.13(numpy='newest')"

docs/student_guide.md says which of these have been run.
"""

import re
from pathlib import Path

import nox

PYTHONS = ["3.11", "3.12", "3.13"]
# The first release that has wheels for that Python; below 3.13 it is the lowest declared.
OLDEST = {"3.11": "2.0.0", "3.12": "2.0.0", "3.13": "2.1.0"}

nox.options.error_on_missing_interpreters = True


def pins_without_numpy(session: nox.Session) -> str:
    """constraints.txt without NumPy, in a file of the session's own."""
    lines = Path("constraints.txt").read_text(encoding="utf-8").splitlines(keepends=True)
    path = Path(session.create_tmp(), "constraints.txt")
    path.write_text("".join(line for line in lines if not re.match("numpy==", line)), "utf-8")
    return str(path)


@nox.session(python=PYTHONS)
@nox.parametrize("numpy", ["oldest", "newest"])
def tests(session: nox.Session, numpy: str) -> None:
    """Everything that `make test` runs, in an environment of its own."""
    wanted = f"numpy=={OLDEST[str(session.python)]}" if numpy == "oldest" else "numpy"
    session.install(wanted, "-c", pins_without_numpy(session), "-e", ".[dev,docs]")
    session.run("python", "-m", "pytest", "-q", "-m", "not slow and not browser",
                env={"OPENBLAS_NUM_THREADS": "1"})
