"""The last gate before a page: whatever lies in autograded/, the page cannot act and is bounded."""

from __future__ import annotations

from typing import Any

import nbformat
import pytest
from nbconvert.exporters import HTMLExporter
from traitlets.config import Config

from autograder.grading import safe_cells
from autograder.grading.safe_cells import LEFT_OUT, MOST_WORDS, SafeCells, guard_pages
from tests.autograder.test_clean import HOSTILE, Active, bomb, picture

new = nbformat.v4


def page(*cells: Any, **metadata: Any) -> str:
    """The body of the page that nbgrader's exporter makes with our configuration."""
    config = Config()
    guard_pages(config)
    notebook = new.new_notebook(cells=list(cells), metadata=metadata)
    html = str(HTMLExporter(config=config, template_name="basic").from_notebook_node(notebook)[0])
    return html.partition("<body")[2] or html


def output(**data: Any) -> Any:
    kinds = {kind.replace("_", "/", 1): each for kind, each in data.items()}
    shown = new.new_output("display_data", data=kinds)
    return new.new_code_cell("1", outputs=[shown])


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_that_is_in_a_cell_or_an_output_acts(text: str) -> None:
    ours = Active(page(new.new_markdown_cell("x"), output(text_plain="x"))).found
    for made in (new.new_markdown_cell(text), output(text_html=text), output(text_plain=text)):
        assert set(Active(page(made)).found) <= set(ours), text


@pytest.mark.parametrize("kind", ["application_javascript", "image_svg+xml", "text_latex",
                                  "application_vnd.jupyter.widget-view+json", "text_markdown"])
def test_outputs_of_other_kinds_are_left_out(kind: str) -> None:
    assert "owned" not in page(output(**{kind: "<script>owned()</script>"}))


def test_pictures_math_and_what_they_show_stay() -> None:
    letters = picture().partition(",")[2]
    shown = page(
        new.new_markdown_cell(f"$|x|$ and ![the loss falls]({picture()})"),
        output(image_png=letters),
        output(text_html="<table><tr><td>$|y|$</td></tr></table>"),
    )
    assert shown.count(letters) == 2
    assert 'alt="the loss falls"' in shown
    assert "$|x|$" in shown
    assert "<td>$|y|$</td>" in shown
    assert bomb(60_000) not in page(output(image_png=bomb(60_000)))


def test_our_own_result_stays_in_the_block_that_is_not_typeset() -> None:
    ours = '<div class="tex2jax_ignore mathjax_ignore"><p><b>Passed</b></p><ul></ul></div>'
    assert ours in page(output(text_html=ours)).replace("\n", "")


def test_a_page_is_bounded_and_says_so() -> None:
    cells = [new.new_code_cell("a;" * (MOST_WORDS // 5) + str(n)) for n in range(5)]
    cells += [new.new_markdown_cell("x" * 3_000_000) for _ in range(3)]
    stream = new.new_output("stream", text="y" * 3_000_000)
    error = new.new_output("error", ename="E", evalue="", traceback=["z" * 3_000_000])
    cells += [new.new_code_cell("1", outputs=[stream, error])]
    made = page(*cells)
    assert len(made) < 20_000_000
    assert made.count(LEFT_OUT) >= 4
    assert made.count("<span") < 2 * MOST_WORDS


def test_metadata_of_widgets_and_attachments_are_gone() -> None:
    attached = {"a.png": {"image/png": "A"}}
    cell = new.new_markdown_cell("![x](attachment:a.png)", attachments=attached)
    notebook = new.new_notebook(cells=[cell], metadata={"widgets": {"x": 1}})
    made, _ = SafeCells().preprocess(notebook, {})
    assert "widgets" not in made.metadata
    assert "attachments" not in made.cells[0]
    assert "![x](attachment:a.png)" in safe_cells.safe_markdown(made.cells[0].source)
