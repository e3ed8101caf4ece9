"""How long Run All takes in each solution notebook, at full length (the aim: about a minute)."""

from __future__ import annotations

from time import perf_counter

import nbformat

from autograder.catalogue import Catalogue
from tools.run_all import run_all

LONGEST = 600  # seconds for one cell


def main() -> None:
    for topic in Catalogue().topics:
        notebook = nbformat.read(topic.notebook, as_version=4)
        start = perf_counter()
        run_all(notebook, topic.notebook.parent, LONGEST)
        print(f"{topic.slug:32} {perf_counter() - start:6.1f} s", flush=True)


if __name__ == "__main__":
    main()
