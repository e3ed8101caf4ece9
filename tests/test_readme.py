"""README.md: its figures are those that were measured, and its comparison is backed."""

from __future__ import annotations

import re

from tools.notebooks import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
FLAT = " ".join(README.split())
OTHERS = (
    "Stanford CS231n", "TUM I2DL", "Dive into Deep Learning", "MiniTorch", "TinyTorch",
    "deeplearning.ai", "nbgrader alone", "otter-grader",
)


def read(name: str) -> str:
    return (ROOT / "docs" / name).read_text(encoding="utf-8")


def test_what_is_said_of_the_checks_is_what_verify_measured() -> None:
    said = re.search(r"more than ([\d,]+) wrong implementations, each caught and told from its "
                     r"siblings, and more than (\d+) unusual right ones, all accepted", FLAT)
    measured = re.search(r"killed (\d+) of (\d+), told apart (\d+); unusual right ones accepted "
                         r"(\d+) of (\d+)", read("strength.md"))
    assert said and measured
    killed, wrong, apart, accepted, right = map(int, measured.groups())
    assert killed == wrong == apart > int(said.group(1).replace(",", ""))
    assert accepted == right > int(said.group(2))


def test_what_is_said_of_the_speed_is_what_bench_measured() -> None:
    assert "to 99 % in under a minute, on two cores" in FLAT
    page = read("benchmarks.md")
    run = re.search(r"whole run, .*\(MNIST\): fast ([\d.]+) s, ([\d.]+) %", page)
    assert run and float(run.group(1)) < 60 and float(run.group(2)) >= 99
    assert re.search(r"Processor: .*, 2 visible", page)
    steps = dict(re.findall(r"^(\w+ b\d+ t\d): ([\d.]+) of torch eager", page, re.MULTILINE))
    assert all(float(steps[step]) < 1 for step in steps if step.startswith(("lenet5", "mlp")))
    assert float(steps["conv b32 t2"]) > 1


def comparison() -> dict[str, list[str]]:
    table = README.partition("### Beside others")[2].partition("\n## ")[0]
    lines = [line.strip("| ").split(" | ") for line in table.splitlines() if line[:2] == "| "]
    return {name: cells for name, *cells in lines[1:]}


def test_every_cell_about_others_has_a_link_or_says_that_nothing_was_found() -> None:
    rows = comparison()
    assert [name for name in OTHERS if not any(row.startswith(name) for row in rows)] == []
    open_words = ("not stated", "what the instructor makes of it",
                  "the assertion that fails")
    for name, cells in rows.items():
        assert len(cells) == 4, name
        if name != "this course":
            bare = [cell for cell in cells if "][" not in cell and not cell.startswith(open_words)]
            assert bare == [], name


def test_every_reference_is_defined_used_and_dated() -> None:
    used = set(re.findall(r"\]\[([\w-]+)\]", README))
    defined = set(re.findall(r"^\[([\w-]+)\]: https?://\S+$", README, re.MULTILINE))
    assert used == defined
    assert re.search(r"looked up on \d{4}-\d\d-\d\d", FLAT)
