"""What the reference project does when it runs: verdicts, tables, and the wart that lies."""

import duckdb
import pandas as pd
import pytest

pytestmark = pytest.mark.real

BLOCKING = {
    "raw_census:census_is_not_empty",
    "raw_census:census_ids_are_unique",
    "fct_workforce_snapshot:snapshot_has_active_employees",
    "fct_workforce_snapshot:one_row_an_employee_and_year",
    "fct_yearly_events:events_fall_in_their_year",
}
WARNS = {"fct_workforce_snapshot:nobody_is_paid_above_the_band"}


def python_checks(reference, act):
    """The checks of checks/, without those that dagster-dbt makes of dbt tests."""
    tests = {node["name"] for node in reference.manifest["nodes"].values() if node["resource_type"] == "test"}
    checks = reference.assets.said[act]["checks"]
    return {name: verdict for name, verdict in checks.items() if name.split(":")[1] not in tests}


def test_simulate_year_succeeds_and_fills_every_model(reference):
    assert reference.assets.said["simulate_year"]["status"] == "SUCCESS"
    nodes = reference.manifest["nodes"].values()
    models = [node["name"] for node in nodes if node["resource_type"] == "model"]
    with duckdb.connect(str(reference.assets.database), read_only=True) as connection:
        rows = {
            name: connection.execute(f'select count(*) from main."{name}"').fetchone()[0] for name in models
        }
    assert len(rows) == 66
    assert [name for name, count in rows.items() if not count] == []


def test_every_check_says_what_it_should(reference):
    checks = python_checks(reference, "simulate_year")
    assert len(checks) == 25
    assert {name for name, (passed, _, _) in checks.items() if not passed} == WARNS
    assert {name for name, (_, _, blocking) in checks.items() if blocking} == BLOCKING
    assert {checks[name][1] for name in WARNS} == {"WARN"}
    assert set(checks) <= set(reference.assets.said["loaded"]["checks"])


def test_every_dbt_test_is_evaluated_as_a_check(reference):
    said = reference.assets.said
    assert set(said["simulate_year"]["checks"]) == set(said["loaded"]["checks"])
    errors = [
        name
        for name, (passed, severity, _) in said["simulate_year"]["checks"].items()
        if not passed and severity == "ERROR"
    ]
    assert errors == []


def test_values_flow_through_the_store(reference):
    summary = pd.read_parquet(reference.assets.store / "workforce_summary" / "2025.parquet")
    report = pd.read_parquet(reference.assets.store / "growth_report" / "2025.parquet")
    profile = pd.read_parquet(reference.assets.store / "census_profile.parquet")
    assert summary["census_headcount"].sum() == profile["headcount"].sum()
    assert report["active"].tolist() == summary["active"].tolist()


def test_the_year_that_ran_is_published_and_the_others_are_empty(reference):
    assert reference.assets.said["publish_years"]["status"] == "SUCCESS"
    rows = {
        year: len(pd.read_parquet(reference.assets.store / f"workforce_year_{year}.parquet"))
        for year in range(2025, 2031)
    }
    assert rows[2025] > 1000
    assert {rows[year] for year in range(2026, 2031)} == {0}


def test_a_blocking_check_stops_what_is_downstream(reference):
    empty = reference.assets.said["empty"]
    assert empty["status"] == "FAILURE"
    assert empty["checks"]["raw_census:census_is_not_empty"] == [False, "ERROR", True]
    assert "workforce_models" not in empty["steps"] or empty["steps"]["workforce_models"] == "STEP_SKIPPED"


def test_the_op_job_makes_the_same_workforce(reference):
    said = reference.ops.said["multi_year"]
    assert said["status"] == "SUCCESS"
    assert "2025:" in said["outputs"]["report_simulation"]
    with duckdb.connect() as connection:
        for name, side in (("assets", reference.assets), ("ops", reference.ops)):
            connection.execute(f"attach '{side.database}' as {name} (read_only)")
        left, right = (
            f"(select * exclude (loaded_at) from {side}.main.fct_workforce_snapshot)"
            for side in ("assets", "ops")
        )
        rows = connection.execute(f"select count(*) from {left}").fetchone()[0]
        differing = connection.execute(
            f"select (select count(*) from (from {left} except all from {right})) "
            f"+ (select count(*) from (from {right} except all from {left}))"
        ).fetchone()[0]
    assert rows > 1000
    assert differing == 0


def test_the_overnight_run_succeeds_on_a_year_that_failed(reference):
    assert reference.assets.said["overnight"]["status"] == "SUCCESS"
    with duckdb.connect(str(reference.assets.database), read_only=True) as connection:
        years = connection.execute(
            "select distinct simulation_year from main.fct_workforce_snapshot"
        ).fetchall()
    assert years == [(2025,)]
