"""The secret, the numbers drawn from it, and the shape of a result."""

from __future__ import annotations

from pathlib import Path

import pytest

from autograder.grading.results import ExerciseResult
from autograder.grading.secret import course_secret, rng_for, seed_for
from tests.autograder.small_course import SECRET


def test_seeds_differ_by_student_exercise_assignment_and_secret() -> None:
    seeds = {
        seed_for(SECRET, "03", "ada", "layer"), seed_for(SECRET, "03", "bob", "layer"),
        seed_for(SECRET, "03", "ada", "count_fc"), seed_for(SECRET, "04", "ada", "layer"),
        seed_for(SECRET + b"x", "03", "ada", "layer"), seed_for(SECRET, "03", "a", "dalayer"),
    }
    assert len(seeds) == 6
    assert seed_for(SECRET, "03", "ada", "layer") in seeds
    draws = [rng_for(SECRET, "03", "ada", "layer").normal() for _ in range(2)]
    assert draws[0] == draws[1]


def test_a_secret_is_made_once_for_the_owner_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("COURSE_SECRET", raising=False)
    secret = course_secret(tmp_path)
    assert len(secret) == 32
    assert course_secret(tmp_path) == secret
    assert (tmp_path / ".course_secret").stat().st_mode & 0o777 == 0o600
    monkeypatch.setenv("COURSE_SECRET", "x" * 20)
    assert course_secret(tmp_path) == b"x" * 20
    monkeypatch.setenv("COURSE_SECRET", "short")
    with pytest.raises(ValueError, match="COURSE_SECRET holds 5 bytes"):
        course_secret(tmp_path)


def test_an_outcome_nobody_knows_is_refused() -> None:
    with pytest.raises(ValueError, match="one of passed, failed, missing"):
        ExerciseResult("f", "exercise", "fine", 1.0, 1.0, "")  # type: ignore[arg-type]
