"""A Hub of this course on this machine, made by deploy/jupyterhub/setup.sh and taken away again.

Its accounts and groups are called after a new folder, so nothing that was there is touched.
"""

from __future__ import annotations

import grp
import os
import pwd
import secrets
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psutil
import requests

from autograder.catalogue import ROOT
from tests.accounts import open_folder, run
from tests.hub.visitor import Visitor

SETUP = "deploy/jupyterhub/setup.sh"
SYSTEM = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
START_LIMIT = 120.0
NEEDED = "This test makes accounts and starts a Hub: run it as root, where git, npm, node and " \
         "useradd are (Debian: apt install git npm nodejs python3-venv passwd)."


@dataclass
class Hub:
    """The folder that setup.sh filled, and the people who may come in."""

    home: Path
    port: int
    passwords: dict[str, str] = field(default_factory=dict)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def exchange(self) -> Path:
        return self.home / "exchange" / "cnn_from_scratch"

    @property
    def accounts(self) -> list[str]:
        """Everybody that belongs to this Hub, the course's own account too."""
        prefix = f"{self.home.name}-"
        return [each.pw_name for each in pwd.getpwall() if each.pw_name.startswith(prefix)]

    def add(self, name: str, group: str) -> str:
        """An account as README.md has it made, but for Debian's open home; its name."""
        account = f"{self.home.name}-{name}"
        home = self.home / "people"
        home.mkdir(exist_ok=True)
        run("useradd", "-m", "-d", str(home / name), "-G", f"{self.home.name}-{group}", account)
        (home / name).chmod(0o755)      # what useradd leaves where nobody said otherwise
        self.passwords[account] = secrets.token_hex(12)
        run("chpasswd", fed=f"{account}:{self.passwords[account]}\n")
        return account

    def login(self, account: str) -> Visitor:
        visitor = Visitor(self.address, account, self.passwords[account])
        assert visitor.logged_in, account
        return visitor

    def as_account(self, account: str, *command: str) -> subprocess.CompletedProcess[str]:
        """A command run by that account, as in a terminal of theirs."""
        return subprocess.run(["runuser", "-u", account, "--", *command], cwd="/",
                              capture_output=True, text=True, check=False)


@contextmanager
def new_hub() -> Iterator[Hub]:
    """A clone of this repository set up for a Hub; not started yet."""
    missing = [each for each in ("git", "npm", "node", "useradd") if shutil.which(each) is None]
    assert os.geteuid() == 0 and not missing, f"{NEEDED} Missing: {missing}"
    with open_folder("cnn") as home, open_folder("cnn-source-") as source:
        run("git", "clone", "--quiet", "--no-hardlinks", str(ROOT), str(source / "course"))
        hub = Hub(home, _free_ports(4))
        try:
            run("sh", SETUP, folder=source / "course",
                environment={**os.environ, "COURSE_HOME": str(home)})
            yield hub
        finally:
            _remove_people(hub)


@contextmanager
def started(hub: Hub) -> Iterator[None]:
    """JupyterHub as README.md starts it, until it answers and the course's service does."""
    node = str(Path(str(shutil.which("node"))).parent)
    environment = {"PATH": f"{SYSTEM}:{node}", "LANG": "C.UTF-8", "COURSE_PORT": str(hub.port)}
    log = hub.home / "hub" / "log"
    # Servers start slowly where tests of another kind take the cores.
    (log.parent / "hub_settings.py").write_text(
        "c.Spawner.start_timeout = c.Spawner.http_timeout = 300\n", encoding="utf-8")
    with log.open("w") as output:
        process = subprocess.Popen([str(hub.home / "env/bin/jupyterhub")], cwd=log.parent,
                                   env=environment, stdout=output, stderr=output)
        try:
            _wait_until_it_answers(hub, process, log)
            yield
        except BaseException:
            print(_end_of(log))     # the folder goes with the test
            raise
        finally:
            process.terminate()     # it ends the proxy, the service and people's servers
            try:
                process.wait(60)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _wait_until_it_answers(hub: Hub, process: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + START_LIMIT
    for page in ("/hub/login", "/services/course/api"):
        while True:
            try:
                answer = requests.get(f"{hub.address}{page}", timeout=10)
                if answer.ok:
                    break
            except requests.RequestException:
                pass        # nobody listens yet
            try:
                process.wait(0.2)
            except subprocess.TimeoutExpired:
                pass        # it runs, as it should
            if process.poll() is not None or time.monotonic() > until:
                raise AssertionError(f"the Hub does not answer at {page}")


def _end_of(log: Path) -> str:
    return "\n".join(log.read_text(encoding="utf-8", errors="replace").splitlines()[-40:])


def _free_ports(count: int) -> int:
    """The first of some ports in a row that nobody uses."""
    while True:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            first: int = probe.getsockname()[1]
        if all(_is_free(first + step) for step in range(count)):
            return first


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        try:
            probe.bind(("127.0.0.1", port))
        except (OSError, OverflowError):
            return False
    return True


def _remove_people(hub: Hub) -> None:
    """Accounts and groups of this Hub, with whatever of theirs still runs."""
    users = {pwd.getpwnam(name).pw_uid for name in hub.accounts}
    theirs = [each for each in psutil.process_iter(["uids"])
              if each.info["uids"] is not None and each.info["uids"].real in users]
    for process in theirs:
        try:
            process.kill()
        except psutil.NoSuchProcess:
            pass        # it ended by itself
    psutil.wait_procs(theirs, timeout=30)
    for name in hub.accounts:
        run("userdel", name)
    for group in [each.gr_name for each in grp.getgrall()]:
        if group.startswith(f"{hub.home.name}-"):
            run("groupdel", group)
