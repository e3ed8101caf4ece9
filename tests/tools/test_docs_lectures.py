"""The lectures on the site: no solution, no error of an empty gap, figures with words, widgets."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import nbformat
import pytest

from autograder.catalogue import Catalogue
from course_lib import widgets
from tools.docs import alive, gallery, lectures
from tools.leaks import leaks
from tools.notebooks import ROOT

PATH = ROOT / "lectures" / "03_made_up" / "03_made_up.ipynb"
GAP = nbformat.v4.new_output("error", ename="NotImplementedError", evalue="", traceback=[])
FAILED = nbformat.v4.new_output("error", ename="CheckFailed", evalue="layer: no", traceback=[])
NOTE = nbformat.v4.new_output(
    "display_data", {"text/html": '<p class="course-run-note">Here it appears.</p>'})


def printed(text: str, name: str = "stdout") -> Any:
    return nbformat.v4.new_output("stream", name=name, text=text)


def widget(model: str) -> Any:
    return nbformat.v4.new_output("display_data", {lectures.WIDGET: {"model_id": model}})


def page_of(*cells: tuple[str, list[Any]], records: dict[str, Any] | None = None) -> Any:
    """The page of a notebook of a title and these code cells with their outputs."""
    made = [nbformat.v4.new_markdown_cell("# Title\n\nSee [02](../02_x/02_x.ipynb).")]
    made += [nbformat.v4.new_code_cell(source, outputs=outputs) for source, outputs in cells]
    shown = nbformat.v4.new_output("display_data", {alive.MIME: records or {}})
    made.append(nbformat.v4.new_code_cell(lectures.SHOW_RECORDS, id=lectures.RECORDS,
                                          outputs=[shown]))
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3"}}
    return lectures.page(nbformat.v4.new_notebook(cells=made, metadata=kernel), PATH)


def test_an_empty_gap_is_no_error_and_a_check_says_who_stands_in() -> None:
    page = page_of(
        ("assert layer(1) == 2", [GAP]),
        ('check("layer")', [printed("layer: nothing written yet"), FAILED]),
        ('check("quiz_images")', [printed("a: not answered yet"), FAILED]),
    )
    title, attempt, check, quiz = page.cells
    assert "lectures/03_made_up/03_made_up.ipynb" in title.source
    assert "](02_x.ipynb)" in title.source
    assert attempt.outputs == []
    assert "<code>layer</code> stands in" in check.outputs[0].data["text/html"]
    assert quiz.outputs[0].data["text/plain"] == "Yours to answer."


def test_what_a_cell_says_stays_and_what_it_warns_of_goes() -> None:
    page = page_of(("print(1)", [printed("1"), printed("a warning", "stderr")]))
    assert [output.text for output in page.cells[1].outputs] == ["1"]


def test_any_other_error_fails_the_build() -> None:
    broken = nbformat.v4.new_output("error", ename="ValueError", evalue="no", traceback=[])
    with pytest.raises(RuntimeError, match=r"a lecture fails at .*ValueError no"):
        page_of(("1 / 0", [broken]))


def test_widgets_that_cannot_be_recorded_fail_the_build() -> None:
    broken = nbformat.v4.new_output("error", ename="ValueError", evalue="no", traceback=[])
    last = nbformat.v4.new_code_cell(lectures.SHOW_RECORDS, outputs=[broken])
    with pytest.raises(RuntimeError, match="cannot be recorded: no"):
        lectures._records(nbformat.v4.new_notebook(cells=[last]))


def test_a_widget_lives_or_says_that_it_needs_a_kernel() -> None:
    record = {"front": "toeplitz_view", "answers": {"[0]": {}}, "state": {"words": "</script>"}}
    page = page_of(("w", [NOTE, widget("a")]), ("v", [NOTE, widget("b")]), records={"a": record})
    living, dead = page.cells[1:]
    (output,) = living.outputs
    assert 'data-front="toeplitz_view"' in output.data["text/html"]
    assert output.data["text/html"].count("</script>") == 1     # the text cannot end the record
    assert [each.data["text/html"] for each in dead.outputs] == [NOTE.data["text/html"]]


def test_the_list_holds_every_lecture_with_its_time() -> None:
    text = lectures.index()
    for topic in Catalogue().topics:
        assert f"<{topic.slug}>`" in text
    assert "90 minutes" in text and "about 3 hours" in text


# ---- widgets that live -------------------------------------------------------------------------

EXAMPLES: dict[str, Any] = {
    "activation_gallery": widgets.ActivationGallery,
    "conv_volume": widgets.ConvVolume,
    "kernel_playground": widgets.KernelPlayground,
    "padding_viewer": widgets.PaddingViewer,
    "perceptron_line": lambda: widgets.PerceptronLine([(0, 0), (0, 1)], [0, 1]),
    "receptive_field": widgets.ReceptiveField,
    "toeplitz_view": widgets.ToeplitzView,
}


@pytest.mark.parametrize("front", alive.LIVING)
def test_a_record_holds_the_true_answer_to_every_question(front: str) -> None:
    made = EXAMPLES[front]()
    before = alive._state(made)
    found = json.loads(json.dumps(alive.record(made)))
    assert alive._state(made) == before == found["state"]       # as it was
    assert found["asks"] == list(made.asks)
    assert bool(found["answers"]) is (front in alive.ANSWERED)
    for question, answer in [*found["answers"].items()][1:40:13]:
        for name, value in zip(found["asks"], json.loads(question), strict=True):
            setattr(made, name, value)
        now = alive._state(made)
        assert answer == {name: now[name] for name in answer}
    assert set(found["sentences"]) <= set(found["state"])


def test_a_script_for_a_page_is_no_module(tmp_path: Path) -> None:
    alive.write_fronts(tmp_path)
    assert {path.stem for path in tmp_path.glob("*.js")} == set(alive.LIVING)
    for path in tmp_path.glob("*.js"):
        script = path.read_text(encoding="utf-8")
        assert f"courseFronts ??= {{}}).{path.stem} = live.widget(" in script
        assert not re.search(r"^\s*(export|import)\b", script, re.MULTILINE)


def test_the_gallery_shows_every_living_widget_once() -> None:
    text = (ROOT / "docs" / "widgets.md").read_text(encoding="utf-8")
    shown = gallery.with_widgets(text)
    assert sorted(re.findall(r'data-front="(\w+)"', shown)) == sorted(alive.LIVING)
    assert re.sub(r'\n<div class="course-alive".*</div>\n', "", shown) == text


# ---- the pages as they are built -----------------------------------------------------------------


def words_of(page: Any) -> dict[str, Any]:
    """Everything to be read on a page, outputs too, as a notebook that tools.leaks reads."""
    cells = [{"cell_type": cell.cell_type, "id": cell.id, "metadata": {}, "source": cell.source}
             for cell in page.cells]
    for cell in page.cells:
        for place, output in enumerate(cell.get("outputs", [])):
            text = output.get("text") or output.get("data", {}).get("text/plain", "")
            cells.append({"cell_type": "markdown", "id": f"{cell.id}-{place}", "metadata": {},
                          "source": text})
    return {"cells": cells}


def test_a_line_of_a_solution_in_an_output_would_be_found() -> None:
    solution = json.loads(Catalogue().topic("03").notebook.read_text(encoding="utf-8"))
    gap = next(cell for cell in solution["cells"] if cell["id"] == "topological_order")
    line = max("".join(gap["source"]).splitlines()[4:], key=len)
    assert list(leaks(solution, words_of(page_of(("print(1)", [printed("1")]))))) == []
    assert list(leaks(solution, words_of(page_of(("print(1)", [printed(line)])))))


@pytest.mark.slow
def test_pages_hold_no_solution_and_all_figures(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COURSE_FAST", "1")
    lectures.write(tmp_path)
    lively = 0
    for topic in Catalogue().topics:
        page = nbformat.read(tmp_path / f"{topic.slug}.ipynb", as_version=4)
        solution = json.loads(topic.notebook.read_text(encoding="utf-8"))
        assert list(leaks(solution, words_of(page))) == []
        html = "".join(
            output.get("data", {}).get("text/html", "")
            for cell in page.cells for output in cell.get("outputs", []))
        pictures = re.findall(r"<img\b[^>]*>", html)
        assert pictures, topic.slug
        assert [each[:80] for each in pictures if not re.search(r'alt="[^"]{20,}', each)] == []
        assert "model_id" not in html and "Traceback" not in html
        lively += html.count("course-alive")
    assert lively >= 8
    written = {path: path.stat().st_mtime_ns for path in tmp_path.iterdir()}
    lectures.write(tmp_path)        # nothing is run, nothing is written again
    assert {path: path.stat().st_mtime_ns for path in tmp_path.iterdir()} == written
