"""The whole path on a farm: shadow, half by Prefect, back, all, retired; equal tables after each step."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

pytestmark = pytest.mark.real
HERE = Path(__file__).parent


@pytest.fixture
def farm(tmp_path, api, path_of):
    """The farm, converted, verified, dual-run and green."""
    root = tmp_path / "farm"
    shutil.copytree(HERE / "projects" / "farm", root, ignore=shutil.ignore_patterns("__pycache__"))
    variables = {"FARM_DB": "{out}/farm.duckdb", "FARM_STORE": "{out}/store", "FARM_DATA": "{root}/data"}
    migration = path_of(root, variables)
    # The one line stands there from the start: it does nothing until a route says so, nor in a dual run.
    with (root / "legacy" / "farm" / "definitions.py").open("a") as stream:
        stream.write(migration.line)
    migration.yes("convert", "legacy", "--out", "target")
    migration.yes("verify")
    migration.yes("dual-run", "--phase", "1", "--prefect-api-url", api)
    return migration


def test_from_shadow_to_retired_and_back_with_equal_tables_after_each_step(farm):
    refused = farm.migrate("cutover", "*", "--reason", "too early")
    assert refused.returncode == 1
    assert "the gate has not decided" in refused.stderr
    farm.yes("gate", "--phase", "1")
    farm.yes("cutover", "--phase", "1", "--reason", "shadow")
    farm.both_sides_agree("farm.duckdb")

    # Income takes the value of tax from Dagster's default store: another run may not have put it there.
    half = ("herd", "prices", "tax")
    hole = farm.migrate("cutover", *half, "--reason", "half of them")
    assert hole.returncode == 2
    assert "income is run by Dagster and reads the value of tax" in hole.stderr
    with (farm.root / "routing.toml").open("a") as stream:
        stream.write('\n[handover]\ntax = "whoever runs it runs income, too"\n')
    farm.yes("cutover", *half, "--reason", "half of them", "--by", "ann")
    # Within a run, values of the default store go both ways: herd takes that of cows, income that of tax.
    told = farm.under_dagster("half", "farm.definitions", "close_year")
    assert farm.by_prefect(told) == set(half)
    verdicts = {(e["asset"], e["name"]): e for e in told if e["event"] == "check"}
    assert verdicts["herd", "cows_are_there"]["metadata"] == {"rows": 3}
    assert {e["asset"] for e in told if e["event"] == "materialization"} == {
        *("cows", "herd", "milk", "prices", "tax", "income")
    }
    assert next(e for e in told if e.get("asset") == "herd")["metadata"] == {"rows": 3}
    farm.equal("half", "farm.duckdb")
    said = farm.under_prefect("half-the-other-way", "farm.definitions", "close_year")
    assert "Dagster runs milk [2025]" in said
    assert "Dagster runs income [2025]" in said
    assert "Dagster runs cows [2025]" in said
    assert "Dagster runs herd" not in said
    assert "Dagster runs tax" not in said
    farm.equal("half-the-other-way", "farm.duckdb")

    farm.yes("rollback", *half, "--reason", "just to be sure")
    assert farm.by_prefect(farm.under_dagster("back", "farm.definitions", "close_year")) == set()
    farm.equal("back", "farm.duckdb")

    farm.yes("cutover", "*", "--reason", "all")
    assert "Dagster runs" not in farm.under_prefect("all", "farm.definitions", "close_year")
    farm.equal("all", "farm.duckdb")
    farm.yes("cutover", "--phase", "1", "--reason", "done")
    assert "Dagster runs" not in farm.under_prefect("retired", "farm.definitions", "close_year")
    farm.equal("retired", "farm.duckdb")

    board = json.loads(farm.yes("status", "--json"))
    assert board["troubles"] == []
    assert board["phases"][0]["assets"] == {"retired": 6}
    assert [move["move"] for move in board["moves"]] == [
        "cutover",
        "cutover",
        "rollback",
        "cutover",
        "cutover",
    ]
    assert [bool(move["evidence"]) for move in board["moves"]] == [True, True, False, True, True]
    assert board["moves"][1]["who"] == "ann"
    # A gate that is green, but not of today's code, moves nothing.
    farm.yes("rollback", "*", "--to", "dagster", "--reason", "once more")
    with (farm.root / "target" / "farm" / "definitions.py").open("a") as stream:
        stream.write("# edited\n")
    stale = farm.migrate("cutover", "*", "--reason", "on old evidence")
    assert stale.returncode == 1
    assert "is stale" in stale.stderr
    assert "target/: it has changed since the gate decided" in stale.stderr
