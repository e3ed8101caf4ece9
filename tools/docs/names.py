"""The public names of course_lib, and the module ("room") in which each is written."""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import course_lib

# Serves the library's own modules; nobody else needs it.
INTERNAL = {"course_lib.arrays"}


@dataclass(frozen=True)
class PublicName:
    """What `from <module> import <name>` gives, written in `room`."""

    module: str
    name: str
    room: str
    value: Any

    @property
    def full(self) -> str:
        return f"{self.module}.{self.name}"

    @property
    def kind(self) -> str:
        if inspect.isclass(self.value):
            return "class"
        return "function" if inspect.isroutine(self.value) else "data"


def public_modules() -> list[str]:
    found = pkgutil.iter_modules(course_lib.__path__, "course_lib.")
    return sorted(
        each.name for each in found
        if each.name not in INTERNAL and not each.name.rpartition(".")[2].startswith("_")
    )


def names_of(module: ModuleType) -> list[str]:
    """`__all__`; without it, the functions and classes that the module itself defines."""
    if hasattr(module, "__all__"):
        return list(module.__all__)
    return sorted(
        name for name, value in vars(module).items()
        if not name.startswith("_") and (inspect.isclass(value) or inspect.isfunction(value))
        and value.__module__ == module.__name__
    )


@cache
def assigned(module: str) -> dict[str, ast.expr]:
    """The names that a module binds at its top level, with what they are bound to."""
    path = importlib.import_module(module).__file__
    assert path is not None
    found = {}
    for node in ast.parse(Path(path).read_text(encoding="utf-8")).body:
        if isinstance(node, ast.Assign):
            found.update({t.id: node.value for t in node.targets if isinstance(t, ast.Name)})
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.value:
            found[node.target.id] = node.value
    return found


def room_of(module: ModuleType, name: str) -> str:
    """Where a name is written: by its own word, or by looking for the assignment."""
    value = getattr(module, name)
    if inspect.isclass(value) or inspect.isfunction(value):
        return str(value.__module__)
    inside = [] if not hasattr(module, "__path__") else [
        each.name for each in pkgutil.iter_modules(module.__path__, f"{module.__name__}.")
    ]
    for room in [module.__name__, *inside]:
        if name in assigned(room):
            return room
    return module.__name__


def public_names(module_name: str) -> list[PublicName]:
    module = importlib.import_module(module_name)
    return [
        PublicName(module_name, name, room_of(module, name), getattr(module, name))
        for name in names_of(module)
    ]
