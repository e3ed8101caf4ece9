"""The report of a class in one topic, as a page."""

from __future__ import annotations

from datetime import datetime
from statistics import median

from autograder.reports.alike import Alike
from autograder.reports.figure import histogram
from autograder.reports.page import document, section, table, text
from autograder.reports.summary import BeliefCount, ClassSummary, ExerciseCount, Pupil

__all__ = ["class_page"]

MOST_NAMED = 12
MOST_GROUPS = 50


def class_page(summary: ClassSummary, made: datetime) -> str:
    """HTML, with names or, after `without_names`, without."""
    number, _, words = summary.topic.partition("_")
    title = f"Class report: {number} {words.replace('_', ' ')}"
    parts = [
        _overview(summary, made),
        section("Exercises", _exercises(summary)),
        section("What the class believes", *_beliefs(summary)),
        section("Scores", _scores(summary)),
    ]
    if summary.named:
        parts.append(section("Code that students share", *_alike(summary.alike)))
    parts.append(section("Students", _students(summary)))
    return document(title, parts)


def _overview(summary: ClassSummary, made: datetime) -> str:
    waiting = sum(bool(each.waiting) for each in summary.pupils)
    unread = sum(each.note is not None for each in summary.pupils)
    lines = [f"{_people(len(summary.pupils))} graded, {made:%Y-%m-%d %H:%M}."]
    if summary.shares:
        lines.append(f"Median {100 * median(summary.shares):.0f} %.")
    if summary.absent:
        lines.append(f"{len(summary.absent)} of the gradebook handed in nothing.")
    if waiting:
        lines.append(f"{_people(waiting)} with something that a person must grade; their scores "
                     "are not final: what is open counts as 0 here.")
    if unread:
        lines.append(f"Of the notebooks, {unread} could not be graded automatically.")
    if summary.unconfined:
        lines.append(f"{summary.unconfined} were graded without any sandbox.")
    return f"<p>{' '.join(lines)}</p>"


def _people(number: int) -> str:
    return "1 student" if number == 1 else f"{number} students"


def _exercises(summary: ClassSummary) -> str:
    columns = ["exercise", "kind", "points", "pass rate", "passed", "failed", "missing",
               "needs a look", "our error", "median s", "most s"]
    return table(
        "Results of each exercise. The pass rate is of all that were handed in; seconds are "
        "CPU time of the students' code.",
        columns, map(_exercise, summary.exercises), range(2, len(columns)),
    )


def _exercise(each: ExerciseCount) -> list[str]:
    rate = 100 * each.pass_rate
    bar = f'<span class="rate" aria-hidden="true"><i style="width:{rate:.0f}%"></i></span>'
    return [
        f"<code>{text(each.name)}</code>", text(each.kind), f"{each.max_points:g}",
        f"{bar}{rate:.0f} %",
        *(str(each.outcomes[name]) for name in ("passed", "failed", "missing", "needs a look",
                                                "error")),
        f"{each.median_seconds:.2f}", f"{each.most_seconds:.2f}",
    ]


def _beliefs(summary: ClassSummary) -> list[str]:
    if not summary.beliefs:
        return ["<p>No failed answer fits a known misconception.</p>"]
    columns = ["belief", "exercise", "students", "of those who tried", "what it says to them"]
    if summary.named:
        columns.append("who")
    rows = [_belief(each, summary.named) for each in summary.beliefs]
    return [
        "<p>Each row is a wrong implementation that gives exactly the answers of these students. "
        "Nobody was asked: it is what their code does.</p>",
        table("Misconceptions, most frequent first.", columns, rows, (2, 3)),
    ]


def _belief(each: BeliefCount, named: bool) -> list[str]:
    why = (f"<details><summary>why people believe it</summary><p>{text(each.why)}</p></details>"
           if each.why else "")
    cells = [text(each.words), f"<code>{text(each.exercise)}</code>", str(len(each.students)),
             f"{100 * each.share:.0f} %", f"{text(each.line)}{why}"]
    return [*cells, _some(each.students)] if named else cells


def _some(names: tuple[str, ...]) -> str:
    shown = ", ".join(text(name, 60) for name in names[:MOST_NAMED])
    left = len(names) - MOST_NAMED
    return shown if left <= 0 else f"{shown} and {left} more"


def _scores(summary: ClassSummary) -> str:
    what = "share of the points" if summary.most > 0 else "share of the exercises passed"
    return f"<figure>{histogram(summary.shares, what)}</figure>"


def _alike(groups: tuple[Alike, ...]) -> list[str]:
    note = (
        "<p>A place to look, never a verdict: people who learn together write alike, and a short "
        "function can be written in few ways. Comments, layout and names of variables are left "
        "aside; so are what was handed out, our solution, and what more than a tenth of the class "
        "wrote.</p>"
    )
    if not groups:
        return [note, "<p>No two students share code beyond that.</p>"]
    rows = [
        [_some(each.students), ", ".join(f"<code>{text(name)}</code>" for name in each.exercises),
         str(each.tokens), "yes" if each.word_for_word else "no"]
        for each in groups[:MOST_GROUPS]
    ]
    columns = ["students", "exercises", "tokens shared", "names too"]
    cut = [] if len(groups) <= MOST_GROUPS else [
        f'<p class="quiet">{len(groups) - MOST_GROUPS} smaller groups are left out.</p>']
    return [note, table("Students with the same code, most of it first.", columns, rows, (2,)),
            *cut]


def _students(summary: ClassSummary) -> str:
    columns = ["student", "points", "passed", "a person must grade"]
    if summary.named:
        columns += ["late", "worth knowing"]
    caption = ("In the order of their ids; points are those of the gradebook."
               if summary.named else "In an order that says nothing.")
    return table(caption, columns, (_pupil(each, summary.named) for each in summary.pupils), (1, 2))


def _pupil(each: Pupil, named: bool) -> list[str]:
    who = text(each.name, 80)
    if each.name != each.id:
        who += f' <span class="quiet">{text(each.id, 80)}</span>'
    cells = [who, f"{each.score:g} of {each.most:g}", f"{each.passed} of {each.exercises}",
             "everything" if each.note else
             ", ".join(f"<code>{text(name)}</code>" for name in each.waiting)]
    if not named:
        return cells
    late = _duration(each.late) if each.late else ""
    if each.penalty:
        late += f", {each.penalty:g} points taken off"
    if each.more:
        late += f"{'; ' if late else ''}{_duration(each.more)} more time"
    told = [*([f"could not be graded: {each.note}"] if each.note else []), *each.events]
    return [*cells, late, "<br>".join(text(line, 200) for line in told)]


def _duration(seconds: float) -> str:
    for unit, length in (("days", 86400), ("hours", 3600), ("minutes", 60)):
        if seconds >= 2 * length:
            return f"{seconds / length:.0f} {unit}"
    return f"{seconds:.0f} seconds"
