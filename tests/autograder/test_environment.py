"""The list of fonts that children get is Matplotlib's own, found without loading Matplotlib."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import matplotlib
import pytest
from matplotlib import font_manager

from autograder.sandbox import environment

NAME = f"fontlist-v{font_manager.FontManager.__version__}.json"


@pytest.fixture(autouse=True)
def anew() -> None:
    environment.font_lists.cache_clear()


def test_the_list_is_found_where_matplotlib_keeps_it() -> None:
    expected = Path(matplotlib.get_cachedir(), NAME)
    assert environment._known_list() == expected
    assert environment.font_lists() == (expected,)


@pytest.mark.parametrize("variable", ["MPLCONFIGDIR", "XDG_CACHE_HOME"])
def test_a_folder_of_ones_own_counts(
    variable: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("MPLCONFIGDIR", raising=False)
    monkeypatch.setenv(variable, str(tmp_path))
    folder = tmp_path if variable == "MPLCONFIGDIR" else tmp_path / "matplotlib"
    assert environment._known_list() is None, "a list of another version is none"
    folder.mkdir(exist_ok=True)
    (folder / NAME).write_text("{}")
    assert environment.font_lists() == (folder / NAME,)


def test_finding_it_loads_nothing() -> None:
    code = ("import sys\nfrom autograder.sandbox.environment import font_lists\n"
            "assert font_lists()\nassert 'matplotlib' not in sys.modules")
    subprocess.run([sys.executable, "-c", code], cwd=environment.__file__.split("autograder")[0],
                   check=True)
