"""The connection to the gradebook, SQLite or PostgreSQL, and its troubles as sentences.

SQLite keeps a write-ahead log, so that formgrader reads while we write, and waits for others;
that wants a local disk. A write transaction of ours takes the lock when it begins, because one
that reads first and then wants to write cannot wait its turn.
"""

from __future__ import annotations

import contextlib
import errno
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import (
    ArgumentError,
    DBAPIError,
    IntegrityError,
    NoSuchModuleError,
    SQLAlchemyError,
)

__all__ = ["GradebookTrouble", "connected", "explained", "is_disk_full", "is_passing",
           "make_ready", "writing"]

PATIENCE = 30.0  # seconds to wait for a lock that somebody else holds


class GradebookTrouble(RuntimeError):
    """The gradebook cannot be read or written; the message says why and what to do."""


def connected(db_url: str) -> Any:
    """An engine for that gradebook; nothing is opened yet."""
    try:
        url = make_url(db_url)
        if url.get_backend_name() != "sqlite":
            return create_engine(url, pool_pre_ping=True)
        engine = create_engine(url, connect_args={"timeout": PATIENCE})
    except (ImportError, NoSuchModuleError) as error:
        raise GradebookTrouble(f"The gradebook {_told(db_url)} needs a driver: {error}. For "
                               "PostgreSQL: pip install 'psycopg[binary]'.") from None
    except ArgumentError:
        raise GradebookTrouble(f"{db_url!r} is no address of a gradebook; CourseDirectory.db_url "
                               "wants sqlite:////folder/gradebook.db or postgresql://...") from None
    event.listen(engine, "connect", _opened)
    event.listen(engine, "begin", _begun)
    return engine


def _opened(connection: Any, _: Any) -> None:
    connection.isolation_level = None  # `_begun` begins; the driver would do it too late
    connection.execute(f"PRAGMA busy_timeout = {int(PATIENCE * 1000)}")


def make_ready(engine: Any) -> None:
    """Look whether a SQLite file is whole before anything is written to it; then keep a log.

    Raises GradebookTrouble for one that is damaged.
    """
    if engine.dialect.name != "sqlite":
        return
    with contextlib.closing(engine.raw_connection()) as pooled:
        connection = pooled.driver_connection
        [found] = connection.execute("PRAGMA quick_check(1)").fetchone()
        if found != "ok":
            raise GradebookTrouble(_damaged(_told(str(engine.url)), found))
        # A database that is locked, or on a network disk, keeps the journal it has.
        connection.execute("PRAGMA busy_timeout = 0")
        with contextlib.suppress(sqlite3.Error):
            connection.execute("PRAGMA journal_mode = WAL")
        connection.execute(f"PRAGMA busy_timeout = {int(PATIENCE * 1000)}")


def _begun(connection: Any) -> None:
    writes = connection.get_execution_options().get("writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


@contextlib.contextmanager
def writing(engine: Any) -> Iterator[Any]:
    """A connection inside a transaction that is committed at the end, or never was."""
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        yield connection


def is_passing(error: SQLAlchemyError) -> bool:
    """Whether to try the same transaction again: the connection was lost, or two raced."""
    lost = isinstance(error, DBAPIError) and error.connection_invalidated
    return lost or isinstance(error, IntegrityError)


def is_disk_full(error: OSError) -> bool:
    """Whether there is no room, of the disk or of what we may use of it."""
    return error.errno in (errno.ENOSPC, errno.EDQUOT)


@contextlib.contextmanager
def explained(db_url: str) -> Iterator[None]:
    """Turn what the database raises into a GradebookTrouble."""
    try:
        yield
    except SQLAlchemyError as error:
        raise GradebookTrouble(_sentence(db_url, error)) from error
    except OSError as error:
        if not is_disk_full(error):
            raise
        where = f" {os.path.dirname(error.filename)}" if error.filename else ""
        raise GradebookTrouble(f"The disk is full{where}. {AGAIN}") from error


AGAIN = "What was graded so far is kept; run the same command again when that is mended."


def _sentence(db_url: str, error: SQLAlchemyError) -> str:
    words = " ".join(str(getattr(error, "orig", None) or error).split())
    where, small = _told(db_url), words.lower()
    if "locked" in small:
        return f"The gradebook {where} is locked by another program ({words}). {AGAIN}"
    if "full" in small or "no space" in small:
        return f"The disk of the gradebook {where} is full ({words}). {AGAIN}"
    if "not a database" in small or "malformed" in small:
        return _damaged(where, words)
    if "no such table" in small or "no such column" in small or "does not exist" in small:
        return (f"The gradebook {where} is not as this nbgrader knows it ({words}). Make a copy, "
                "then run nbgrader db upgrade.")
    if "readonly" in small or "read-only" in small or "permission denied" in small:
        return f"The gradebook {where} cannot be written ({words}). {AGAIN}"
    return f"The gradebook {where} cannot be used ({words}). {AGAIN}"


def _damaged(where: str, words: str) -> str:
    return (f"The gradebook {where} is damaged ({' '.join(words.split())}). Put a copy of it in "
            "its place; nothing was written to it.")


def _told(db_url: str) -> str:
    """The address without a password."""
    with contextlib.suppress(ArgumentError):
        url = make_url(db_url)
        if url.get_backend_name() == "sqlite" and url.database:
            return str(Path(url.database))
        return str(url.render_as_string(hide_password=True))
    return db_url
