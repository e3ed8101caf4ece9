"""A real Jupyter server for the time of the tests, with nobody's settings but ours."""

from __future__ import annotations

import json
import os
import secrets
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tools.notebooks import ROOT

APPS = {"lab": "LabApp", "notebook": "JupyterNotebookApp"}
# News and update notices would cover the corner; off-screen cells would stay unpainted.
SETTINGS = {
    "apputils-extension/notification": {"fetchNews": "false", "checkForUpdates": False},
    "notebook-extension/tracker": {"windowingMode": "none"},
}
START_LIMIT = 120.0


@dataclass(frozen=True)
class Server:
    """Where it listens, what opens it, and the folder it serves."""

    app: str
    port: int
    token: str
    folder: Path

    def url(self, path: str, query: str = "") -> str:
        return f"http://127.0.0.1:{self.port}/{path}?{query}&token={self.token}"

    def page_of(self, notebook: str) -> str:
        if self.app == "lab":
            return self.url(f"lab/tree/{notebook}", "reset")
        return self.url(f"notebooks/{notebook}")


@contextmanager
def running(app: str, folder: Path) -> Iterator[Server]:
    """JupyterLab ("lab") or Notebook 7 ("notebook") on a free port; ended afterwards."""
    served = folder / "served"
    served.mkdir(parents=True)
    _settings(folder)
    root = f"--ServerApp.root_dir={served}"
    with _started(app, folder, served, ["-m", "jupyter", app, root]) as server:
        yield server


@contextmanager
def at_the_desk(role: str, folder: Path, course: Path) -> Iterator[Server]:
    """A course folder opened as `course-lab` ("student") or `make lab` ("instructor") opens it.

    `folder` takes Jupyter's own files; nothing is set but what these commands set.
    """
    folder.mkdir(parents=True, exist_ok=True)
    code = f"from course_lib.desk.lab import start; import pathlib, sys; " \
           f"sys.exit(start(pathlib.Path.cwd(), sys.argv[1:], {role!r}))"
    with _started("lab", folder, course, ["-c", code]) as server:
        yield server


@contextmanager
def _started(app: str, folder: Path, served: Path, program: list[str]) -> Iterator[Server]:
    token = secrets.token_hex(16)
    log = folder / "server.log"
    environment = _environment(folder)
    runtime = Path(environment["JUPYTER_RUNTIME_DIR"])
    command = [sys.executable, *program, *_arguments(app, token)]
    with log.open("w") as output:
        process = subprocess.Popen(
            command, env=environment, stdout=output, stderr=output, cwd=served
        )
        try:
            yield Server(app, _port(runtime, process, log), token, served)
        finally:
            process.terminate()
            try:
                process.wait(15)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _arguments(app: str, token: str) -> list[str]:
    # Somebody may take the port before the server does; then it tries others.
    return [
        "--no-browser", "--allow-root",
        "--ip=127.0.0.1", f"--port={_free_port()}", "--ServerApp.port_retries=100",
        f"--IdentityProvider.token={token}",
        f"--{APPS[app]}.expose_app_in_browser=True", "--ServerApp.terminals_enabled=False",
    ]


def _place(folder: Path, name: str) -> Path:
    return folder / name.lower()


def _settings(folder: Path) -> None:
    for name, settings in SETTINGS.items():
        file = Path(_place(folder, "JUPYTERLAB_SETTINGS_DIR"), "@jupyterlab",
                    f"{name}.jupyterlab-settings")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(settings))


def _environment(folder: Path) -> dict[str, str]:
    """Everything that Jupyter reads or writes lies in `folder`."""
    names = ("HOME", "JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR",
             "JUPYTERLAB_SETTINGS_DIR", "JUPYTERLAB_WORKSPACES_DIR", "IPYTHONDIR")
    places = {name: str(_place(folder, name)) for name in names}
    Path(places["HOME"]).mkdir(exist_ok=True)
    # The library of this tree, which finds its data beside it, and one thread.
    ours = {"PYTHONPATH": str(ROOT), "OPENBLAS_NUM_THREADS": "1"}
    return {**os.environ, **places, **ours}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _port(runtime: Path, process: subprocess.Popen[Any], log: Path) -> int:
    """Where the server listens, as soon as it answers there."""
    until = time.monotonic() + START_LIMIT
    while time.monotonic() < until and process.poll() is None:
        for written in runtime.glob("jpserver-*.json"):
            try:
                port: int = json.loads(written.read_text())["port"]
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/login", timeout=5):
                    return port
            except (OSError, ValueError):
                pass        # not written to the end, or nobody listens yet
        # It is the process that we wait for: should it end, there is no need to go on.
        try:
            process.wait(0.2)
        except subprocess.TimeoutExpired:
            pass
    tail = "\n".join(log.read_text().splitlines()[-15:])
    raise RuntimeError(f"the server does not answer; it said:\n{tail}")
