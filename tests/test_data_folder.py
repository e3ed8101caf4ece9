"""data/ is what its manifest says: every file listed, every sum right, every licence named."""

from __future__ import annotations

import hashlib
import re
import tomllib
from typing import Any

import numpy as np
import pytest

from tools import make_data
from tools.notebooks import ROOT

DATA = ROOT / "data"
FILES: dict[str, dict[str, Any]] = tomllib.loads((DATA / "manifest.toml").read_text())["files"]
KEYS = {"bytes", "sha256", "what", "source", "licence", "made_by"}
MAX_BYTES = 4_000_000   # all of it travels with every clone and every student's zip


def test_the_manifest_lists_every_file_and_no_other() -> None:
    found = {path.name for path in DATA.iterdir()}
    assert found == {*FILES, "README.md", "manifest.toml"}


@pytest.mark.parametrize("name", FILES)
def test_a_file_is_the_one_that_is_listed(name: str) -> None:
    content = (DATA / name).read_bytes()
    assert len(content) == FILES[name]["bytes"]
    assert hashlib.sha256(content).hexdigest() == FILES[name]["sha256"]


@pytest.mark.parametrize("name", FILES)
def test_source_and_licence_are_named_here_and_in_the_readme(name: str) -> None:
    assert set(FILES[name]) == KEYS
    assert all(FILES[name].values())
    row = re.search(rf"^\| `{re.escape(name)}` \|.*\|$", (DATA / "README.md").read_text(), re.M)
    assert row, f"{name} has no row in data/README.md"
    assert FILES[name]["licence"].split()[0].rstrip(",") in row.group()


@pytest.mark.parametrize("name", [name for name in FILES if name.endswith(".npz")])
def test_an_npz_holds_plain_bytes_and_no_pickle(name: str) -> None:
    with np.load(DATA / name, allow_pickle=False) as file:
        assert {file[key].dtype for key in file.files} == {np.dtype(np.uint8)}


def test_it_stays_small() -> None:
    assert sum(path.stat().st_size for path in DATA.iterdir()) < MAX_BYTES


def test_the_glyphs_can_be_drawn_again() -> None:
    with np.load(DATA / "glyphs.npz", allow_pickle=False) as file:
        stored = file["glyphs"].astype(float)
    drawn = make_data.glyphs()["glyphs"].astype(float)
    assert drawn.shape == stored.shape == (len(make_data.FONTS), 10, 32, 32)
    # Another release of the drawing library may shade an edge differently.
    assert np.abs(drawn - stored).mean() < 4
    assert (stored.max(axis=(2, 3)) == 255).all()


def test_a_source_of_another_version_is_refused(tmp_path) -> None:
    file = tmp_path / "camera.png"
    file.write_bytes(b"other")
    sha256 = hashlib.sha256(b"other").hexdigest()
    assert make_data.checked(file, sha256) == file
    with pytest.raises(ValueError, match=f"has the SHA-256 {sha256}; expected 00. Another version"):
        make_data.checked(file, "00")


def test_sums_are_written_into_the_manifest(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(make_data, "DATA", tmp_path)
    (tmp_path / "a.npz").write_bytes(b"one")
    (tmp_path / "b.npz").write_bytes(b"two!")
    entry = '[files."{}"]\nbytes = 0\nsha256 = ""\nwhat = "words"\n'
    (tmp_path / "manifest.toml").write_text(entry.format("a.npz") + entry.format("b.npz"))
    make_data.list_sums()
    make_data.list_sums()
    listed = tomllib.loads((tmp_path / "manifest.toml").read_text())["files"]
    assert [(listed[name]["bytes"], listed[name]["sha256"][:6]) for name in listed] == [
        (3, hashlib.sha256(b"one").hexdigest()[:6]), (4, hashlib.sha256(b"two!").hexdigest()[:6])
    ]
    assert listed["b.npz"]["what"] == "words"


def test_without_arguments_it_says_how_to_call_it(capsys) -> None:
    assert make_data.main([]) == 2
    assert "python -m tools.make_data SITE_PACKAGES" in capsys.readouterr().out
