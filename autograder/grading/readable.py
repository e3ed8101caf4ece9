"""A result as a student and an instructor read it: cell output, comment, summary.

Only `summary`, `evidence`, `belief`, `hint` and family titles are shown, never a hidden number.
Every string is escaped here, because some of them quote the student.
"""

from __future__ import annotations

import html
from typing import Any

from autograder.grading.clean import for_file
from autograder.grading.results import ExerciseResult, SubmissionResult

__all__ = ["comment", "output_of", "sentence", "summary_source"]

LONGEST_LINE = 600
HEADINGS = {
    "passed": "Passed",
    "failed": "Not right yet",
    "missing": "Nothing written yet",
    "error": "Not graded: our fault, a person will look",
    "needs a look": "Not graded yet: a person will look",
}
UNTYPESET = '<div class="tex2jax_ignore mathjax_ignore">'  # MathJax runs \\href in student text
IN_STUDENTS_PROCESS = "an instructor's assert cell, run in the student's process"


def sentence(result: ExerciseResult) -> str:
    """One line: outcome, points, and how many families were right."""
    points = "?" if result.points is None else f"{result.points:g}"
    line = f"{HEADINGS[result.outcome]} ({points} of {result.max_points:g} points)"
    if result.families and result.outcome == "failed":
        right = sum(family.passed for family in result.families)
        line += f"; {right} of {len(result.families)} families of cases are right"
    return f"{line}."


def comment(result: ExerciseResult) -> str:
    """The automatic comment beneath the solution cell: made of our own words alone."""
    if result.outcome == "missing":
        return "No response."
    if result.outcome == "failed" and result.hint:
        return f"{HEADINGS['failed']}. {result.hint}"
    return sentence(result)


def _paragraphs(result: ExerciseResult) -> list[tuple[str, str]]:
    """(label, text) pairs below the heading; empty labels are plain sentences."""
    lines = [("", result.summary)] if result.summary else []
    lines += [("", each) for each in result.evidence]
    if result.belief:
        lines.append(("What it looks like", result.belief.replace("_", " ")))
    if result.hint:
        lines.append(("Hint", result.hint))
    if result.kind == "assert":
        lines.append(("", IN_STUDENTS_PROCESS))
    return [(label, for_file(text, LONGEST_LINE)) for label, text in lines]


def output_of(result: ExerciseResult) -> dict[str, Any]:
    """The nbformat output to put into the grade cell, as text and as HTML."""
    plain = [sentence(result)]
    rich = [f"<p><b>{html.escape(sentence(result))}</b></p>"]
    for label, text in _paragraphs(result):
        plain.append(f"{label}: {text}" if label else text)
        prefix = f"<b>{html.escape(label)}:</b> " if label else ""
        body = html.escape(text).replace("\n", "<br>")
        rich.append(f"<p>{prefix}{body}</p>")
    if result.families:
        plain += [_family_line(each.title, each.passed) for each in result.families]
        items = (
            f"<li>{html.escape(_family_line(each.title, each.passed))}</li>"
            for each in result.families
        )
        rich.append(f"<p>Families of hidden cases:</p><ul>{''.join(items)}</ul>")
    page = UNTYPESET + "\n".join(rich) + "</div>"
    data = {"text/plain": "\n".join(plain), "text/html": page}
    return {"output_type": "display_data", "metadata": {}, "data": data}


def _family_line(title: str, passed: bool) -> str:
    return f"{'ok' if passed else 'not ok'}: {for_file(title, LONGEST_LINE)}"


def summary_source(result: SubmissionResult) -> str:
    """Markdown (as HTML) for the top of the graded notebook: what happened, in one look."""
    parts = []
    if result.note:
        parts.append(f"<p><b>This notebook could not be graded: {_escaped(result.note)}.</b> "
                     "A person will look at it.</p>")
    else:
        rows = "".join(
            f"<tr><td>{_escaped(each.name)}&emsp;</td><td>{_escaped(sentence(each))}</td></tr>"
            for each in result.exercises
        )
        parts.append(f"<table><thead><tr><th>exercise</th><th>outcome</th></tr></thead>"
                     f"<tbody>{rows}</tbody></table>")
    if result.events:
        items = "".join(f"<li>{_escaped(each)}</li>" for each in result.events)
        parts.append(f"<p>Worth knowing:</p><ul>{items}</ul>")
    return UNTYPESET + "".join(parts) + "</div>"


def _escaped(text: str) -> str:
    """HTML-escaped on one line, because a blank line would end the block in Markdown."""
    return html.escape(" ".join(for_file(text, LONGEST_LINE).split()))
