"""The same path on the reference project: 1,000 employees, one year, 66 dbt models. Part of `make path`."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(not os.environ.get("CHANGEOVER_LONG"), reason="minutes of CPU: run by `make path`"),
]
REPOSITORY = Path(__file__).parents[2]
PRODUCTS = shutil.ignore_patterns("target", "logs", "__pycache__", ".user.yml", "*.duckdb")
VARIABLES = {
    "PLANALIGN_DB": "{out}/planalign.duckdb",
    "PLANALIGN_STORE": "{out}/store",
    "PLANALIGN_CENSUS": "{root}/data/census.parquet",
    "PLANALIGN_DBT": "{root}/dbt",
}


def test_the_reference_from_shadow_to_retired_with_equal_tables_after_each_step(tmp_path, api, path_of):
    root = tmp_path / "reference"
    for folder in ("dagster_legacy", "dbt"):
        shutil.copytree(REPOSITORY / folder, root / folder, ignore=PRODUCTS)
    shutil.copy(REPOSITORY / "migration.toml", root)
    census = [sys.executable, "dagster_legacy/scripts/generate_census.py", "--employees", "1000"]
    subprocess.run([*census, "--out", "data/census.parquet"], cwd=root, check=True, capture_output=True)
    reference = path_of(root, VARIABLES, "dagster_legacy", "prefect_target")
    with (root / "dagster_legacy" / "planalign" / "definitions.py").open("a") as stream:
        stream.write(reference.line)
    reference.yes("convert", "dagster_legacy", "--out", "prefect_target")
    reference.yes("verify")
    reference.yes("dual-run", "--phase", "1", "--prefect-api-url", api)
    reference.yes("gate", "--phase", "1")
    # For the runs beside the dual run: what [prepare] does in each side's copy.
    parse = [
        sys.executable,
        "-m",
        "dbt.cli.main",
        "--quiet",
        "parse",
        "--project-dir",
        ".",
        "--profiles-dir",
        ".",
    ]
    subprocess.run(
        parse, cwd=root / "dbt", env=reference.environment("prepare"), check=True, capture_output=True
    )

    reference.yes("cutover", "*", "--reason", "shadow")
    reference.both_sides_agree("planalign.duckdb")
    models = reference.made_with("workforce_models")
    assert len(models) == 81
    reference.yes("cutover", "census_profile", *models, "--reason", "half of them: the models")
    told = reference.under_dagster("half", "planalign.definitions", "simulate_year")
    assert reference.by_prefect(told) == {"census_profile", "workforce_models"}
    assert len([e for e in told if e["event"] == "check"]) == 166
    reference.equal("half", "planalign.duckdb")
    said = reference.under_prefect("half-the-other-way", "planalign.jobs", "simulate_year")
    for asset in ("raw_census", "workforce_summary", "compensation_bands, growth_report"):
        assert f"Dagster runs {asset} [2025]" in said
    reference.equal("half-the-other-way", "planalign.duckdb")

    reference.yes("rollback", "census_profile", *models, "--reason", "just to be sure")
    assert (
        reference.by_prefect(reference.under_dagster("back", "planalign.definitions", "simulate_year"))
        == set()
    )
    reference.equal("back", "planalign.duckdb")

    reference.yes("cutover", "*", "--reason", "all")
    assert "Dagster runs" not in reference.under_prefect("all", "planalign.jobs", "simulate_year")
    reference.equal("all", "planalign.duckdb")
    reference.yes("cutover", "*", "--reason", "done")
    assert set(reference.states().values()) == {"retired"}
    assert "Dagster runs" not in reference.under_prefect("retired", "planalign.jobs", "simulate_year")
    reference.equal("retired", "planalign.duckdb")
