"""What a student gets back: a page, and the same in short as text."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

from autograder.grading.clean import for_file, for_terminal
from autograder.grading.readable import output_of, sentence
from autograder.grading.results import SubmissionResult
from autograder.reports.page import document, section, table, text

__all__ = ["SHORT", "deliver", "pages"]

PAGE, SHORT = "feedback.html", "feedback.txt"


def pages(result: SubmissionResult, arrived: str, remarks: list[str]) -> dict[str, str]:
    """File name to content. `arrived` is the time of hand-in, `remarks` are sentences of ours."""
    words = result.topic.partition("_")[2].replace("_", " ")
    told = [f"Arrived {arrived}.", *remarks]
    return {
        PAGE: _page(result, f"Feedback: {words or result.topic}", told),
        SHORT: _short(result, told),
    }


def _headline(result: SubmissionResult) -> str:
    if result.note:
        return f"This notebook could not be graded: {result.note}. Your instructor looks at it."
    passed = sum(each.outcome == "passed" for each in result.exercises)
    points = f"{result.score:g} of {result.max_score:g} points" if result.max_score else ""
    done = f"{passed} of {len(result.exercises)} exercises passed"
    return f"{points}, {done}." if points else f"{done}."


def _short(result: SubmissionResult, remarks: list[str]) -> str:
    lines = [f"{result.topic}: {_headline(result)}", *remarks]
    for each in result.exercises if not result.note else ():
        lines += ["", f"{each.name}: {sentence(each)}"]
        if each.outcome != "passed":
            lines += [f"    {line}" for line in (each.summary, each.hint and f"Hint: {each.hint}")
                      if line]
    lines += ["", *(f"Worth knowing: {event}" for event in result.events)]
    return "\n".join(for_terminal(line) for line in lines).rstrip() + "\n"


def _page(result: SubmissionResult, title: str, remarks: list[str]) -> str:
    parts = [f"<p><strong>{text(_headline(result))}</strong></p>",
             *(f"<p>{text(each)}</p>" for each in remarks)]
    if not result.note:
        rows = [[f"<code>{text(each.name)}</code>", text(sentence(each))]
                for each in result.exercises]
        parts.append(table("All exercises.", ["exercise", "outcome"], rows))
        parts += [section(each.name, str(output_of(each)["data"]["text/html"]))
                  for each in result.exercises if each.outcome != "passed"]
    if result.events:
        items = "".join(f"<li>{text(each)}</li>" for each in result.events)
        parts.append(section("Worth knowing", f"<ul>{items}</ul>"))
    return document(title, parts)


def deliver(folder: Path, files: Mapping[str, str]) -> None:
    """Put each file in place whole; whoever reads meanwhile gets the old one or the new one."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        handle, made = tempfile.mkstemp(dir=folder, prefix=".writing-")
        try:
            with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
                file.write(for_file(content, 10**7))
            os.chmod(made, 0o666 & ~_umask())
            os.replace(made, folder / name)
        except OSError:
            os.unlink(made)
            raise


def _umask() -> int:
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
