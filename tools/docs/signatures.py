"""Signatures as they are written in the source: `Array` and `Pair`, not what these stand for."""

from __future__ import annotations

import ast
import inspect
import textwrap
from typing import Any


def _tree(thing: Any) -> ast.stmt:
    return ast.parse(textwrap.dedent(inspect.getsource(thing))).body[0]


def _of_function(function: Any) -> tuple[str, str]:
    node = _tree(function)
    assert isinstance(node, ast.FunctionDef)
    if node.args.args and node.args.args[0].arg in {"self", "cls"}:
        node.args.args.pop(0)
    return f"({ast.unparse(node.args)})", ast.unparse(node.returns) if node.returns else ""


def _fields(record: type) -> str:
    """The arguments of a dataclass or NamedTuple: the annotated names of its body."""
    body = getattr(_tree(record), "body", [])
    named = [each for each in body if isinstance(each, ast.AnnAssign)]
    return f"({', '.join(ast.unparse(each) for each in named)})"


def written(thing: Any, what: str) -> tuple[str, str] | None:
    """Arguments and what is returned, or None where the source does not say."""
    if what == "class":
        if hasattr(thing, "__dataclass_fields__") or hasattr(thing, "_fields"):
            return _fields(thing), ""
        constructor = thing.__init__
        if not inspect.isfunction(constructor):
            return "()", ""
        return _of_function(constructor)[0], ""
    if inspect.isfunction(thing):
        return _of_function(thing)
    return None
