"""One worker a folder: what a folder starts for all its tests (dbt, Dagster, a server) is started once."""

from pathlib import Path

import pytest

HERE = Path(__file__).parent
LONGEST_FIRST = (
    "thread",
    "dual_run",
    "reference_dagster",
    "support",
    "reference_dbt",
    "verify",
    "gate",
    "parity",
)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Group by folder, and begin with what takes longest, so that two workers end at about the same time."""
    for item in items:
        item.add_marker(pytest.mark.xdist_group(folder(item)), append=False)
    items.sort(key=rank)


def folder(item: pytest.Item) -> str:
    """The room a test belongs to."""
    return item.path.relative_to(HERE).parts[0]


def rank(item: pytest.Item) -> int:
    """Where its folder stands."""
    name = folder(item)
    return LONGEST_FIRST.index(name) if name in LONGEST_FIRST else len(LONGEST_FIRST)
