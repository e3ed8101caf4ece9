"""Tracks: what a plan names exists, in the order of its deck, and a released folder is whole."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from statistics import median

import nbformat
import pytest

from autograder.bundle import student_files
from autograder.catalogue import Catalogue
from tools.concepts import Concept, concepts
from tools.notebooks import ROOT
from tools.run_all import run_all
from tools.tracks.__main__ import main
from tools.tracks.pages import PAGE, START, page
from tools.tracks.plans import (
    FEWEST,
    MOST,
    PLANS,
    Part,
    Plan,
    PlanError,
    Session,
    faults,
    plans,
    slides,
)
from tools.tracks.release import folder_of, plan_of, release

CATALOGUE = Catalogue(ROOT)
EVERY = [plan for sizes in plans().values() for plan in sizes.values()]
# What these decks show early comes when its parts are there; the plan's note says so.
SHOWN_EARLY = {
    ("rwth", "LeNet-5, built and trained"),
    ("bonn", "Going deep: first weights, normalisation, residuals"),
}


def first_line(row: Concept) -> int:
    return int(re.split(r"\D", row.lines)[0])


def by_name(plan: Plan) -> str:
    return f"{plan.track}-{plan.size}"


def test_every_deck_has_a_plan_for_one_two_and_thirteen_sessions() -> None:
    decks = list(dict.fromkeys(row.deck for row in concepts()))
    assert [next(iter(sizes.values())).deck for sizes in plans().values()] == decks
    for sizes in plans().values():
        assert {size: plan.size for size, plan in sizes.items()} == {1: 1, 2: 2, 13: 13}


@pytest.mark.parametrize("plan", EVERY, ids=by_name)
def test_every_notebook_section_and_exercise_of_a_plan_exists(plan: Plan) -> None:
    assert list(faults(plan, CATALOGUE)) == []
    assert all(FEWEST <= len(session.exercises) <= MOST for session in plan.sessions)


@pytest.mark.parametrize("plan", EVERY, ids=by_name)
def test_sessions_are_in_the_order_in_which_the_deck_teaches(plan: Plan) -> None:
    """One session comes before another unless its first slide and its middle one come after."""
    lines = []
    for session in plan.sessions:
        rows = [row for part in session.parts for row in slides(plan.deck, part, CATALOGUE)]
        if rows and (plan.track, session.title) not in SHOWN_EARLY:
            lines.append((min(map(first_line, rows)), median(map(first_line, rows))))
    for k, (first, middle) in enumerate(lines):
        for later in lines[k + 1:]:
            assert first <= later[0] or middle <= later[1]


def test_every_session_is_used_and_a_plan_says_what_it_is() -> None:
    used = {session.title for plan in EVERY for session in plan.sessions}
    written = set(re.findall(r'^title = "(.*)"$', PLANS.read_text(encoding="utf-8"), re.MULTILINE))
    assert used == written
    assert all(plan.note.endswith(".") for plan in EVERY)


def test_the_page_is_what_the_tool_writes() -> None:
    assert PAGE.read_text(encoding="utf-8") == page()


@pytest.mark.parametrize(("parts", "fault"), [
    (["99 1: a b c d e"], "There is no topic '99'"),
    (["07 3 77: convolve1d seen_at"], "07_convolution_and_filters has no section 77"),
    (["07 3-5: convolve1d seen_att"], "There is no exercise 'seen_att'. Did you mean seen_at?"),
    (["07 4-5: convolve1d"], "convolve1d is in none of the sections 4, 5"),
    (["07 3-5: convolve1d pad2d"], "pad2d needs seen_at, which no session asks for before"),
    (["07 3-5: seen_at convolve1d"], "asks in another order: convolve1d seen_at"),
    (["07 3: convolve1d", "07 3: convolve1d"], "convolve1d is asked for a second time"),
    (["07 3: convolve1d"], "1 exercises; 5 to 8 fill a session"),
])
def test_what_is_wrong_with_a_plan_is_named(parts: list[str], fault: str, tmp_path: Path) -> None:
    plan = written(tmp_path, parts)["mine"][1]
    found = list(faults(plan, CATALOGUE))
    assert any(fault in each for each in found), found
    assert all(each.startswith("mine, session 1 of 1: ") for each in found)
    with pytest.raises(PlanError, match="mine, session 1 of 1"):
        release(plan, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def written(folder: Path, parts: list[str], session: str = "s") -> dict[str, dict[int, Plan]]:
    file = folder / "plans.toml"
    file.write_text(f'[sessions.s]\ntitle = "t"\nparts = {parts!r}\n[tracks.mine]\nnote = "n."\n'
                    f'deck = "002 TUM"\n1 = ["{session}"]\n', encoding="utf-8")
    return plans(file)


def test_a_file_that_cannot_be_understood_is_named(tmp_path: Path) -> None:
    with pytest.raises(PlanError, match="session s: '07 x: a' is not like '07 1-3 5: convolve1d"):
        written(tmp_path, ["07 x: a"])
    with pytest.raises(PlanError, match="mine: there is no session 'z'"):
        written(tmp_path, [], session="z")


@pytest.mark.parametrize(("arguments", "said"), [
    ([], "Say which deck you teach from: rwth, wuppertal, tum, ingolstadt or bonn. For instance"),
    (["", ""], "Say which deck you teach from"),
    (["TUM"], "There is no track 'TUM', only rwth, wuppertal, tum, ingolstadt or bonn. Did you "
              "mean tum?"),
    (["harvard"], "There is no track 'harvard', only rwth"),
    (["tum", "3"], "There is no plan of 3 sessions for tum, only of 1, 2 or 13. For instance"),
])
def test_what_is_not_there_is_said_in_a_sentence(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["release", *arguments]) == 2
    shown = capsys.readouterr()
    assert shown.err.startswith(f"release: {said}")
    assert shown.out == ""


def test_a_plan_goes_to_a_folder_of_its_own() -> None:
    assert folder_of(plan_of("tum")) == ROOT / "build" / "tracks" / "tum"
    assert plan_of("tum", "13") is not None and plan_of("tum", "13").size == 13
    assert folder_of(plan_of("tum", "2")) == ROOT / "build" / "tracks" / "tum-2"


ASKED = ("convolve1d", "seen_at", "pad2d", "cross_correlate2d", "convolve2d")
SMALL = Plan("small", "002 TUM", "n.", (Session("Sliding", (Part("07", (3, 4, 5), ASKED),)),))


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tracks") / "small"
    (folder / "lectures" / "99_old").mkdir(parents=True)
    release(SMALL, folder)
    return folder


def test_a_released_folder_holds_a_students_files_and_the_lectures_of_the_plan(
    released: Path,
) -> None:
    found = {path.relative_to(released) for path in released.rglob("*") if path.is_file()}
    slugs = [CATALOGUE.topic(number).slug for number in (START, "07")]
    lectures = {Path("lectures", slug, f"{slug}.ipynb") for slug in slugs}
    others = {path for path in student_files() if path.parts[0] != "lectures"}
    assert found == others | lectures
    for lecture in lectures:
        assert (released / lecture).read_bytes() == (ROOT / lecture).read_bytes()
    assert [path for path in released.iterdir() if path.name in ("99_old", "solutions")] == []
    assert released.stat().st_mode & 0o055 == 0o055, "others may read it"


def test_the_page_of_a_released_folder_leads_through_the_plan(released: Path) -> None:
    text = (released / "index.md").read_text(encoding="utf-8")
    links = re.findall(r"\]\(([^)]+)\)", text)
    assert len(links) == 2 and all((released / link).is_file() for link in links)
    assert "| 1 · Sliding | " in text and "3 · In one dimension, by hand; 4 · Bey" in text
    assert "`convolve1d`, `seen_at`" in text and "One session. " in text
    told = json.loads((released / "course_lib" / "desk" / "contents.json").read_text("utf-8"))
    assert [lecture["slug"][:2] for lecture in told] == [START, "07"]
    assert tuple(task["name"] for task in told[1]["tasks"]) == ASKED


def test_a_released_folder_works_by_itself(released: Path) -> None:
    script = ("import course_lib; from course_lib.desk.page import table\n"
              "print(course_lib.__file__); print(table([]))")
    done = subprocess.run(
        [sys.executable, "-P", "-c", script], cwd=released / "lectures", text=True,
        env={"PYTHONPATH": str(released), "PATH": ""}, capture_output=True, check=True,
    )
    assert done.stdout.splitlines()[0] == str(released / "course_lib" / "__init__.py")
    assert "0 of 5" in done.stdout and "08b" not in done.stdout


@pytest.mark.slow
def test_a_lecture_of_a_track_runs_without_the_lectures_before_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """12 brings functions of 08b, 09 and 10; where those are not handed out, ours stand in."""
    folder, topic = tmp_path / "alone", CATALOGUE.topic("12")
    asked = tuple(exercise.name for exercise in topic.exercises[:5])
    part = Part("12", (1, 2, 3, 4, 5), asked)
    release(Plan("alone", "002 TUM", "n.", (Session("LeNet-5", (part,)),)), folder)
    monkeypatch.setenv("PYTHONPATH", str(folder))
    monkeypatch.setenv("COURSE_FAST", "1")
    path = folder / "lectures" / topic.slug / topic.notebook.name
    notebook = nbformat.read(path, as_version=4)
    run_all(notebook, path.parent)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert code[-1].execution_count is not None
    said = "".join(output.get("text", "") for cell in code for output in cell.outputs)
    assert "the notebook of its lecture is not beside this one" in said
    for cell in code:
        if any(output.output_type == "error" for output in cell.outputs):
            tags = cell.metadata.get("tags", ())
            assert "nbgrader" in cell.metadata or "raises-exception" in tags
