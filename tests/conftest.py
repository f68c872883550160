"""One worker a folder: what a folder starts for all its tests (dbt, Dagster, a server) is started once."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from xdist.scheduler import LoadScopeScheduling

LONGEST_FIRST = (
    *("support", "gate", "dual_run", "converter", "training", "dashboard", "thread", "routing"),
    *("verify", "parity", "single", "rules", "reference_dagster", "docs", "reference_dbt"),
)


class ByFolder(LoadScopeScheduling):  # type: ignore[misc]
    """Hands whole folders of tests/ to the workers. https://pytest-xdist.readthedocs.io/en/stable/distribution.html"""

    def _split_scope(self, nodeid: str) -> str:
        return folder(nodeid)


class Folder(pytest.Package):
    """A folder of tests without `__init__.py`: fixtures of scope "package" end with its last test."""

    def setup(self) -> None:
        """Nothing: pytest's own imports the `__init__.py`."""


def pytest_collect_directory(path: Path, parent: pytest.Collector) -> Folder:
    """A server that waits idle for the end of the session is not free: up to 75 CPU s each."""
    return Folder.from_parent(parent, path=path)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> ByFolder:
    """What `pytest -n` calls to share out the tests."""
    config.option.loadscopereorder = False  # most tests is not longest
    return ByFolder(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes longest, so that all workers end at about the same time."""
    items.sort(key=lambda item: rank(folder(item.nodeid)))


def folder(nodeid: str) -> str:
    """The folder below tests/ that a test belongs to."""
    return nodeid.split("/")[1]


def rank(name: str) -> int:
    """Where a folder stands; stable for all that are not listed."""
    return LONGEST_FIRST.index(name) if name in LONGEST_FIRST else len(LONGEST_FIRST)
