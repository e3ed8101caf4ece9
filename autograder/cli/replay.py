"""`replay`: one exercise of one student again, with the hidden inputs. For the instructor."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from autograder.catalogue import Catalogue
from autograder.cli.course import autograde_app, submissions
from autograder.cli.stop import Stop
from autograder.grading.clean import for_terminal

LONGEST_VALUE = 800


def add(commands: Any) -> None:
    """Declare the command."""
    parser = commands.add_parser("replay", help="the hidden cases of one student's exercise")
    parser.add_argument("student", metavar="STUDENT")
    parser.add_argument("exercise", metavar="EXERCISE")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print inputs, expected and got for each hidden case, drawn as when it was graded."""
    from autograder.grading.notebook_file import UnreadableError
    from autograder.grading.replay import replayed
    from autograder.grading.secret import course_secret

    topic, exercise = Catalogue(args.course).find(args.exercise)
    name = for_terminal(args.student)
    source = _notebook(args, topic)
    try:
        verdicts = replayed(source, exercise.name, student=args.student, topic=topic,
                            secret=course_secret(args.course))
    except UnreadableError as error:
        raise Stop(f"The notebook of {name} cannot be read: {error}") from None
    except ValueError as error:
        raise Stop(str(error)) from None
    for verdict in verdicts:
        print("\n".join(_lines(verdict)))
    right = sum(verdict.ok for verdict in verdicts)
    print(f"replay: {name}, {exercise.name}: {right} of {len(verdicts)} hidden cases are right")
    return 0


def _notebook(args: argparse.Namespace, topic: Any) -> Path:
    from autograder.grading.handed_in import look_at

    name = for_terminal(args.student)
    for folder in submissions(autograde_app(args.course), topic, args.student):
        found = look_at(folder, student=args.student, notebook_name=topic.slug)
        if found.notebook is None:
            raise Stop(f"The submission of {name} cannot be replayed: {found.note}.")
        return found.notebook
    raise Stop(f"{name} has handed in nothing for {topic.slug}.")


def _lines(verdict: Any) -> list[str]:
    case = verdict.case
    lines = [f"{'ok    ' if verdict.ok else 'not ok'} {case.family}: {case.title}"]
    given = [*map(_value, case.args), *(f"{key}={_value(each)}" for key, each in
                                        case.kwargs.items())]
    lines += _indented("inputs", ", ".join(given))
    lines += _indented("expected", _answer(verdict.expected))
    lines += _indented("got", _answer(verdict.answer))
    if verdict.evidence:
        lines += _indented("so", for_terminal(verdict.evidence))
    return lines


def _answer(answer: Any) -> str:
    if answer.stopped is not None:
        return f"stopped: {answer.stopped}"
    if answer.raised is not None:
        return f"raised {for_terminal(answer.raised.type)}: {for_terminal(answer.raised.message)}"
    if answer.strange is not None:
        return for_terminal(answer.strange)
    return _value(answer.value)


def _value(value: Any) -> str:
    """A plain value as text; it came over the wire, so it holds nothing that could run."""
    text = " ".join(repr(value).split())
    return for_terminal(text if len(text) <= LONGEST_VALUE else f"{text[:LONGEST_VALUE]}...")


def _indented(label: str, text: str) -> list[str]:
    return [f"         {label:<9} {text}"]
