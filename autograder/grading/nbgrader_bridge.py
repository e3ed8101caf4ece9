"""nbgrader's autograde step, graded by us: the same commands, gradebook, formgrader, feedback.

`install(c)` in nbgrader_config.py puts TrustedAutograde in the place of nbgrader's converter,
for the command line and for formgrader's button.
"""

from __future__ import annotations

import os
import sys
import warnings
from pathlib import Path
from typing import Any

from sqlalchemy.exc import SAWarning

from autograder.grading.archives import CappedExtractor
from autograder.grading.arrival import NamesWithoutTimes, TrustedCollect
from autograder.grading.autograde import TrustedAutograde
from autograder.grading.exports import SafeCsvExport
from autograder.grading.given_back import FeedbackForWhoSubmitted
from autograder.grading.safe_cells import guard_pages

__all__ = ["TrustedAutograde", "install"]

HOMES = ("nbgrader.converters", "nbgrader.apps.autogradeapp", "nbgrader.apps.api")


def install(c: Any) -> None:
    """Make nbgrader grade with us. Call it with the configuration object, from the course root."""
    for name in HOMES:
        sys.modules[name].Autograde = TrustedAutograde  # type: ignore[attr-defined]
    guard_pages(c)
    c.ExportApp.plugin_class = SafeCsvExport
    c.ExchangeFactory.collect = TrustedCollect
    c.ExchangeFactory.release_feedback = FeedbackForWhoSubmitted
    c.ZipCollectApp.extractor_plugin = CappedExtractor
    c.ZipCollectApp.collector_plugin = NamesWithoutTimes
    warnings.filterwarnings("ignore", category=SAWarning, module=r"nbgrader\.api")
    # nbgrader calls `alembic` from PATH and leaves half a gradebook behind if it is missing.
    ours = str(Path(sys.executable).parent)
    paths = os.environ.get("PATH", "").split(os.pathsep)
    if paths[0] != ours:
        os.environ["PATH"] = os.pathsep.join([ours, *paths])
