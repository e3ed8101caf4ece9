"""A PostgreSQL server of the tests' own: a throwaway folder, a socket in it, no port."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import psycopg

OWNER = "postgres"  # the server refuses to run as root


class Server:
    """A running server with databases called gradebook0, gradebook1 and so on."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.numbers = count()

    def new_database(self, like: str | None = None) -> str:
        """The address of an empty database, or of a copy of the one at the address `like`."""
        name = f"gradebook{next(self.numbers)}"
        template = f"TEMPLATE {_name(like)}" if like else ""
        with self.connected() as connection:
            connection.execute(f"CREATE DATABASE {name} {template}".encode())
        return f"postgresql+psycopg://{OWNER}@/{name}?host={self.folder}"

    def connected(self) -> psycopg.Connection:
        return psycopg.connect(host=str(self.folder), user=OWNER, dbname=OWNER, autocommit=True)

    def cut_connections(self, address: str) -> int:
        """End every connection to a database, as a restart of the server would."""
        with self.connected() as connection:
            rows = connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s",
                [_name(address)],
            ).fetchall()
        return len(rows)


def _name(address: str) -> str:
    return address.partition("@/")[2].partition("?")[0]


@contextmanager
def running() -> Iterator[Server]:
    """The server, stopped and removed at the end. A socket wants a short name of its folder."""
    folder = Path(tempfile.mkdtemp(prefix="pg-"))
    user = OWNER if os.geteuid() == 0 else None
    if user is not None:
        shutil.chown(folder, user)
    data, log = folder / "data", folder / "log"
    options = f"-k {folder} -c listen_addresses= -c fsync=off -c full_page_writes=off"

    def run(*command: str) -> None:
        subprocess.run(command, user=user, cwd=folder, check=True, stdout=subprocess.DEVNULL)

    try:
        run(_program("initdb"), "-D", str(data), "-U", OWNER, "-A", "trust", "--no-sync", "-E",
            "UTF8", "--locale=C")
        run(_program("pg_ctl"), "-D", str(data), "-l", str(log), "-w", "-o", options, "start")
        try:
            yield Server(folder)
        finally:
            run(_program("pg_ctl"), "-D", str(data), "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _program(name: str) -> str:
    """Debian keeps the server's programs out of PATH."""
    newest = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    found = shutil.which(name) or (str(newest[-1]) if newest else None)
    assert found, f"{name} is not installed; on Debian: apt install postgresql"
    return found
