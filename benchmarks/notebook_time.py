"""How long Run All takes in each solution notebook, at full length (the aim: about a minute)."""

from __future__ import annotations

from time import perf_counter

import nbformat
from nbclient import NotebookClient

from autograder.catalogue import Catalogue

LONGEST = 600  # seconds for one cell


def main() -> None:
    for topic in Catalogue().topics:
        notebook = nbformat.read(topic.notebook, as_version=4)
        start = perf_counter()
        client = NotebookClient(notebook, timeout=LONGEST, kernel_name="python3")
        client.execute(cwd=str(topic.notebook.parent))
        print(f"{topic.slug:32} {perf_counter() - start:6.1f} s", flush=True)


if __name__ == "__main__":
    main()
