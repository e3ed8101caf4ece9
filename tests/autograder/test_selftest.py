"""The self-test: what stands is told, what does not stops, and each cause has its remedy."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from autograder.cli import main
from autograder.sandbox import selftest, walls
from autograder.sandbox.limits import Limits
from autograder.sandbox.remedies import Facts, facts, remedies
from autograder.sandbox.selftest import WALLS, self_test
from autograder.sandbox.walls import NoWalls, reached
from course_lib.checks.values import Answer

BARE = Facts()


@pytest.mark.parametrize("level", ["isolated", "bubblewrap"])
def test_every_wall_is_tried_from_inside(level: Any) -> None:
    line = self_test(Limits(sandbox=level))
    assert "\n" not in line
    assert line.startswith(f"Sandbox: {level}. ")
    assert all(each in line for each in WALLS)


def test_without_a_sandbox_no_wall_is_claimed() -> None:
    line = self_test(Limits(sandbox="none"))
    assert "none, as --sandbox=none asked for" in line
    assert not any(each in line for each in WALLS if each != "files")


def test_the_probe_sees_that_walls_are_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same probe in a child without walls: else it could say yes to everything."""
    monkeypatch.setattr(selftest, "reached", lambda asked: "isolated")
    with pytest.raises(NoWalls) as caught:
        self_test(Limits(sandbox="none"))
    told = str(caught.value).splitlines()[0]
    expected = [each for each in WALLS if each != "limits"]
    assert [each for each in expected if each not in told] in ([], ["user"])


@pytest.mark.parametrize("wall", WALLS)
def test_one_missing_wall_stops(wall: str, monkeypatch: pytest.MonkeyPatch) -> None:
    standing = {each: each != wall for each in WALLS}
    monkeypatch.setattr(selftest.Session, "read", lambda self, name: Answer(value=standing))
    with pytest.raises(NoWalls, match=f"do not stand: {wall}"):
        self_test(Limits())


def test_an_answer_that_is_none_stops(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(selftest.Session, "read", lambda self, name: Answer(stopped="died"))
    with pytest.raises(NoWalls, match="could not be tried"):
        self_test(Limits())


@pytest.mark.parametrize(("known", "word"), [
    (replace(BARE, seccomp=False), "apt install libseccomp2"),
    (replace(BARE, bwrap=False), "apt install bubblewrap"),
    (replace(BARE, userns_clone="0"), "sysctl kernel.unprivileged_userns_clone=1"),
    (replace(BARE, apparmor="1"), "sysctl kernel.apparmor_restrict_unprivileged_userns=0"),
    (replace(BARE, apparmor="1"), "bwrap-userns-restrict"),
    (replace(BARE, most_namespaces="0"), "sysctl user.max_user_namespaces"),
    (replace(BARE, container=True), "--privileged"),
    (replace(BARE, container=True), "--security-opt seccomp=unconfined"),
    (BARE, "Grade as root"),
    (replace(BARE, system="darwin"), "On macOS"),
    (replace(BARE, system="win32"), "WSL2"),
    (replace(BARE, system="freebsd14"), "on Linux only"),
])
def test_each_cause_has_its_remedy_and_the_last_is_to_do_without(known: Facts, word: str) -> None:
    said = remedies(known)
    assert word in " ".join(said[:-1])
    assert "--sandbox=none" in said[-1]


@pytest.mark.parametrize("known", [
    replace(BARE, userns_clone="1", apparmor="0", most_namespaces="15000", root=True),
    replace(BARE, userns_clone="0", apparmor="1", root=True),
])
def test_what_is_not_the_cause_is_not_named(known: Facts) -> None:
    assert len(remedies(known)) == 1


def test_the_facts_are_those_of_this_machine() -> None:
    found = facts()
    assert found.system == "linux"
    assert found.seccomp
    assert found.bwrap


Refuse = Callable[..., None]


@pytest.fixture
def refusing(monkeypatch: pytest.MonkeyPatch) -> Refuse:
    """Make one or both kinds of walls impossible."""

    def refuse(*, direct: str | None = None, bwrap: str | None = None) -> None:
        monkeypatch.setattr(walls, "_refused", lambda process: direct)
        monkeypatch.setattr(walls, "_bubblewrap_refused", lambda process: bwrap)

    return refuse


def test_bubblewrap_takes_over_only_where_namespaces_are_refused(refusing: Refuse) -> None:
    refusing(bwrap="no")
    assert reached("isolated") == "isolated"
    refusing(direct="new user namespace: Operation not permitted")
    assert reached("isolated") == "bubblewrap"
    refusing(direct="no")
    assert reached("bubblewrap") == "bubblewrap"
    assert reached("none") == "none"


def test_without_either_it_refuses_with_both_reasons(refusing: Refuse) -> None:
    refusing(direct="new user namespace: Operation not permitted", bwrap="setting up uid map")
    for act in (lambda: reached("isolated"), lambda: self_test(Limits())):
        with pytest.raises(NoWalls, match=r"(?s)new user namespace.*uid map.*--sandbox=none"):
            act()
    assert walls.level_for_own_code() == "none"


def test_the_command_says_it_and_its_status_is_whether_there_are_walls(
    capsys: pytest.CaptureFixture[str], refusing: Refuse
) -> None:
    assert main(["walls"]) == 0
    assert capsys.readouterr().out.startswith("Sandbox: isolated.")
    refusing(direct="no namespaces", bwrap="nor bubblewrap")
    assert main(["walls"]) == 1
    said = capsys.readouterr().out
    assert "no namespaces; bubblewrap: nor bubblewrap" in said
    assert "\n  - " in said
