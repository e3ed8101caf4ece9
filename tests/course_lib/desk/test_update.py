"""`course-update` and `course-reset` over a learner's folder: copies first, a line for each."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from course_lib.desk import commands, update
from course_lib.desk.notebook_files import (
    BACKUPS,
    ORIGINALS,
    keep_originals,
    notebook_in,
    replace_files,
)
from tests.course_lib.desk.lecture import (
    SLUG,
    STUB,
    WORK,
    Notebook,
    find,
    lecture,
    sources,
    worked,
    written,
)

PLACE = Path("lectures", SLUG, f"{SLUG}.ipynb")
NEW = lecture(text="Neurons add up, then the bias.")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A course in which a learner has worked, with the lecture kept as it was handed out."""
    folder = tmp_path / "course"
    written(folder / PLACE, lecture())
    keep_originals(folder)
    written(folder / PLACE, worked(weighted_sum=WORK))
    monkeypatch.chdir(folder / "lectures")
    return folder


def as_zip(folder: Path, notebook: Notebook, top: str = "cnn-course/") -> Path:
    path = folder / "new.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(f"{top}{PLACE.as_posix()}", json.dumps(notebook))
        archive.writestr(f"{top}course_lib/extra.py", "new = 1")
        archive.writestr(f"{top}README.md", "New.")
    return path


def as_folder(folder: Path, notebook: Notebook) -> Path:
    written(folder / "unpacked" / PLACE, notebook)
    return folder / "unpacked"


def as_notebook(folder: Path, notebook: Notebook) -> Path:
    return written(folder / f"{SLUG}.ipynb", notebook)


def mine(home: Path) -> dict[str, str]:
    notebook = json.loads((home / PLACE).read_text(encoding="utf-8"))
    for each in notebook["cells"]:
        each["source"] = "".join(each["source"])
    return sources(notebook)


@pytest.mark.parametrize("form", [as_zip, as_folder, as_notebook])
def test_a_correction_comes_by_zip_folder_or_notebook(
    home: Path, tmp_path: Path, form: Callable[[Path, Notebook], Path],
    capsys: pytest.CaptureFixture[str],
) -> None:
    before = (home / PLACE).read_bytes()
    source = str(form(tmp_path, NEW))
    assert commands.update([source, "--dry-run"]) == 0
    assert "nothing was written" in capsys.readouterr().out
    assert (home / PLACE).read_bytes() == before and not (home / BACKUPS).exists()

    assert commands.update([source]) == 0
    told = capsys.readouterr().out
    assert 'corrected: text "Neurons add up, then the bias."\n      -Neurons add up.\n' in told
    assert "1 corrected, 0 up to date. What was replaced is in .course-backups" in told
    assert mine(home)["weighted_sum"] == WORK
    assert mine(home)["text"] == "Neurons add up, then the bias."
    [copies] = (home / BACKUPS).iterdir()
    assert (copies / PLACE).read_bytes() == before
    assert "-Neurons add up." in (copies / "changes.txt").read_text()

    assert commands.update([source]) == 0
    assert capsys.readouterr().out == "course-update: 0 corrected, 1 up to date\n"
    assert list((home / BACKUPS).iterdir()) == [copies]


def test_a_zip_brings_the_library_too_and_copies_what_was_there(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (home / "course_lib").mkdir()
    (home / "README.md").write_text("Old.")
    assert commands.update([str(as_zip(tmp_path, NEW))]) == 0
    assert (home / "course_lib" / "extra.py").read_text() == "new = 1"
    assert (home / "README.md").read_text() == "New."
    [copies] = (home / BACKUPS).iterdir()
    assert (copies / "README.md").read_text() == "Old."
    told = capsys.readouterr().out
    assert "library and texts: 2 files new or changed" in told and "pip install ." in told


def test_a_new_lecture_is_added_and_one_alone_can_be_asked_for(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = as_folder(tmp_path, NEW)
    other = "01_images_and_features"
    written(source / "lectures" / other / f"{other}.ipynb", lecture())
    assert commands.update([str(source), "01"]) == 0
    assert "01_images_and_features: a new lecture" in capsys.readouterr().out
    assert (home / "lectures" / other / f"{other}.ipynb").is_file()
    assert mine(home)["text"] == "Neurons add up."


def test_in_a_folder_that_nbgrader_fetched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = written(tmp_path / "me" / SLUG / f"{SLUG}.ipynb", worked(weighted_sum=WORK))
    sent = written(tmp_path / "outbound" / SLUG / f"{SLUG}.ipynb", NEW)
    monkeypatch.chdir(tmp_path / "me")
    assert commands.update([str(sent.parent)]) == 0
    assert WORK.splitlines()[-1] in path.read_text()
    assert (tmp_path / "me" / BACKUPS).is_dir() and (tmp_path / "me" / ORIGINALS).is_dir()


@pytest.mark.parametrize("place", ["", SLUG])
def test_a_fetched_lecture_is_found_from_inside_and_beside_its_copies(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    path = written(tmp_path / "me" / SLUG / f"{SLUG}.ipynb", worked(weighted_sum=WORK))
    for folder in (path.parent, path.parent.parent):    # JupyterLab's, after the first save
        written(folder / ".ipynb_checkpoints" / f"{SLUG}-checkpoint.ipynb", lecture())
    sent = written(tmp_path / "outbound" / SLUG / f"{SLUG}.ipynb", NEW)
    monkeypatch.chdir(tmp_path / "me" / place)
    assert commands.reset(["00", "--cell", "weighted_sum", "--from", str(sent.parent)]) == 0
    assert WORK.splitlines()[-1] not in path.read_text()
    assert {each.name for each in path.parent.iterdir()} == {".ipynb_checkpoints", path.name}
    assert (tmp_path / "me" / BACKUPS).is_dir()


DAMAGE = [b"", b'{"cells": [', b"\xff\xfe", b"[]", b'{"nbformat": 3, "worksheets": []}',
          b'{"nbformat": 4, "cells": 7}', b'{"nbformat": 4, "cells": ["x"]}', b"[" * 10**5]


@pytest.mark.parametrize("damage", DAMAGE, ids=range(len(DAMAGE)))
def test_what_is_damaged_is_left_alone_on_either_side(
    home: Path, tmp_path: Path, damage: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    sent = as_notebook(tmp_path, NEW)
    good = (home / PLACE).read_bytes()
    (home / PLACE).write_bytes(damage)
    assert commands.update([str(sent)]) == 1
    assert "left alone, because yours cannot be read" in capsys.readouterr().out
    assert (home / PLACE).read_bytes() == damage

    (home / PLACE).write_bytes(good)
    sent.write_bytes(damage)
    assert commands.update([str(sent)]) == 1
    assert "left alone, because of what was sent" in capsys.readouterr().out
    assert (home / PLACE).read_bytes() == good


def test_cells_of_odd_shapes_are_kept(home: Path, tmp_path: Path) -> None:
    odd = worked(weighted_sum=WORK)
    odd["cells"] += [{"cell_type": "code", "id": 7, "metadata": None, "source": None},
                     {"cell_type": "raw", "source": ["a\n", "b"]}, {}]
    written(home / PLACE, odd)
    assert commands.update([str(as_notebook(tmp_path, NEW))]) == 0
    kept = json.loads((home / PLACE).read_text())["cells"]
    assert len(kept) == len(odd["cells"]) and ["a\n", "b"] in [each["source"] for each in kept
                                                               if "source" in each]


def test_half_a_character_does_not_damage_the_notebook(home: Path, tmp_path: Path) -> None:
    """JSON can spell one half of a pair of surrogates; UTF-8 cannot."""
    half = "\ud800"
    written(home / PLACE, worked(weighted_sum=WORK + half, demo=half, text=half))
    assert commands.update([str(as_notebook(tmp_path, NEW))]) == 0
    assert notebook_in((home / PLACE).read_bytes())
    assert mine(home)["weighted_sum"] == WORK + half


@pytest.mark.parametrize(("make", "words"), [
    (lambda folder: folder / "nowhere", "is not there"),
    (lambda folder: written(folder / "x.txt", {}), "neither a folder, nor a zip"),
    (lambda folder: folder, "holds no lecture of this course"),
    (lambda folder: as_zip(folder, NEW, "../"), "holds a file outside its folder"),
    (lambda folder: as_zip(folder, NEW, "/"), "holds a file outside its folder"),
])
def test_a_source_that_is_none_is_one_sentence(
    home: Path, tmp_path: Path, make: Callable[[Path], Path], words: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert commands.update([str(make(tmp_path))]) == 1
    said = capsys.readouterr().err
    assert words in said and said.count("\n") == 1


def test_what_is_too_large_or_broken_is_not_taken(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    packed, sent = as_zip(tmp_path, NEW), as_notebook(tmp_path, NEW)
    for name, words in (("LARGEST", "is too large"), ("MOST", "unpacks to more than")):
        with monkeypatch.context() as small:
            small.setattr(f"course_lib.desk.sources.{name}", 10)
            assert commands.update([str(packed)]) == 1
            assert words in capsys.readouterr().err
            if name == "LARGEST":
                assert commands.update([str(sent)]) == 1
                assert words in capsys.readouterr().err
    content = bytearray(packed.read_bytes())
    content[60:90] = bytes(30)
    packed.write_bytes(content)
    assert commands.update([str(packed)]) == 1
    assert "cannot be read: " in capsys.readouterr().err
    assert mine(home)["text"] == "Neurons add up."


def test_a_damaged_lecture_is_no_lecture_to_go_back_to(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sent = tmp_path / f"{SLUG}.ipynb"
    sent.write_bytes(b"{cut off")
    assert commands.reset(["00", "--from", str(sent)]) == 1
    assert "as it was sent cannot be read: it is not JSON" in capsys.readouterr().err
    assert mine(home)["weighted_sum"] == WORK


def test_elsewhere_and_at_the_instructors_nothing_is_touched(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    sent = str(as_notebook(tmp_path, NEW))
    (home / "solutions").mkdir()
    assert commands.update([sent]) == 1
    assert "instructors' repository" in capsys.readouterr().err
    (tmp_path / "empty").mkdir()
    monkeypatch.chdir(tmp_path / "empty")
    assert commands.update([sent]) == 1
    assert "holds none of the lectures" in capsys.readouterr().err


@pytest.mark.parametrize("work", [lambda sent: commands.update([sent]),
                                  lambda sent: commands.reset(["00"])])
def test_where_nothing_can_be_written_nothing_changes(
    home: Path, tmp_path: Path, work: Callable[[str], int], capsys: pytest.CaptureFixture[str]
) -> None:
    before = (home / PLACE).read_bytes()
    (home / BACKUPS).write_text("in the way")
    assert work(str(as_notebook(tmp_path, NEW))) == 1
    assert "what was there is there still" in capsys.readouterr().err
    assert (home / PLACE).read_bytes() == before


def test_a_lecture_or_a_cell_again(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edited = worked(weighted_sum=WORK, demo="mine = 1")
    before = written(home / PLACE, edited).read_bytes()
    assert commands.reset(["00", "--cell", "weighted_sum"]) == 0
    assert mine(home) == {**sources(edited), "weighted_sum": STUB}
    assert "weighted_sum in 00_start_here is as it was handed out" in capsys.readouterr().out
    [copies] = (home / BACKUPS).iterdir()
    assert (copies / PLACE).read_bytes() == before
    assert commands.reset([SLUG]) == 0
    assert mine(home) == sources(lecture())


def test_a_cell_that_was_deleted_comes_back_to_its_place(home: Path) -> None:
    written(home / PLACE, lecture(text=None, demo="mine = 1"))
    assert commands.reset(["00", "--cell", "text"]) == 0
    assert list(mine(home)) == list(sources(lecture()))


def test_a_damaged_notebook_can_be_given_anew_and_is_copied(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (home / PLACE).write_bytes(b"{cut off")
    assert commands.reset(["00", "--cell", "demo"]) == 1
    assert "Without --cell the whole lecture" in capsys.readouterr().err
    assert commands.reset(["00"]) == 0
    [copies] = (home / BACKUPS).iterdir()
    assert (copies / PLACE).read_bytes() == b"{cut off"
    assert mine(home) == sources(lecture())


def test_without_a_copy_it_is_taken_from_the_zip(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (home / ORIGINALS / f"{SLUG}.ipynb").unlink()
    assert commands.reset(["00"]) == 1
    assert "course-reset 00 --from FILE" in capsys.readouterr().err
    assert commands.reset(["00", "--from", str(as_zip(tmp_path, NEW))]) == 0
    assert mine(home) == sources(NEW)


def test_what_is_not_there_is_said_with_what_is(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert commands.reset(["77"]) == 1
    assert "there is no lecture '77' here; there are: 00" in capsys.readouterr().err
    assert commands.reset(["00", "--cell", "conv"]) == 1
    assert "no cell 'conv'; its gaps are weighted_sum, open_why." in capsys.readouterr().err
    assert commands.reset(["00", "--cell", "wheighted_sum"]) == 1
    assert "no cell 'wheighted_sum'; names like it are weighted_sum" in capsys.readouterr().err


def test_originals_are_kept_only_before_the_first_cell_ran(tmp_path: Path) -> None:
    ran = lecture()
    find(ran, "demo")["execution_count"] = 3
    written(tmp_path / PLACE, ran)
    keep_originals(tmp_path)
    assert not (tmp_path / ORIGINALS).exists()
    written(tmp_path / PLACE, lecture())
    keep_originals(tmp_path)
    written(tmp_path / PLACE, worked(weighted_sum=WORK))
    keep_originals(tmp_path)
    kept = json.loads((tmp_path / ORIGINALS / f"{SLUG}.ipynb").read_text())
    assert kept == lecture()


def test_two_at_the_same_second_have_copies_of_their_own(tmp_path: Path) -> None:
    from datetime import datetime

    path, now = tmp_path / "a.txt", datetime(2026, 1, 1)
    path.write_bytes(b"first")
    one = replace_files(tmp_path, {path: b"second"}, now=now)
    two = replace_files(tmp_path, {path: b"third"}, now=now)
    assert one != two and one is not None and two is not None
    assert [(each / "a.txt").read_bytes() for each in (one, two)] == [b"first", b"second"]


def test_a_real_lecture_comes_through_a_correction(tmp_path: Path) -> None:
    """The released 00 with an answer in it, and a correction of its text."""
    folder = Path(__file__).resolve().parents[3] / "lectures" / SLUG
    released = json.loads((folder / f"{SLUG}.ipynb").read_text(encoding="utf-8"))
    for each in released["cells"]:
        each["source"] = "".join(each["source"])
    home = tmp_path / "course"
    written(home / PLACE, worked(released, weighted_sum=WORK))
    corrected = worked(released, title="# 00, corrected")
    said: list[str] = []
    assert update.update(as_notebook(tmp_path, corrected), here=home, say=said.append) == 0
    assert len([line for line in said if "corrected: " in line]) == 1
    assert mine(home) == {**sources(corrected), "weighted_sum": WORK}
