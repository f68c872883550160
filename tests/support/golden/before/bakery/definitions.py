import os

from dagster import (
    DefaultScheduleStatus,
    Definitions,
    RunRequest,
    ScheduleDefinition,
    SensorEvaluationContext,
    load_asset_checks_from_modules,
    load_assets_from_modules,
    sensor,
)
from dagster_dbt import DbtCliResource

from . import assets, checks
from .jobs import bake_year, reseed
from .resources import CsvStore, Database

nightly = ScheduleDefinition(
    name="nightly_reseed",
    job=reseed,
    cron_schedule="0 3 * * *",
    execution_timezone="Europe/Berlin",
    default_status=DefaultScheduleStatus.RUNNING,
)
weekly = ScheduleDefinition(
    name="weekly_reseed",
    job=reseed,
    cron_schedule="30 4 * * 1",
    run_config={"ops": {"seed": {"config": {"full_refresh": True}}}},
)


@sensor(job=bake_year, minimum_interval_seconds=60)
def new_orders_file(context: SensorEvaluationContext):
    """One run for each year whose file has appeared."""
    inbox = os.environ["BAKERY_INBOX"]
    seen = (context.cursor or "").split(",")
    files = sorted(os.listdir(inbox))
    for name in files:
        if name not in seen:
            yield RunRequest(run_key=name, partition_key=name.removesuffix(".csv"))
    context.update_cursor(",".join(files))


defs = Definitions(
    assets=load_assets_from_modules([assets]),
    asset_checks=load_asset_checks_from_modules([checks]),
    jobs=[bake_year, reseed],
    schedules=[nightly, weekly],
    sensors=[new_orders_file],
    resources={
        "database": Database(path=os.environ["BAKERY_DB"]),
        "csv_store": CsvStore(folder=os.environ["BAKERY_STORE"]),
        "dbt": DbtCliResource(project_dir=os.environ["BAKERY_DBT"], profiles_dir=os.environ["BAKERY_DBT"]),
    },
)
