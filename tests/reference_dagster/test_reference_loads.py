"""What the reference project deploys, and what it only decorates."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.real

PYTHON_ASSETS = {
    "raw_census",
    "census_profile",
    "workforce_summary",
    "compensation_bands",
    "growth_report",
    *(f"workforce_year_{year}" for year in range(2025, 2031)),
}


def test_every_dbt_node_and_every_python_asset_is_loaded(reference):
    nodes = reference.manifest["nodes"].values()
    kinds = ("model", "seed", "snapshot")
    expected = {node["name"] for node in nodes if node["resource_type"] in kinds} | PYTHON_ASSETS
    assert {name.split("/")[-1] for name in reference.assets.said["loaded"]["assets"]} == expected
    assert len(expected) == 66 + 14 + 1 + 11


def test_edges_join_python_and_dbt(reference):
    parents = reference.assets.said["loaded"]["parents"]
    assert parents["stg_census_data"] == ["raw_census"]
    assert parents["workforce_summary"] == ["census_profile", "fct_workforce_snapshot"]
    assert parents["workforce_year_2027"] == ["fct_workforce_snapshot", "workforce_year_2026"]
    assert "workforce_summary" in parents["growth_report"]


def test_groups_follow_the_folders(reference):
    assert reference.assets.said["loaded"]["groups"] == [
        "census",
        "intermediate",
        "marts",
        "monitoring",
        "published_years",
        "reference_data",
        "reporting",
        "staging",
    ]


def test_jobs_schedules_and_sensors(reference):
    loaded = reference.assets.said["loaded"]
    jobs = {"simulate_year", "publish_years", "multi_year_simulation", "overnight_simulation"}
    assert set(loaded["jobs"]) - {"__ASSET_JOB"} == jobs
    assert loaded["sensors"] == ["census_arrival"]
    assert loaded["schedules"] == {
        "weekly_simulation": ["0 2 * * 6", "America/New_York", "RUNNING"],
        "current_year_refresh": ["30 6 1 * *", "America/New_York", "STOPPED"],
    }


def test_what_is_only_decorated_is_not_loaded(reference):
    loaded = reference.assets.said["loaded"]
    checks = {name.split(":")[1] for name in loaded["checks"]}
    assert not checks & {"tenure_is_not_longer_than_life", "promotions_go_up", "growth_is_near_the_budget"}
    assert not set(loaded["assets"]) & {"payroll_extract", "headcount_report", "optimal_merit_budget"}
    assert "payroll_job" not in loaded["jobs"]
    assert "daily_payroll" not in loaded["schedules"]


def test_the_package_shadows_the_module(reference):
    shadowed = reference.assets.said["loaded"]["shadowed"]
    assert shadowed["file"] == "__init__.py"
    assert not shadowed["asset"]
    assert "OptimisationSolver" in shadowed["broken"]


def test_schedule_and_sensor_ask_for_a_partition_or_say_why_not(reference):
    ticks = reference.assets.said["ticks"]
    assert ticks["2026"][0] == ["2026"]
    assert ticks["2031"][0] == []
    assert "2031 is not one of" in ticks["2031"][1]
    assert ticks["arrived"][0] == ["2025"]
    assert ticks["arrived"][2]
    assert ticks["unchanged"][0] == []


def test_a_missing_manifest_names_the_remedy(tmp_path: Path):
    root = Path(__file__).resolve().parents[2]
    for name in ("dbt_project.yml", "profiles.yml"):
        shutil.copy(root / "dbt" / name, tmp_path)
    done = subprocess.run(
        [sys.executable, "-c", "import planalign.definitions"],
        cwd=root / "dagster_legacy",
        env={**os.environ, "PLANALIGN_DBT": str(tmp_path), "DAGSTER_DISABLE_TELEMETRY": "yes"},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 1
    assert "dbt.cli.main parse" in done.stderr.splitlines()[-1]
