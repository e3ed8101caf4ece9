"""With CI=true a test that is skipped has failed, unless it says why it may be."""

from __future__ import annotations

from pathlib import Path

import pytest

TESTS = """
import pytest

def test_runs(): pass

def test_skips(): pytest.skip("no torch")

@pytest.mark.may_skip_in_ci(reason="needs a GPU")
def test_may_skip(): pytest.skip("no GPU")

@pytest.mark.may_skip_in_ci
def test_gives_no_reason(): pytest.skip("no GPU")

@pytest.mark.skip
def test_is_marked(): pass

@pytest.mark.xfail(reason="known")
def test_is_known(): assert False
"""


@pytest.fixture
def suite(pytester: pytest.Pytester) -> pytest.Pytester:
    pytester.makeini("[pytest]\nmarkers = may_skip_in_ci(reason)")
    pytester.makeconftest((Path(__file__).parent / "conftest.py").read_text())
    pytester.makepyfile(TESTS)
    return pytester


def run(suite: pytest.Pytester) -> dict[str, int]:
    return suite.runpytest_subprocess("-p", "no:cacheprovider").parseoutcomes()


def test_elsewhere_a_skip_is_a_skip(
    suite: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CI", raising=False)
    assert run(suite) == {"passed": 1, "skipped": 4, "xfailed": 1}


def test_in_ci_a_skip_is_a_failure_unless_it_gives_a_reason(
    suite: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CI", "true")
    assert run(suite) == {
        "passed": 1, "skipped": 1, "failed": 2, "errors": 1, "xfailed": 1,
    }


def test_in_ci_a_module_that_skips_itself_is_an_error(
    suite: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CI", "true")
    suite.makepyfile(test_whole='import pytest\npytest.importorskip("no_such_module")')
    assert run(suite)["errors"] == 1
