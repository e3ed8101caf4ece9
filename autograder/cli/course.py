"""The course folder as nbgrader sees it, for commands that need its settings."""

from __future__ import annotations

import logging
import os
from contextlib import chdir
from pathlib import Path
from typing import Any

from autograder.catalogue import Catalogue, Topic
from autograder.cli.stop import Stop

__all__ = ["autograde_app", "gradebook_is_there", "graded_notebook_of", "submissions", "topics_of"]


def autograde_app(root: Path) -> Any:
    """nbgrader's own application with the settings of the course folder. Takes two seconds."""
    from nbgrader.apps.autogradeapp import AutogradeApp

    if not (root / "nbgrader_config.py").is_file():
        raise Stop(f"{root} has no nbgrader_config.py; say which course with --course FOLDER.")
    with chdir(root):
        app = AutogradeApp(log_level=logging.ERROR)
        app.initialize([], root=str(root))
    return app


def gradebook_is_there(db_url: str) -> bool:
    """False only for a SQLite file that does not exist; a server is asked when it is used."""
    prefix = "sqlite:///"
    return not db_url.startswith(prefix) or os.path.exists(db_url[len(prefix) :])


def topics_of(root: Path, names: list[str]) -> list[Topic]:
    """The topics of those names, or all. Raises CatalogueError with the nearest name."""
    catalogue = Catalogue(root)
    return [catalogue.topic(name) for name in names] if names else list(catalogue.topics)


def submissions(app: Any, topic: Topic, student: str = "*") -> list[Path]:
    """The submission folders of a topic."""
    from glob import glob

    directory = app.coursedir
    pattern = directory.format_path(directory.submitted_directory, student, topic.slug)
    return [Path(folder) for folder in sorted(glob(pattern))]


def graded_notebook_of(app: Any, student: str, topic: Topic) -> Path:
    """Where the graded notebook of a student lies, whether it is there or not."""
    directory = app.coursedir
    folder = directory.format_path(directory.autograded_directory, student, topic.slug)
    return Path(folder, f"{topic.slug}.ipynb")
