"""The zygote: a process with the course's libraries loaded that forks a child for each student.

A lone script, started as `python -I -B zygote.py fd:N`. It goes into a private room first
(`rooms.py`) and loads the libraries there; it holds no secret and no module of the grader. Each
child is forked into namespaces of its own, gets a user of its own, loses every right and is
then the same child as `child.py` run by itself.

    grader -- socket --> door (outside) -- first process of a pid namespace --> zygote
    zygote -- fork --> warden (pid 1 of its own namespace) -- fork --> the student's code

The death of a first process is the death of all in its namespace. So a child is ended by ending
its warden. Several graders may share a zygote, each with a socket of its own: when one closes,
the children of that grader end, and with the last one the zygote and whatever is left.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import json
import os
import random
import select
import signal
import socket
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

HERE = Path(__file__).resolve().parent
LARGEST_REQUEST = 64 * 1024
NOBODY = 65534  # whoever grades, inside a user namespace
LARGEST_SETUP = 16 * 1024 * 1024
PRELOADED = (
    "numpy", "numpy.testing", "numpy.random", "numpy.lib.stride_tricks", "matplotlib.pyplot",
    "matplotlib.backends.backend_agg", "matplotlib_inline.backend_inline", "ipywidgets",
    "IPython.core.interactiveshell", "IPython.display", "IPython.core.magics",
    "IPython.core.completer", "course_lib.checks.calling", "course_lib.checks.student",
    "course_lib.layers", "course_lib.plots", "course_lib.data", "course_lib.widgets", "unittest",
    "unittest.mock",
)


# Read before the way here is gone.
SOURCES = {
    name: (HERE / f"{name}.py").read_text(encoding="utf-8")
    for name in ("child", "kernel", "notebook_kernel", "rooms", "syscalls", "wire")
}


def part(name: str) -> ModuleType:
    """A file beside this one under a neutral name, so that nothing here is called autograder."""
    alias = f"course_{name}"
    if alias not in sys.modules:
        module = sys.modules[alias] = ModuleType(alias)
        exec(compile(SOURCES[name], f"{alias}.py", "exec"), vars(module))
    return sys.modules[alias]


def go_inside(setup: dict[str, Any]) -> tuple[int, int | None]:
    """Into namespaces of our own and the private room; returns our pid namespace, opened.

    And /proc, opened, where each child needs a user namespace of its own: it is not in the room.
    The process that was started stays outside as the door and ends when the inside ends.
    """
    kernel, rooms = part("kernel"), part("rooms")
    uid, gid = os.getuid(), os.getgid()
    if setup["user_namespace"]:
        kernel.unshare(kernel.NEWUSER, "user")
        Path("/proc/self/setgroups").write_text("deny", encoding="ascii")
        Path("/proc/self/uid_map").write_text(f"{NOBODY} {uid} 1", encoding="ascii")
        Path("/proc/self/gid_map").write_text(f"{NOBODY} {gid} 1", encoding="ascii")
        processes = os.open("/proc", os.O_PATH | os.O_DIRECTORY | os.O_CLOEXEC)
    else:
        processes = None
    kernel.unshare(
        kernel.NEWPID | kernel.NEWNS | kernel.NEWNET | kernel.NEWIPC | kernel.NEWUTS, "pid"
    )
    inside = os.fork()
    if inside:
        kernel.close_all_but(set())
        _, status = os.waitpid(inside, 0)
        os._exit(os.waitstatus_to_exitcode(status) & 0xFF)
    kernel.mount_private()
    own_namespace = os.open("/proc/self/ns/pid", os.O_RDONLY | os.O_CLOEXEC)
    fonts = {Path(each).name: Path(each).read_bytes() for each in setup["font_lists"]}
    root = Path(setup["root"])
    files = [Path(each) for each in setup["files"]]
    rooms.build(kernel, root, top=Path(setup["top"]), files=files, uid=os.getuid())
    kernel.pivot_into(root)
    kernel.mount_tmpfs(Path(rooms.SCRATCH), "size=16m,mode=755")  # children get another one
    for name, content in fonts.items():  # or Matplotlib looks at every font again
        Path(os.environ["MPLCONFIGDIR"]).mkdir(parents=True, exist_ok=True)
        Path(os.environ["MPLCONFIGDIR"], name).write_bytes(content)
    return own_namespace, processes


def preload(setup: dict[str, Any]) -> Any:
    """Load what nearly every notebook needs, once; returns the shell that children run cells in.

    A zygote of kernels makes none: ipykernel has its own.
    """
    gc.disable()
    child = part("child")
    child.import_library(setup["top"])
    part("wire")
    for name in part("notebook_kernel").PRELOADED if setup["kernels"] else PRELOADED:
        with contextlib.suppress(ImportError):  # an older library without that module
            importlib.import_module(name)
    if not setup["kernels"]:
        load_exercises()
    shell = None
    if not setup["kernels"]:
        shell = child.make_shell()
        shell.run_cell("%matplotlib inline\n1 + 1", store_history=False, silent=True)
        shell.reset()
        child.silence_checks()
    gc.collect()
    gc.freeze()
    gc.enable()
    return shell


def load_exercises() -> None:
    """The public modules of all topics, and what the tripwire needs of them.

    Each child would need a tenth of a second for it.
    """
    with contextlib.suppress(ImportError, AttributeError):  # an older library
        tripwire = importlib.import_module("course_lib.checks.tripwire")
        cases = importlib.import_module("course_lib.checks.cases")
        for topic in cases.topics():
            with contextlib.suppress(Exception):  # it fails where somebody asks for it
                declared = cases.declarations(topic)
                tripwire.prepare(
                    each.reference for each in declared if isinstance(each, cases.Exercise)
                )


def one_thread() -> bool:
    """Whether nothing runs beside us: a fork in the middle of another thread's work may hang."""
    import threading

    return threading.active_count() == 1


class Zygote:
    """Forks a child for each request, and tells when a child and all it started are gone."""

    def __init__(
        self, control: socket.socket, opened: tuple[int, int | None], shell: Any
    ) -> None:
        self.controls = {control.fileno(): control}
        self.own_namespace, self.processes = opened
        self.shell = shell
        self.wardens: dict[int, tuple[socket.socket, int]] = {}
        self.bell, ringer = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
        signal.set_wakeup_fd(ringer)
        signal.signal(signal.SIGCHLD, lambda *_: None)

    def serve(self) -> None:
        """Until no grader's end of a socket is open."""
        while self.controls:
            ready, _, _ = select.select([*self.controls, self.bell], [], [])
            if self.bell in ready:
                with contextlib.suppress(BlockingIOError):
                    os.read(self.bell, 4096)
                self.bury()
            for descriptor in ready:
                if descriptor in self.controls:
                    self.hear(self.controls[descriptor])
        os._exit(0)

    def hear(self, control: socket.socket) -> None:
        """One request of a grader, or that it is gone."""
        try:
            data, descriptors, _, _ = socket.recv_fds(control, LARGEST_REQUEST, 6)
        except ConnectionResetError:  # closed before it had read all we said
            data = b""
        if not data:
            self.forget(control)
            return
        request = json.loads(data)
        if request["do"] == "begin":
            self.begin(control, request, descriptors)
        elif request["do"] == "share":
            other = socket.socket(fileno=descriptors[0])
            self.controls[other.fileno()] = other
        else:
            stop = signal.SIGKILL if request["do"] == "end" else signal.SIGINT
            self.send_signal(control, request["child"], stop)

    def forget(self, control: socket.socket) -> None:
        """End all children of a grader that is gone."""
        del self.controls[control.fileno()]
        for warden, (whose, _) in self.wardens.items():
            if whose is control:
                os.kill(warden, signal.SIGKILL)
        control.close()

    def begin(
        self, control: socket.socket, request: dict[str, Any], descriptors: list[int]
    ) -> None:
        kernel = part("kernel")
        kernel.unshare(kernel.NEWPID, "pid")
        warden = os.fork()
        if warden == 0:
            try:
                Warden(request, descriptors, self.processes, self.shell).watch()
            finally:
                os._exit(70)
        kernel.enter(self.own_namespace, kernel.NEWPID)
        for descriptor in descriptors:
            os.close(descriptor)
        self.wardens[warden] = control, request["child"]

    def send_signal(self, control: socket.socket, child: int, number: int) -> None:
        for warden, whose in self.wardens.items():
            if whose == (control, child):
                os.kill(warden, number)

    def bury(self) -> None:
        """Whoever is reaped here was the first of its namespace: nothing of it is left."""
        while True:
            try:
                gone, status = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                return
            if gone == 0:
                return
            if gone in self.wardens:
                control, child = self.wardens.pop(gone)
                told = {"ended": child, "status": os.waitstatus_to_exitcode(status)}
                with contextlib.suppress(OSError):  # the grader is gone
                    control.send(json.dumps(told).encode())


class Warden:
    """The first process of a child's namespaces: makes the walls, forks the child, waits."""

    def __init__(
        self, request: dict[str, Any], descriptors: list[int], processes: int | None, shell: Any
    ) -> None:
        self.request = request
        self.processes = processes
        self.shell = shell
        self.connection = socket.socket(fileno=descriptors[0])
        self.listening = descriptors[1:]  # a kernel's

    def watch(self) -> None:
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        self.build_walls()
        self.connection.send(b"\0")  # with our pid as the grader sees it
        child = os.fork()
        if child == 0:
            try:
                self.become_the_child()
            finally:
                os._exit(71)
        self.connection.close()
        for descriptor in self.listening:
            os.close(descriptor)
        interrupt = (lambda *_: os.kill(child, signal.SIGINT)) if self.listening else signal.SIG_IGN
        signal.signal(signal.SIGINT, interrupt)
        self.give_up_rights()
        while True:
            gone, status = os.wait()
            if gone == child:
                code = os.waitstatus_to_exitcode(status)
                os._exit(code if code >= 0 else 128 - code)

    def build_walls(self) -> None:
        kernel, scratch = part("kernel"), Path(part("rooms").SCRATCH)
        if self.processes is not None:
            self.count_alone(self.processes)
        kernel.close_all_but({self.connection.fileno(), *self.listening})
        kernel.unshare(kernel.NEWNS, "mount")
        kernel.unshare(kernel.NEWNET | kernel.NEWIPC | kernel.NEWUTS, "net")
        socket.sethostname("sandbox")
        limits = self.request["limits"]
        kernel.mount_tmpfs(
            scratch, f"size={limits['scratch']},nr_inodes={limits['scratch_files']},mode=1777"
        )
        for folder in (scratch / "home", scratch / "work"):
            os.mkdir(folder)
            if self.request["uid"] is not None:
                os.chown(folder, self.request["uid"], self.request["uid"])
        os.chdir(scratch / "work")

    def count_alone(self, processes: int) -> None:
        """A user namespace of one's own, because its processes are counted: the limit on them.

        One student's fork bomb would else leave no process for another's threads.
        """
        kernel = part("kernel")
        kernel.unshare(kernel.NEWUSER, "user")
        for name in ("uid_map", "gid_map"):
            file = os.open(f"self/{name}", os.O_WRONLY, dir_fd=processes)
            os.write(file, f"{NOBODY} {NOBODY} 1".encode())
            os.close(file)

    def give_up_rights(self) -> None:
        """A user of one's own where we are root, no capability, no way to a new one."""
        kernel, uid = part("kernel"), self.request["uid"]
        kernel.forbid_capabilities()
        if uid is not None:
            os.setgroups([])
            os.setresgid(uid, uid, uid)
            os.setresuid(uid, uid, uid)
        kernel.drop_capabilities()
        kernel.no_new_privileges()
        kernel.filter_calls(part("syscalls").program())

    def become_the_child(self) -> None:
        child = part("child")
        os.setsid()
        os.environ.clear()
        os.environ.update(self.request["environment"])
        self.give_up_rights()
        child.enter_limits(self.request["limits"])
        sys.argv[:] = [""]
        random.seed()
        import numpy

        numpy.random.seed()  # noqa: NPY002 - the global state is the student's
        limits = self.request["limits"]
        if self.listening:
            part("notebook_kernel").serve(self.connection, limits, self.listening, part("wire"))
        else:
            child.converse(self.connection, limits["message"], self.shell)


def main() -> None:
    control = socket.socket(fileno=int(sys.argv[1].removeprefix("fd:")))
    setup = json.loads(control.recv(LARGEST_SETUP))
    try:
        part("syscalls").program()  # libseccomp is looked for with programs that are not inside
        opened = go_inside(setup)
        shell = preload(setup)
        if not one_thread():
            raise RuntimeError("a library started a thread while it was loaded")
    except Exception as error:
        control.send(json.dumps({"broken": f"{type(error).__name__}: {error}"}).encode())
        os._exit(1)
    control.send(json.dumps({"ready": os.getpid()}).encode())
    Zygote(control, opened, shell).serve()


if __name__ == "__main__":
    main()
