"""What the benchmark of grading says follows from what it measured."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks import grading
from benchmarks.contenders import pages
from benchmarks.contenders.cost import Cost, Memory
from tools.notebooks import ROOT


def test_extrapolation_counts_the_start_once() -> None:
    few, many = Cost(7.0, 5.0), Cost(37.0, 21.0)
    found = grading.line_through(2, few, 22, many, 202)
    assert found == Cost(7.0 + 200 * 1.5, 5.0 + 200 * 0.8)


def test_the_last_line_holds_the_three_ratios_and_says_whether_they_suffice() -> None:
    line = grading._ratios("light", 200, 200, Cost(10, 20), Cost(241, 204), Cost(130, 210), "")
    assert line.startswith("light: 24.1x nbgrader wall, 10.2x CPU, 13.0x against 2 nbgrader "
                           "processes")
    assert "aims 20x, 8x, 12x: reached" in line
    short = grading._ratios("light", 200, 200, Cost(10, 20), Cost(190, 204), Cost(130, 210), "")
    assert "NOT reached" in short
    heavy = grading._ratios("heavy", 200, 200, Cost(10, 20), Cost(18.1, 20), Cost(9, 20), "")
    assert "aims 1.8x: reached" in heavy


def test_the_two_parts_of_the_page_do_not_overwrite_each_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = tmp_path / "benchmarks.md"
    page.write_text("# Training\n\nold\n")
    monkeypatch.setattr(pages, "PAGE", page)
    pages.write_grading("## Grading\n\none\n")
    pages.write_training("# Training\n\nnew\n")
    pages.write_grading("## Grading\n\ntwo")
    text = page.read_text()
    assert "new" in text and "two" in text and "old" not in text and "one" not in text
    assert text.count("## Grading") == text.count("# Training") == text.count(pages.MARK) == 1


def test_quarters_of_a_run() -> None:
    assert Memory([1, 2, 3, 4, 9, 6, 7, 8]).quarters() == [2, 4, 9, 8]
    assert Memory().quarters() == [0, 0, 0, 0]


def measured(command: str) -> subprocess.CompletedProcess[str]:
    """The CPU time of a command, measured elsewhere: who measures waits for all its children."""
    code = ("import sys; from pathlib import Path; from benchmarks.contenders.cost import cost; "
            f"print(cost([sys.executable, '-c', {command!r}], folder=Path('.')).cpu)")
    return subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True,
                          check=False)


def test_a_command_that_fails_is_no_measurement() -> None:
    assert "ended with 3" in measured("raise SystemExit(3)").stderr


def test_cpu_time_of_orphans_is_counted() -> None:
    burn = "import time\nwhile time.process_time() < 0.5: pass"
    leave = f"import subprocess, sys; subprocess.Popen([sys.executable, '-c', {burn!r}])"
    assert float(measured(leave).stdout) >= 0.4
