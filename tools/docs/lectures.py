"""The lectures as pages: run as students get them, so that every figure is the library's.

A page is made of `lectures/`, where gaps are empty; nothing of `solutions/` is read. Running
takes minutes, so what came out is kept in build/lectures, by the content of the notebook and of
the library. COURSE_FAST=1 trains as briefly as it does in tests.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import re
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import nbformat

from autograder.catalogue import Catalogue
from course_lib.pace import VARIABLE
from tools.docs import alive
from tools.docs.alive import MIME, as_html
from tools.docs.pages import fill
from tools.docs.prose import escaped
from tools.index import FACTS, lecture
from tools.notebooks import ROOT
from tools.run_all import run_all

Notebook = Any
KEPT = ROOT / "build" / "lectures"
WIDGET = "application/vnd.jupyter.widget-view+json"
AT_ONCE = 2
RECORDS = "course-records"
SHOW_RECORDS = "from tools.docs.alive import show_records; show_records()"
GIVEN = (
    "[This notebook](path:../../{path}), to work in. Here it was run as it is handed out: the gaps "
    "are empty, and where a function of yours is missing, the library's stands in, so that every "
    "figure is there."
)
STANDS_IN = "Yours to write. On this page the library's {} stands in, so the rest goes on."
OPEN = "Yours to answer."


def write(folder: Path) -> None:
    """Make the folder hold a page for every lecture and a list of them; touch what changed."""
    topics = Catalogue().topics
    paths = [ROOT / "lectures" / topic.slug / f"{topic.slug}.ipynb" for topic in topics]
    wanted = {"index.rst": index()}
    KEPT.mkdir(parents=True, exist_ok=True)
    apart = get_context("spawn")
    with (KEPT / "lock").open("w") as lock, ProcessPoolExecutor(AT_ONCE, apart) as pool:
        fcntl.flock(lock, fcntl.LOCK_EX)    # two builds at once would run everything twice
        for path, run in zip(paths, pool.map(executed, paths), strict=True):
            wanted[path.name] = nbformat.writes(page(run, path)) + "\n"
        fill(folder, wanted)


# ---- running -----------------------------------------------------------------------------------


def executed(path: Path) -> Notebook:
    """The notebook after Run All, and the records of its widgets in a last cell."""
    kept = KEPT / f"{path.stem}-{fingerprint(path)}.ipynb"
    if not kept.exists():
        for old in KEPT.glob(f"{path.stem}-*-{_pace()}.ipynb"):
            old.unlink()
        notebook = nbformat.read(path, as_version=4)
        notebook.cells.append(nbformat.v4.new_code_cell(SHOW_RECORDS, id=RECORDS))
        kernel = {**os.environ, "PYTHONPATH": str(ROOT), "COURSE_PROGRESS": "off"}
        run_all(notebook, path.parent, timeout=600, env=kernel, allow_errors=True)
        notebook.metadata.pop("widgets", None)      # our records are smaller and hold answers
        partial = kept.with_suffix(".partial")
        nbformat.write(notebook, partial)
        partial.replace(kept)
    return nbformat.read(kept, as_version=4)


def fingerprint(path: Path) -> str:
    """Changes when the notebook, the library, its data or the pace does."""
    digest = hashlib.sha256(path.read_bytes() + Path(alive.__file__).read_bytes())
    for source in (ROOT / "course_lib", ROOT / "data"):
        for file in sorted(source.rglob("*")):
            if file.is_file() and "__pycache__" not in file.parts:
                digest.update(f"{file.relative_to(ROOT)}\0".encode() + file.read_bytes())
    return f"{digest.hexdigest()[:16]}-{_pace()}"


def _pace() -> str:
    return "full" if os.environ.get(VARIABLE, "0") in ("", "0") else "fast"


# ---- from a run to a page ----------------------------------------------------------------------


def page(notebook: Notebook, path: Path) -> Notebook:
    """The same notebook for readers: no errors of empty gaps, living widgets, links on the site."""
    records = _records(notebook)
    cells = [cell for cell in notebook.cells if cell.id != RECORDS]
    for place, cell in enumerate(cells):
        cell.metadata = {}
        if cell.cell_type == "code":
            cell.execution_count = None
            cell.outputs = list(_outputs(cell, records))
        else:
            cell.source = re.sub(r"\]\(\.\./(\w+)/\1\.ipynb", r"](\1.ipynb", cell.source)
        if place == 0:
            given = GIVEN.format(path=path.relative_to(ROOT).as_posix())
            title, _, rest = cell.source.partition("\n")
            cell.source = f"{title}\n\n{given}\n{rest}"
    kernel = {"kernelspec": notebook.metadata.kernelspec}
    return nbformat.v4.new_notebook(cells=cells, metadata=kernel)


def _records(notebook: Notebook) -> dict[str, Any]:
    last = notebook.cells[-1]
    for output in last.outputs:
        if output.output_type == "error":
            raise RuntimeError(f"the widgets of a lecture cannot be recorded: {output.evalue}")
        if MIME in output.get("data", {}):
            return dict(output.data[MIME])
    return {}


def _outputs(cell: Notebook, records: dict[str, Any]) -> Iterator[Notebook]:
    """What the page shows under a code cell."""
    check = re.match(r"check\(\"(\w+)\"\)", cell.source)
    failed = any(output.output_type == "error" for output in cell.outputs)
    if check and failed:
        function = not check.group(1).startswith(("quiz", "kill"))
        text = STANDS_IN.format(f"<code>{check.group(1)}</code>") if function else OPEN
        yield _html(f'<p class="course-stands-in">{text}</p>', re.sub(r"<.*?>", "", text))
        return
    for output in cell.outputs:
        data = output.get("data", {})
        if WIDGET in data:
            found = records.get(data[WIDGET]["model_id"])
            if found is not None:
                yield _html(as_html(found), "A widget.")
        elif output.output_type == "error":
            if output.ename not in ("NotImplementedError", "CheckFailed"):
                raise RuntimeError(f"a lecture fails at {cell.id}: {output.ename} {output.evalue}")
        elif output.get("name") == "stderr" or _run_note_of_a_living(output, cell, records):
            continue
        else:
            output.metadata = {}
            if output.output_type != "stream":
                output = nbformat.v4.new_output("display_data", data)
            else:
                output = nbformat.v4.new_output("stream", name="stdout", text=output.text)
            yield output


def _run_note_of_a_living(output: Notebook, cell: Notebook, records: dict[str, Any]) -> bool:
    if "course-run-note" not in output.get("data", {}).get("text/html", ""):
        return False
    models = [each.data[WIDGET]["model_id"] for each in cell.outputs
              if WIDGET in each.get("data", {})]
    return any(model in records for model in models)


def _html(html: str, text: str) -> Notebook:
    return nbformat.v4.new_output("display_data", {"text/html": html, "text/plain": text})


# ---- the list of lectures ----------------------------------------------------------------------


def index() -> str:
    """The list with times, as reStructuredText; made from the first cells, as index.md is."""
    head = ["lecture", *FACTS, "exercises", "points"]
    lines = [
        "The lectures", "============", "",
        "Each page is the notebook as it is handed out, with its figures.", "",
        ".. list-table::", "   :header-rows: 1", "",
    ]
    rows = [head]
    names = []
    for topic in Catalogue().topics:
        made = lecture(topic)
        number = topic.slug.partition("_")[0]
        names.append(topic.slug)
        rows.append([
            f":doc:`{number} {made.title} <{topic.slug}>`",
            *(escaped(made.facts.get(fact, "")) for fact in FACTS),
            str(made.exercises), f"{made.points:g}",
        ])
    for row in rows:
        lines += [f"   {'* -' if place == 0 else '  -'} {cell}" for place, cell in enumerate(row)]
    tree = ["", ".. toctree::", "   :hidden:", "", *(f"   {name}" for name in names), ""]
    return "\n".join([*lines, *tree])


