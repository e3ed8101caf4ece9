"""`pytest --submission FILE autograder` finds the plug-in here; nothing else needs it."""

from autograder.pytest_plugin import pytest_addoption, pytest_collect_file

__all__ = ["pytest_addoption", "pytest_collect_file"]
