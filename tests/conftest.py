"""What holds for every test: reproducible examples, no user settings, no quiet skips in CI."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Generator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# Same examples on every run; speed is never what a test asserts.
settings.register_profile(
    "course", derandomize=True, deadline=None, database=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("course")

os.environ["MPLBACKEND"] = "Agg"
os.environ["COURSE_PROGRESS"] = "off"       # checks that pass in tests are nobody's progress
# nbgrader calls `alembic` and `jupyter` by name: they must be this environment's.
os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])

_NOT_ALLOWED = "skipped although CI=true; mark it may_skip_in_ci(reason=...) if that is right"


def pytest_configure(config: pytest.Config) -> None:
    """Keep the settings, history and runtime files of whoever runs the tests out of them."""
    home = tempfile.mkdtemp(prefix="course-tests-")
    config.add_cleanup(lambda: shutil.rmtree(home, ignore_errors=True))
    for variable in ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR"):
        os.environ[variable] = str(Path(home, variable.lower()))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whole notebooks first: at the end one of two processes would wait for the other."""
    items.sort(key=lambda item: "notebooks" not in item.path.parts)


def _in_ci() -> bool:
    return os.environ.get("CI") == "true"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if report.skipped and not hasattr(report, "wasxfail") and _in_ci():
        marker = item.get_closest_marker("may_skip_in_ci")
        if marker is None or not marker.kwargs.get("reason"):
            report.outcome = "failed"
            report.longrepr = f"{item.nodeid}: {_NOT_ALLOWED}"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(
    collector: pytest.Collector,
) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    report = yield
    if report.skipped and _in_ci():
        report.outcome = "failed"
        report.longrepr = f"{collector.nodeid}: {_NOT_ALLOWED}"
    return report
