"""Figures in the notebook: real alternative text, closed afterwards, no careless colours."""

from __future__ import annotations

import base64
import re
import subprocess
import sys
from pathlib import Path

import IPython
import numpy as np
import pytest
from matplotlib import pyplot
from matplotlib.figure import Figure

import course_lib
from course_lib import plots
from course_lib.plots.palette import HATCHES, LINE_STYLES, MARKERS, number

SENTENCE = "The error falls from 2 to 0.1."
LIBRARY = Path(course_lib.__file__).parent


def figure() -> Figure:
    return plots.lines([1, 2, 3], [4, 5, 6])


@pytest.fixture
def notebook(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, str]]:
    """A kernel, as far as show can tell; the list holds what it displays."""
    displayed: list[dict[str, str]] = []
    monkeypatch.setattr(IPython, "get_ipython", lambda: object())

    def display(bundle: dict[str, str], *, raw: bool) -> None:
        assert raw
        displayed.append(bundle)

    monkeypatch.setattr(IPython.display, "display", display)
    return displayed


def test_show_puts_the_sentence_into_the_image(notebook: list[dict[str, str]]) -> None:
    plots.show(figure(), alt=SENTENCE)
    [bundle] = notebook
    assert bundle["text/plain"] == SENTENCE
    assert f'<img alt="{SENTENCE}"' in bundle["text/html"]


def test_the_image_is_a_png_of_the_width_it_says() -> None:
    html = plots.figure_html(figure(), alt=SENTENCE)
    match = re.search(r'width="(\d+)".* src="data:image/png;base64,([^"]+)"', html)
    assert match is not None
    png = base64.b64decode(match[2])
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    # The picture has half as many dots again as the page shows: crisp on every screen.
    assert int.from_bytes(png[16:20], "big") == pytest.approx(1.5 * int(match[1]), abs=1)


def test_the_same_figure_gives_the_same_bytes() -> None:
    assert plots.figure_html(figure(), alt=SENTENCE) == plots.figure_html(figure(), alt=SENTENCE)


@pytest.mark.parametrize("sign", ['"', "<", "&", "'"])
def test_signs_of_html_in_the_sentence_cannot_end_the_attribute(sign: str) -> None:
    html = plots.figure_html(figure(), alt=f"A sentence that has {sign} in it.")
    attribute = html.removeprefix('<img alt="').partition('" width=')[0]
    assert sign not in attribute.replace("&quot;", "").replace("&lt;", "").replace(
        "&amp;", ""
    ).replace("&#x27;", "") or sign == "&"
    assert html.count("<") == 1


def test_without_a_notebook_the_sentence_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    plots.show(figure(), alt=f"  {SENTENCE}\n")
    assert capsys.readouterr().out == f"{SENTENCE}\n"


def test_without_ipython_the_sentence_is_printed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delitem(sys.modules, "IPython")
    plots.show(figure(), alt=SENTENCE)
    assert capsys.readouterr().out == f"{SENTENCE}\n"


def test_a_figure_of_pyplot_is_closed_so_that_it_is_not_shown_twice() -> None:
    fig, _ = pyplot.subplots()
    plots.show(fig, alt=SENTENCE)
    assert not pyplot.fignum_exists(fig.number)


def test_our_own_figures_leave_pyplot_alone() -> None:
    before = pyplot.get_fignums()
    plots.draw_graph([1, 2], [(1, 2)])
    plots.image_grid(np.eye(3))
    assert pyplot.get_fignums() == before


def test_figures_have_a_white_ground(notebook: list[dict[str, str]]) -> None:
    fig = figure()
    fig.set_facecolor("none")
    plots.show(fig, alt=SENTENCE)
    data = notebook[0]["text/html"].partition("base64,")[2].partition('"')[0]
    corner = pyplot.imread(_file(base64.b64decode(data)))[0, 0]
    np.testing.assert_array_equal(corner, [1, 1, 1, 1])


def _file(data: bytes) -> object:
    import io

    return io.BytesIO(data)


def test_importing_the_library_loads_no_plotting_and_no_widgets() -> None:
    code = (
        "import sys, course_lib, course_lib.functional, course_lib.graph, course_lib.layers; "
        "print(sorted({'matplotlib', 'ipywidgets', 'course_lib.plots', 'course_lib.widgets'} "
        "& set(sys.modules)))"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True,
        cwd=LIBRARY.parent,
    )
    assert ran.stdout.strip() == "[]"


def test_plots_alone_load_no_widgets() -> None:
    code = "import sys, course_lib.plots; print('ipywidgets' in sys.modules)"
    ran = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True,
        cwd=LIBRARY.parent,
    )
    assert ran.stdout.strip() == "False"


def test_no_colour_map_that_misleads() -> None:
    """They are not even in lightness, and people with other colour vision misread them."""
    forbidden = re.compile(r"\b(jet|rainbow|hsv|nipy_spectral|gist_ncar)(_r)?\b")
    root = LIBRARY.parent
    files = [*LIBRARY.rglob("*.py"), *(root / "solutions").rglob("*.ipynb")]
    assert len(files) > 10
    found = [
        f"{file.relative_to(root)}: {match[0]}"
        for file in files
        for match in forbidden.finditer(_without_pictures(file.read_text(encoding="utf-8")))
    ]
    assert found == []


def _without_pictures(text: str) -> str:
    return re.sub(r"base64,[A-Za-z0-9+/=]+", "", text)


def test_the_lint_would_find_one() -> None:
    assert re.search(r"\b(jet|rainbow|hsv)(_r)?\b", 'imshow(x, cmap="jet")')


def test_okabe_ito_is_the_published_palette() -> None:
    published = {
        "#000000", "#E69F00", "#56B4E9", "#009E73", "#F0E442", "#0072B2", "#D55E00", "#CC79A7",
    }
    assert set(plots.OKABE_ITO) == published


def test_every_colour_has_its_own_marker_line_and_hatch() -> None:
    for partner in (MARKERS, LINE_STYLES, HATCHES):
        assert len(set(partner)) == len(plots.OKABE_ITO)


@pytest.mark.parametrize(
    ("value", "text"),
    [(3.0, "3"), (-0.25, "−0.25"), (0.62246, "0.622"), (-0.0, "0"), (1e-7, "1e−07"), (True, "1")],
)
def test_numbers_are_written_short(value: float, text: str) -> None:
    assert number(value) == text


def test_a_picture_is_never_wider_than_its_column() -> None:
    assert 'style="max-width:100%;height:auto"' in plots.figure_html(figure(), alt=SENTENCE)
