"""Runs the reference Dagster project in a process of its own and writes down what happened.

Called by conftest.py with the folder of the project, a file for the answer and the acts to play;
it is no test module. The environment says where the database, the census and the store are.
"""

import datetime
import json
import os
import sys
import traceback
from pathlib import Path


def play_job(repository, instance, name, partition=None, config=None):
    """Execute a job in process; answer with its status, its steps and what its checks said."""
    result = repository.get_job(name).execute_in_process(
        instance=instance, partition_key=partition, run_config=config, raise_on_error=False
    )
    checks = [
        event.event_specific_data
        for event in result.all_events
        if event.event_type_value == "ASSET_CHECK_EVALUATION"
    ]
    return {
        "status": instance.get_run_by_id(result.run_id).status.value,
        "steps": {
            event.step_key: event.event_type_value
            for event in result.all_events
            if event.event_type_value in ("STEP_SUCCESS", "STEP_FAILURE", "STEP_SKIPPED")
        },
        "checks": {
            f"{check.asset_key.to_user_string()}:{check.check_name}": [
                check.passed,
                check.severity.value,
                check.blocking,
            ]
            for check in checks
        },
        "outputs": {
            event.step_key: event.event_specific_data.metadata["summary"].value
            for event in result.all_events
            if event.event_type_value == "STEP_OUTPUT" and "summary" in event.event_specific_data.metadata
        },
    }


def loaded(repository):
    """What the project deploys, by name."""
    graph = repository.asset_graph
    return {
        "assets": sorted(key.to_user_string() for key in graph.get_all_asset_keys()),
        "parents": {
            key.to_user_string(): sorted(parent.to_user_string() for parent in graph.get(key).parent_keys)
            for key in graph.get_all_asset_keys()
        },
        "groups": sorted({graph.get(key).group_name for key in graph.materializable_asset_keys}),
        "checks": sorted(f"{key.asset_key.to_user_string()}:{key.name}" for key in graph.asset_check_keys),
        "jobs": sorted(job.name for job in repository.get_all_jobs()),
        "schedules": {
            item.name: [item.cron_schedule, item.execution_timezone, item.default_status.value]
            for item in repository.schedule_defs
        },
        "sensors": sorted(item.name for item in repository.sensor_defs),
        "shadowed": shadowed(),
    }


def shadowed():
    """What the module and the package called reports are to an importer."""
    import planalign.warts.reports as reports

    try:
        import planalign.warts.reports.optimisation  # noqa: F401

        broken = ""
    except ImportError as error:
        broken = str(error)
    return {
        "file": Path(reports.__file__).name,
        "asset": hasattr(reports, "headcount_report"),
        "broken": broken,
    }


def ticks(repository):
    """What the schedule and the sensor ask for."""
    from dagster import build_schedule_context, build_sensor_context

    def at(year):
        moment = datetime.datetime(year, 3, 1, 11, 30, tzinfo=datetime.UTC)
        data = repository.get_schedule_def("current_year_refresh").evaluate_tick(
            build_schedule_context(scheduled_execution_time=moment, repository_def=repository)
        )
        return [[request.partition_key for request in data.run_requests], data.skip_message]

    def sensed(cursor):
        data = repository.get_sensor_def("census_arrival").evaluate_tick(
            build_sensor_context(cursor=cursor, repository_def=repository)
        )
        return [[request.partition_key for request in data.run_requests], data.skip_message, data.cursor]

    first = sensed(None)
    return {"2026": at(2026), "2031": at(2031), "arrived": first, "unchanged": sensed(first[2])}


def empty_census(repository, instance, folder):
    """The same job on a census without people, with a database and a store of its own."""
    import duckdb

    census, database = folder / "empty.parquet", folder / "empty" / "planalign.duckdb"
    with duckdb.connect() as connection:
        source = connection.read_parquet(os.environ["PLANALIGN_CENSUS"])
        source.filter("false").write_parquet(str(census))
    os.environ.update(
        PLANALIGN_CENSUS=str(census),
        PLANALIGN_DB=str(database),
        PLANALIGN_STORE=str(folder / "empty" / "store"),
    )
    return play_job(repository, instance, "simulate_year", "2025")


def main(project, answer, act):
    sys.path.insert(0, project)
    os.chdir(project)
    from dagster import DagsterInstance
    from planalign.definitions import defs

    repository, instance = defs.get_repository_def(), DagsterInstance.get()
    if act == "assets":
        said = {
            "loaded": loaded(repository),
            "simulate_year": play_job(repository, instance, "simulate_year", "2025"),
            "publish_years": play_job(repository, instance, "publish_years"),
            "overnight": play_job(repository, instance, "overnight_simulation", config=overnight(2029)),
            "ticks": ticks(repository),
            "empty": empty_census(repository, instance, Path(answer).parent),
        }
    else:
        if not os.environ.get("CHANGEOVER_LONG"):  # `make reference`
            in_one_process()
        years = {"ops": {"plan_years": {"config": {"start_year": 2025, "end_year": 2025}}}}
        said = {"multi_year": play_job(repository, instance, "multi_year_simulation", config=years)}
    Path(answer).write_text(json.dumps(said))


def in_one_process():
    """One dbt process a year instead of nine: tests/reference_dbt runs a year step by step."""
    from planalign import dbt_steps

    dbt_steps.YEAR_STEPS[:] = [("the whole year", ["build"])]


def overnight(year):
    return {"ops": {"simulate_overnight": {"config": {"year": year}}}}


if __name__ == "__main__":
    try:
        main(*sys.argv[1:])
    except Exception:
        traceback.print_exc()
        sys.exit(1)
