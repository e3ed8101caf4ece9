"""The stored form: one way to write every notebook, and a sentence for whatever is not in it."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import pytest

from tools.notebooks import (
    ROOT,
    as_percent,
    canonical,
    is_released,
    main,
    problems,
    show,
    stored_notebooks,
    to_text,
)

Edit = Callable[[dict[str, Any]], Any]


@pytest.fixture
def stored(cells: list[dict[str, Any]]) -> dict[str, Any]:
    return json.loads(to_text(canonical({"cells": cells})))


@pytest.mark.parametrize("path", stored_notebooks(), ids=lambda path: "/".join(path.parts[-3::2]))
def test_every_notebook_is_in_the_stored_form(path: Path) -> None:
    text = path.read_bytes().decode()
    assert list(problems(text, released=is_released(path))) == []


def test_the_stored_form_is_a_fixed_point(cells: list[dict[str, Any]]) -> None:
    text = to_text(canonical({"cells": cells}))
    assert to_text(canonical(json.loads(text))) == text
    assert list(problems(text)) == []


def test_it_is_what_nbformat_writes(cells: list[dict[str, Any]]) -> None:
    stored = canonical({"cells": cells})
    node = nbformat.from_dict(copy.deepcopy(stored))
    nbformat.validate(node)
    assert to_text(stored) == nbformat.writes(node) + "\n"


def test_canonical_leaves_its_argument_alone(cells: list[dict[str, Any]]) -> None:
    before = copy.deepcopy(cells)
    canonical({"cells": cells})
    assert cells == before


def run_and_save(notebook: dict[str, Any]) -> None:
    """What JupyterLab's Run and Save leave behind."""
    cell = notebook["cells"][3]
    cell["execution_count"] = 7
    cell["outputs"] = [{"output_type": "stream", "name": "stdout", "text": ["4\n"]}]
    cell["metadata"]["execution"] = {"iopub.execute_input": "2026-01-01T00:00:00Z"}
    cell["metadata"]["tags"] = ["raises-exception"]
    notebook["cells"][0]["metadata"] = {"collapsed": True, "tags": []}
    notebook["metadata"]["language_info"] = {"name": "python", "version": "3.11.7"}
    notebook["nbformat_minor"] = 4


def test_saving_in_an_editor_changes_nothing(stored: dict[str, Any]) -> None:
    saved = copy.deepcopy(stored)
    run_and_save(saved)
    assert to_text(canonical(saved)) == to_text(canonical(stored))


def set_id(index: int, name: str | None) -> Edit:
    def edit(notebook: dict[str, Any]) -> None:
        notebook["cells"][index]["id"] = name
        if name is None:
            del notebook["cells"][index]["id"]

    return edit


FAULTS: list[tuple[str, Edit, list[str]]] = [
    ("output", lambda n: n["cells"][1].update(outputs=[1]), ["cell 1 (setup)", "outputs"]),
    ("count", lambda n: n["cells"][1].update(execution_count=3), ["cell 1 (setup)", "counts"]),
    ("metadata", lambda n: n["cells"][1]["metadata"].update(scrolled=True), ["'scrolled'"]),
    ("course", lambda n: n["cells"][2]["metadata"]["course"].update(answer=4), ["course.answer"]),
    ("kernel", lambda n: n["metadata"].update(language_info={}), ["language_info"]),
    ("other kernel", lambda n: n["metadata"]["kernelspec"].update(name="conda"), ["'python3'"]),
    ("no id", set_id(0, None), ["cell 0 (no id)", "'doubling'"]),
    ("random id", set_id(0, "3fa9c1d2"), ["cell 0 (3fa9c1d2)", "'doubling'"]),
    ("uuid", set_id(0, "b3a1c2d4-0000-4000-8000-1234567890ab"), ["'doubling'"]),
    ("space in id", set_id(0, "a title"), ["'doubling'"]),
    ("duplicate id", set_id(1, "title"), ["cell 1 (title)", "another cell"]),
    ("id is not grade_id", set_id(2, "two"), ["cell 2 (two)", "'double'"]),
    ("unknown cell type", lambda n: n["cells"][1].update(cell_type="heading"), ["cell 1"]),
    ("no cells", lambda n: n.pop("cells"), ["list of cells"]),
    ("format", lambda n: n.update(nbformat_minor=4), ["nbformat 4.5"]),
    (
        "grade_id",
        lambda n: n["cells"][2]["metadata"]["nbgrader"].update(grade_id="a.b"),
        ["cell 2", "letters, digits"],
    ),
]


@pytest.mark.parametrize(("edit", "words"), [f[1:] for f in FAULTS], ids=[f[0] for f in FAULTS])
def test_every_fault_gets_a_sentence(
    stored: dict[str, Any], edit: Edit, words: list[str]
) -> None:
    edit(stored)
    found = "\n".join(problems(json.dumps(stored)))
    assert all(word in found for word in words), found


def test_broken_json_and_loose_spacing_are_named(stored: dict[str, Any]) -> None:
    (sentence,) = problems("{")
    assert "not JSON" in sentence
    for text in (json.dumps(stored), to_text(stored).replace("\n", "\r\n")):
        (sentence,) = problems(text)
        assert "stored form" in sentence


def test_new_cells_are_named_after_their_text(cells: list[dict[str, Any]]) -> None:
    for index, name in ((0, "0d5e1f22"), (1, None), (3, "9c1b7e30")):
        cells[index] = {**cells[index], "id": name}
    cells.append({"cell_type": "markdown", "metadata": {}, "source": ["# Doubling\n", "again"]})
    cells.append({"cell_type": "markdown", "metadata": {}, "source": "…"})
    names = [cell["id"] for cell in canonical({"cells": cells})["cells"]]
    assert names[0] == "doubling"
    assert names[1] == "from-course-lib-checks-import-check"
    assert names[3] == "assert-double-2-4"
    assert names[-2:] == ["doubling-2", "cell"]
    assert len(set(names)) == len(names)


def test_leftovers_of_the_create_assignment_panel_go(cells: list[dict[str, Any]]) -> None:
    unused = {"grade": False, "grade_id": "cell-12", "locked": False, "solution": False}
    cells[0]["metadata"] = {"nbgrader": unused}
    cells[4]["metadata"]["nbgrader"]["checksum"] = "0123"
    made = canonical({"cells": cells})["cells"]
    assert made[0]["metadata"] == {}
    assert made[0]["id"] == "title"
    assert "checksum" not in made[4]["metadata"]["nbgrader"]


def test_show_gives_one_text_for_git(tmp_path: Path, stored: dict[str, Any]) -> None:
    text = as_percent(stored)
    assert text.startswith("# %% [markdown] title\n# # Doubling\n#\n# How to double.\n")
    assert '# %% setup {"tags": ["setup"]}\nfrom course_lib.checks import check\n' in text
    broken = tmp_path / "conflict.ipynb"
    broken.write_text("<<<<<<< ours\n{", encoding="utf-8")
    assert show(broken) == "<<<<<<< ours\n{"


def test_git_is_told_to_use_show() -> None:
    attributes = (ROOT / ".gitattributes").read_text()
    assert "*.ipynb diff=notebook" in attributes
    assert "diff.notebook.textconv '.venv/bin/python -m tools.notebooks show'" in (
        ROOT / "tools" / "setup.sh"
    ).read_text()


def test_the_commands(
    tmp_path: Path, stored: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "saved.ipynb"
    run_and_save(stored)
    path.write_text(json.dumps(stored), encoding="utf-8")
    assert main(["check", str(path)]) == 1
    assert f"{path}: cell 3 (try-double): outputs" in capsys.readouterr().out
    assert main(["canon", str(path)]) == 0
    assert main(["check", str(path)]) == 0
    assert capsys.readouterr().out.endswith("notebooks: all 1 are in the stored form\n")
    assert main(["show", str(path)]) == 0
    assert capsys.readouterr().out.startswith("# %% [markdown] title")
