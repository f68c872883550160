"""A small shop: Dagster and dbt, with a table that nothing declares and a year that feeds the next."""

from __future__ import annotations

from pathlib import Path

import pytest

from migrate.lineage.graph import Lineage
from migrate.lineage.project import lineage_of_folder

HERE = Path(__file__).parent


@pytest.fixture(scope="session")
def shop() -> Lineage:
    """The shop's lineage, from code alone."""
    return lineage_of_folder(HERE / "shop")
