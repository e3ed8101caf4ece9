"""docs/widgets.md on the site: under each picture the widget itself, if it lives without Python."""

from __future__ import annotations

import ast
import re
from typing import Any

from course_lib import widgets
from course_lib.widgets.live import LiveWidget
from tools.docs import alive

BLOCK = re.compile(r"^```python\n(.*?)^```\n", re.MULTILINE | re.DOTALL)


def with_widgets(text: str) -> str:
    """The page with a living widget after each cell that makes one."""
    setup: dict[str, Any] = {}

    def lively(found: re.Match[str]) -> str:
        body = ast.parse(found.group(1)).body
        last = body[-1]
        if not isinstance(last, ast.Expr):          # the cell that the others begin with
            exec(found.group(1), setup)
            return found.group(0)
        kind = last.value.func if isinstance(last.value, ast.Call) else last.value
        made = getattr(widgets, ast.unparse(kind).rpartition(".")[2], None)
        if not (isinstance(made, type) and issubclass(made, LiveWidget)
                and made.front in alive.LIVING):
            return found.group(0)
        names = dict(setup)
        exec(compile(ast.Module(body[:-1], []), "widgets.md", "exec"), names)
        widget = eval(compile(ast.Expression(last.value), "widgets.md", "eval"), names)
        return f"{found.group(0)}\n{alive.as_html(alive.record(widget))}\n"

    return BLOCK.sub(lively, text)
