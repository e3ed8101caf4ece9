"""The Hub of deploy/jupyterhub, started for real: a lecture goes out, comes back and is graded."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from autograder.catalogue import ROOT
from tests.accounts import run
from tests.browser.conftest import CONTEXT
from tests.browser.formgrader import OPEN_LIMIT, Formgrader
from tests.hub.machine import SETUP, Hub, new_hub, started
from tests.hub.terminal import typed
from tests.hub.visitor import Visitor

TOPIC = "03_multilayer_perceptrons"
NOTEBOOK = f"{TOPIC}/{TOPIC}.ipynb"
LEFT_OPEN = "layer"     # what the second student does not write
POINTS = 18
SERVICE = "/services/course"


@pytest.mark.slow
def test_a_lecture_travels_through_the_hub(browser: Browser) -> None:
    """Released, fetched, solved, submitted, graded behind walls, and given back to each alone."""
    with new_hub() as hub:
        ada, bob = hub.add("ada", "students"), hub.add("bob", "students")
        grace = hub.add("grace", "instructors")
        with started(hub):
            from_release_to_feedback(hub, ada, bob, grace)
            formgrader_shows_the_class(hub, grace, browser)


def from_release_to_feedback(hub: Hub, ada: str, bob: str, grace: str) -> None:
    instructor = hub.login(grace)
    assert instructor.enter(SERVICE) == 200
    instructor.formgrader(f"assignment/{TOPIC}/assign")
    instructor.formgrader(f"assignment/{TOPIC}/release")

    students = {ada: hub.login(ada), bob: hub.login(bob)}
    for name, student in students.items():
        fetched_and_solved(student, leaves=() if name == ada else (LEFT_OPEN,))
    assert students[ada].validate(NOTEBOOK) == {}       # nothing failed, nothing changed
    for student in students.values():
        student.assignment("submit", TOPIC)
    hand_in_for_somebody_else(hub, ada, bob)

    a_correction_comes_by_terminal(hub, instructor, students[bob])
    instructor.formgrader(f"assignment/{TOPIC}/collect")
    logs = {name: instructor.formgrader(f"submission/{TOPIC}/{name}/autograde")
            for name in students}
    assert all("Sandbox: isolated" in log for log in logs.values())
    assert f"{ada} {POINTS} of {POINTS} points" in logs[ada]
    # What somebody handed in with the name of another counts for neither.
    assert f"{bob} {POINTS - points_of(LEFT_OPEN)} of {POINTS} points" in logs[bob]

    instructor.formgrader(f"assignment/{TOPIC}/generate_feedback")
    instructor.formgrader(f"assignment/{TOPIC}/release_feedback")
    assert "Passed" in feedback(students[ada], LEFT_OPEN)
    assert "Nothing written yet" in feedback(students[bob], LEFT_OPEN)

    report = typed(instructor, SERVICE, "python -m autograder report 03")
    assert "2 submissions" in report and f"reports/{TOPIC}/report.html" in report

    nothing_of_others_is_read(hub, ada, bob)
    nothing_of_others_is_moved(hub, ada)
    nothing_of_the_trusted_side_is_there(hub, ada)
    no_door_of_the_hub_opens(students[ada], bob, grace)


def formgrader_shows_the_class(hub: Hub, grace: str, browser: Browser) -> None:
    """By the login page and JupyterLab's menu: the Hub forbids frames, and formgrader is one."""
    with browser.new_context(**CONTEXT) as context:
        page = context.new_page()
        page.goto(f"{hub.address}/hub/login?next=/hub/home", timeout=OPEN_LIMIT)
        page.fill("#username_input", grace)
        page.fill("#password_input", hub.passwords[grace])
        page.click("#login_submit")
        page.get_by_role("button", name="Services").wait_for(timeout=OPEN_LIMIT)
        desk = Formgrader(page, f"{hub.address}/services/course/lab?reset")
        expect(desk.row(TOPIC).locator("td.num-submissions")).to_have_text("2")


def solution() -> dict[str, str]:
    """The source of every gap by the id of its cell."""
    cells = json.loads((ROOT / "solutions" / NOTEBOOK).read_text(encoding="utf-8"))["cells"]
    return {cell["id"]: "".join(cell["source"]) for cell in cells
            if cell["metadata"].get("nbgrader", {}).get("solution")}


def a_correction_comes_by_terminal(hub: Hub, instructor: Visitor, student: Visitor) -> None:
    """README.md's way: corrected and released by the instructor, taken in by the student."""
    said = typed(instructor, SERVICE,
                 f"sed -i 's/network is a graph/network is one graph/' solutions/{NOTEBOOK}"
                 f" && nbgrader generate_assignment {TOPIC}"
                 f" && nbgrader release_assignment {TOPIC} --force")
    assert "Overwriting files" in said
    said = typed(student, f"/user/{student.name}",
                 f"course-update {hub.exchange}/outbound/{TOPIC} && course-doctor")
    assert "course-update: 1 corrected" in said and "network is one graph" in said
    assert "everything is as it should be" in said


def points_of(name: str) -> int:
    cells = json.loads((ROOT / "solutions" / NOTEBOOK).read_text(encoding="utf-8"))["cells"]
    [points] = [cell["metadata"]["nbgrader"]["points"] for cell in cells
                if cell["id"] == f"check_{name}"]
    return int(points)


def fetched_and_solved(student: Visitor, leaves: tuple[str, ...]) -> None:
    """Fetch, in a server of their own, and write every gap but those."""
    student.start_server()
    student.assignment("fetch", TOPIC)
    notebook: dict[str, Any] = student.notebook(NOTEBOOK)
    right = solution()
    assert not any("BEGIN SOLUTION" in cell["source"] for cell in notebook["cells"])
    for cell in notebook["cells"]:
        if cell["id"] in right and cell["id"] not in leaves:
            cell["source"] = right[cell["id"]]
    student.save(NOTEBOOK, notebook)


def hand_in_for_somebody_else(hub: Hub, thief: str, victim: str) -> None:
    """A folder in the exchange that says it is of another student, later than theirs."""
    folder = hub.exchange / "inbound" / f"{victim}+{TOPIC}+2036-01-01 00:00:00.000000 UTC+AAAAAAAA"
    mine = hub.home / "people" / thief.partition("-")[2] / TOPIC
    done = hub.as_account(thief, "cp", "-r", str(mine), str(folder))
    assert done.returncode == 0, done.stderr


def feedback(student: Visitor, exercise: str) -> str:
    """Fetched by the button; what the page says to one exercise."""
    [submitted] = [each for each in student.assignment("fetch_feedback", TOPIC)
                   if each["status"] == "submitted"]
    folder = submitted["submissions"][-1]["local_feedback_path"]
    answer = student.ask(f"/user/{student.name}/files/{folder}/{TOPIC}.html")
    page = answer.content.decode("utf-8")
    [outcome] = re.findall(rf"<tr><td>{exercise}\s*</td><td>(.*?)</td></tr>", page)
    return str(outcome)


def nothing_of_others_is_read(hub: Hub, ada: str, bob: str) -> None:
    """Tried as a student's account, with files that are there for root."""
    course, people = hub.home / "course", hub.home / "people"
    read = ("cat", "{}")
    listed = ("ls", "{}")
    service = service_process(hub)
    places = {
        people / "bob" / NOTEBOOK: read,
        people / "bob": listed,
        hub.exchange / "inbound": listed,
        hub.exchange / "feedback": listed,
        course / "gradebook.db": read,
        course / ".course_secret": read,
        course / "solutions" / NOTEBOOK: read,
        course / "autograded" / bob / NOTEBOOK: read,
        course / "feedback" / bob / TOPIC / f"{TOPIC}.html": read,
        hub.home / "hub" / "jupyterhub.sqlite": read,
        hub.home / "hub" / "cookie_secret": read,
        Path("/proc", str(service), "environ"): read,
    }
    open_doors = []
    for place, command in places.items():
        assert place.exists(), place
        done = hub.as_account(ada, *(part.format(place) for part in command))
        if done.returncode == 0 or "Permission denied" not in done.stderr:
            open_doors.append((str(place), done.returncode, done.stderr))
    assert open_doors == []
    own = hub.as_account(ada, "cat", str(people / "ada" / NOTEBOOK))
    assert own.returncode == 0      # the way of asking is right


def service_process(hub: Hub) -> int:
    """The number of a process of the course's account."""
    found = run("pgrep", "-u", f"{hub.home.name}-course", "-f", "jupyterhub-singleuser")
    return int(found.split()[0])


def nothing_of_others_is_moved(hub: Hub, ada: str) -> None:
    """The exchange stays what it is, even for somebody who knows the name of a hand-in."""
    [other] = [each for each in (hub.exchange / "inbound").iterdir() if each.owner() != ada]
    for place in (hub.exchange, other, hub.exchange / "outbound" / TOPIC):
        done = hub.as_account(ada, "mv", str(place), f"{place}-taken")
        assert done.returncode != 0 and place.exists(), done.stderr


def nothing_of_the_trusted_side_is_there(hub: Hub, ada: str) -> None:
    """No solution, no hidden check and no secret in anything that a student's account may read."""
    python = str(hub.home / "env/bin/python")
    asked = "import importlib.util as u; print(u.find_spec('autograder'), u.find_spec('tools'))"
    assert hub.as_account(ada, python, "-c", asked).stdout.split() == ["None", "None"]
    found = hub.as_account(
        ada, "find", str(hub.home), "(", "-name", "*.ipynb", "-o", "-path", "*misconceptions*",
        "-o", "-name", ".course_secret", "-o", "-name", "gradebook*", ")", "-readable",
        "-not", "-path", f"{hub.home}/env/*/site-packages/nbgrader/*", "-print")
    mine = hub.home / "people" / "ada"
    released = hub.exchange / "outbound"
    others = [line for line in found.stdout.splitlines()
              if not Path(line).is_relative_to(mine) and not Path(line).is_relative_to(released)]
    assert others == []


def no_door_of_the_hub_opens(ada: Visitor, bob: str, grace: str) -> None:
    """The same by the Hub's own addresses."""
    assert ada.enter("/services/course") == 403
    for path in ("/services/course/formgrader/api/assignments", "/hub/admin",
                 f"/user/{bob}/api/contents/{NOTEBOOK}", f"/hub/api/users/{bob}",
                 f"/user/{grace}/lab"):
        answer = ada.ask(path)
        assert answer.status_code in (403, 404), f"{path} {answer.status_code}"


def test_without_root_the_set_up_says_so_in_a_sentence() -> None:
    script = (ROOT / SETUP).read_text(encoding="utf-8")
    somebody = ["runuser", "-u", "nobody", "--"] if os.geteuid() == 0 else []
    with pytest.raises(AssertionError) as refused:
        run(*somebody, "sh", "-s", folder=Path("/"), fed=script)
    assert str(refused.value).splitlines()[1:] == [
        "hub: run it as root: it makes accounts and folders for all. "
        "sudo sh deploy/jupyterhub/setup.sh"]
