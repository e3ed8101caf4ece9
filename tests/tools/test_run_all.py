"""A notebook runs to its end, also when the event loop is not told of an answer."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from nbclient.exceptions import CellExecutionError

from tools import run_all as module
from tools.run_all import run_all


def notebook(*cells: str) -> nbformat.NotebookNode:
    code = [nbformat.v4.new_code_cell(source) for source in cells]
    return nbformat.v4.new_notebook(cells=code)


def said(cell: nbformat.NotebookNode) -> str:
    return "".join(output.get("text", "") for output in cell.outputs)


def test_cells_run_in_the_folder_and_an_error_stops_them(tmp_path: Path) -> None:
    (tmp_path / "here.txt").write_text("found")
    book = notebook("print(open('here.txt').read())", "1 / 0", "print('not reached')")
    with pytest.raises(CellExecutionError, match="ZeroDivisionError"):
        run_all(book, tmp_path)
    assert said(book.cells[0]) == "found\n"
    assert book.cells[2].execution_count is None


def test_an_answer_that_the_event_loop_misses_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The loop stops watching the kernel's sockets: only asking them brings the answers."""
    ask_again = module._ask_again

    async def deaf(sockets):
        for socket in sockets:
            socket._clear_io_state()
        await ask_again(sockets)

    monkeypatch.setattr(module, "EVERY", 0.01)
    monkeypatch.setattr(module, "_ask_again", deaf)
    book = run_all(notebook("print(6 * 7)"), tmp_path, timeout=20)
    assert said(book.cells[0]) == "42\n"
