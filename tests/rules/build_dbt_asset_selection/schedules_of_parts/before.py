from pathlib import Path

from dagster import DefaultScheduleStatus, Definitions
from dagster_dbt import DbtCliResource, build_schedule_from_dbt_selection, dbt_assets


@dbt_assets(manifest=Path("target/manifest.json"))
def models(context, dbt: DbtCliResource):
    yield from dbt.cli(["build"], context=context).stream()


# one of them in a variable
daily = build_schedule_from_dbt_selection(
    [models],
    job_name="daily",
    cron_schedule="0 0 * * *",
    dbt_select="tag:daily",
    dbt_exclude="tag:slow",
    schedule_name="every_day",
    execution_timezone="Europe/Berlin",
    default_status=DefaultScheduleStatus.RUNNING,
    tags={"team": "shop"},
)
schedules = [
    daily,
    build_schedule_from_dbt_selection([models], "everything", "0 6 * * 1", "fqn:*"),
]
more = {"dbt_select": "tag:other"}
untold = build_schedule_from_dbt_selection([models], "untold", "0 7 * * 1", **more)

defs = Definitions(
    assets=[models],
    schedules=[*schedules, untold],
    resources={"dbt": DbtCliResource(project_dir="dbt")},
)
