"""Functions that make assets whose inputs and checks differ from call to call: each call keeps its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from migrate.conversion import convert
from migrate.corpus import examine
from shims.corpus import graphs

SETTINGS = """
[project]
name = "shop"
[tool.dagster]
module_name = "shop.code"
"""
SOURCE = '''from dagster import (
    AssetCheckResult, AssetCheckSpec, AssetIn, AssetKey, Definitions, MaterializeResult, asset,
)
from pydantic import BaseModel


class Settings(BaseModel):
    name: str
    source: str


def total_of(name, source):
    """Add up what the source holds."""
    settings = Settings(name=name, source=source)

    @asset(name=settings.name, ins={"numbers": AssetIn(key=AssetKey(settings.source))})
    def total(numbers):
        return sum(numbers)

    return total


def checked(name):
    @asset(name=name, check_specs=[AssetCheckSpec("full", asset=name)])
    def made():
        return MaterializeResult(check_results=[AssetCheckResult(passed=True)])

    return made


@asset
def north():
    return [1, 2]


@asset
def south():
    return [10, 20]


totals = [total_of(name="north_total", source="north"), total_of(name="south_total", source="south")]
watched = [checked("east"), checked("west")]
defs = Definitions(assets=[north, south, *totals, *watched])
'''


def test_each_call_reads_its_own(tmp_path: Path) -> None:
    (tmp_path / "code.py").write_text(SOURCE)
    result = convert(tmp_path)
    code = result.files["code.py"].decode()
    assert "manual" not in result.summary
    assert code.count('asset_deps=["asset://north"]') == code.count('asset_deps=["asset://south"]') == 1
    assert (
        code.count('CheckSpec("full", "asset://east")')
        == code.count('CheckSpec("full", "asset://west")')
        == 1
    )


@pytest.mark.real
def test_the_graph_is_dagsters(tmp_path: Path) -> None:
    """Edges and checks, compared where both sides load."""
    (tmp_path / "legacy/shop").mkdir(parents=True)
    (tmp_path / "legacy/pyproject.toml").write_text(SETTINGS)
    (tmp_path / "legacy/shop/__init__.py").touch()
    (tmp_path / "legacy/shop/code.py").write_text(SOURCE)
    row = examine(tmp_path / "legacy", graphs)
    assert (row.crashes, row.broken, row.lost_keys, row.graph_faults) == ([], [], [], [])
    assert (row.graph, row.done) == ("equal", 1.0)
