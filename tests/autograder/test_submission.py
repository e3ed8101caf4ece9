"""The handed-in file: every broken one has a name, every honest one is joined with our cells."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from autograder.catalogue import Topic
from autograder.grading import notebook_file
from autograder.grading.notebook_file import UnreadableError, read_cells
from autograder.grading.submission import Submission, joined, read_submission
from course_lib.desk.cells import cell_source
from tests.autograder.small_course import (
    SOLUTIONS,
    Notebook,
    cell_of,
    code,
    handed_in,
    lecture,
    nbgrader,
)


@pytest.fixture(scope="module")
def topic(small_topic: Topic) -> Topic:
    return small_topic


def read(topic: Topic, notebook: Notebook) -> Submission:
    return joined(json.loads(json.dumps(notebook))["cells"], topic)


def roles(submission: Submission) -> list[tuple[str, str]]:
    return [(cell.role, cell.name) for cell in submission.cells]


ALL = [("setup", "setup"), *(("solution", name) for name in SOLUTIONS)]

CONTENTS: dict[str, tuple[bytes, str]] = {
    "empty": (b"  \n", "empty"),
    "cut off": (b'{"cells": [', "not JSON"),
    "merged": (b"<<<<<<< HEAD\n{}", "not JSON"),
    "latin 1": ('{"cells": "é"}'.encode("latin-1"), "not UTF-8"),
    "a picture": (b"\x89PNG\r\n\x1a\n\x00\x00", "not UTF-8"),
    "deep": (b"[" * 100_000, "nested too deeply"),
    "deep objects": (b'{"a":' * 100_000, "nested too deeply"),
    "a long number": (b"[" + b"9" * 5_000 + b"]", "not JSON"),
    "a list": (b"[]", "not a notebook"),
    "a word": (b'"nbformat"', "not a notebook"),
    "nbformat 2": (b'{"nbformat": 2, "worksheets": []}', "nbformat 2"),
    "nbformat 3": (b'{"nbformat": 3, "worksheets": []}', "nbformat 3"),
    "nbformat 99": (b'{"nbformat": 99, "cells": []}', "nbformat 99"),
    "no nbformat": (b'{"cells": []}', "no nbformat"),
    "nbformat true": (b'{"nbformat": true, "cells": []}', "no nbformat"),
    "nbformat text": (b'{"nbformat": "4", "cells": []}', "no nbformat"),
    "nbformat huge": (b'{"nbformat": 1' + b"0" * 4_000 + b"}", "no nbformat"),
    "no cells": (b'{"nbformat": 4}', "no cells"),
    "cells as text": (b'{"nbformat": 4, "cells": "none"}', "no cells"),
    "many cells": (b'{"nbformat": 4, "cells": [' + b"{}," * 9_000 + b"{}]}", "too many cells"),
}


class TestFiles:
    @pytest.mark.parametrize("name", CONTENTS)
    def test_a_broken_file_has_a_named_outcome(self, name: str, tmp_path: Path) -> None:
        content, note = CONTENTS[name]
        path = tmp_path / "x.ipynb"
        path.write_bytes(content)
        with pytest.raises(UnreadableError) as error:
            read_cells(path)
        assert error.value.note == note
        assert str(error.value).endswith(".")

    def test_what_is_no_plain_file_is_not_opened(self, tmp_path: Path) -> None:
        real, link, pipe = (tmp_path / name for name in ("real", "link", "pipe"))
        real.write_text(json.dumps(lecture()), encoding="utf-8")
        link.symlink_to(real)
        os.mkfifo(pipe)
        dangling = tmp_path / "dangling"
        dangling.symlink_to("/nowhere")
        for path, note in [
            (link, "a symbolic link"), (dangling, "a symbolic link"), (pipe, "not a regular file"),
            (tmp_path, "not a regular file"), (tmp_path / "none", "no notebook"),
            (Path("/dev/zero"), "not a regular file"), (tmp_path / "a\0b", "no notebook"),
        ]:
            with pytest.raises(UnreadableError) as error:
                read_cells(path)
            assert error.value.note == note

    def test_sixty_megabytes_of_metadata_are_not_parsed(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        path = tmp_path / "x.ipynb"
        path.write_text(json.dumps({**lecture(), "metadata": {"x": "y" * 60_000_000}}))
        monkeypatch.setattr(notebook_file.json, "loads", pytest.fail)
        with pytest.raises(UnreadableError, match="60 MB; at most 20 MB") as error:
            read_cells(path)
        assert error.value.note == "too large"

    def test_a_byte_order_mark_and_odd_cells_do_no_harm(self, tmp_path: Path) -> None:
        path = tmp_path / "x.ipynb"
        notebook = {"nbformat": 4, "cells": [None, 3, [], {"source": 7}, {"source": ["a", 1, "b"]}]}
        path.write_bytes(b"\xef\xbb\xbf" + json.dumps(notebook).encode())
        assert [cell_source(cell) for cell in read_cells(path)] == ["", "ab"]


class TestJoining:
    def test_what_runs_is_setup_and_the_exercises(self, topic: Topic, tmp_path: Path) -> None:
        path = tmp_path / "x.ipynb"
        path.write_text(json.dumps(handed_in()), encoding="utf-8")
        submission = read_submission(path, topic)
        assert roles(submission) == ALL
        assert not submission.absent
        assert not submission.doubtful
        assert submission.events == ()

    def test_sources_may_be_lists_and_lines_may_end_as_in_windows(self, topic: Topic) -> None:
        def edit(notebook: Notebook) -> None:
            for cell in notebook["cells"]:
                cell["source"] = cell["source"].replace("\n", "\r\n").splitlines(keepends=True)

        submission = read(topic, handed_in(edit=edit))
        assert roles(submission) == ALL
        assert submission.cells[1].source == SOLUTIONS["weighted_sum"]

    def test_a_deleted_setup_cell_is_restored(self, topic: Topic) -> None:
        submission = read(topic, handed_in(edit=lambda n: n["cells"].pop(1)))
        assert roles(submission) == ALL
        assert submission.events == ("the setup cell setup was gone and has been restored",)

    def test_a_setup_cell_of_ones_own_runs_after_ours(self, topic: Topic) -> None:
        mine = "import numpy as np\nimport math"
        submission = read(topic, handed_in({"setup": mine}))
        assert roles(submission)[:2] == [("setup", "setup"), ("added", "number 2")]
        assert submission.cells[1].source == mine

    def test_added_cells_run_where_they_stand(self, topic: Topic) -> None:
        helper = code("a1b2", "def helper(): return 1")
        cells = handed_in(before=(helper,))
        cells["cells"].append(code("c3d4", "late = 2"))
        assert roles(read(topic, cells)) == [
            ALL[0], ("added", "number 1"), *ALL[1:], ("added", f"number {len(cells['cells'])}"),
        ]

    def test_our_other_cells_never_run_edited_or_not(self, topic: Topic) -> None:
        sources = {"demonstration": "def helper(): pass", "training": "x = 1",
                   "check_pred_succ": "print('full marks')"}
        submission = read(topic, handed_in(sources))
        assert roles(submission) == ALL
        assert {"helper", "x"} <= submission.unused
        assert submission.events == ("the cell check_pred_succ was edited; ours counts",)

    def test_copies_of_our_cells_do_not_run(self, topic: Topic) -> None:
        def edit(notebook: Notebook) -> None:
            notebook["cells"].append(code("copy1", 'check("pred_succ")  \n'))
            notebook["cells"].append(code("copy2", "shown = 6 * 7"))

        assert roles(read(topic, handed_in(edit=edit))) == ALL

    def test_raised_points_and_foreign_grade_ids_change_nothing(self, topic: Topic) -> None:
        def edit(notebook: Notebook) -> None:
            cell_of(notebook, "check_pred_succ")["metadata"]["nbgrader"]["points"] = 1e9
            notebook["cells"].append(
                code("mine", "y = 1", nbgrader=nbgrader("bonus", grade=True, points=50))
            )

        assert roles(read(topic, handed_in(edit=edit))) == [*ALL, ("added", "number 15")]

    def test_markdown_does_not_run_but_an_exercise_that_became_markdown_does(
        self, topic: Topic
    ) -> None:
        def edit(notebook: Notebook) -> None:
            cell_of(notebook, "title")["source"] = "import os"
            cell_of(notebook, "pred_succ")["cell_type"] = "markdown"

        assert roles(read(topic, handed_in(edit=edit))) == ALL


def other_ids(notebook: Notebook) -> None:
    for number, cell in enumerate(notebook["cells"]):
        cell["id"] = f"colab{number}"


def no_ids(notebook: Notebook) -> None:
    notebook["nbformat_minor"] = 4
    for cell in notebook["cells"]:
        del cell["id"]


def no_metadata(notebook: Notebook) -> None:
    for cell in notebook["cells"]:
        cell["metadata"] = {}


def odd_metadata(notebook: Notebook) -> None:
    odd: list[Any] = [None, 3, "x", [], {"nbgrader": 1}, {"nbgrader": {"grade_id": {}}}]
    for number, cell in enumerate(notebook["cells"]):
        cell["metadata"] = odd[number % len(odd)]


def nothing_left(notebook: Notebook) -> None:
    no_ids(notebook)
    no_metadata(notebook)


def odd_ids(notebook: Notebook) -> None:
    for cell in notebook["cells"]:
        cell["id"] = ["list"]


class TestLostIds:
    @pytest.mark.parametrize("lose", [other_ids, no_ids, no_metadata, odd_metadata, odd_ids])
    @pytest.mark.parametrize("start", [handed_in, lecture])
    def test_one_of_the_two_names_is_enough(
        self, topic: Topic, lose: Callable[[Notebook], None], start: Callable[[], Notebook]
    ) -> None:
        notebook = start()
        lose(notebook)
        assert roles(read(topic, notebook)) == ALL

    def test_when_both_are_lost_the_definition_tells(self, topic: Topic) -> None:
        own = {name: source.replace("BEGIN", "MY").replace("END", "MY")
               for name, source in SOLUTIONS.items()}
        notebook = handed_in(own)
        nothing_left(notebook)
        submission = read(topic, notebook)
        assert roles(submission) == ALL
        assert not submission.absent
        assert len(submission.events) == len(SOLUTIONS)

    def test_two_exercises_in_one_cell_are_both_found(self, topic: Topic) -> None:
        def edit(notebook: Notebook) -> None:
            both = "\n\n".join(SOLUTIONS[name] for name in ("weighted_sum", "pred_succ"))
            notebook["cells"] = [
                *(c for c in notebook["cells"] if c["id"] not in ("weighted_sum", "pred_succ")),
                code("mine", both),
            ]

        submission = read(topic, handed_in(edit=edit))
        assert submission.cells[-1].exercises == ("pred_succ", "weighted_sum")
        assert not submission.absent

    def test_an_exercise_that_is_gone_is_absent(self, topic: Topic) -> None:
        def edit(notebook: Notebook) -> None:
            notebook["cells"] = [c for c in notebook["cells"] if c["id"] != "pred_succ"]

        assert read(topic, handed_in(edit=edit)).absent == {"pred_succ"}


class TestDuplicates:
    def test_different_cells_for_one_exercise_are_doubtful_and_all_run(self, topic: Topic) -> None:
        def edit(notebook: Notebook) -> None:
            second = json.loads(json.dumps(cell_of(notebook, "pred_succ")))
            notebook["cells"].append({**second, "id": "copy", "source": "pred_succ = None"})

        submission = read(topic, handed_in(edit=edit))
        assert submission.doubtful == {"pred_succ"}
        assert roles(submission) == [*ALL, ("solution", "pred_succ")]

    def test_a_true_copy_is_not_doubtful(self, topic: Topic) -> None:
        def edit(notebook: Notebook) -> None:
            second = json.loads(json.dumps(cell_of(notebook, "pred_succ")))
            notebook["cells"].append({**second, "source": second["source"] + "  \n"})

        assert not read(topic, handed_in(edit=edit)).doubtful

    def test_one_cell_id_for_all_cells_is_no_trouble(self, topic: Topic) -> None:
        def edit(notebook: Notebook) -> None:
            for cell in notebook["cells"]:
                cell["id"] = "same"

        submission = read(topic, handed_in(edit=edit))
        assert roles(submission) == ALL
        assert not submission.doubtful

    def test_a_grade_id_counts_before_an_id(self, topic: Topic) -> None:
        def edit(notebook: Notebook) -> None:
            one, other = cell_of(notebook, "pred_succ"), cell_of(notebook, "classify_nodes")
            one["id"], other["id"] = other["id"], one["id"]

        submission = read(topic, handed_in(edit=edit))
        assert roles(submission) == ALL
        assert submission.cells[2].source == SOLUTIONS["pred_succ"]
