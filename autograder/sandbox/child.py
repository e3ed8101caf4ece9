"""The child: runs one student's cells, then answers calls with plain values.

A lone script, started as `python -I -B child.py fd:N SETUP`. It imports the course library and
the wire, nothing else of the grader: what it does not hold, no student can read in it.
"""

from __future__ import annotations

import contextlib
import ctypes
import importlib
import importlib.util
import inspect
import io
import json
import os
import signal
import socket
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from types import ModuleType
from typing import Any

PR_SET_PDEATHSIG = 1
_this_module = sys.modules[__name__]  # the shell takes the name __main__ for the student


def end_with(parent: int) -> None:
    """Ask the kernel to end this process when the grader ends."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:
            os._exit(1)


def enter_limits(setup: Mapping[str, Any]) -> None:
    """Ask the kernel for limits. What it lacks is left out."""
    if os.name != "posix":
        return
    import resource

    wanted = {
        "RLIMIT_CORE": 0,
        "RLIMIT_CPU": setup["cpu"],
        "RLIMIT_FSIZE": setup["file"],
        "RLIMIT_AS": setup["memory"],
        "RLIMIT_NOFILE": setup["open_files"],
        "RLIMIT_NPROC": setup["processes"],
        "RLIMIT_MEMLOCK": 0,
        "RLIMIT_MSGQUEUE": 0,
    }
    for name, value in wanted.items():
        if not hasattr(resource, name):
            continue
        limit = getattr(resource, name)
        hard = resource.getrlimit(limit)[1]
        value = value if hard == resource.RLIM_INFINITY else min(value, hard)
        # Past the soft limit of CPU time comes SIGXCPU, which tells the grader the reason.
        hard = value + 5 if name == "RLIMIT_CPU" and hard == resource.RLIM_INFINITY else value
        try:
            resource.setrlimit(limit, (value, hard))
        except (ValueError, OSError):
            continue  # macOS knows RLIMIT_AS and refuses it


def threads_of_user() -> int:
    """How many threads of this user run on the machine."""
    count = 0
    for folder in Path("/proc").glob("[0-9]*/task"):
        try:
            count += len(os.listdir(folder)) if folder.stat().st_uid == os.getuid() else 0
        except OSError:
            continue
    return count


def import_library(root: str) -> None:
    """The grader's own course_lib; then no entry of the path leads to the autograder."""
    sys.path.insert(0, root)
    importlib.import_module("course_lib.checks.calling")

    sys.path[:] = [entry for entry in sys.path if not Path(entry, "autograder").is_dir()]


def load_wire() -> ModuleType:
    """wire.py under a neutral name, so that no module here is called autograder."""
    if "course_wire" in sys.modules:
        return sys.modules["course_wire"]
    spec = importlib.util.spec_from_file_location("course_wire", Path(__file__).parent / "wire.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["course_wire"] = module
    spec.loader.exec_module(module)
    return module


class Sink(io.TextIOBase):
    """Printed text goes nowhere, at the cost of nothing: 300 MB are as cheap as a line."""

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        return len(text)


def make_shell() -> Any:
    """An IPython shell without history, tracebacks or installs; magics work."""
    from IPython.core.interactiveshell import InteractiveShell
    from traitlets.config import Config

    class Shell(InteractiveShell):
        def showtraceback(self, *args: Any, **kwargs: Any) -> None:
            """Nobody reads it here, and formatting it costs more than most cells."""

        def showsyntaxerror(self, *args: Any, **kwargs: Any) -> None:
            """See showtraceback."""

        def system(self, command: str) -> None:
            """`!pip install ...` must not change the grader's machine."""

        def getoutput(self, command: str, split: bool = True, depth: int = 0) -> Any:
            return [] if split else ""

        def ask_exit(self) -> None:
            """`exit()` ends a cell's session in Jupyter; here the next cell still runs."""

        def enable_gui(self, gui: str | None = None) -> None:
            """No window, whatever a magic asks for."""

    config = Config()
    config.HistoryManager.enabled = False
    config.InteractiveShell.cache_size = 0
    config.InteractiveShell.colors = "nocolor"
    shell = Shell.instance(config=config)
    for name in ("pip", "conda", "mamba", "micromamba", "uv"):
        shell.register_magic_function(lambda line: None, "line", name)
    return shell


def silence_checks() -> None:
    """`check` in a cell of the student's must not put the library's version under a name."""
    for path in ("course_lib.checks", "course_lib.checks.student"):
        module = importlib.import_module(path)
        module.check = lambda name: None  # type: ignore[attr-defined]


class Child:
    """Answers requests (operation, *arguments), each with a dictionary of plain values."""

    def __init__(self, shell: Any) -> None:
        self.shell = shell
        self.names: dict[str, Any] = shell.user_ns
        self.objects: dict[int, Any] = {}
        self.asked = ""
        self.withheld = contextlib.ExitStack()
        self.operations: dict[str, Callable[..., dict[str, Any]]] = {
            "run": self.run,
            "call": self.call,
            "read": self.read,
            "describe": self.describe,
            "library_use": self.library_use,
            "use_reference": self.use_reference,
            "new": self.new,
            "call_handle": self.call_handle,
            "get_attribute": self.get_attribute,
        }

    def answer(self, request: Any) -> dict[str, Any]:
        operation, *arguments = request
        try:
            return self.operations[operation](*arguments)
        except BaseException as error:  # whatever the student's code throws, the talk goes on
            return {"raised": raised_record(error)}

    def run(self, code: str) -> dict[str, Any]:
        """Run one cell as Jupyter would; its error, if any, as one line."""
        result = self.shell.run_cell(code, store_history=False, silent=True)
        error = result.error_before_exec or result.error_in_exec
        return {"error": None if error is None else error_text(error)}

    def call(self, name: str, args: tuple[Any, ...], kwargs: dict[str, Any]) -> dict[str, Any]:
        self._withhold(name)
        return self._call(self._named(name), args, kwargs)

    def _withhold(self, name: str) -> None:
        """What the library answers to this exercise is not to be called by the student's code."""
        if name == self.asked:
            return
        self.asked = name
        self.withheld.close()
        from course_lib.checks.cases import Exercise, declaration
        from course_lib.checks.tripwire import withheld

        with contextlib.suppress(KeyError):  # a call that is no exercise's
            declared = declaration(name)
            if isinstance(declared, Exercise):
                self.withheld.enter_context(withheld(declared.reference, self.names))

    def library_use(self, name: str) -> dict[str, Any]:
        """What the function of that name takes from the library."""
        from course_lib.checks.tripwire import library_names

        return {"value": library_names(self._named(name), self.names)}

    def read(self, name: str) -> dict[str, Any]:
        return self._value(self._named(name))

    def describe(self, name: str) -> dict[str, Any]:
        """The kind of thing a name is bound to."""
        if name not in self.names:
            return {"value": "missing"}
        value = self.names[name]
        if isinstance(value, type):
            return {"value": "class"}
        if getattr(value, "__name__", "") == "<lambda>":
            return {"value": "lambda"}
        return {"value": "function" if callable(value) else "value"}

    def use_reference(self, name: str) -> dict[str, Any]:
        """Bind our implementation, so that one early error costs once."""
        from course_lib.checks.cases import declaration

        self.names[name] = declaration(name).reference  # type: ignore[union-attr]
        return {"value": None}

    def new(self, name: str, args: tuple[Any, ...], kwargs: dict[str, Any]) -> dict[str, Any]:
        """Make an object that stays here; what goes back is its number."""
        from course_lib.checks.calling import private
        from course_lib.checks.values import Handle

        made = self._named(name)(
            *(private(each) for each in args),
            **{key: private(each) for key, each in kwargs.items()},
        )
        self.objects[len(self.objects) + 1] = made
        return {"value": Handle(len(self.objects))}

    def call_handle(
        self, handle: Any, method: str, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> dict[str, Any]:
        return self._call(getattr(self.objects[handle.id], method), args, kwargs)

    def get_attribute(self, handle: Any, name: str) -> dict[str, Any]:
        return self._value(getattr(self.objects[handle.id], name))

    def _named(self, name: str) -> Any:
        if name not in self.names:
            raise NameError(f"name {name!r} is not defined")
        return self.names[name]

    def _call(
        self, function: Any, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> dict[str, Any]:
        from course_lib.checks.calling import answer_of_call

        answer = answer_of_call(function, args, kwargs)
        return {
            "value": answer.value,
            "raised": answer.raised,
            "changed": tuple(answer.changed),
            "strange": answer.strange,
        }

    def _value(self, value: Any) -> dict[str, Any]:
        from course_lib.checks.calling import answer_of_value

        answer = answer_of_value(value)
        return {"value": answer.value, "strange": answer.strange}


def raised_record(error: BaseException) -> Any:
    from course_lib.checks.calling import describe
    from course_lib.checks.values import Raised

    try:
        return describe(error, raised_record)
    except BaseException:  # see error_text
        return Raised(type(error).__name__)


def error_text(error: BaseException) -> str:
    """"NameError: name 'x' is not defined (line 2)": what a learner needs to find it."""
    try:
        message = str(getattr(error, "msg", None) or error).strip().partition("\n")[0]
    except BaseException:  # an exception class of the student's own
        message = ""
    line = getattr(error, "lineno", None)
    for frame in inspect.getinnerframes(error.__traceback__) if error.__traceback__ else ():
        if "ipykernel_" in frame.filename or "ipython-input" in frame.filename:
            line = frame.lineno
    where = f" (line {line})" if isinstance(line, int) else ""
    colon = ": " if message else ""
    return f"{type(error).__name__}{colon}{message[:300]}{where}"


def connect(where: str) -> socket.socket:
    kind, _, number = where.partition(":")
    if kind == "fd":
        return socket.socket(fileno=int(number))
    connection = socket.create_connection(("127.0.0.1", int(number)))
    connection.sendall(os.environ["COURSE_SANDBOX"].encode())
    return connection


def converse(connection: socket.socket, largest: int, shell: Any) -> None:
    """Answer requests until the grader's end of the connection is closed."""
    wire = load_wire()
    channel = wire.Channel(connection, largest)
    child = Child(shell)
    sys.stdout = sys.stderr = Sink()
    channel.send({"value": "ready"})
    while True:
        try:
            request = channel.receive()
        except wire.Closed:
            os._exit(0)  # threads of the student's must not keep the process
        reply = child.answer(request)
        try:
            channel.send(reply)
        except wire.TooLarge:
            channel.send({"stopped": "message"})
        except (TypeError, ValueError, RecursionError):
            channel.send({"strange": "a value that cannot be sent"})


def main() -> None:
    setup = json.loads(sys.argv[2])
    end_with(setup["parent"])
    # The kernel counts every thread of the user, so what runs already is added.
    enter_limits(setup | {"processes": setup["processes"] + threads_of_user()})
    connection = connect(sys.argv[1])
    connection.set_inheritable(False)
    import_library(setup["library"])
    shell = make_shell()
    silence_checks()
    converse(connection, setup["message"], shell)


if __name__ == "__main__":
    main()
