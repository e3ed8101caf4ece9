"""The child inside bubblewrap's walls: becomes nobody, loads the library, and answers.

A lone script that comes through a descriptor, with the others it needs as text. The filter of
system calls is there already; so are the room and the namespaces.
"""

from __future__ import annotations

import json
import os
import socket
import sys
from types import ModuleType
from typing import Any


def part(name: str, source: str) -> ModuleType:
    """Another lone script, under a name that says nothing of the grader."""
    alias = f"course_{name}"
    module = sys.modules[alias] = ModuleType(alias)
    exec(compile(source, f"{alias}.py", "exec"), vars(module))
    return module


def main(told: str, code: str) -> None:
    """`told` is what the grader says of this child, `code` the other scripts, both as JSON."""
    setup: dict[str, Any] = json.loads(told)
    sources: dict[str, str] = json.loads(code)
    kernel = part("kernel", sources["kernel"])
    kernel.close_all_but({setup["connection"]})
    give_up_rights(kernel, setup["uid"])
    child = part("child", sources["child"])
    child.enter_limits(setup["limits"])
    connection = socket.socket(fileno=setup["connection"])
    connection.set_inheritable(False)
    child.import_library(setup["top"])
    part("wire", sources["wire"])
    shell = child.make_shell()
    child.silence_checks()
    sys.argv[:] = [""]
    child.converse(connection, setup["limits"]["message"], shell)


def give_up_rights(kernel: ModuleType, uid: int | None) -> None:
    """A user of one's own where we are root, and no capability."""
    kernel.forbid_capabilities()
    if uid is not None:
        os.setgroups([])
        os.setresgid(uid, uid, uid)
        os.setresuid(uid, uid, uid)
    kernel.drop_capabilities()
    kernel.no_new_privileges()
