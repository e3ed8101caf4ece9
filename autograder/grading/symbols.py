"""Which lines of the course's code a name depends on, found by reading, never by importing.

From a name in a module the walk goes to the statements that bind it, from there to every name
they use, and over `import` into other modules of ours. Comments and layout are no part of it.
"""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

__all__ = ["Code"]

OURS = ("course_lib", "autograder")


@dataclass(frozen=True)
class Statement:
    """One statement at the top of a module: the names it binds and uses, and its text."""

    binds: frozenset[str]
    uses: frozenset[str]
    text: str
    imports: tuple[tuple[str, str, str], ...] = ()  # (name here, module, name there or "")


class Code:
    """The modules under `root`, each read once. Modules of `closed` are not gone into.

    `path(module)` is the file of a module of ours, None if there is none.
    """

    def __init__(self, root: Path, closed: Collection[str] = ()) -> None:
        self.root = root
        self.closed = frozenset(closed)
        self._statements = cache(self._read)
        self._own = cache(self._names)
        self.path = cache(self._path)

    def _path(self, module: str) -> Path | None:
        stem = self.root.joinpath(*module.split("."))
        for path in (stem.with_suffix(".py"), stem / "__init__.py"):
            if path.is_file():
                return path
        return None

    def texts(self, names: Collection[tuple[str, str]]) -> list[str]:
        """All that (module, name) pairs depend on; a name "" stands for the whole module."""
        found: set[tuple[str, int, str]] = set()
        waiting = list(names)
        seen = set(waiting)
        while waiting:
            module, name = waiting.pop()
            for position, statement, wanted in self._about(module, name):
                if wanted:
                    found.add((module, position, wanted))
                for more in self._further(module, statement):
                    if more not in seen:
                        seen.add(more)
                        waiting.append(more)
        return [f"{module}: {text}" for module, _, text in sorted(found)]

    def _about(self, module: str, name: str) -> Iterator[tuple[int, Statement, str]]:
        """The statements that make a name, and those that bind nothing: they may register it."""
        if module in self.closed or self.path(module) is None:
            return
        head = name.partition(".")[0]
        for position, statement in enumerate(self._statements(module)):
            if statement.imports:
                if not name or head in statement.binds:
                    yield position, _only(statement, head), ""
            elif not name or head in statement.binds:
                yield position, statement, statement.text
            elif statement.text and not statement.binds:
                yield position, statement, _answers_for(statement.text, head)

    def _further(self, module: str, statement: Statement) -> Iterator[tuple[str, str]]:
        for _, source, there in statement.imports:
            if self.path(f"{source}.{there}") is not None:
                yield f"{source}.{there}", ""
            else:
                yield source, there
        for used in statement.uses:
            head, _, rest = used.partition(".")
            if head not in self._own(module):
                continue
            target = self._module_behind(module, head)
            if target is not None and rest:
                yield target, rest.partition(".")[0]
            else:
                yield module, head

    def _names(self, module: str) -> frozenset[str]:
        return frozenset(name for each in self._statements(module) for name in each.binds)

    def _module_behind(self, module: str, name: str) -> str | None:
        """The module of ours that a name here stands for, if it is one."""
        for statement in self._statements(module):
            for here, source, there in statement.imports:
                whole = f"{source}.{there}" if there else source
                if here == name and self.path(whole) is not None:
                    return whole
        return None

    def _read(self, module: str) -> tuple[Statement, ...]:
        path = self.path(module)
        tree = ast.parse(path.read_text(encoding="utf-8")) if path else ast.Module([], [])
        return tuple(_statement(node, module) for node in tree.body if not _is_prose(node))


def _only(statement: Statement, name: str) -> Statement:
    """An import of one of its names alone."""
    kept = tuple(each for each in statement.imports if not name or each[0] == name)
    return Statement(statement.binds, statement.uses, "", kept)


def _is_prose(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _statement(node: ast.stmt, module: str) -> Statement:
    if isinstance(node, ast.Import | ast.ImportFrom):
        names = tuple(_imports(node, module))
        return Statement(frozenset(here for here, _, _ in names), frozenset(), "", names)
    binds = {each.id for each in ast.walk(node)
             if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store)}
    if isinstance(node, ast.FunctionDef | ast.ClassDef | ast.AsyncFunctionDef):
        binds = {node.name}
    return Statement(frozenset(binds), frozenset(_used(node)), ast.unparse(node))


def _imports(node: ast.Import | ast.ImportFrom, module: str) -> Iterator[tuple[str, str, str]]:
    for alias in node.names:
        if isinstance(node, ast.Import):
            source, there = alias.name, ""
        else:
            source, there = node.module or "", alias.name
        if source.partition(".")[0] in OURS:
            yield alias.asname or alias.name.partition(".")[0], source, there


def _used(node: ast.AST) -> Iterator[str]:
    """Names, with the attributes behind them: `functional.conv2d`."""
    inside = set()
    for each in ast.walk(node):  # outer nodes come before inner ones
        if isinstance(each, ast.Attribute):
            inside.add(each.value)
            if each in inside:
                continue
            parts, inner = [each.attr], each.value
            while isinstance(inner, ast.Attribute):
                parts.append(inner.attr)
                inner = inner.value
            if isinstance(inner, ast.Name):
                yield ".".join([inner.id, *reversed(parts)])
        elif isinstance(each, ast.Name) and each not in inside:
            yield each.id


def _answers_for(text: str, name: str) -> str:
    """Of a call such as `answers(quiz_a=..., quiz_b=...)` the part about one name."""
    call = ast.parse(text, mode="exec").body[0]
    if isinstance(call, ast.Expr) and isinstance(call.value, ast.Call) and call.value.keywords:
        parts = {each.arg: each.value for each in call.value.keywords}
        if None not in parts:
            return ast.unparse(parts[name]) if name in parts else ""
    return text
