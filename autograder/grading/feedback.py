"""What a result says to the student: outcome, public evidence, family titles, one hint.

No hidden number may pass through here. Evidence comes from public cases alone; of a hidden case
only its family's public title is told, and of an exception only a name that Python gave it.
"""

from __future__ import annotations

import builtins
import re
from collections.abc import Collection, Iterable

from autograder.grading.results import FamilyResult
from course_lib.checks.judge import STOPPED, Report, Verdict

__all__ = ["evidence_of", "families_of", "printable", "stopped_cell", "stopped_sentence",
           "summary_of"]

MOST_EVIDENCE = 3
LONGEST_LINE = 1_000
NAME_ERROR = re.compile(r"^name '(\w+)' is not defined")
CELLS_STOPPED = {
    "time": "ran out of time. Is there a loop that never ends?",
    "died": "ended the Python process. Leave out os._exit and the like.",
    "message": "gave back more than can be read.",
}


def printable(text: str) -> str:
    """One line that a terminal, a file and a page can hold, whatever the student's code said."""
    line = "".join(c if c.isprintable() else " " for c in text[:LONGEST_LINE])
    return line if len(text) <= LONGEST_LINE else f"{line} ..."


def stopped_cell(stopped: str) -> str:
    """Why a cell did not come to its end, to be put after "Your cell"."""
    return CELLS_STOPPED.get(stopped, "was stopped.")


def stopped_sentence(stopped: str) -> str:
    """Why a call did not come to its end."""
    sentence = STOPPED.get(stopped, "your function was stopped.")
    return sentence[:1].upper() + sentence[1:]


def families_of(report: Report, all_titles: Iterable[str]) -> tuple[FamilyResult, ...]:
    """Each public family and whether all its cases are right; what did not run is not right."""
    done = report.families
    return tuple(FamilyResult(title, done.get(title, False)) for title in all_titles)


def evidence_of(public: Report, unused: Collection[str]) -> tuple[str, ...]:
    """Up to three public cases that fail, and names that stand in cells which do not run."""
    told = [
        f'Case "{verdict.case.title}": {verdict.evidence}'
        for verdict in public.failures[:MOST_EVIDENCE]
    ]
    lost = {name for verdict in public.failures for name in _unknown_names(verdict)}
    for name in sorted(lost.intersection(unused)):
        told.append(
            f"{name} stands in a cell of the lecture, and those are not run for grading. "
            "Put it in a cell of its own."
        )
    return tuple(told)


def summary_of(hidden: Report, public: Report | None, families: tuple[FamilyResult, ...]) -> str:
    """One or two sentences: what fails, in public words."""
    stopped = _stopped(hidden) or (_stopped(public) if public else None)
    if stopped is not None:
        return stopped_sentence(stopped)
    failing = [family.title for family in families if not family.passed]
    sentence = f"It fails in: {'; '.join(failing)}."
    if public is not None and public.passed:
        sentence = f"All visible cases pass, hidden ones do not. {sentence}"
    kinds = sorted({name for verdict in hidden.failures if (name := _builtin_error(verdict))})
    return f"{sentence} It raises {', '.join(kinds)}." if kinds else sentence


def _stopped(report: Report) -> str | None:
    return next((v.answer.stopped for v in report.verdicts if v.answer.stopped), None)


def _unknown_names(verdict: Verdict) -> list[str]:
    raised = verdict.answer.raised
    return NAME_ERROR.findall(raised.message) if raised and raised.is_a("NameError") else []


def _builtin_error(verdict: Verdict) -> str | None:
    """The exception's name if it is Python's own: a name of the student's may carry numbers."""
    raised = verdict.answer.raised
    if raised is None or verdict.answer.changed:
        return None
    kind = getattr(builtins, raised.type, None)
    return raised.type if isinstance(kind, type) and issubclass(kind, BaseException) else None
