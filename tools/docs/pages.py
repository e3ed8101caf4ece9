"""One page for each public module of course_lib, written from `__all__` and the docstrings.

A module's page has a section for each room (the file in which names are written) with that
file's docstring, because shapes and errors that a family shares are written there once.
"""

from __future__ import annotations

import ast
import importlib
from itertools import groupby
from pathlib import Path

from tools.docs.names import PublicName, assigned, public_modules, public_names
from tools.docs.prose import as_rst


def _heading(text: str, line: str) -> list[str]:
    return [text, line * len(text), ""]


def _docstring(module: str) -> list[str]:
    return as_rst(importlib.import_module(module).__doc__ or "")


def entry(public: PublicName) -> list[str]:
    if public.kind == "data":
        value = ast.unparse(assigned(public.room)[public.name])
        return [f".. py:data:: {public.name}", f"   :value: {value}", ""]
    options = ["   :members:", "   :member-order: bysource"] if public.kind == "class" else []
    return [f".. auto{public.kind}:: {public.full}", *options, ""]


def page(module: str) -> str:
    """The page of one module as reStructuredText."""
    names = sorted(public_names(module), key=lambda public: (public.room, public.name))
    lines = [*_heading(module, "="), *_docstring(module), f".. py:module:: {module}", ""]
    for room, inside in groupby(names, key=lambda public: public.room):
        if room != module:
            lines += [*_heading(room.rpartition(".")[2], "-"), *_docstring(room)]
        for public in inside:
            lines += entry(public)
    return "\n".join(lines)


def index(modules: list[str]) -> str:
    intro = [
        *_heading("The library, name by name", "="),
        "Every public name of course_lib, written from the library itself by ``make docs``.",
        "",
        "===== =====",
        "===== =====",
    ]
    rows = []
    for module in modules:
        first = as_rst(importlib.import_module(module).__doc__ or "")[0]
        rows += [f":doc:`{module}`", f"   {first}", ""]
    tree = [".. toctree::", "   :hidden:", "", *(f"   {module}" for module in modules), ""]
    return "\n".join([*intro[:-2], *rows, *tree])


def pages() -> dict[str, str]:
    """File name -> text, for all of them."""
    modules = public_modules()
    return {"index.rst": index(modules)} | {f"{name}.rst": page(name) for name in modules}


def write(folder: Path) -> None:
    """Make the folder hold exactly the pages of the library."""
    fill(folder, pages())


def fill(folder: Path, wanted: dict[str, str]) -> None:
    """Make the folder hold exactly these files; touch only those that changed."""
    folder.mkdir(exist_ok=True)
    for path in folder.iterdir():
        if path.name not in wanted:
            path.unlink()
    for name, text in wanted.items():
        path = folder / name
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
