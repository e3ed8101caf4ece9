"""Every code block of README and the documents is run, in a copy of the course.

A new block is picked up by itself. What cannot run here stands below with its reason.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.blocks import BEFORE, Block, Sandbox, blocks

SERVER = "starts a server that runs until it is stopped"
ELSEWHERE = "needs machines or accounts that are not here"
ITSELF = "would run the tests within the tests"
INDEX = "fetches from a package index; no test needs the network"

# A line, and why it cannot run here; where it is tried instead, if it is.
NOT_HERE = {
    "make setup": f"{INDEX}; CI runs it",
    "source .venv/bin/activate": "the copy's commands are on the path already",
    "make demo": "a whole class; tests/autograder/test_demo.py runs the command behind it",
    "make test": ITSELF,
    "make check": "the stored notebooks and types of the course itself; CI runs it",
    "make screenshots": "needs a browser and writes pictures; tests/browser opens each widget",
    "make docs": "runs every lecture; tests/browser/test_docs_site.py builds the site",
    "python -m venv .venv": f"{INDEX} in its next line; "
        "tests/autograder/test_bundle_installed.py makes an environment",
    r'.venv\Scripts\python -m pip install -c constraints.txt -e ".[dev,docs]"': INDEX,
    r".venv\Scripts\python -m autograder demo": "Windows; untested",
    "python -m pip install -c constraints.txt -e .":
        f"{INDEX}; tests/autograder/test_bundle_installed.py runs it offline",
    "course-lab": f"{SERVER}; tests/browser/test_desk.py drives it",
    "course-lab --present 03": f"{SERVER}; tests/course_lib/desk/test_present.py reads it",
    "python -m autograder verify": "takes minutes; tests/autograder/test_verify.py, and CI",
    "python -m autograder grade 03 --scheduler tls://grading.example.org:8786":
        f"{ELSEWHERE}; tests/autograder/test_cluster_elsewhere.py has a cluster of its own",
}
# A document and the first words of a block that cannot run here as a whole.
BLOCKS_NOT_HERE = {
    ("docs/benchmarks.md", "lenet5 b64 t2:"): "what the benchmark printed, no command",
    ("docs/clusters.md", "autograder: the worker"): "a message, no command",
    ("docs/clusters.md", "dask scheduler"): f"{SERVER}; {ELSEWHERE}",
    ("docs/clusters.md", "PYTHONPATH=/srv/course dask ssh"): ELSEWHERE,
    ("docs/clusters.md", "from dask_jobqueue"): f"{ELSEWHERE}: a SLURM cluster",
    ("docs/student_guide.md", "import subprocess, sys, zipfile"):
        "installs; tests/autograder/test_bundle_installed.py runs it offline",
    ("docs/instructor_guide.md", "sudo sh deploy"): "tests/hub/test_hub.py sets a Hub up",
    ("deploy/jupyterhub/README.md", "apt install"): f"{INDEX}; tests/hub sets a Hub up",
    ("deploy/jupyterhub/README.md", "useradd"): f"{ELSEWHERE}; tests/hub makes accounts",
    ("deploy/jupyterhub/README.md", "while IFS"): f"{ELSEWHERE}; tests/hub makes accounts",
    ("deploy/jupyterhub/README.md", "nbgrader db student"):
        "typed in the Hub's terminal, as tests/hub does; the guides' own lines run here",
    ("deploy/jupyterhub/README.md", "nbgrader generate_assignment"): "tests/hub types it",
    ("deploy/jupyterhub/README.md", "course-update /srv"): f"{ELSEWHERE}; tests/hub types it",
    ("deploy/jupyterhub/README.md", "cd /srv/cnn/hub"): f"{SERVER}; tests/hub starts it",
    ("deploy/jupyterhub/README.md", "[Unit]"): "a file for systemd, no command",
}
# What a document's Python takes for granted.
GIVEN = {
    "CONTRIBUTING.md": "import numpy as np",
    "docs/instructor_guide.md": "from traitlets.config import Config\nc = Config()",
    "docs/student_guide.md": "from course_lib.checks import case, check, hint\n"
                             "def weighted_sum(x, w, b):\n    return sum(x * w) + b",
}


def left_out(block: Block) -> bool:
    return any(block.document == document and block.text.startswith(words)
               for document, words in BLOCKS_NOT_HERE)


HERE = [block for block in blocks() if not left_out(block)]
LINES = [line for block in HERE if block.language != "python" for line in block.lines]


def test_what_is_left_out_stands_in_a_document() -> None:
    known = [(block.document, block.text) for block in blocks()]
    for document, words in BLOCKS_NOT_HERE:
        assert any(document == place and text.startswith(words) for place, text in known), words
    assert [line for line in (*NOT_HERE, *BEFORE) if line not in LINES] == []
    assert all(len(reason) > 5 for reason in (*NOT_HERE.values(), *BLOCKS_NOT_HERE.values()))
    assert set(GIVEN) <= {block.document for block in HERE if block.language == "python"}


def test_most_of_it_runs_here() -> None:
    assert len([line for line in LINES if line not in NOT_HERE]) > 2 * len(NOT_HERE)


@pytest.mark.slow
def test_every_block_runs(tmp_path: Path) -> None:
    sandbox, broken = Sandbox(tmp_path), []
    for document in dict.fromkeys(block.document for block in HERE):
        mine = [block for block in HERE if block.document == document]
        for line in (each for block in mine if block.language != "python" for each in block.lines):
            if line in NOT_HERE:
                continue
            try:
                BEFORE.get(line, lambda given: None)(sandbox)
                sandbox.type_in(line)
            except AssertionError as error:
                broken.append(f"{document}: {error}")
        python = [block.text for block in mine if block.language == "python"]
        if python:
            try:
                sandbox.run_python([GIVEN.get(document, ""), *python])
            except AssertionError as error:
                broken.append(f"{document}: {error}")
    assert broken == [], "\n\n".join(broken)
