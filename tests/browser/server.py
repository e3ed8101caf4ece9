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
    server = Server(app, _free_port(), secrets.token_hex(16), served)
    log = folder / "server.log"
    with log.open("w") as output:
        process = subprocess.Popen(
            _command(server), env=_environment(folder), stdout=output, stderr=output, cwd=served
        )
        try:
            _wait(server, process, log)
            yield server
        finally:
            process.terminate()
            try:
                process.wait(15)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _command(server: Server) -> list[str]:
    return [
        sys.executable, "-m", "jupyter", server.app, "--no-browser", "--allow-root",
        "--ip=127.0.0.1", f"--port={server.port}", "--ServerApp.port_retries=0",
        f"--IdentityProvider.token={server.token}", f"--ServerApp.root_dir={server.folder}",
        f"--{APPS[server.app]}.expose_app_in_browser=True", "--ServerApp.terminals_enabled=False",
    ]


def _environment(folder: Path) -> dict[str, str]:
    """Everything that Jupyter reads or writes lies in `folder`."""
    places = {
        name: str(folder / name.lower())
        for name in ("HOME", "JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR",
                     "JUPYTERLAB_SETTINGS_DIR", "JUPYTERLAB_WORKSPACES_DIR", "IPYTHONDIR")
    }
    for name, settings in SETTINGS.items():
        file = Path(places["JUPYTERLAB_SETTINGS_DIR"], "@jupyterlab", f"{name}.jupyterlab-settings")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(settings))
    Path(places["HOME"]).mkdir(exist_ok=True)
    # The library of this tree, which finds its data beside it, and one thread.
    ours = {"PYTHONPATH": str(ROOT), "OPENBLAS_NUM_THREADS": "1"}
    return {**os.environ, **places, **ours}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait(server: Server, process: subprocess.Popen[Any], log: Path) -> None:
    until = time.monotonic() + START_LIMIT
    while time.monotonic() < until and process.poll() is None:
        try:
            with urllib.request.urlopen(server.url("api/status"), timeout=5):
                return
        except OSError:
            # Nobody listens yet; the process itself is what we wait for.
            try:
                process.wait(0.2)
            except subprocess.TimeoutExpired:
                pass
    tail = "\n".join(log.read_text().splitlines()[-30:])
    raise RuntimeError(f"the server for {server.app} does not answer; it said:\n{tail}")
