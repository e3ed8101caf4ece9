"""The course's secret and the hidden numbers drawn from it.

The same secret, assignment, student and exercise give the same numbers on every machine; without
the secret nobody can tell them in advance, and no two students get the same.
"""

from __future__ import annotations

import hashlib
import hmac
import os
from collections.abc import Iterable, Mapping
from pathlib import Path

import numpy as np

__all__ = ["SECRET_FILE", "Secret", "Seeds", "course_secret", "rng_for", "seed_for", "seeds_for"]

SECRET_FILE = ".course_secret"
SHORTEST = 16
Seeds = Mapping[str, int]  # by exercise, for one student and one assignment
Secret = bytes | Seeds


def course_secret(folder: Path) -> bytes:
    """COURSE_SECRET, else the file `.course_secret` in `folder`, made on first use.

    Raises ValueError for a secret of fewer than 16 bytes, which somebody must have typed.
    """
    spelled = os.environ.get("COURSE_SECRET")
    if spelled is not None:
        return _long_enough(spelled.encode(), "the variable COURSE_SECRET")
    path = Path(folder, SECRET_FILE)
    try:
        fresh = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return _long_enough(path.read_bytes(), str(path))
    with os.fdopen(fresh, "wb") as file:
        file.write(os.urandom(32))
    return path.read_bytes()


def seed_for(secret: bytes, assignment: str, student: str, exercise: str) -> int:
    """HMAC-SHA256(secret, assignment | student | exercise) as a whole number."""
    message = "\0".join([assignment, student, exercise]).encode("utf-8", "surrogatepass")
    return int.from_bytes(hmac.digest(secret, message, hashlib.sha256), "big")


def seeds_for(
    secret: bytes, assignment: str, student: str, exercises: Iterable[str]
) -> dict[str, int]:
    """The seeds of one submission: all that grading it needs, on whatever machine it is done."""
    return {name: seed_for(secret, assignment, student, name) for name in exercises}


def rng_for(secret: Secret, assignment: str, student: str, exercise: str) -> np.random.Generator:
    """The generator that draws one student's hidden cases of one exercise.

    `secret` is the course's, or the seeds that were made from it for this submission.
    """
    if isinstance(secret, bytes):
        return np.random.default_rng(seed_for(secret, assignment, student, exercise))
    return np.random.default_rng(secret[exercise])


def _long_enough(secret: bytes, where: str) -> bytes:
    if len(secret) < SHORTEST:
        raise ValueError(
            f"{where} holds {len(secret)} bytes; a secret needs at least {SHORTEST}. "
            "Remove it, and a new one is made; grades keep their meaning, hidden numbers change."
        )
    return secret
