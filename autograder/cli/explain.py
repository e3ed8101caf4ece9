"""`explain`: why a student got what they got, with all that the bank knows about the belief."""

from __future__ import annotations

import argparse
import textwrap
from typing import Any

from autograder.catalogue import Catalogue
from autograder.cli.course import autograde_app, graded_notebook_of
from autograder.cli.stop import Stop
from autograder.grading.clean import for_terminal
from autograder.grading.results import ExerciseResult


def add(commands: Any) -> None:
    """Declare the command."""
    parser = commands.add_parser("explain", help="why a student got what they got")
    parser.add_argument("student", metavar="STUDENT")
    parser.add_argument("topic", metavar="TOPIC", help="03, 08b or a full name")
    parser.add_argument("exercise", nargs="?", metavar="EXERCISE", help="all that are not right")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print what failed, the evidence, the families, and the belief with its full text."""
    from autograder.grading.graded_notebook import stored_result

    topic = Catalogue(args.course).topic(args.topic)
    if args.exercise:
        topic.exercise(args.exercise)
    path = graded_notebook_of(autograde_app(args.course), args.student, topic)
    result = stored_result(path)
    if result is None:
        raise Stop(f"{for_terminal(args.student)} has no graded {topic.slug}; "
                   f"python -m autograder grade {topic.slug} grades it.")
    print(f"{for_terminal(result.student)}, {result.topic}: "
          f"{result.score:g} of {result.max_score:g} points")
    for line in ([f"could not be graded: {result.note}"] if result.note else []) + [*result.events]:
        print(f"  {for_terminal(line)}")
    chosen = [each for each in result.exercises
              if (each.name == args.exercise if args.exercise else each.outcome != "passed")]
    for each in chosen:
        print("\n" + "\n".join(_lines(each)))
    return 0


def _lines(exercise: ExerciseResult) -> list[str]:
    from autograder.grading.readable import sentence

    lines = [f"{exercise.name}: {sentence(exercise)}"]
    for text in (exercise.summary, *exercise.evidence):
        lines += _wrapped(text)
    lines += [f"  {'ok    ' if family.passed else 'not ok'} {for_terminal(family.title)}"
              for family in exercise.families]
    if exercise.belief:
        lines.append(f"  belief: {exercise.belief.replace('_', ' ')}")
        lines += _wrapped(_belief_text(exercise.name, exercise.belief))
    if exercise.for_instructor:
        lines += _wrapped(f"for you: {exercise.for_instructor}")
    return lines


def _belief_text(exercise: str, belief: str) -> str:
    from autograder.bank import belief_text
    from course_lib.checks.cases import Exercise, declaration

    try:
        declared = declaration(exercise)
        return belief_text(declared, belief) if isinstance(declared, Exercise) else ""
    except KeyError:
        return ""


def _wrapped(text: str) -> list[str]:
    return [
        line
        for paragraph in text.splitlines()
        for line in textwrap.wrap(for_terminal(paragraph), 96, initial_indent="  ",
                                  subsequent_indent="  ")
    ]
