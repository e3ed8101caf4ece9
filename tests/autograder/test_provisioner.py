"""Ordinary notebooks in a real ipykernel behind the walls: the provisioner course-sandbox."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

import nbformat
import psutil
import pytest
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import KernelManager
from jupyter_client.provisioning import KernelProvisionerFactory
from nbclient import NotebookClient
from nbclient.exceptions import CellTimeoutError, DeadKernelError

from autograder.sandbox import provisioner
from autograder.sandbox.limits import MEGABYTE, Limits
from autograder.sandbox.nursery import nursery
from autograder.sandbox.provisioner import SandboxProvisioner, files_beside
from autograder.sandbox.relay import Relay

NAME = "course-sandbox"
HERE = str(Path(provisioner.__file__).parent)
Run = Callable[..., list[Any]]


def family() -> list[psutil.Process]:
    """What a zygote of kernels has forked and not yet buried."""
    return psutil.Process(nursery(kernels=True)._door.pid).children()[0].children(recursive=True)


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Run]:
    """Execute cells as nbconvert and nbgrader do; gives each cell's outputs."""
    monkeypatch.setattr(KernelProvisionerFactory.instance(), "default_provisioner_name", NAME)

    def execute(*cells: str, **options: Any) -> list[Any]:
        notebook = nbformat.v4.new_notebook(
            cells=[nbformat.v4.new_code_cell(source) for source in cells]
        )
        more = {"timeout": 60, "allow_errors": True, "kernel_name": "python3"} | options
        NotebookClient(
            notebook, resources={"metadata": {"path": str(tmp_path)}}, **more
        ).execute()
        return [cell.outputs for cell in notebook.cells]

    yield execute
    assert family() == []


def found(outputs: Any) -> Any:
    """The value that a cell printed as JSON."""
    return json.loads("".join(each.text for each in outputs if each.output_type == "stream"))


def test_the_installed_project_names_the_provisioner() -> None:
    (entry,) = entry_points(group="jupyter_client.kernel_provisioners", name=NAME)
    assert entry.load() is SandboxProvisioner


def test_a_notebook_runs_as_it_does_elsewhere(run: Run, tmp_path: Path) -> None:
    (tmp_path / "data.csv").write_text("1,2\n")
    text, value, figure, error, later = run(
        "import sys\nprint('out')\nprint('err', file=sys.stderr)",
        "import numpy as np\nnp.loadtxt('data.csv', delimiter=',').sum()",
        "import matplotlib.pyplot as plt\nplt.plot([1, 2]);",
        "1 / 0",
        "sys.version_info[0], In[2][:6]",
    )
    assert {each.name: each.text for each in text} == {"stdout": "out\n", "stderr": "err\n"}
    assert value[0].data["text/plain"] == "np.float64(3.0)"
    assert "image/png" in figure[0].data
    assert (error[0].ename, later[0].data["text/plain"]) == (
        "ZeroDivisionError", "(3, 'import')"
    )


def test_it_is_a_real_kernel_behind_the_same_walls(run: Run) -> None:
    code = (
        "import ctypes, json, os, socket\n"
        "def raises(act):\n"
        "    try: act()\n"
        "    except OSError: return True\n"
        "print(json.dumps([type(get_ipython()).__name__, os.getpid() < 10,\n"
        f"    os.getuid() in (0, {os.getuid()}),\n"
        f"    [p for p in ('/proc', '/home', '/etc/shadow', {HERE!r}) if os.path.lexists(p)],\n"
        "    raises(socket.socket), raises(lambda: open(os.__file__, 'a')),\n"
        "    raises(lambda: os.mknod('x')), sorted(os.listdir())]))\n"
    )
    assert found(run(code)[0]) == ["ZMQInteractiveShell", True, False, [], True, True, True, []]


def test_what_lies_beside_is_shown_but_no_notebook_no_book_and_nothing_hidden(
    run: Run, tmp_path: Path
) -> None:
    (tmp_path / "part").mkdir()
    for name in ("a.txt", "part/b.npy", "tests.ipynb", "gradebook.db", ".course_secret"):
        (tmp_path / name).write_text("x")
    (tmp_path / "link").symlink_to("/etc/passwd")
    assert found(run(
        "import json, pathlib\n"
        "print(json.dumps(sorted(str(p) for p in pathlib.Path().rglob('*') if p.is_file())))"
    )[0]) == ["a.txt", "part/b.npy"]


def test_what_lies_beside_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(provisioner, "MOST_BESIDE", 10)
    (tmp_path / "a").write_bytes(b"x" * 6)
    (tmp_path / "b").write_bytes(b"x" * 6)
    assert [name for name, _ in files_beside(tmp_path)] == ["a"]


def test_a_cell_that_takes_too_long_is_interrupted_and_the_next_one_runs(run: Run) -> None:
    slow, after = run(
        "import time\nstarted = True\nwhile True: pass", "started",
        timeout=2, interrupt_on_timeout=True,
    )
    assert slow[-1].ename == "KeyboardInterrupt"
    assert after[0].data["text/plain"] == "True"


@pytest.mark.slow
def test_a_kernel_that_ignores_everything_is_ended(run: Run) -> None:
    code = ("import os, signal\nfor n in range(1, 65):\n    try: signal.signal(n, signal.SIG_IGN)\n"
            "    except (OSError, ValueError): pass\nos.fork()\nwhile True: pass")
    with pytest.raises(CellTimeoutError):
        run(code, timeout=2)
    assert family() == []


@pytest.mark.parametrize("end", ["os._exit(3)", "os.kill(os.getpid(), 9)", "os.abort()"])
def test_a_kernel_that_dies_is_a_dead_kernel(run: Run, end: str) -> None:
    with pytest.raises(DeadKernelError):
        run(f"import os\n{end}")


@pytest.mark.parametrize("flood", [
    "while True: print('x' * 100_000)",
    "from IPython.display import display\n"
    "while True: display({'text/html': 'x' * 1_000_000}, raw=True)",
])
def test_a_flood_of_output_ends_the_kernel_before_the_client_is_full(run: Run, flood: str) -> None:
    used = psutil.Process().memory_info().rss
    with pytest.raises(DeadKernelError):
        run(flood)
    assert psutil.Process().memory_info().rss - used < 20 * provisioner.CELL_BYTES


def test_output_within_the_bounds_comes_through_whole(run: Run) -> None:
    (outputs,) = run("for _ in range(8): print('x' * 1_000_000)")
    assert sum(len(each.text) for each in outputs) == 8_000_008


@pytest.mark.slow
def test_memory_of_all_processes_together_is_bounded(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(SandboxProvisioner, "limits", Limits(memory_bytes=1500 * MEGABYTE))
    with pytest.raises(DeadKernelError):
        run("import os, time\nfor _ in range(6):\n    if os.fork() == 0:\n"
            "        kept = bytearray(b'x') * 300_000_000\n        time.sleep(1000)\n"
            "time.sleep(1000)")


def test_a_kernel_can_be_restarted_and_leaves_no_folder(
    monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(KernelProvisionerFactory.instance(), "default_provisioner_name", NAME)
    manager = KernelManager(kernel_name="python3")
    manager.start_kernel()
    folder = manager.provisioner.folder
    assert folder.stat().st_mode & 0o077 == 0
    client = manager.client()
    client.start_channels()
    for _ in range(2):
        client.wait_for_ready(timeout=60)
        client.execute_interactive("x = 1", timeout=60)
        manager.restart_kernel(now=True)
    client.wait_for_ready(timeout=60)
    assert len(family()) == 2  # warden and kernel
    client.stop_channels()
    manager.shutdown_kernel(now=True)
    assert not folder.exists()
    assert family() == []


def test_a_kernel_of_another_language_is_refused() -> None:
    made = SandboxProvisioner(kernel_spec=KernelSpec(language="R"))
    with pytest.raises(RuntimeError, match="runs Python kernels; this one is for r"):
        asyncio.run(made.pre_launch())


def test_without_walls_it_refuses(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def none(*args: Any) -> None:
        raise provisioner.NurseryError("new user namespace: Operation not permitted")

    monkeypatch.setattr(provisioner, "IsolatedChild", none)
    with pytest.raises(provisioner.NoWalls, match=r"(?s)new user namespace.*--sandbox=none"):
        run("1")


@pytest.mark.slow
@pytest.mark.parametrize("fails", [False, True])
def test_from_the_command_line_in_any_folder(tmp_path: Path, fails: bool) -> None:
    """With the installed entry point alone: no path of ours, no configuration."""
    cell = "import os\nprint(os.getcwd())\n" + ("raise ValueError('no')" if fails else "")
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell)])
    nbformat.write(notebook, tmp_path / "mine.ipynb")
    done = subprocess.run(
        [sys.executable, "-m", "nbconvert", "--to", "notebook", "--execute", "mine.ipynb",
         "--output", "ran.ipynb"],
        cwd=tmp_path, env={**os.environ, "JUPYTER_DEFAULT_PROVISIONER_NAME": NAME},
        capture_output=True, text=True, check=False,
    )
    assert (done.returncode != 0) == fails, done.stderr
    if not fails:
        ran = nbformat.read(tmp_path / "ran.ipynb", as_version=4)
        assert ran.cells[0].outputs[0].text == "/scratch/work\n"


def test_the_relay_counts_between_requests(tmp_path: Path) -> None:
    over: list[bool] = []
    relay = Relay(tmp_path, {"shell": tmp_path / "s", "iopub": tmp_path / "i"}, cell_bytes=100,
                  all_bytes=250, flooded=lambda: over.append(True))
    for size, told in ((90, 90), (90, 180), (60, 240)):
        relay._said(size)
        assert (relay.of_cell, relay.in_all) == (size, told)
        relay._asked(1)
    with pytest.raises(ConnectionAbortedError):
        relay._said(60)
    relay.close()
    assert over == [True]


def test_where_only_the_library_is_installed_it_says_what_is_missing(tmp_path: Path) -> None:
    import course_sandbox

    alone = tmp_path / "course_sandbox.py"
    alone.write_bytes(Path(course_sandbox.__file__).read_bytes())
    ran = subprocess.run([sys.executable, "-S", str(alone)], capture_output=True, text=True)
    assert "ImportError: The sandbox for notebooks works from a clone" in ran.stderr
