"""The installed package finds its data: a wheel is built, installed aside and asked."""

from __future__ import annotations

import shutil
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

from course_lib.data import find_data, places
from tools.notebooks import ROOT

BUILD = (
    "import sys; from setuptools.build_meta import build_wheel; "
    "print(build_wheel(sys.argv[1]), file=sys.stderr)"
)
ASK = (
    "import course_lib; from course_lib import data; "
    "print(course_lib.__file__); print(data.find_data('digits8x8.npz')); "
    "print(len(data.load_digits8x8().x_train), data.photograph('camera').shape)"
)


def run(code: str, *arguments: str, cwd: Path, path: str = "") -> str:
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], cwd=cwd, capture_output=True, text=True,
        env={"PYTHONPATH": path, "PATH": "", "HOME": str(cwd)}, check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_installed_package_finds_its_data(tmp_path: Path) -> None:
    source = tmp_path / "source"
    source.mkdir()
    for name in ("pyproject.toml", "LICENSE", "README.md"):
        shutil.copy(ROOT / name, source)
    for name in ("course_lib", "data"):
        shutil.copytree(ROOT / name, source / name, ignore=shutil.ignore_patterns("__pycache__"))
    run(BUILD, str(tmp_path), cwd=source)
    [wheel] = tmp_path.glob("*.whl")
    # Laid out as pip does it: the library in site-packages, data files below the prefix.
    prefix = tmp_path / "prefix"
    site = Path(sysconfig.get_path("purelib", vars={"base": str(prefix)}))
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(site)
    [extra] = site.glob("*.data")
    share = prefix / "share" / places.DISTRIBUTION
    shutil.copytree(extra / "data", prefix, dirs_exist_ok=True)
    shutil.rmtree(extra)
    relative = Path(*[".."] * len(site.relative_to(prefix).parts))
    [record] = site.glob("*.dist-info/RECORD")
    record.write_text(
        "".join(
            line.replace(f"{extra.name}/data", relative.as_posix()) + "\n"
            for line in record.read_text().splitlines()
        )
    )
    package, file, numbers = run(ASK, cwd=tmp_path, path=str(site)).splitlines()
    assert Path(package).is_relative_to(site)
    assert Path(file) == (share / "digits8x8.npz").resolve()
    assert numbers == "1437 (256, 256)"
    assert {path.name for path in share.iterdir()} == {p.name for p in (ROOT / "data").iterdir()}


def test_an_environment_without_the_package_is_no_accident(monkeypatch) -> None:
    monkeypatch.delenv("COURSE_DATA", raising=False)
    monkeypatch.setattr(places, "DISTRIBUTION", "a-course-that-nobody-installed")
    assert places.look_for("missing.npz") is None
    assert find_data("manifest.toml").parent == ROOT / "data"
