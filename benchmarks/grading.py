"""What grading costs: a class against plain nbgrader, light and heavy, and on arrival.

`python -m benchmarks grading` takes a quarter of an hour: nbgrader grades a sample, and what is
extrapolated says so. `python -m benchmarks.grading --full` measures everything, `--scale` grades
100, 300 and 1,000 only, `--serve` measures the watch alone.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import psutil

from benchmarks.contenders.classes import TOPIC, Course
from benchmarks.contenders.cost import Cost, Memory, cost
from benchmarks.contenders.machine import description
from benchmarks.contenders.pages import write_grading

NBGRADER = [sys.executable, "-m", "nbgrader", "autograde", TOPIC, "--log-level=ERROR"]
AIMS = {"light": (20.0, 8.0, 12.0), "heavy": (1.8, None, None)}
CORES = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
SERVED = 40
START = 3  # submissions: the fewest for which a cluster is started
TURNS = (100, 100, 300, 100, 100, 100, 1_000, 300, 100, 100, 300, 100, 100, 100)
WHOSE = """from {0} join submitted_notebook on submitted_notebook.id = {0}.notebook_id
    join submitted_assignment on submitted_assignment.id = submitted_notebook.assignment_id
    join base_cell on base_cell.id = {0}.cell_id order by student_id, base_cell.name"""
COLUMNS = {"grade": "auto_score, needs_manual_grade", "comment": "auto_comment"}
LOAD = psutil.getloadavg()[0]


@dataclass(frozen=True)
class Workload:
    """How many are graded by us, and how many by nbgrader, of which one has to be small."""

    name: str
    training: bool
    class_size: int
    sample: int


LIGHT, HEAVY = Workload("light", False, 200, 20), Workload("heavy", True, 200, 10)


class Bench:
    """Courses to copy from, and a folder for the copies."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.number = folder, 0
        self.course = {ours: Course(folder / f"course-{ours}", ours=ours)
                       for ours in (True, False)}

    def handed_in(self, size: int, *, ours: bool, training: bool) -> Course:
        self.number += 1
        course = self.course[ours].fresh(self.folder / f"run-{self.number}")
        course.hand_in(size, training=training)
        return course

    def by_us(self, size: int, training: bool, memory: Memory | None = None) -> Cost:
        return self.graded_by_us(size, training, memory)[0]

    def graded_by_us(
        self, size: int, training: bool, memory: Memory | None = None, options: Sequence[str] = ()
    ) -> tuple[Cost, Course]:
        """What it cost, and the course as it is afterwards."""
        course = self.handed_in(size, ours=True, training=training)
        command = [sys.executable, "-m", "autograder", "--course", str(course.root), "grade", TOPIC,
                   *options]
        taken = cost(command, folder=Path(__file__).parents[1], memory=memory)
        _expect(course, size)
        return taken, course

    def by_nbgrader(self, size: int, training: bool, processes: int = 1) -> Cost:
        course = self.handed_in(size, ours=False, training=training)
        halves = ["*"] if processes == 1 else ["a*", "b*"]
        commands = [[*NBGRADER, f"--student={each}"] for each in halves]
        taken = cost(*commands, folder=course.root)
        _expect(course, size)
        return taken


def _expect(course: Course, size: int) -> None:
    graded = len(list((course.root / "autograded").glob(f"*/{TOPIC}/{TOPIC}.ipynb")))
    if graded != size:
        raise RuntimeError(f"{graded} of {size} were graded in {course.root}")


def line_through(few: int, a: Cost, many: int, b: Cost, size: int) -> Cost:
    """The cost of `size`, on the line through two measured ones: start-up counts once."""
    share = (size - few) / (many - few)
    return Cost(a.wall + share * (b.wall - a.wall), a.cpu + share * (b.cpu - a.cpu))


def compare(bench: Bench, work: Workload, full: bool) -> list[str]:
    """Lines of the table, ending with the ratios."""
    size, sample, few = work.class_size, work.sample, max(2, work.sample // 5)
    lines = []
    theirs: dict[int, dict[int, Cost]] = {}
    for processes in (1, 2):
        # The slower half is guessed from a sample; the other bar is too near for a guess.
        whole = full or (processes == 2 and not work.training)
        measured = {each: bench.by_nbgrader(each, work.training, processes)
                    for each in ((sample, size) if whole else (few, sample))}
        if size not in measured:
            measured[size] = line_through(few, measured[few], sample, measured[sample], size)
        theirs[processes] = measured
    ours = {each: bench.by_us(each, work.training)
            for each in ((sample, size) if full or not work.training else (sample,))}
    if size not in ours:
        small = bench.by_us(few, work.training)
        ours[size] = line_through(few, small, sample, ours[sample], size)
    for each in (sample, size):
        guess = "" if full or each == sample else f" (one nbgrader from {few} and {sample})"
        if work.training and guess:
            guess = f" (all from {few} and {sample})"
        for who, taken in (("ours", ours[each]), ("nbgrader", theirs[1][each]),
                           ("2 nbgrader processes", theirs[2][each])):
            lines.append(f"| {work.name}, {each}{guess} | {who} | {taken.wall:.1f} | "
                         f"{taken.cpu:.1f} | {60 * each / taken.wall:.0f} |")
        lines.append(_ratios(work.name, each, size, ours[each], theirs[1][each],
                             theirs[2][each], guess))
        print("\n".join(lines[-4:]), flush=True)
    return lines


def _ratios(name: str, number: int, size: int, ours: Cost, one: Cost, two: Cost,
            guess: str) -> str:
    ratios = (one.wall / ours.wall, one.cpu / ours.cpu, two.wall / ours.wall)
    words = (f"{name}: {ratios[0]:.1f}x nbgrader wall, {ratios[1]:.1f}x CPU, "
             f"{ratios[2]:.1f}x against 2 nbgrader processes")
    aims = [(got, aim) for got, aim in zip(ratios, AIMS[name], strict=True) if aim is not None]
    if number != size:
        return f"{words} [{number} submissions]"
    reached = "reached" if all(got >= aim for got, aim in aims) else "NOT reached"
    told = ", ".join(f"{aim:g}x" for _, aim in aims)
    return f"{words} [{number} submissions; aims {told}: {reached}]{guess}"


def scale(bench: Bench) -> list[str]:
    """CPU for each submission and memory over the run, for three sizes of a class.

    Starting costs the same for every class, so it is measured apart, with a class that is just
    large enough for a cluster, and told apart. A machine that others use too is not always as
    fast; small classes are graded in between until each size was graded about as often.
    """
    start = statistics.mean(bench.by_us(START, training=False).cpu for _ in range(3))
    lines = [f"start: {start:.1f} s CPU"]
    costs: dict[int, list[Cost]] = {size: [] for size in sorted(set(TURNS))}
    memory, largest = Memory(), max(TURNS)
    for size in TURNS:
        taken, course = bench.graded_by_us(size, training=False,
                                           memory=memory if size == largest else None)
        costs[size].append(taken)
        if size == largest:
            class_of_largest = course
    each = {size: 1000 * (statistics.mean(one.cpu for one in found) - start) / (size - START)
            for size, found in costs.items()}
    for size, found in costs.items():
        lines.append(f"{size} submissions: {statistics.mean(one.wall for one in found):.0f} s, "
                     f"{each[size]:.0f} ms CPU each and the start (mean of {len(found)})")
    quarters = ", ".join(f"{most:.0f}" for most in memory.quarters())
    lines.append(f"{largest}: coordinator and workers {quarters} MB in the quarters of the run "
                 f"(students' children up to {max(memory.children, default=0.0):.0f} MB)")
    spread = max(each.values()) / min(each.values()) - 1
    reached = "reached" if spread <= 0.15 else "NOT reached"
    lines.append(f"cost of one submission: {100 * spread:.0f} % between the least and the most "
                 f"[aim 15 %: {reached}]")
    _, serial = bench.graded_by_us(largest, training=False, options=["--workers", "1"])
    alike = gradebook(class_of_largest) == gradebook(serial)
    lines.append(f"gradebook of {largest}: {'equal to' if alike else 'DIFFERENT from'} that of "
                 "grading one after the other")
    print("\n".join(lines), flush=True)
    return lines


def gradebook(course: Course) -> list[tuple[object, ...]]:
    """Every score and comment in the gradebook, by student and cell."""
    with closing(sqlite3.connect(course.root / "gradebook.db")) as book:
        return [row for table, columns in COLUMNS.items() for row in book.execute(
            f"select student_id, base_cell.name, {columns} {WHOSE.format(table)}")]


def serve(bench: Bench) -> list[str]:
    """From the moment a file is in the inbox to the moment its feedback is in the outbox."""
    course = bench.handed_in(0, ours=True, training=False)
    inbox = course.root / "inbox"
    inbox.mkdir()
    server = subprocess.Popen(
        [sys.executable, "-m", "autograder", "--course", str(course.root), "serve", "--inbox",
         str(inbox)], cwd=Path(__file__).parents[1], stdout=subprocess.PIPE, text=True)
    assert server.stdout is not None
    while "watching" not in server.stdout.readline():
        if server.poll() is not None:
            raise RuntimeError("serve did not start")
    try:
        taken = [_latency(course, inbox, place) for place in range(SERVED + 2)][2:]
    finally:
        server.send_signal(signal.SIGINT)
        server.communicate()
    middle, slow = statistics.median(taken), sorted(taken)[int(0.9 * len(taken))]
    reached = "reached" if middle < 1 else "NOT reached"
    lines = [f"serve: feedback {1000 * middle:.0f} ms after arrival (median of {len(taken)}), "
             f"{1000 * slow:.0f} ms for the slowest tenth [aim < 1 s: {reached}]"]
    print(lines[0], flush=True)
    return lines


def _latency(course: Course, inbox: Path, place: int) -> float:
    student = f"s{place:03d}"
    (inbox / student).mkdir()
    made = course.root / "made.ipynb"
    made.write_text(json.dumps(json.loads(course.text(place))))
    feedback = course.root / "outbox" / student / TOPIC / "feedback.txt"
    began = time.perf_counter()
    os.replace(made, inbox / student / f"{TOPIC}.ipynb")
    while not feedback.exists():
        if time.perf_counter() - began > 60:
            raise RuntimeError("no feedback within a minute")
        time.sleep(0.002)
    return time.perf_counter() - began


def page(lines: list[str]) -> str:
    rows = [line for line in lines if line.startswith("|")]
    told = [line for line in lines if not line.startswith("|")]
    return "\n".join([
        "## What grading costs", "",
        "Written by `python -m benchmarks grading`; do not edit. A lecture of eleven code cells",
        "that imports NumPy and Matplotlib, three exercises, half of the class with something",
        "wrong; `heavy` trains for 3 s of CPU time in each notebook. nbgrader is `nbgrader",
        "autograde` without this project. Ours is `python -m autograder grade` with walls and",
        "trusted checks, start-up included on both sides; CPU is that of all processes. What is",
        "extrapolated lies on the line through two measured sizes.", "",
        *[f"- {line}" for line in description()[:3]],
        f"- Other work on the machine when it began: a load of {LOAD:.1f}", "",
        "| workload, submissions | by | wall s | CPU s | a minute |", "|---|---|---|---|---|",
        *rows, "", "```text", *told, "```",
    ])


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.grading")
    for name in ("full", "light", "heavy", "scale", "serve"):
        parser.add_argument(f"--{name}", action="store_true")
    args = parser.parse_args(arguments or [])
    everything = not (args.light or args.heavy or args.scale or args.serve)
    print(f"{CORES} cores", flush=True)
    with tempfile.TemporaryDirectory(prefix="bench-grading-") as folder:
        bench = Bench(Path(folder))
        lines: list[str] = []
        if everything or args.light:
            lines += compare(bench, LIGHT, args.full)
        if everything or args.heavy:
            lines += compare(bench, HEAVY, args.full)
        if everything or args.scale:
            lines += scale(bench)
        if everything or args.serve:
            lines += serve(bench)
    if everything:
        write_grading(page(lines))
    print("\n".join(line for line in lines if not line.startswith("|")))


if __name__ == "__main__":
    main(sys.argv[1:])
