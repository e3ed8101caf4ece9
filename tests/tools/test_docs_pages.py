"""The pages of `make docs`: every public name is there, says what it does, and says it right."""

from __future__ import annotations

import ast
import importlib
import inspect
import re
import textwrap
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from tools.docs import pages
from tools.docs.__main__ import build
from tools.docs.names import PublicName, public_modules, public_names
from tools.docs.prose import as_rst, escaped
from tools.docs.signatures import written
from tools.notebooks import ROOT

OF_MODULE = {module: list(public_names(module)) for module in public_modules()}
NAMES = [public for names in OF_MODULE.values() for public in names]
CALLABLE = {module: [public for public in names if public.kind != "data"]
            for module, names in OF_MODULE.items()}
every_name = pytest.mark.parametrize("names", OF_MODULE.values(), ids=OF_MODULE)
every_callable = pytest.mark.parametrize("names", CALLABLE.values(), ids=CALLABLE)

# A call of these raises for bad input, in the course's own form.
VALIDATES = re.compile(r"_?(expect|check|setting|float_array|plain_numbers|pool_windows)")
SAYS_WHEN_IT_RAISES = re.compile(r"\b(raises?|refused|exceptions)\b|Error\b", re.IGNORECASE)
# (N, C, H, W), "shape", "one number", or a pointer to the function that says it.
SAYS_SHAPES = re.compile(
    r"\(\w+,[^()]*\)|\b(shapes?|numbers?|array|as for|those of)\b", re.IGNORECASE
)


def document(public: PublicName) -> str:
    """The docstring and those that its page shows above it; f_backward also leans on f."""
    module = importlib.import_module(public.module)
    forward = getattr(module, public.name.removesuffix("_backward"))
    places: list[Any] = [public.value, forward, importlib.import_module(public.room), module]
    return "\n".join(place.__doc__ or "" for place in places)


def raises(thing: Any) -> bool:
    for node in ast.walk(ast.parse(textwrap.dedent(inspect.getsource(thing)))):
        if isinstance(node, ast.Raise) and "NotImplementedError" not in ast.unparse(node):
            return True
        if isinstance(node, ast.Call):
            called = ast.unparse(node.func).rpartition(".")[2]
            if VALIDATES.match(called):
                return True
    return False


# ---- docstrings --------------------------------------------------------------------------------


def test_the_library_is_there() -> None:
    assert {"course_lib.functional", "course_lib.layers", "course_lib.checks"} <= set(
        public_modules()
    )
    assert len(NAMES) > 200


@every_callable
def test_every_public_name_says_what_it_does_in_its_first_line(names) -> None:
    for public in names:
        docstring = public.value.__doc__ or ""
        assert re.match(r"\S.{9,}", docstring.strip()), f"{public.full} has no docstring"
        made = public.kind == "class" and docstring.startswith(f"{public.name}(")
        assert not made, f"the docstring of {public.full} is the one that dataclass makes"


@every_callable
def test_what_raises_says_so(names) -> None:
    for public in names:
        if raises(public.value):
            assert SAYS_WHEN_IT_RAISES.search(document(public)), (
                f"{public.full} raises; its docstring, or that of {public.room}, does not say when"
            )


@every_callable
def test_what_takes_or_makes_arrays_says_their_shapes(names) -> None:
    for public in names:
        signature = "".join(written(public.value, public.kind) or "")
        if re.search(r"\bArray", signature) and "Buffer" not in public.name:
            assert SAYS_SHAPES.search(document(public)), f"{public.full} says no shapes"


# ---- pages -------------------------------------------------------------------------------------

PAGES = pages.pages()


@every_name
def test_every_public_name_has_an_entry_on_the_page_of_its_module(names) -> None:
    for public in names:
        options = {f".. auto{public.kind}:: {public.full}", f".. py:data:: {public.name}"}
        assert options & set(PAGES[f"{public.module}.rst"].splitlines()), public.full


def test_the_index_lists_every_module() -> None:
    for module in public_modules():
        assert f":doc:`{module}`" in PAGES["index.rst"]


@every_callable
def test_no_word_of_a_docstring_is_lost(names) -> None:
    for public in names:
        docstring = inspect.cleandoc(public.value.__doc__ or "")
        shown = "\n".join(as_rst(docstring)).replace("\\", "")
        assert re.findall(r"\w+", shown) == re.findall(r"\w+", docstring), public.full


def test_only_pages_that_changed_are_written_and_old_ones_go(tmp_path: Path) -> None:
    pages.write(tmp_path)
    (tmp_path / "course_lib.gone.rst").write_text("old")
    before = {path.name: path.stat().st_mtime_ns for path in tmp_path.iterdir()}
    before.pop("course_lib.gone.rst")
    pages.write(tmp_path)
    assert {path.name: path.stat().st_mtime_ns for path in tmp_path.iterdir()} == before


def test_prose_means_what_it_says() -> None:
    assert escaped("y = a * b_ |x|") == r"y = a \* b\_ \|x\|"
    assert escaped("`rounding` and ``f(x)``") == r"\ ``rounding``\  and \ ``f(x)``\ "
    text = "One line\nof prose.\nSource: a deck.\n\n- first\n  item\n- second\n\n    kept  as is"
    assert as_rst(text) == [
        "One line of prose.", "", "Source: a deck.", "", "- first item", "- second", "",
        "::", "", "        kept  as is", "",
    ]
    assert as_rst("1. no list")[0].startswith("\\ ")


def test_signatures_are_those_of_the_source() -> None:
    class Layer:
        def __init__(self, size: Pair = 3, *, rng: Any) -> None: ...  # type: ignore[name-defined] # noqa: F821

    assert written(Layer, "class") == ("(size: Pair=3, *, rng: Any)", "")
    assert written(len, "function") is None


# ---- the site ----------------------------------------------------------------------------------


def test_nothing_is_fetched_and_sphinx_itself_runs_no_cell() -> None:
    settings: dict[str, Any] = {"__file__": str(ROOT / "docs" / "conf.py")}
    exec((ROOT / "docs" / "conf.py").read_text(encoding="utf-8"), settings)
    assert "sphinx.ext.intersphinx" not in settings["extensions"]
    assert settings["html_math_renderer"] == "mathml"
    assert settings["nb_execution_mode"] == "off"


@pytest.mark.slow
def test_the_site_builds_without_a_warning_and_needs_no_network(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COURSE_FAST", "1")
    assert build(tmp_path / "site") == 0
    site = {path: path.read_text(encoding="utf-8") for path in (tmp_path / "site").rglob("*.html")}
    api = {path.name: text for path, text in site.items() if path.parent.name == "api"}
    for public in NAMES:
        assert f'id="{public.full}"' in api[f"{public.module}.html"], public.full
    loaded = r'<(?:script|img|iframe)[^>]+src="(?:https?:)?//|<link[^>]+href="(?:https?:)?//'
    assert [path.name for path, text in site.items() if re.search(loaded, text)] == []
    notation = unescape(next(text for path, text in site.items() if path.stem == "notation"))
    assert "<math" in notation
    assert "$" not in re.sub(r"<[^>]*>", "", notation.partition("<article")[2])


@pytest.mark.slow
def test_a_warning_fails_the_build(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COURSE_FAST", "1")
    (tmp_path / "docs").mkdir()
    (tmp_path / "page.md").write_text("# Title\n\n[nowhere](missing.md)\n", encoding="utf-8")
    only_this = ["root_doc=page", "include_patterns=page.md", "exclude_patterns="]
    assert build(tmp_path / "site", tmp_path, only_this) != 0
    assert "missing" in capfd.readouterr().err
