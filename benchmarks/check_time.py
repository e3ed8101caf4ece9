"""How long check() keeps a learner waiting, given a right function (the aim: below 1 s)."""

from __future__ import annotations

import io
from collections.abc import Callable
from contextlib import redirect_stdout
from time import perf_counter
from typing import Any

from autograder.catalogue import Catalogue
from course_lib.checks import check
from course_lib.checks.cases import Exercise, declarations
from course_lib.checks.student import CheckFailed

SLOWEST = 5


def learner(exercise: Exercise) -> Callable[..., Any]:
    def right(*args: Any, **kwargs: Any) -> Any:
        return exercise.reference(*args, **kwargs)

    right.__name__ = exercise.name
    return right


def seconds(exercise: Exercise) -> tuple[float, bool]:
    """The first call, as in a notebook; and whether the function was found right."""
    namespace = {"check": check, exercise.name: learner(exercise)}
    start = perf_counter()
    try:
        with redirect_stdout(io.StringIO()):
            exec(f"check({exercise.name!r})", namespace)
    except CheckFailed:
        return perf_counter() - start, False
    return perf_counter() - start, True


def main() -> None:
    exercises = [
        declared for topic in Catalogue().topics for declared in declarations(topic.module)
        if isinstance(declared, Exercise)
    ]
    times = {exercise.name: seconds(exercise) for exercise in exercises}
    for name, (taken, passed) in sorted(times.items(), key=lambda item: -item[1][0])[:SLOWEST]:
        print(f"{name:24} {taken:6.3f} s{'' if passed else '  (found WRONG)'}")
    print(f"{len(times)} exercises, {sum(taken for taken, _ in times.values()):.3f} s in all")


if __name__ == "__main__":
    main()
