"""Schedules of partitions, sensors that an event starts, requests that choose assets: no false difference."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from migrate.conversion import convert

pytestmark = [pytest.mark.real, pytest.mark.xdist_group("verify")]

PROJECT = '''
import dagster as dg


@dg.asset
def ducks() -> None:
    """Counted."""


@dg.asset(deps=[ducks])
def birds() -> None:
    """All of them."""


@dg.asset(partitions_def=dg.DailyPartitionsDefinition(start_date="2024-12-01"))
def daily(context: dg.AssetExecutionContext) -> None:
    print(context.partition_time_window.start)


@dg.op
def load(path: str) -> str:
    return path


@dg.job
def asks():
    load()


daily_job = dg.define_asset_job("daily_job", selection=[daily])
both_job = dg.define_asset_job("both_job", selection=[ducks, birds])
every_day = dg.build_schedule_from_partitioned_job(daily_job)


@dg.asset_sensor(asset_key=dg.AssetKey("ducks"), job=both_job)
def ducks_made(context, asset_event: dg.EventLogEntry):
    yield dg.RunRequest(run_key=asset_event.run_id)


@dg.multi_asset_sensor(monitored_assets=[dg.AssetKey("ducks"), dg.AssetKey("daily")], job=both_job)
def both_made(context):
    if all(context.latest_materialization_records_by_key().values()):
        context.advance_all_cursors()
        yield dg.RunRequest()


@dg.sensor(jobs=[both_job, daily_job])
def chooses(context):
    yield dg.RunRequest(job_name="both_job", asset_selection=[dg.AssetKey("birds")])


@dg.sensor(minimum_interval_seconds=60)
def looks(context):
    return dg.SkipReason(str(context.instance.get_runs_count()))


@dg.run_failure_sensor(monitored_jobs=[both_job])
def tells(context: dg.RunFailureSensorContext):
    print(context.dagster_run.tags)


defs = dg.Definitions(
    assets=[ducks, birds, daily],
    jobs=[asks, daily_job, both_job],
    schedules=[every_day],
    sensors=[ducks_made, both_made, chooses, looks, tells],
)
'''
SETTINGS = """
schema = 1
name = "ponds"
[legacy]
root = "old"
module = "ponds"
job = "both_job"
[target]
root = "new"
flow = "ponds:both_job"
[outputs]
database = "{side}/ponds.duckdb"
year_column = "year"
[phases.1]
title = "one"
years = [2024]
expect_tables = 1
"""


def test_it_is_equal_and_what_is_not_is_explained(
    tmp_path: Path, run_verify: Callable[..., tuple[int, str, str]]
) -> None:
    (tmp_path / "old").mkdir()
    (tmp_path / "old" / "ponds.py").write_text(PROJECT)
    (tmp_path / "migration.toml").write_text(SETTINGS)
    for path, data in convert(tmp_path / "old").files.items():
        (tmp_path / "new" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "new" / path).write_bytes(data)
    code, said, wrong = run_verify(tmp_path, "--json")
    assert code == 0, said + wrong
    found = {(d["what"], d["key"]) for d in json.loads(said)["differences"]}
    assert found == {
        ("job", "chooses_assets"),
        ("sensor", "ducks_made: interval"),
        ("sensor", "tells: interval"),
    }
